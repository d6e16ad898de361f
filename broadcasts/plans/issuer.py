"""Who issued a plan: the name above its number, else the words of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from broadcasts.plans.document import Paragraph, one_line
from broadcasts.plans.words import alternatives, key, opens, words

_MOTTO: Final = re.compile(
    r"\s*(?:CỘNG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI.*|^\s*(?:VIỆT\s+)?NAM|Độc\s+lập\s*[-–].*|Số\s*:.*)$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\s*Số\s*:", re.IGNORECASE)
_RULE: Final = re.compile(r"[-–—_*=.\s]{3,}$")
_NAME: Final = r"(?:[A-ZĐÀ-Ỹ][\w’'-]*)(?:\s+[A-ZĐÀ-Ỹ][\w’'-]*){0,4}"
_SHORT: Final = ("ubnd",)
_MOST_LINES: Final = 3
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A name, and whether only sentences of the text give it."""

    name: str | None = None
    from_prose: bool = False


def issuer_in(paragraphs: Sequence[Paragraph], above: Sequence[Paragraph], title: str) -> Issuer:
    """Find who issued a plan."""
    body = " ".join(one_line(one.text) for one in paragraphs)
    if name := _letterhead(above):
        return Issuer(name=_cased(name, body))
    told = _says_so(above) or _signed(paragraphs)
    return Issuer(name=_whole(told, title, body), from_prose=True) if told else Issuer()


def _letterhead(above: Iterable[Paragraph]) -> str:
    """Give the capital letters above the number or the motto, without the office above."""
    told: list[str] = []
    for line in (line for one in above for line in one.text.split("\n")):
        text = _RULE.sub("", _MOTTO.sub("", line)).strip()
        if not text and not _NUMBER.match(line):
            continue
        name = text.isupper() and len(text) <= _LONGEST
        if name and not opens(text, "issuer", "not_names"):
            told.append(text)
        elif told and len(told) < _MOST_LINES:
            break
    heads = [at for at, text in enumerate(told) if opens(text, "issuer", "heads")]
    return " ".join(told[heads[-1] :][:_MOST_LINES]) if heads else ""


def _says_so(above: Iterable[Paragraph]) -> str:
    """Give the office of “UBND xã xây dựng kế hoạch …”."""
    for one in above:
        for found in _issues().finditer(one_line(one.text)):
            return found["name"].strip(" ,")
    return ""


def _signed(paragraphs: Iterable[Paragraph]) -> str:
    for one in paragraphs:
        if found := re.match(r"TM\s*\.\s*(?P<name>[^a-z]{4,80})$", one_line(one.text)):
            return found["name"].strip().capitalize()
    return ""


def _whole(name: str, title: str, body: str) -> str:
    """Complete “UBND xã” by the name the title gives: “trên địa bàn xã Thanh Đa”."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    kinds: list[str] = words("issuer")["kinds"]
    kind = next((one for one in kinds if name.lower().endswith(one)), None)
    if kind is None and last not in kinds:
        return name
    for text in (title, body):
        told = {found[1] for found in re.finditer(rf"\b{kind}\s+({_NAME})", text)}
        if len(told) == 1:
            return f"{name} {told.pop()}"
    return name


def _cased(name: str, body: str) -> str:
    """Write capitals as the text itself writes that name, else by the kind of office."""
    wanted = key(name)
    for found in re.finditer(re.escape(name), body, re.IGNORECASE):
        if not found[0].isupper():
            return found[0][:1].upper() + found[0][1:]
    told = name.lower()
    offices: list[str] = words("issuer")["generic"]
    generic = next((one for one in offices if wanted.startswith(key(one))), "")
    rest = told[len(generic) :].strip()
    kind = next((one for one in words("issuer")["kinds"] if rest.startswith(f"{one} ")), "")
    proper = " ".join(word.capitalize() for word in rest[len(kind) :].split()) if generic else rest
    office = generic.upper() if generic in _SHORT else generic
    written = " ".join(filter(None, (office, kind, proper)))
    return written[:1].upper() + written[1:]


@cache
def _issues() -> re.Pattern[str]:
    heads, verbs = alternatives("issuer", "begins"), alternatives("issuer", "verbs")
    return re.compile(
        rf"(?:^|[,;.]\s*)(?P<name>(?:{heads})(?:\s+[^\W_][^\s,;.]*){{0,8}}?)\s+(?:{verbs})\s+kế\s+hoạch",
        re.IGNORECASE,
    )
