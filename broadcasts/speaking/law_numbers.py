"""Numbers of documents, as an official reads them: "2398/QĐ-UBND", "11/2025/QH15".

The sign says what kind of document it is and whose. What the sentence says already ("Quyết định
số … ngày … của …") is not said twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from broadcasts.speaking.draft import Draft, Spoken
from broadcasts.speaking.records import Flag, FlagKind
from broadcasts.speaking.speech import Speech

SIGN: Final = r"(?P<sign>[A-ZĐ][A-Za-zĐ]*(?:\d{1,2})?(?:-[A-ZĐ][A-Za-zĐ]*)*)(?![\w-])"
NUMBERED: Final = re.compile(
    rf"(?<![\w/.,])(?P<number>\d{{1,6}})(?P<letter>[a-z])?(?:/(?P<year>\d{{4}}))?/{SIGN}"
)
BARE: Final = re.compile(rf"(?<![\w/-]){SIGN}")
ASSEMBLY: Final = re.compile(r"(UBTV)?QH(\d{1,2})")
SAID_AFTER: Final = re.compile(
    r"(?:,?\s*ngày\s[\d/.\-]+|,?\s*ngày[\s\d]+tháng[\s\d]+năm\s\d+)?\s+của\b"
)
HOW_FAR_BACK: Final = 60


@dataclass(frozen=True, slots=True)
class Signed:
    """What a sign stands for; either may be missing."""

    kind: str
    body: str


def read_law_numbers(draft: Draft, speech: Speech) -> None:
    """Put document numbers into words; a sign nobody listed is left for a person."""
    of_a_year = re.compile(
        rf"(?P<kind>(?:{speech.documents.after})\s+)(?P<number>\d{{1,4}})/(?P<year>\d{{4}})(?![\w/])",
        re.IGNORECASE,
    )
    draft.say(NUMBERED, lambda found: _numbered(found, speech))
    draft.say(BARE, lambda found: _bare(found, speech))
    draft.say(of_a_year, lambda found: _of_a_year(found, speech))


def _numbered(found: re.Match[str], speech: Speech) -> Spoken:
    signed = _signed(found["sign"], speech)
    if signed is None:
        return Spoken(text=found[0], flag=Flag(kind=FlagKind.UNKNOWN_ABBREVIATION, found=found[0]))
    before, after = found.string[: found.start()], found.string[found.end() :]
    words = speech.documents
    led = before.rstrip().lower().endswith(words.number)
    told = signed.kind.lower() in before[-HOW_FAR_BACK:].lower()
    parts = [] if led or told or not signed.kind else [signed.kind]
    parts += [] if led else [words.number]
    parts.append(_count(found, speech))
    parts += [] if SAID_AFTER.match(after) or not signed.body else [words.of, signed.body]
    return Spoken(text=" ".join(parts))


def _count(found: re.Match[str], speech: Speech) -> str:
    said = speech.numerals.cardinal(int(found["number"]))
    if letter := found.groupdict().get("letter"):
        said += f" {speech.spell(letter)}"
    if found["year"]:
        said += f", {speech.days.year} {speech.numerals.cardinal(int(found['year']))}"
    return said


def _bare(found: re.Match[str], speech: Speech) -> Spoken | None:
    signed = _signed(found["sign"], speech)
    if signed is None or not signed.body or ("-" in found["sign"] and not signed.kind):
        return None
    if "-" not in found["sign"] and not ASSEMBLY.fullmatch(found["sign"]):
        return None
    parts = [signed.kind, speech.documents.of, signed.body] if signed.kind else [signed.body]
    return Spoken(text=" ".join(parts))


def _of_a_year(found: re.Match[str], speech: Speech) -> Spoken:
    number = speech.documents.number
    led = found["kind"].strip().lower() == number
    return Spoken(text=found["kind"] + ("" if led else f"{number} ") + _count(found, speech))


def _signed(sign: str, speech: Speech) -> Signed | None:
    words = speech.documents
    if term := ASSEMBLY.fullmatch(sign):
        lead = words.committee if term[1] else words.term
        return Signed("", f"{lead} {speech.numerals.cardinal(int(term[2]))}")
    first, *rest = sign.split("-")
    if first in words.kinds and all(part in words.bodies or _is_term(part) for part in rest):
        bodies = [words.bodies[part] for part in rest if part in words.bodies]
        return Signed(words.kinds[first], ", ".join(bodies))
    # An official letter bears no kind: its sign is the body and the unit that wrote it.
    return Signed("", words.bodies[first]) if first in words.bodies else None


def _is_term(part: str) -> bool:
    return bool(ASSEMBLY.fullmatch(part))
