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

PART: Final = r"[A-ZĐ][A-Za-zĐ]*(?:\d{1,2})?"
SIGN: Final = rf"(?P<sign>{PART}(?:-{PART}|\s-\s?[A-ZĐ]{{2,}})*)(?![\w-])"
NUMBERED: Final = re.compile(
    rf"(?<![\w/.,])(?P<number>\d{{1,6}})(?P<letter>[a-z])?(?:/(?P<year>\d{{4}}))?/{SIGN}"
)
PARTY: Final = re.compile(rf"(?<![\w/.,])(?P<number>\d{{1,4}})-(?P<sign>{PART}/{PART})(?![\w-])")
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
    for pattern in (NUMBERED, PARTY):
        draft.say(pattern, lambda found: _numbered(found, speech))
    draft.say(BARE, lambda found: _bare(found, speech))
    draft.say(of_a_year, lambda found: _of_a_year(found, speech))


def _numbered(found: re.Match[str], speech: Speech) -> Spoken:
    signed = _signed(found["sign"], speech)
    if signed is None:
        return Spoken(text=found[0], flag=Flag(kind=FlagKind.UNKNOWN_ABBREVIATION, found=found[0]))
    before, after = found.string[: found.start()], found.string[found.end() :]
    words = speech.documents
    led = before.rstrip(" :").lower().endswith(words.number)
    sign = re.split("[-/]", found["sign"])[0]
    told = signed.kind.lower() in before[-HOW_FAR_BACK:].lower() or before.rstrip().endswith(sign)
    parts = [] if led or told or not signed.kind else [signed.kind]
    parts += [] if led else [words.number]
    parts.append(_count(found, speech))
    parts += [] if SAID_AFTER.match(after) or not signed.body else [words.of, signed.body]
    return Spoken(text=" ".join(parts))


def _count(found: re.Match[str], speech: Speech) -> str:
    said = speech.numerals.cardinal(int(found["number"]))
    if letter := found.groupdict().get("letter"):
        said += f" {speech.spell(letter)}"
    if year := found.groupdict().get("year"):
        said += f", {speech.days.year} {speech.numerals.cardinal(int(year))}"
    return said


def _bare(found: re.Match[str], speech: Speech) -> Spoken | None:
    if ASSEMBLY.fullmatch(found["sign"]):
        return Spoken(text=_body(found["sign"], speech) or "")
    signed = _signed(found["sign"], speech)
    if signed is None or not (signed.kind and signed.body):
        return None
    return Spoken(text=f"{signed.kind} {speech.documents.of} {signed.body}")


def _of_a_year(found: re.Match[str], speech: Speech) -> Spoken:
    number = speech.documents.number
    led = found["kind"].strip().lower() == number
    return Spoken(text=found["kind"] + ("" if led else f"{number} ") + _count(found, speech))


def _signed(sign: str, speech: Speech) -> Signed | None:
    first, *rest = re.split(r"\s?-\s?|/", sign)
    bodies = [_body(part, speech) for part in rest]
    if first in speech.documents.kinds and all(bodies):
        return Signed(speech.documents.kinds[first], ", ".join(filter(None, bodies)))
    # An official letter bears no kind: its sign is the body and the unit that wrote it.
    body = _body(first, speech)
    return Signed("", body) if body else None


def _body(sign: str, speech: Speech) -> str | None:
    words = speech.documents
    if term := ASSEMBLY.fullmatch(sign):
        lead = words.committee if term[1] else words.term
        return f"{lead} {speech.numerals.cardinal(int(term[2]))}"
    return words.bodies.get(sign)
