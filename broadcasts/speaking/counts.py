"""What counts the items of a list: "2. Hồ sơ", "b) Đơn", "II. THỜI GIAN", "(3) Tắt điện".

"Một là: …" is what people say; "thứ hai" would be a Monday to the ear.
"""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import Draft, Spoken
from broadcasts.speaking.roman import roman_value
from broadcasts.speaking.speech import Speech

DIGITS: Final = r"(?P<digits>\d{1,2}(?:\.\d{1,2})*)"
LETTER: Final = r"(?P<letter>[a-zđ])"
ROMAN: Final = r"(?P<roman>[IVX]{1,5})"
# In brackets all of them count, at the head of a line, after a stop, and where "(1)" stands too.
BRACKETED: Final = rf"\((?:{DIGITS}|{ROMAN}|{LETTER})\)\s*(?=\S)"
HEAD: Final = (
    rf"{DIGITS}(?:[.)]|/(?=\s))\s+(?=\S)",
    rf"{ROMAN}(?:[.)]|\s?[-–—])\s+(?=\S)",
    rf"{LETTER}[.)]\s+(?=\S)",
    r"(?P<part>[A-E])[.)]\s+(?=\S)",
)
WITHIN: Final = (
    rf"(?<=[;:.,]\s)(?:(?P<digits>\d{{1,2}})[)/]|{LETTER}\))\s+(?=\S)",
    rf"(?<=[;:]\s){DIGITS}\.\s+(?=[^\W\d_])",
)


def read_counts(draft: Draft, speech: Speech) -> None:
    """Put counts into words, at the head of a line and within it."""

    def counted(found: re.Match[str]) -> Spoken | None:
        said = _count(found, speech)
        return Spoken(text=f"{said}{speech.counts.end} ") if said else None

    listed = "(1)" in draft.text or "(a)" in draft.text
    for pattern in (f"^{BRACKETED}", *(f"^{one}" for one in HEAD), *WITHIN):
        draft.say(re.compile(pattern), counted)
    draft.say(re.compile(BRACKETED if listed else rf"(?<=[;:.,]\s){BRACKETED}"), counted)


def _count(found: re.Match[str], speech: Speech) -> str:
    told, say = found.groupdict(), speech.counts
    if digits := told.get("digits"):
        parts = [speech.numerals.cardinal(int(part)) for part in digits.split(".")]
        several = say.several if len(parts) > 1 else say.one
        return several.format(number=f" {speech.numerals.dot} ".join(parts))
    if letter := told.get("letter"):
        return say.letter.format(letter=speech.spell(letter))
    if part := told.get("part"):
        return say.part.format(number=part)
    value = roman_value(told.get("roman") or "")
    return "" if value is None else say.part.format(number=speech.numerals.cardinal(value))
