"""Days, months and years: "15/12/2026", "01/3", "ngày 15-17/12", "tháng 3/2027"."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

from broadcasts.speaking.draft import NUMBER, Draft, Spoken
from broadcasts.speaking.records import Flag, FlagKind
from broadcasts.speaking.speech import Speech

ALONE: Final = r"(?<![\w/.,:])"
FULL: Final = re.compile(
    rf"{ALONE}(?:(?P<first>\d{{1,2}})\s?[-–]\s?)?(?P<d>\d{{1,2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)"
    r"(?P<y>\d{4})(?![\w/])"
)
ISO: Final = re.compile(rf"{ALONE}(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?![\w/-])")
SEVERAL: Final = re.compile(
    rf"{ALONE}(?P<first>\d{{1,2}})\s?[-–]\s?(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?![\w/])"
)
PARTIAL: Final = re.compile(rf"{ALONE}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?![\w/])(?![.,]\d)")
CHAINED: Final = re.compile(r"(\d{1,2})/(\d{1,2})\s*(?:[-–,;]|và|hoặc|đến)\s*$")
AFTER_A_DAY: Final = re.compile(rf"{NUMBER}\s*(?:[-–,;]|và|hoặc|đến)\s*$")
LEAP_YEAR: Final = 2024
MONTHS: Final = 12
FIRST_DAYS: Final = 10


def read_days(draft: Draft, speech: Speech) -> None:
    """Put days and months into words; a day that does not exist is left for a person."""
    word = speech.days
    spoken_out = re.compile(
        rf"{ALONE}(?P<d>\d{{1,2}})\s+{word.month}\s+(?P<m>\d{{1,2}})(?!\d)(?![.,]\d)"
        rf"(?:\s+{word.year}\s+(?P<y>\d{{4}})(?!\d))?",
        re.IGNORECASE,
    )
    zero_led = re.compile(rf"(?<=\b{word.day}\s)(?P<d>0[1-9])(?![\w/])(?![.,]\d)", re.IGNORECASE)
    month_of_year = re.compile(rf"{ALONE}(?P<m>\d{{1,2}})[/-](?P<y>\d{{4}})(?![\w/])(?![.,-]\d)")
    hyphened = re.compile(
        rf"(?<=\b{word.day}\s)(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})(?![\w/-])(?![.,]\d)", re.IGNORECASE
    )
    month = re.compile(rf"(?P<w>(?i:\b{word.month}))\s+(?P<m>\d{{1,2}})(?![\w/])(?![.,]\d)")
    for pattern in (FULL, ISO, spoken_out):
        draft.say(pattern, lambda found: _day(found, speech))
    draft.say(hyphened, lambda found: _hyphened(found, speech))
    draft.say(SEVERAL, lambda found: _day(found, speech) if _exists(found) else None)
    draft.say(PARTIAL, lambda found: _day_or_fraction(found, speech))
    draft.say(month_of_year, lambda found: _month_of_year(found, speech))
    draft.say(month, lambda found: _month_alone(found, speech))
    draft.say(zero_led, lambda found: _first_day(found, speech))


def _day(found: re.Match[str], speech: Speech) -> Spoken:
    if not _exists(found):
        return Spoken(text=found[0], flag=Flag(kind=FlagKind.UNREAD_NUMBER, found=found[0]))
    before = found.string[: found.start()]
    parts = []
    if first := _part(found, "first"):
        parts = [_day_of_month(int(first), before, speech), speech.numerals.to]
        before = ""
    parts += [_day_of_month(int(found["d"]), before, speech), _month(int(found["m"]), speech)]
    if year := _part(found, "y"):
        parts.append(f"{speech.days.year} {speech.numerals.cardinal(int(year))}")
    return Spoken(text=" ".join(parts), number=True)


def _hyphened(found: re.Match[str], speech: Speech) -> Spoken | None:
    """Read "ngày 20-11" as a day; "ngày 5-11" may be two days as well."""
    if not _exists(found):
        return None
    if int(found["d"]) >= int(found["m"]):
        return _day(found, speech)
    flag = Flag(kind=FlagKind.AMBIGUOUS_NUMBER, found=found[0])
    return Spoken(text=_day(found, speech).text, number=True, flag=flag)


def _day_or_fraction(found: re.Match[str], speech: Speech) -> Spoken | None:
    before = found.string[: found.start()]
    if re.search(rf"(?:^|\W)(?:{speech.days.before_a_share})[\s:]*$", before, re.IGNORECASE):
        return Spoken(text=_fraction(found["d"], found["m"], speech), number=True)
    if not _exists(found):
        meant_as_day = "0" in {found["d"][0], found["m"][0]}
        return _day(found, speech) if meant_as_day else None
    if _is_day(found["d"], found["m"], before, speech):
        return _day(found, speech)
    flag = Flag(kind=FlagKind.AMBIGUOUS_NUMBER, found=found[0])
    likely_a_day = int(found["d"]) > MONTHS
    said = _day(found, speech).text if likely_a_day else _fraction(found["d"], found["m"], speech)
    return Spoken(text=said, number=True, flag=flag)


def _fraction(part: str, whole: str, speech: Speech) -> str:
    say = speech.numerals
    return f"{say.cardinal(int(part))} {say.fraction} {say.cardinal(int(whole))}"


def _is_day(day: str, month: str, before: str, speech: Speech) -> bool:
    """Tell a day from a fraction by how it is written and what stands before it."""
    words = speech.days
    if day[0] == "0" or month[0] == "0" or f"{day}/{month}" in words.well_known:
        return True
    if re.search(rf"(?:^|[^\w])(?:{words.before_a_day})[\s,:(]*$", before, re.IGNORECASE):
        return True
    if AFTER_A_DAY.search(before):
        return True
    if chained := CHAINED.search(before):
        return _is_day(chained[1], chained[2], before[: chained.start()], speech)
    return False


def _month_of_year(found: re.Match[str], speech: Speech) -> Spoken:
    if not 1 <= int(found["m"]) <= MONTHS:
        flag = Flag(kind=FlagKind.AMBIGUOUS_NUMBER, found=found[0])
        return Spoken(text=_fraction(found["m"], found["y"], speech), number=True, flag=flag)
    words = speech.days
    before = found.string[: found.start()]
    led = re.search(rf"{words.month}\s+(?:[\d\s,–-]|và|đến)*$", before, re.IGNORECASE)
    month = _month(int(found["m"]), speech)
    month = month.removeprefix(f"{words.month} ") if led else month
    text = f"{month} {words.year} {speech.numerals.cardinal(int(found['y']))}"
    return Spoken(text=text, number=True)


def _month_alone(found: re.Match[str], speech: Speech) -> Spoken | None:
    number = int(found["m"])
    if number not in speech.days.months:
        return None
    return Spoken(text=f"{found['w']} {speech.days.months[number]}", number=True)


def _first_day(found: re.Match[str], speech: Speech) -> Spoken:
    before = found.string[: found.start()]
    return Spoken(text=_day_of_month(int(found["d"]), before, speech), number=True)


def _day_of_month(number: int, before: str, speech: Speech) -> str:
    """Say "ngày mùng năm"; what the sentence has said of it already is not said again."""
    words, said = speech.days, speech.numerals.cardinal(number)
    led = before.rstrip().lower()
    if led.endswith((words.first_days, "mồng")):
        return said
    first = f"{words.first_days} {said}" if number <= FIRST_DAYS else said
    return first if led.endswith(words.day) else f"{words.day} {first}"


def _month(number: int, speech: Speech) -> str:
    said = speech.days.months.get(number) or speech.numerals.cardinal(number)
    return f"{speech.days.month} {said}"


def _exists(found: re.Match[str]) -> bool:
    day, month = int(found["d"]), int(found["m"])
    year = int(_part(found, "y") or LEAP_YEAR)
    if not (1 <= month <= MONTHS and year >= 1):
        return False
    last = monthrange(year, month)[1]
    return 1 <= day <= last and 1 <= int(_part(found, "first") or day) <= last


def _part(found: re.Match[str], name: str) -> str | None:
    return found.groupdict().get(name)
