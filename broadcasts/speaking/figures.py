"""Numbers, ranges, shares and units: "1.234,5", "10-15%", "4/5", "50.000đ", "30 km²"."""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import NUMBER, Draft, Spoken
from broadcasts.speaking.numerals import LARGEST
from broadcasts.speaking.records import Flag, FlagKind
from broadcasts.speaking.speech import Speech, any_of

DASH: Final = r"[-–—−]"
RANGE: Final = re.compile(rf"(?<={NUMBER})\s?{DASH}\s?(?={NUMBER})")
SHARE: Final = re.compile(rf"(?P<a>{NUMBER})\s?/\s?(?P<b>{NUMBER})(?!\s?/)")
NEGATIVE: Final = re.compile(rf"(?<![\w)]){DASH}(?={NUMBER}\s?[°º])")
LETTERED: Final = re.compile(r"(?<![^\W_])(?P<letter>[A-ZĐ])(?P<digits>\d{1,2})(?![^\W_]|[./-]\w)")
# What begins with letters and goes on with digits is a code; nobody can tell how it is read.
CODE: Final = re.compile(r"(?<![^\W_])(?<!\d\s)(?>[^\W\d_]+[.-]?)\d(?>(?:\w|[./-](?=\w))*)")
GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
GROUPED_BY_COMMAS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}")
LIKE_A_GROUP: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
DECIMAL: Final = re.compile(r"(\d+|[1-9]\d{0,2}(?:\.\d{3})+),(\d+)")
DOTTED: Final = re.compile(r"\d+(?:\.\d+)+")


def read_figures(draft: Draft, speech: Speech) -> None:
    """Put numbers with their units into words, as Vietnamese writes them (1.234,5)."""
    units = any_of(speech.units)
    number = re.compile(
        rf"(?<![^\W_])(?<![^\W_][.,:])(?>\d+(?:[.,]\d+)*)"
        rf"(?=(?:{units})(?![^\W_])|\s?[°º%‰]|[A-ZĐ]?(?![^\W_]))"
    )
    unit = re.compile(rf"(?P<number>{NUMBER})\s?(?P<unit>{units})(?![^\W_])")
    draft.say(LETTERED, lambda found: _lettered(found, speech))
    draft.say(CODE, lambda found: _left(found[0]))
    draft.say(number, lambda found: _number(found[0], speech))
    draft.say(NEGATIVE, lambda _: Spoken(text=f"{speech.numerals.minus} "))
    draft.say(SHARE, lambda found: _share(found, draft, speech))
    for _ in ("between numbers", "between what is measured"):
        draft.say(RANGE, lambda _: Spoken(text=f" {speech.numerals.to} "))
        draft.say(unit, lambda found: _measured(found, draft, speech))


def _lettered(found: re.Match[str], speech: Speech) -> Spoken:
    number = speech.numerals.cardinal(int(found["digits"]))
    return Spoken(text=f"{speech.spell(found['letter'])} {number}")


def _number(written: str, speech: Speech) -> Spoken:
    say = speech.numerals
    if written.isdecimal():
        return Spoken(text=_whole(written, speech), number=True)
    if GROUPED.fullmatch(written):
        return Spoken(text=_whole(written.replace(".", ""), speech), number=True)
    if GROUPED_BY_COMMAS.fullmatch(written):
        return _doubtful(written, _whole(written.replace(",", ""), speech))
    if parts := DECIMAL.fullmatch(written):
        text = _decimal(parts[1].replace(".", ""), parts[2], speech)
        doubtful = LIKE_A_GROUP.fullmatch(written)
        return _doubtful(written, text) if doubtful else Spoken(text=text, number=True)
    if DOTTED.fullmatch(written):
        said = f" {say.dot} ".join(_whole(part, speech) for part in written.split("."))
        return Spoken(text=said, number=True)
    return _left(written)


def _whole(digits: str, speech: Speech) -> str:
    say = speech.numerals
    written_as_code = digits[0] == "0" and len(digits) > len("05")
    if written_as_code or int(digits) > LARGEST:
        return ", ".join(say.one_by_one(group) for group in re.findall(r"\d{1,3}", digits))
    return say.cardinal(int(digits))


def _decimal(whole: str, places: str, speech: Speech) -> str:
    if int(whole) > LARGEST:
        return f"{_whole(whole, speech)} {speech.numerals.comma} {_whole(places, speech)}"
    return speech.numerals.decimal(int(whole), places)


def _share(found: re.Match[str], draft: Draft, speech: Speech) -> Spoken:
    part, whole = draft.said(found["a"]).text, draft.said(found["b"]).text
    return Spoken(text=f"{part} {speech.numerals.fraction} {whole}", number=True)


def _measured(found: re.Match[str], draft: Draft, speech: Speech) -> Spoken:
    number = draft.said(found["number"])
    text = f"{number.text} {speech.units[found['unit']]}"
    return Spoken(text=text, number=True, flag=number.flag)


def _doubtful(written: str, said: str) -> Spoken:
    flag = Flag(kind=FlagKind.AMBIGUOUS_NUMBER, found=written)
    return Spoken(text=said, number=True, flag=flag)


def _left(written: str) -> Spoken:
    return Spoken(text=written, flag=Flag(kind=FlagKind.UNREAD_NUMBER, found=written))
