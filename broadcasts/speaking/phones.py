"""Telephone numbers and short lines, digit by digit, in the groups they are remembered by."""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import Draft, Spoken
from broadcasts.speaking.speech import Speech

TELEPHONE: Final = re.compile(
    r"(?<![\w/.,])(?:\+\d{2}\s?\(?\d{1,4}\)?|\(0\d{1,3}\)|0\d{1,3})(?:[ .-]?\d{2,4}){2,4}(?![\w/])"
)
SERVICE: Final = re.compile(r"(?<![\w/.,])1[89]00(?:[ .-]?\d{2,4}){1,3}(?![\w/])")
SHORT: Final = re.compile(r"(?<![\w/.,])\d{3,5}(?![\w/])(?![.,]\d)")
OTHERS: Final = r"(?:\d{3,5}\s*(?:[,;/]|hoặc|và)\s*)*"
LENGTHS: Final = range(10, 12)
CITY_CODES: Final = ("024", "028")


def read_phones(draft: Draft, speech: Speech) -> None:
    """Put telephone numbers into words; a short one only where the sentence speaks of calling."""
    led = re.compile(
        rf"(?:^|\W)(?:{speech.before_a_line})(?:\s+số)?\s*:?\s*{OTHERS}$", re.IGNORECASE
    )
    serving = re.compile(rf"(?:^|\W)(?:{speech.serving})\s*:?\s*{OTHERS}$", re.IGNORECASE)
    calling = re.compile(rf"(?:^|\W)(?:{speech.before_a_line})\W[^.;!?]*$", re.IGNORECASE)

    def short(found: re.Match[str]) -> Spoken | None:
        before = found.string[: found.start()]
        called = calling.search(before) or (serving.search(before) and not _counts(found))
        known = found[0] in speech.short_lines and called
        return _groups([found[0]], speech) if known or led.search(before) else None

    draft.say(SERVICE, lambda found: _groups(_service(found[0]), speech))
    draft.say(TELEPHONE, lambda found: _telephone(found[0], speech))
    draft.say(SHORT, short)


def _counts(found: re.Match[str]) -> bool:
    return bool(re.match(r"\s+[^\W\d_]", found.string[found.end() :]))


def _telephone(written: str, speech: Speech) -> Spoken | None:
    digits = re.sub(r"\D", "", written)
    if written[0] == "+":
        digits = "0" + digits.removeprefix(speech.country).removeprefix("0")
    if len(digits) not in LENGTHS:
        return None
    groups = re.findall(r"\d+", written)
    if written[0] == "+" or len(groups) == 1:
        groups = _cut(digits)
    return _groups(groups, speech)


def _cut(digits: str) -> list[str]:
    """Cut digits written without a gap: area code or network first, then what is left in two."""
    first = 3 if digits.startswith(CITY_CODES) else 4
    middle = first + (len(digits) - first + 1) // 2
    return [digits[:first], digits[first:middle], digits[middle:]]


def _service(written: str) -> list[str]:
    first, *others = re.findall(r"\d+", written)
    return [first[:4], *filter(None, [first[4:]]), *others]


def _groups(groups: list[str], speech: Speech) -> Spoken:
    return Spoken(text=", ".join(speech.numerals.one_by_one(group) for group in groups))
