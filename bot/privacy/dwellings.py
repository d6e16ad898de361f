"""Where somebody lives, told as such without a street: “ngụ ấp Bình Hòa 2”, “trú số 31 tổ 9”.

Also what tells the home of a person from the place of a fault.
"""

from __future__ import annotations

import re
from typing import Final

from bot.privacy.addresses import GAP, HOUSE_NUMBER
from bot.privacy.words import CAPITALS, UPPER, any_of

_OWN: Final = any_of("tôi", "em", "mình", "con", "cháu", "tui", "gia đình", "nhà", "chúng tôi")
_LIVES: Final = any_of(
    "trú", "ngụ", "cư ngụ", "cư trú", "thường trú", "tạm trú", "hộ khẩu", "sống"
)
_AT: Final = rf"(?: {any_of('tại', 'ở', 'thường trú')})?"
_TOLD: Final = (
    rf"(?:{any_of('địa chỉ')}(?: {any_of('liên lạc', 'liên hệ', 'nhà', 'của', 'ở')})?"
    rf"(?: {_OWN})?|đ/?c|dc)(?: (?:là|la))?"
)
_HAMLET: Final = any_of(
    *("thôn", "ấp", "xóm", "bản", "buôn", "làng", "tổ dân phố", "tổ", "khu phố", "khu", "khóm"),
    *("sóc", "phum", "đội", "khối"),
)
_NUMBERED_HAMLET: Final = rf"{_HAMLET}\s{{0,2}}\d{{1,3}}[a-z]?\b"
_PLACE: Final = rf"{_HAMLET}\s{{1,3}}(?=\d|(?-i:[{UPPER}]))[^,.;?!\n\[\]]{{1,40}}"
_QUARTER: Final = any_of("xã", "phường", "thị trấn", "huyện", "quận")
_WITH_QUARTER: Final = rf"{_PLACE}(?:,\s{{0,3}}{_QUARTER}\s{{1,3}}{CAPITALS})?"
_NUMBER: Final = rf"(?:{any_of('nhà số', 'số nhà', 'số')}\s{{1,3}})?{HOUSE_NUMBER}"
DWELLINGS: Final = (
    rf"\b{_LIVES}{_AT}:?\s{{1,3}}(?P<hide>{_WITH_QUARTER})",
    rf"\b{_TOLD}:?\s{{1,3}}(?P<hide>{_WITH_QUARTER})",
    (
        rf"\b(?:{_LIVES}{_AT}|{_TOLD}|{any_of('ở', 'tại', 'nhà')}):?\s{{1,3}}"
        rf"(?P<hide>{_NUMBER}(?:{GAP}{_NUMBERED_HAMLET}){{1,3}})"
    ),
    rf"\b{_TOLD}:?\s{{1,3}}(?P<hide>{HOUSE_NUMBER}\s{{1,3}}[^,.;?!\n\[\]]{{2,40}})",
)
_OF_A_PERSON: Final = re.compile(
    rf"(?:\b(?:{_LIVES}|{_TOLD}|(?:{any_of('nhà', 'trọ', 'quê')} )?{_OWN})|\[name\])"
    rf"(?:[\s,:]{{1,3}}{any_of('đang', 'ở', 'tại', 'là', 'số', 'nhà', 'số nhà', 'trọ', 'của')}"
    rf"\b){{0,4}}[\s,:]{{0,3}}\Z",
    re.IGNORECASE,
)
_REACH: Final = 60


def is_of_a_person(text: str, start: int) -> bool:
    """Tell whether what stands before ``start`` says that somebody lives there."""
    return _OF_A_PERSON.search(text, max(0, start - _REACH), start) is not None
