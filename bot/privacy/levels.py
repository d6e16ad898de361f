"""The words that begin a level of an address: “thôn”, “ấp”, “tổ dân phố”, “xã”, “tp.”."""

from __future__ import annotations

from typing import Final

from bot.privacy.words import any_of

HAMLET: Final = (
    rf"(?:{any_of('tổ dân phố', 'khu phố', 'khu vực', 'khối phố', 'tiểu khu')}"
    rf"|{any_of('thôn', 'ấp', 'xóm', 'bản', 'buôn', 'làng', 'tổ', 'khu', 'khóm', 'khối', 'đội')}"
    rf"|{any_of('sóc', 'phum', 'cụm', 'bon', 'plei', 'plây', 'tdp', 'kp')})"
)
COMMUNE: Final = (
    rf"(?:{any_of('xã', 'phường', 'thị trấn', 'thị xã', 'huyện', 'quận', 'tỉnh', 'thành phố')}"
    rf"|{any_of('đặc khu')}|tp\.?|tt\.?)"
)
LEVEL: Final = rf"(?:{HAMLET}|{COMMUNE})"
