"""Homes behind words that say whose they are: “tôi ở ấp Trà Kha”, “nhà em sau đình làng Mỹ Lệ”.

A hamlet, a road or a temple is where a fault is as well; a home it is behind the speaker or a
name, behind “trú tại” and the like, or right before the name or telephone that ends a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.privacy.addresses import LIVES
from bot.privacy.kinds import Found, PersonalData
from bot.privacy.places import Written
from bot.privacy.words import WORD, any_of

_OWN: Final = any_of("tôi", "em", "e", "mình", "con", "cháu", "tui", "tớ", "chúng tôi", "bọn em")
_WHOSE: Final = rf"(?:{_OWN}|{any_of('bác', 'chú', 'cô', 'ông', 'bà', 'anh', 'chị', 'mẹ', 'bố')})"
_TIME: Final = any_of("hiện", "nay", "hiện nay", "hiện tại", "đang", "vẫn", "cũng", "mới", "thì")
_STAYS: Final = any_of(
    *("ở", "tại", "ở tại", "sống", "sống ở", "sống tại", "trọ", "ở trọ", "thuê", "thuê trọ"),
    *("trọ ở", "thuê ở", "thuê nhà ở", "thuê phòng ở", "là người", "người", "là dân", "dân"),
    *("là cư dân", "cư dân", "quê", "quê ở", "nhà", "nhà ở", "ở trong", "người ở", "thuộc"),
)
_OPENS: Final = rf"(?: (?:{_TIME}|{_STAYS}|{any_of('trong', 'là', 'bên', 'gốc')})){{0,3}}"
_SPEAKS: Final = rf"\b{_OWN}(?: {_TIME}){{0,2}} {_STAYS}{_OPENS}"
_HOUSE: Final = rf"\b{any_of('nhà', 'gia đình', 'hộ', 'quê', 'trọ', 'nhà trọ')} {_WHOSE}{_OPENS}"
_LIVES: Final = rf"\b(?:{LIVES}|{any_of('cư dân', 'quê quán', 'thuê trọ', 'ở trọ')}){_OPENS}"
_TOLD: Final = rf"\b(?:{any_of('địa chỉ', 'đ/c')}|(?:đc|dc)(?=:)){_OPENS}(?: {_WHOSE})?"
_PEOPLE: Final = rf"(?:[\s,]{{1,3}}{any_of('dân tộc', 'người dân tộc')} {WORD}(?=\s?,))?"
_NAMED: Final = rf"\[name\]{_PEOPLE}(?:[\s,;.(–-]{{0,4}}\b(?:{_TIME} )?(?:{_STAYS}|{LIVES}))?"
_BEHIND_NUMBER: Final = (
    rf"\[(?:birth date|cccd|phone|email)\][\s,;.(–-]{{1,4}}(?:{_TIME} )?(?:{_STAYS}|{LIVES})"
)
_SIGNAL: Final = re.compile(
    rf"(?:(?P<own>{_HOUSE}|{_LIVES}|{_TOLD})|{_SPEAKS}|{_NAMED}|{_BEHIND_NUMBER}|(?P<goes_on>\[address\]))"
    r"[\s:,;.(–-]{1,4}",
    re.IGNORECASE,
)
_PARTED: Final = re.compile(r"\s{0,3}[,;–(-]\s{0,3}|\s{1,3}")
# Before what a message may end with: where somebody lives, and how they are reached.
_SIGNED: Final = re.compile(r"\[(?:phone|name)\]")
_BEGINS: Final = re.compile(
    rf"(?:(?:\A|[,.;:!?\n])\s{{0,3}}|\b{any_of('ở', 'tại', 'với', 'giùm', 'giúp', 'ạ')} )",
    re.IGNORECASE,
)
_WORDS_OF_A_NUMBER: Final = any_of(
    *("sđt", "đt", "số", "gọi", "lh", "liên hệ", "zalo", "điện thoại", "máy", "tôi", "em", "con"),
    *("chồng", "vợ", "anh", "chị", "ông", "bà", "ấy", "là", "của"),
)
_SIGNS: Final = re.compile(
    rf"[\s,;:.()–-]{{1,4}}(?:{_WORDS_OF_A_NUMBER}[\s:,.]{{1,3}}){{0,5}}\[(?:phone|name)\]",
    re.IGNORECASE,
)


class _Told(Enum):
    """What says that somebody lives at a place."""

    OWN = auto()
    SPOKEN = auto()
    GOES_ON = auto()
    SIGNED = auto()


@dataclass(frozen=True, slots=True)
class _Home:
    """Parts of an address in a row: where they end, how many they are, whether one tells alone."""

    end: int
    parts: int = 0
    alone: bool = False
    by_landmark: bool = False


def find_homes(text: str) -> Iterator[Found]:
    """Give the homes in ``text`` that are told as such, in order."""
    written = Written.of(text)
    done = 0
    for start, first, told in sorted(_places(text), key=lambda place: place[1]):
        if start < done:
            continue
        home = _home(written, first)
        if _is_told(text, home, told):
            yield Found(PersonalData.ADDRESS, start, home.end)
            done = home.end


def _places(text: str) -> Iterator[tuple[int, int, _Told]]:
    """Give from where a home may be hidden, where it is read on, and what says that it is one."""
    for found in _SIGNAL.finditer(text):
        if found["goes_on"]:
            yield found.start(), found.end(), _Told.GOES_ON
        else:
            yield found.end(), found.end(), _Told.OWN if found["own"] else _Told.SPOKEN
    if _SIGNED.search(text):
        yield from ((found.end(), found.end(), _Told.SIGNED) for found in _BEGINS.finditer(text))


def _is_told(text: str, home: _Home, told: _Told) -> bool:
    several = home.parts > 1 or (home.parts == 1 and home.by_landmark)
    if told is _Told.SIGNED:
        return several and _SIGNS.match(text, home.end) is not None
    if told is _Told.GOES_ON:
        return home.parts > 0
    return several or home.alone or (told is _Told.OWN and home.by_landmark)


def _home(written: Written, at: int) -> _Home:
    home = _Home(at)
    start, after_hamlet = at, False
    while (part := written.part(start)) is not None:
        if part.kind == "commune" and not after_hamlet:
            break
        after_hamlet = after_hamlet or part.kind == "hamlet"
        home = _Home(part.end, home.parts + 1, home.alone or part.alone)
        parted = _PARTED.match(written.text, home.end)
        if parted is None:
            return home
        start = parted.end()
    end = written.landmark(start)
    return home if end == start else _Home(end, home.parts, home.alone, by_landmark=True)
