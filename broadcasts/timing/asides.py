"""Grammar of what tells no time: lengths, numbers of documents, titles of days, stages."""

from __future__ import annotations

from typing import Final

from broadcasts.text import plain
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.groups import place, starts_place
from broadcasts.timing.places import UNITS, YEAR_DIGITS, date
from broadcasts.timing.vocabulary import Kind

_NAMES: Final = (
    Kind.WORD, Kind.LINK,
    Kind.OF, Kind.COUNTER, Kind.SIZE, Kind.HEAD, Kind.DASH, Kind.COMMA, Kind.BOTH,
    Kind.REPORT, Kind.COMMEMORATE, Kind.FOCUS, Kind.NAMED_DAY,
)  # fmt: skip
_MOST_NAMES: Final = 14
# "02 lần/buổi" and "05 tin/số" are said of one; "02 tin/bài" are two words for one thing.
_REPEATED: Final = frozenset({"lan", "luot"})
_HOLDING: Final = frozenset(
    {"so", "ky", "ki", "dot", "buoi", "ban tin", "chuong trinh", "chuyen muc", "chuyen trang"}
)


def aside(c: Cursor) -> bool:
    """Move over something that tells no time; say whether there was any."""
    return any(
        c.attempt(rule)
        for rule in (
            _length,
            _share,
            _document,
            _stage,
            _jubilee,
            _made_of,
            _each_of,
            _titled,
            _labels,
        )
    )


def size(c: Cursor) -> bool:
    """Move over "02 xã", which no stretch of time follows."""
    return bool(c.attempt(_size))


def _size(c: Cursor) -> bool | None:
    return True if c.take(Kind.NUMBER) and c.take(Kind.SIZE, Kind.MEASURE) else None


def _length(c: Cursor) -> bool | None:
    """Read "từ 10 - 15 phút/số"."""
    c.take(Kind.FROM, Kind.ABOUT, Kind.AT_LEAST, Kind.AT_MOST, Kind.LATEST)
    if not c.take(Kind.NUMBER, Kind.NUMERAL):
        return None
    if c.take(Kind.DASH, Kind.TO) and not c.take(Kind.NUMBER, Kind.NUMERAL):
        return None
    if not c.take(Kind.MEASURE):
        return None
    c.attempt(_of_one)
    return True


def _of_one(c: Cursor) -> bool | None:
    if not c.take(Kind.SLASH):
        return None
    c.take(Kind.NUMBER, Kind.NUMERAL)
    return True if c.take(Kind.COUNTER, Kind.WORD, Kind.SIZE) else None


def _share(c: Cursor) -> bool | None:
    return True if c.take(Kind.NUMBER) and c.take(Kind.PERCENT) else None


def _document(c: Cursor) -> bool | None:
    """Read "mức độ 3, 4" and "số 116/KH-UBND ngày 16/11/2021"."""
    head = c.take(Kind.HEAD)
    if head is None:
        return None
    c.take(Kind.COUNTER)
    while c.take(Kind.NUMBER, Kind.ROMAN, Kind.HEAD):
        c.attempt(_more_numbers)
    for _ in range(_MOST_NAMES):
        dated = c.attempt(date) if c.sees(Kind.DAY) else None
        if dated:
            break
        if not c.take(Kind.WORD, Kind.OF, Kind.SIZE):
            break
    return True


def _more_numbers(c: Cursor) -> bool | None:
    if not c.take(Kind.COMMA, Kind.DASH, Kind.BOTH, Kind.SLASH):
        return None
    return True if c.sees(Kind.NUMBER, Kind.ROMAN) and not c.ahead_is(place) else None


def _stage(c: Cursor) -> bool | None:
    """Read "đợt 1:"."""
    token = c.peek()
    if token is None or not token.stage:
        return None
    c.at += 1
    c.take(Kind.WEEKDAY_HEAD)
    number = c.take(Kind.NUMBER, Kind.ROMAN, Kind.NUMERAL)
    if not number or number.digits >= YEAR_DIGITS or c.sees(Kind.SLASH):
        return None
    c.skip(Kind.COLON, Kind.DASH)
    return True


def _jubilee(c: Cursor) -> bool | None:
    """Read "kỷ niệm 79 năm ngày"."""
    c.take(Kind.COMMEMORATE)
    if not (c.peek(-1) and c.sees(Kind.NUMBER) and c.sees(Kind.YEAR, ahead=1)):
        return None
    before = c.peek(-1)
    if before is None or before.kind is not Kind.COMMEMORATE:
        return None
    c.at += 2
    return True


def _made_of(c: Cursor) -> bool | None:
    """Read "mỗi chuyên trang 02 bài", which tells how large one is, not how often."""
    if not c.take(Kind.EACH) or not c.take(Kind.COUNTER):
        return None
    c.take(Kind.AT_LEAST, Kind.AT_MOST, Kind.ABOUT, Kind.FROM)
    counted = c.take(Kind.NUMBER) and c.take(Kind.COUNTER, Kind.SIZE, Kind.MEASURE)
    return True if counted and not c.sees(Kind.SLASH, Kind.EACH) else None


def _each_of(c: Cursor) -> bool | None:
    """Read "phát lại 02 lần/số", which is said of one of them."""
    thing = c.take(Kind.COUNTER) if c.take(Kind.NUMBER) else None
    whole = c.take(Kind.COUNTER) if c.take(Kind.SLASH) else None
    if thing is None or whole is None or c.sees(Kind.SLASH):
        return None
    return True if plain(thing.text) in _REPEATED or plain(whole.text) in _HOLDING else None


def _labels(c: Cursor) -> bool | None:
    """Read "(6 tháng, năm)" after a time, which names the reports that are due then."""
    if not c.at or not c.take(Kind.OPEN):
        return None
    while True:
        c.take(Kind.REPORT)
        if not (c.take(Kind.NUMBER) and c.take(Kind.MONTH)) and not c.take(Kind.YEAR):
            return None
        if c.take(Kind.CLOSE):
            return True
        if not c.take(Kind.COMMA, Kind.BOTH):
            return None


def _titled(c: Cursor) -> bool | None:
    """Read the title of "Ngày Quyền trẻ em (20/11)", up to its time; behind "trước" it is none."""
    if c.sees(Kind.BEFORE, Kind.AFTER, Kind.TO, Kind.UNTIL, ahead=-1):
        return None
    if not c.take(Kind.DAY, *UNITS) or not c.sees(
        Kind.WORD, Kind.SIZE, Kind.COMMEMORATE, Kind.FOCUS
    ):
        return None
    for _ in range(_MOST_NAMES):
        if not c.take(*_NAMES):
            break
    c.take(Kind.OPEN)
    return True if starts_place(c) else None
