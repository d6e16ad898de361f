"""Signs between words: "&", "/", "%", dashes; what no voice can say is dropped."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from broadcasts.speaking.abbreviations import any_of
from broadcasts.speaking.draft import NUMBER, SPOKEN, Draft, Spoken
from broadcasts.speaking.speech import Speech

DASH: Final = r"[-–—−]"
BETWEEN_WORDS: Final = re.compile(
    rf"(?:\s+{DASH}+)+(?:\s+|$)|(?<={SPOKEN})\s?{DASH}+\s?(?=\w)|(?<=\w)\s?{DASH}+\s?(?={SPOKEN})"
    rf"|(?<={SPOKEN})\s?{DASH}+\s?(?={SPOKEN})|^(?:{DASH}+\s*)+"
)
AROUND: Final = rf"[\w{SPOKEN[1:]}"
UNREADABLE: Final = re.compile(r"[*#_|~^\\•●▪○✓·■□◆►/]+")
TIMES: Final = re.compile(rf"\s[xX]\s(?={NUMBER})")
COUNTED: Final = re.compile(rf"{NUMBER}(?:\s+[^\W\d_]+)*(?:/[^\W\d_]+)*$")


def read_signs(draft: Draft, speech: Speech) -> None:
    """Put the signs left between words into words or pauses."""
    slash = rf"(?<={AROUND})\s?/\s?(?:(?P<unit>{speech.any_unit})(?![^\W_])|(?={AROUND}))"
    draft.say(re.compile(slash), lambda found: _slash(found, speech))
    draft.say(TIMES, lambda _: Spoken(text=f" {speech.signs.named['×']} "))
    named = re.compile(any_of(speech.signs.named))
    draft.say(named, lambda found: Spoken(text=f" {speech.signs.named[found[0]]} "))
    draft.text = "".join(" " if _is_picture(char) else char for char in draft.text)
    draft.text = " ".join(UNREADABLE.sub(" ", draft.text).split())
    draft.say(BETWEEN_WORDS, lambda found: _pause(found, speech))


def _slash(found: re.Match[str], speech: Speech) -> Spoken:
    before, after = found.string[: found.start()], found.string[found.end() :]
    signs, unit = speech.signs, speech.units.get(found["unit"] or "", "")
    number_follows = re.match(NUMBER, after)
    if re.search(rf"{NUMBER}$", before):
        return Spoken(text=" " if number_follows else f" {signs.per} {unit}")
    if not COUNTED.search(before):
        return Spoken(text=f"{signs.pause} {unit}")
    if number_follows:
        return Spoken(text=f" {speech.numerals.fraction} ")
    by = unit or re.match(rf"(?:{signs.by})(?!\w)", after)
    priced = re.search(rf"(?<!\w)(?:{signs.priced})$", before)
    return Spoken(text=f" {signs.per} {unit}" if by or priced else f"{signs.pause} ")


def _pause(found: re.Match[str], speech: Speech) -> Spoken:
    at_an_end = found.start() == 0 or found.end() == len(found.string)
    return Spoken(text=" " if at_an_end else f"{speech.signs.pause} ")


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk"}
