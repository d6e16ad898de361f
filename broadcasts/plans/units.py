"""Names of units: lists taken apart, marks of who leads and who helps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from broadcasts.plans.document import one_line
from broadcasts.plans.listing import begins_item, without_mark
from broadcasts.plans.words import alternatives, words

_SEPARATOR: Final = re.compile(r"\s*,\s*|\s+và\s+|\s*/\s*(?=\w)|\s+&\s+")
_COLLECTIVE: Final = re.compile(r"(?:tất cả )?(?:các|những|toàn thể)\b", re.IGNORECASE)
_EACH: Final = re.compile(r"\bcác\b", re.IGNORECASE)
_FEW_WORDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Names taken from a list; not ``clear`` when it may end elsewhere."""

    names: tuple[str, ...] = ()
    clear: bool = True


NOBODY: Final = Units()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who leads and who helps."""

    lead: Units
    cooperating: Units


def split_units(text: str) -> Units:
    """Take a list of units apart; “Các cơ quan, đơn vị, UBND các xã” is one name."""
    told: list[str] = []
    clear = True
    for line in text.split("\n"):
        bare = without_mark(line) if begins_item(line) else line
        for piece in _outside_brackets(bare, ";"):
            names, sure = _soft(one_line(piece))
            told += names
            clear &= sure
    return Units(names=tuple(told), clear=clear)


def parties(text: str) -> Parties | None:
    """Read “Chủ trì: A; phối hợp: B”; None where a cell does not say so."""
    found = _marked().search(one_line(text))
    if not found:
        return None
    return Parties(lead=split_units(found["lead"]), cooperating=split_units(found["help"]))


def begins_unit(text: str) -> bool:
    """Tell whether a text begins with the name of a unit, or of many."""
    return bool(_head().match(text) or _COLLECTIVE.match(text))


@cache
def _marked() -> re.Pattern[str]:
    lead, helps = alternatives("units", "lead_marks"), alternatives("units", "cooperating_marks")
    return re.compile(
        rf"^[-–+•\s]*(?:{lead})\s*[:\-–]\s*(?P<lead>.+?)[\s;.,\-–+•]*(?:{helps})\s*[:\-–]?\s*(?P<help>.+)$",
        re.IGNORECASE,
    )


@cache
def _head() -> re.Pattern[str]:
    others = alternatives("units", "not_heads")
    return re.compile(rf"(?!(?:{others})\b)(?:{alternatives('units', 'heads')})\b")


@cache
def _together() -> tuple[tuple[str, str], ...]:
    return tuple((left, right) for left, right in words("units")["together"])


def _outside_brackets(text: str, sign: str) -> list[str]:
    told, depth = [""], 0
    for letter in text:
        depth = max(depth + (letter in "([") - (letter in ")]"), 0)
        if letter == sign and not depth:
            told.append("")
        else:
            told[-1] += letter
    return told


def _soft(text: str) -> tuple[list[str], bool]:
    """Split at commas and “và” where another unit begins."""
    told: list[str] = []
    clear, start = True, 0
    for found in _SEPARATOR.finditer(text):
        left, right = text[start : found.start()], text[found.end() :]
        if left.count("(") > left.count(")"):
            continue
        if _parts(left, right, joined="và" in found[0]):
            told.append(left)
            start = found.end()
        elif "," in found[0]:
            clear &= not _shares_head(left, right)
    told.append(text[start:])
    return [name for name in map(_trimmed, told) if name], clear


def _trimmed(name: str) -> str:
    return name.strip(" ,;:.-–")


def _parts(left: str, right: str, *, joined: bool) -> bool:
    first = _SEPARATOR.split(right, maxsplit=1)[0]
    collective = bool(_COLLECTIVE.match(left))
    if _COLLECTIVE.match(right):
        return not collective
    head = _head().match(right)
    if not head or _is_bare(first, head[0]):
        return False
    together = (left.endswith(one) and right.startswith(other) for one, other in _together())
    if joined and any(together):
        return False
    vague = bool(_EACH.search(first)) or len(first.split()) <= _FEW_WORDS
    return not (collective and vague)


def _is_bare(name: str, head: str) -> bool:
    """“Các Sở, Ban, Ngành” names kinds of units, not units; HĐND is a name by itself."""
    return name.strip(" .") == head and not head.isupper()


def _shares_head(left: str, right: str) -> bool:
    """“Phòng Tư pháp, Nội vụ”: two units under one head, or a long name, nobody can tell."""
    head = _head().match(left)
    return bool(head and head[0] in words("units")["shared"] and right[:1].isupper())
