"""Who issued a plan: the name above its number, else the words of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
# “Lao động - Thương binh và Xã hội” names no commune.
_SOCIETY: Final = "hội"
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
    office = generic.upper() if generic in _SHORT else generic
    rest = " ".join(_proper(told[len(generic) :].split(), generic=bool(generic)))
    written = f"{office} {rest}".strip()
    return written[:1].upper() + written[1:]


def _proper(told: list[str], *, generic: bool) -> Iterator[str]:
    """Write capitals where names have them: “Sở Khoa học và Công nghệ”, “huyện Yên Bình”.

    After a kind of place all words are its name; else the word after the head, “và” or a dash.
    """
    heads = sorted(map(str.split, words("issuer")["heads"]), key=len, reverse=True)
    head = 0 if generic else next((len(one) for one in heads if told[: len(one)] == one), 0)
    kinds = [kind.split() for kind in words("issuer")["kinds"]]
    place = None
    for at, word in enumerate(told):
        ends = word != _SOCIETY and any(
            told[max(0, at - len(kind)) : at] == kind for kind in kinds
        )
        place = at if ends and place is None else place
        begins = at == head or (at > head and told[at - 1] in ("và", "-", "–"))
        named = place is not None or (begins and not generic)
        yield word.capitalize() if named else word


@cache
def _issues() -> re.Pattern[str]:
    heads, verbs = alternatives("issuer", "begins"), alternatives("issuer", "verbs")
    return re.compile(
        rf"(?:^|[,;.]\s*)(?P<name>(?:{heads})(?:\s+[^\W_][^\s,;.]*){{0,8}}?)\s+(?:{verbs})\s+kế\s+hoạch",
        re.IGNORECASE,
    )
