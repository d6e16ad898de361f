"""Where somebody lives, told as such without a street: “ngụ ấp Bình Hòa 2”, “trú số 31 tổ 9”.

Also what tells the home of a person from the place of a fault.
"""

from __future__ import annotations

import re
from typing import Final

from bot.privacy.addresses import GAP, HOUSE_NUMBER, LIVES, OWNER
from bot.privacy.kinds import PersonalData
from bot.privacy.places import CAPITAL_NAME, TAIL
from bot.privacy.words import CAPITAL, UPPER, WORD, any_of

_OWN: Final = any_of(
    "tôi", "em", "e", "mình", "con", "cháu", "tui", "gia đình", "nhà", "chúng tôi"
)
_NOW: Final = any_of("hiện", "nay", "hiện nay", "hiện tại")
_AT: Final = rf"(?: (?:{any_of('tại', 'ở', 'thường trú')}|{_NOW})){{0,2}}"
_SENT: Final = (
    rf"\b{any_of('gửi', 'gởi', 'ship')}(?: {any_of('cho', 'giấy', 'tôi', 'em', 'con', 'tui')})"
    rf"{{0,3}} {any_of('về', 'tới', 'đến', 'qua')}"
)
_IN: Final = any_of(
    *("đang", "ở", "tại", "là", "số", "nhà", "số nhà", "nhà số", "trọ", "của", "thường trú"),
)
_TOLD: Final = (
    rf"(?:{any_of('địa chỉ')}(?: {any_of('liên lạc', 'liên hệ', 'nhà', 'của', 'ở')})?"
    # “đc 12 ngày” is “được”.
    rf"(?: {OWNER})?|đ/c|(?:đc|dc)(?=\s?:))(?: (?:là|la))?"
)
_HAMLET: Final = any_of(
    *("thôn", "ấp", "xóm", "bản", "buôn", "làng", "tổ dân phố", "tổ", "khu phố", "khu", "khóm"),
    *("sóc", "phum", "đội", "khối"),
)
_NUMBERED_HAMLET: Final = rf"{_HAMLET}\s{{0,2}}\d{{1,3}}[a-z]?\b"
_PLACE: Final = rf"{_HAMLET}\s{{1,3}}(?=\d|(?-i:[{UPPER}])){TAIL}"
_QUARTER: Final = any_of("xã", "phường", "thị trấn", "huyện", "quận")
_VILLAGE: Final = any_of("thôn", "xóm", "ấp", "buôn", "khóm")
_SMALL_PLACE: Final = rf"{_VILLAGE}\s{{1,3}}{WORD}(?: {{1,3}}{WORD}){{0,2}}(?=\s*(?:[,.;?!\n]|\Z))"
_WITH_QUARTER: Final = (
    rf"(?:{_PLACE}|{_SMALL_PLACE})(?:,\s{{0,3}}{_QUARTER}\s{{1,3}}{CAPITAL_NAME})?"
)
_NUMBER: Final = rf"(?:{any_of('nhà số', 'số nhà', 'số')}\s{{1,3}})?{HOUSE_NUMBER}"
_HOUSE: Final = rf"{HOUSE_NUMBER}(?: {any_of('đường', 'phố')})?"
# Among nothing but capitals these tell no street.
_STREET: Final = rf"(?=(?-i:[{UPPER}][^{UPPER}\W\d_])){CAPITAL}(?: {{1,3}}{CAPITAL}){{1,4}}+"
DWELLINGS: Final = (
    rf"\b{LIVES}{_AT}:?\s{{1,3}}(?P<hide>{_WITH_QUARTER})",
    rf"\b{_TOLD}\s?:?\s{{1,3}}(?P<hide>{_WITH_QUARTER})",
    rf"\b{any_of('nhà')}(?: {OWNER})? {any_of('ở', 'tại')}:?\s{{1,3}}(?P<hide>{_WITH_QUARTER})",
    (
        rf"\b(?:{LIVES}{_AT}|{_TOLD}|{any_of('ở', 'tại', 'nhà')}):?\s{{1,3}}"
        rf"(?P<hide>{_NUMBER}(?:{GAP}{_NUMBERED_HAMLET}){{1,3}})"
    ),
    rf"\b{_TOLD}\s?:?\s{{1,3}}(?P<hide>{HOUSE_NUMBER}\s{{1,3}}{TAIL})",
    (
        rf"\b(?:{LIVES}{_AT}|{any_of('nhà')} {OWNER}(?: {any_of('ở', 'tại')})?):?\s{{1,3}}"
        rf"(?P<hide>{_HOUSE}{GAP}{_STREET})"
    ),
    # “Lê Thị Út, 19 khóm Vĩnh Phú”.
    rf"\[{PersonalData.NAME}\],\s{{1,3}}(?P<hide>{HOUSE_NUMBER}{GAP}{_PLACE})",
    # What goes on behind a house: “[address], khu phố 3”.
    rf"\[{PersonalData.ADDRESS}\],?\s{{1,3}}(?P<hide>{_WITH_QUARTER})",
)
_BEFORE: Final = any_of("hiện", "hiện nay", "trước", "trước đây", "lúc trước")
_OF_A_PERSON: Final = re.compile(
    rf"(?:\b(?:{LIVES}|{_TOLD}|{any_of('nhà', 'trọ', 'quê')} {OWNER}|{_OWN})"
    rf"|{any_of('quê', 'quê quán', 'liên hệ', 'liên lạc')}|{_BEFORE} {any_of('ở', 'sống')}"
    rf"|\[[a-z_ ]{{3,20}}\]|{_SENT})"
    rf"(?:[\s,:]{{1,3}}(?:{_NOW}|{_IN})\b){{0,4}}[\s,:]{{0,3}}\Z",
    re.IGNORECASE,
)
_NAME_BEHIND: Final = re.compile(r"\s{0,3}[,(–-]?\s{0,3}\[name\]")
_REACH: Final = 60


def is_of_a_person(text: str, start: int, end: int) -> bool:
    """Tell whether what stands around ``start`` and ``end`` says that somebody lives there."""
    if _NAME_BEHIND.match(text, end):
        return True
    return _OF_A_PERSON.search(text, max(0, start - _REACH), start) is not None
