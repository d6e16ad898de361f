"""Roman numbers and numbered terms: "Quý IV/2026", "khóa XV", "quý 2/2027", "lần thứ II"."""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import NUMBER, Draft, Spoken
from broadcasts.speaking.roman import roman_value
from broadcasts.speaking.speech import Speech

YEAR: Final = r"(?:\s?[/-]\s?(?P<year>\d{4}))?(?![\w/])"
ROMAN: Final = r"(?P<roman>[IVXLC]{1,8})"
LISTED: Final = re.compile(
    rf"(?P<lead>{NUMBER}\s*(?:,|;|và|hoặc|đến|-|–)\s*){ROMAN}(?P<year>(?!))?(?![\w/])"
)
ORDINAL_DIGIT: Final = r"(?P<digits>\d{1,2})(?![\w/])(?![.,]\d)"


def read_counted(draft: Draft, speech: Speech) -> None:
    """Put Roman numbers into words where a word before them says that they are numbers."""
    before = rf"(?P<lead>(?i:(?<!\w)(?:{speech.before_a_roman}))\s+)"
    term = re.compile(rf"{before}(?P<digits>\d{{1,2}})/(?P<year>\d{{4}})(?![\w/])")
    ordinals = "|".join(speech.ordinal)
    draft.say(re.compile(rf"{before}{ROMAN}{YEAR}"), lambda found: _counted(found, speech))
    draft.say(term, lambda found: _counted(found, speech))
    draft.say(
        re.compile(rf"(?P<lead>(?i:(?<!\w)(?:{ordinals}))\s+){ORDINAL_DIGIT}"),
        lambda found: _counted(found, speech),
    )
    several = rf"(?P<lead>(?i:(?<!\w)(?:{speech.before_several}))\s+)(?P<list>\d{{1,2}},\d{{1,2}})"
    draft.say(
        re.compile(rf"{several}(?![\w/]|[.,]\d|\s?%)"), lambda found: _several(found, speech)
    )
    text = ""
    while text != draft.text:
        text = draft.text
        draft.say(LISTED, lambda found: _listed(found, draft, speech))


def _counted(found: re.Match[str], speech: Speech) -> Spoken | None:
    value = _value(found)
    if value is None:
        return None
    ordinal = found["lead"].strip().lower() in speech.ordinal
    said = speech.numerals.ordinal(value) if ordinal else speech.numerals.cardinal(value)
    if year := found.groupdict().get("year"):
        said += f" {speech.days.year} {speech.numerals.cardinal(int(year))}"
    return Spoken(text=found["lead"] + said, number=True)


def _several(found: re.Match[str], speech: Speech) -> Spoken:
    said = (speech.numerals.cardinal(int(number)) for number in found["list"].split(","))
    return Spoken(text=found["lead"] + ", ".join(said), number=True)


def _listed(found: re.Match[str], draft: Draft, speech: Speech) -> Spoken | None:
    value = roman_value(found["roman"])
    if value is None:
        return None
    first = draft.said(found["lead"][0]).text
    lead = re.sub(r"\s?[-–]\s?", f" {speech.numerals.to} ", found["lead"][1:])
    return Spoken(text=f"{first}{lead}{speech.numerals.cardinal(value)}", number=True)


def _value(found: re.Match[str]) -> int | None:
    parts = found.groupdict()
    return int(parts["digits"]) if parts.get("digits") else roman_value(parts["roman"])
