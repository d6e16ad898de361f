"""Numbers, ranges, shares and units: "1.234,5", "10-15%", "4/5", "50.000đ", "30 km²"."""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import NUMBER, Draft, Spoken
from broadcasts.speaking.numerals import LARGEST
from broadcasts.speaking.records import Flag, FlagKind
from broadcasts.speaking.speech import Speech

DASH: Final = r"[-–—−]"
RANGE: Final = re.compile(rf"(?<={NUMBER})\s?{DASH}\s?(?={NUMBER})")
SHARE: Final = re.compile(rf"(?P<a>{NUMBER})\s?/\s?(?P<b>{NUMBER})(?!\s?/)")
NEGATIVE: Final = re.compile(rf"(?<![^\s(]){DASH}(?={NUMBER}\s?[°º])")
# "3x4": how wide and how high. The longest written without points is a sum of money; what is
# longer and measures nothing is a code.
TIMES: Final = re.compile(r"(?<=\d)\s?[xX×]\s?(?=\d)")
LONGEST_READ_AS_NUMBER: Final = 6
LETTERED: Final = re.compile(r"(?<![^\W_])(?P<letter>[A-ZĐ])(?P<digits>\d{1,2})(?![^\W_]|[./-]\w)")
# What begins with letters and goes on with digits is a code; nobody can tell how it is read.
CODE: Final = re.compile(r"(?<![^\W_])(?<!\d\s)(?<!/)(?>[^\W\d_]+[.-]?)\d(?>(?:\w|[./-](?=\w))*)")
GROUPED: Final = re.compile(r"\d+|[1-9]\d{0,2}(?:\.\d{3})+")
GROUPED_BY_COMMAS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}")
LIKE_A_GROUP: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
DECIMAL: Final = re.compile(r"(\d+|[1-9]\d{0,2}(?:\.\d{3})+),(\d+)")
LISTED: Final = re.compile(r"\d{1,2}(?:,\d{1,2}){2,}")
DOTTED: Final = re.compile(r"\d+(?:\.\d+)+")


def read_figures(draft: Draft, speech: Speech) -> None:
    """Put numbers with their units into words, as Vietnamese writes them (1.234,5)."""
    units = speech.any_unit
    number = re.compile(
        rf"(?<![^\W_])(?<![^\W_][.,:])(?>\d+(?:[.,]\d+)*)"
        rf"(?=(?:{units})(?![^\W_])|\s?[°º%‰]|[A-ZĐ]?(?![^\W_]))"
    )
    unit = re.compile(rf"(?P<number>{NUMBER})\s?(?P<unit>{units})(?![^\W_])")
    meant = {*speech.units, *speech.abbreviations.ambiguous}
    draft.say(LETTERED, lambda found: None if found[0] in meant else _lettered(found, speech))
    draft.say(TIMES, lambda _: Spoken(text=f" {speech.signs.named['×']} "))
    draft.say(CODE, lambda found: None if found[0] in meant else _left(found[0]))
    draft.say(number, lambda found: _code_or_number(found, speech))
    draft.say(NEGATIVE, lambda _: Spoken(text=f"{speech.numerals.minus} "))
    draft.say(SHARE, lambda found: _share(found, draft, speech))
    for _ in ("between numbers", "between what is measured"):
        draft.say(RANGE, lambda _: Spoken(text=f" {speech.numerals.to} "))
        draft.say(unit, lambda found: _measured(found, draft, speech))


def _lettered(found: re.Match[str], speech: Speech) -> Spoken:
    number = speech.numerals.cardinal(int(found["digits"]))
    return Spoken(text=f"{speech.spell(found['letter'])} {number}")


def _code_or_number(found: re.Match[str], speech: Speech) -> Spoken:
    """Say digit by digit what is too long for a number and measures nothing, such as a code."""
    measures = re.match(rf"\s?(?:{speech.any_unit})(?![^\W_])", found.string[found.end() :])
    if found[0].isdecimal() and len(found[0]) > LONGEST_READ_AS_NUMBER and not measures:
        return Spoken(text=_in_groups(found[0], speech), number=True)
    return _number(found[0], speech)


def _in_groups(digits: str, speech: Speech) -> str:
    groups = re.findall(r"\d{1,3}", digits)
    return ", ".join(speech.numerals.one_by_one(group) for group in groups)


def _number(written: str, speech: Speech) -> Spoken:
    for shape, reading in SHAPES:
        if found := shape.fullmatch(written):
            return reading(found, speech)
    return _left(written)


def _plain(found: re.Match[str], speech: Speech) -> Spoken:
    return Spoken(text=_whole(found[0].replace(".", ""), speech), number=True)


def _grouped_by_commas(found: re.Match[str], speech: Speech) -> Spoken:
    return _doubtful(found[0], _whole(found[0].replace(",", ""), speech))


def _with_places(found: re.Match[str], speech: Speech) -> Spoken:
    text = _decimal(found[1].replace(".", ""), found[2], speech)
    if LIKE_A_GROUP.fullmatch(found[0]):
        return _doubtful(found[0], text)
    return Spoken(text=text, number=True)


def _listed(found: re.Match[str], speech: Speech) -> Spoken:
    said = ", ".join(_whole(part, speech) for part in found[0].split(","))
    return Spoken(text=said, number=True)


def _dotted(found: re.Match[str], speech: Speech) -> Spoken:
    dot = f" {speech.numerals.dot} "
    return Spoken(text=dot.join(_whole(part, speech) for part in found[0].split(".")), number=True)


def _whole(digits: str, speech: Speech) -> str:
    say = speech.numerals
    written_as_code = digits[0] == "0" and len(digits) > len("05")
    if written_as_code or int(digits) > LARGEST:
        return _in_groups(digits, speech)
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


# How a number may be written, in the order in which it is tried.
SHAPES: Final = (
    (GROUPED, _plain),
    (GROUPED_BY_COMMAS, _grouped_by_commas),
    (DECIMAL, _with_places),
    (LISTED, _listed),
    (DOTTED, _dotted),
)
