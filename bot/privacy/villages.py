"""Homes told by their levels: “xóm Bãi, thôn Hạ Đồng, xã Thuỵ Hải”, “ấp 4, xã Cẩm Sơn”.

A hamlet with its commune is where a fault is as well: somebody's home it is behind a name or a
number of theirs, behind words that say who lives there, in front of a name, or as a signature.
"""

from __future__ import annotations

from typing import Final

from bot.privacy.addresses import LIVES, OWNER
from bot.privacy.levels import COMMUNE, HAMLET, LEVEL
from bot.privacy.places import STOP_HERE
from bot.privacy.words import CAPITAL, UPPER, WORD, any_of, exactly

_GAP: Final = r"(?:\s{0,3}[,;–-]\s{0,3}|\s{1,3})"
# No name goes on with these: “xã không sửa”.
_NO_NAME: Final = (
    rf"(?:{any_of('không', 'chưa', 'đã', 'bị', 'mà', 'thì', 'được', 'nói', 'nhờ', 'xin', 'giúp')}"
    rf"|{exactly('có', 'cho', 'đi', 'ra', 'về', 'lên', 'xuống', 'làm', 'thu', 'trả', 'sửa')}"
    rf"|{exactly('trưởng', 'chức', 'cũng', 'còn', 'rồi', 'nhưng', 'muốn', 'này', 'em', 'tôi')})\b"
)
_PART: Final = (
    rf"(?!{LEVEL}[\s\d]|{_NO_NAME}|{STOP_HERE})(?:{WORD}|\d{{1,3}}[a-z]?(?:/\d{{1,3}})?\b)"
)
_ENDS: Final = rf"(?=\s*(?:[,.;:!?()\n[-]|\Z)|\s+{LEVEL}\s+\w)"
# Amid small letters a name ends with its capitals; where no letter's size tells, after two words.
_RAISED: Final = rf"(?-i:[{UPPER}][^{UPPER}\W\d_]['’\w]{{0,9}}|\d{{1,3}}\b)"
_NAME: Final = (
    rf"(?:{_PART}(?: {{1,3}}{_PART}){{0,3}}?{_ENDS}"
    rf"|{_RAISED}(?: {{1,3}}{_RAISED}){{0,3}}+|{_PART}(?: {{1,3}}{_PART})?)"
)
_SMALL: Final = rf"{HAMLET}\s{{0,2}}(?:{any_of('số')} )?(?<=[\s\w])\b{_NAME}"
_LARGE: Final = rf"{COMMUNE}\s{{0,2}}\b{_NAME}"
_TWO_LEVELS: Final = rf"\b{_SMALL}(?:{_GAP}(?:{_SMALL}|{_LARGE})){{1,4}}+"
_TWO_COMMUNES: Final = rf"\b{_LARGE}(?:{_GAP}{_LARGE}){{1,3}}+"
_MARK: Final = r"\[[a-z_ ]{3,20}\]"
_SIGN: Final = r"[\s,;:.()–-]{0,4}"
_WHEN: Final = any_of(
    *("hiện", "nay", "hiện nay", "hiện tại", "đang", "trước", "trước đây", "lúc trước", "vốn"),
)
_AT: Final = (
    rf"(?:{any_of('sống', 'ở', 'tại', 'trú', 'ngụ', 'quê', 'nhà', 'là', 'người')}|{_WHEN})"
)
_WHO: Final = (
    rf"(?:{any_of('nhà', 'hộ', 'gia đình', 'quê', 'quê quán')}(?: {OWNER})?"
    rf"|{OWNER}(?: {_WHEN})? {any_of('ở', 'sống', 'tại', 'quê', 'là người', 'trú', 'ngụ')})"
)
_REACHED: Final = rf"(?:{any_of('liên hệ', 'liên lạc', 'địa chỉ', 'đ/c', 'lh', 'đc', 'dc')})"
_TOLD: Final = (
    rf"(?:\b(?:{LIVES}|{_WHO}|{_REACHED})\b(?: (?:{_AT}|{OWNER})){{0,4}}"
    rf"|\b{_WHEN} {any_of('ở', 'sống', 'trú', 'ngụ')}(?: {any_of('tại', 'ở')})?"
    rf"|{_MARK}{_SIGN}(?:{_AT}){{0,1}}(?: {_AT}){{0,2}})"
)
_BEHIND_TOLD: Final = rf"{_TOLD}:?{_SIGN}"
_SENTENCE: Final = r"[.!?\n…]\s{0,3}"
# As the last words of a message.
_CLEAR: Final = rf"(?:{CAPITAL}|\d{{1,3}})(?: {{1,3}}(?:{CAPITAL}|\d{{1,3}})){{0,3}}+"
_SIGNED: Final = (
    rf"\b{HAMLET}\s{{1,3}}{_CLEAR}(?:{_GAP}{LEVEL}\s{{1,3}}{_CLEAR}){{1,3}}+(?=[\s.!)]*\Z)"
)
# What may follow a signature: a telephone, a name, how the house is known.
_CLOSES: Final = (
    rf"(?=[\s,;:.()!–-]*(?:(?:{any_of('số', 'sđt', 'đt', 'điện thoại', 'zalo', 'tel', 'lh')}"
    rf"|{any_of('tôi', 'em', 'tên', 'là', 'ký tên', 'người gửi', 'ông', 'bà')}|[\s:,.-])*{_MARK}"
    rf"|{any_of('nhà')} {any_of('có', 'số', 'cạnh', 'gần', 'sau', 'trước', 'bên')}\b))"
)
VILLAGES: Final = (
    rf"{_BEHIND_TOLD}(?P<hide>{_TWO_LEVELS})",
    (
        rf"\b(?:{LIVES}|{any_of('quê', 'quê quán', 'địa chỉ')})(?: {_AT}){{0,2}}:?{_SIGN}"
        rf"(?P<hide>{_TWO_COMMUNES})"
    ),
    # What goes on behind a name and a home: “[name], [address], xã Cẩm Sơn”.
    rf"\[name\]{_SIGN}\[address\]{_GAP}(?P<hide>{_LARGE}(?:{_GAP}{_LARGE}){{0,2}}+)",
    rf"{_SENTENCE}(?P<hide>{_TWO_LEVELS}){_CLOSES}",
    rf"{_SENTENCE}(?P<hide>{_SIGNED})",
    rf"(?P<hide>{_TWO_LEVELS})(?=\s{{0,3}}[,(–-]?\s{{0,3}}\[name\])",
    rf"\[name\]\s{{0,3}}[,–(-]\s{{0,3}}(?P<hide>\b{_SMALL})(?=\s*[.)]?\s*\Z)",
)
