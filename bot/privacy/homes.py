"""Homes told without the word “địa chỉ”: a number before a known street, a cluster, a flat."""

from __future__ import annotations

from typing import Final

from bot.privacy.addresses import CLEARLY_NAMED, GAP, HOUSE_NUMBER, LIVING
from bot.privacy.places import CAPITAL_NAME, TAIL
from bot.privacy.words import RAISED, WORD, any_of

_KNOWN_STREETS: Final = any_of(
    *("lê lợi", "nguyễn trãi", "nguyễn huệ", "trần hưng đạo", "lê duẩn", "lê lai", "trần phú"),
    *("lý thường kiệt", "ngô quyền", "phan chu trinh", "phan bội châu", "lê hồng phong"),
    *("võ thị sáu", "võ văn kiệt", "phạm văn đồng", "hoàng văn thụ", "phan đình phùng"),
    *("đinh tiên hoàng", "lê thánh tôn", "lê thánh tông", "nguyễn văn cừ", "nguyễn văn linh"),
    *("nguyễn thị minh khai", "hoàng diệu", "tôn đức thắng", "trường chinh", "lê đại hành"),
)
_NUMBER: Final = r"\d{2,5}[a-z]?"
_CLUSTER: Final = rf"{any_of('tổ', 'tổ dân phố')}(?: {any_of('số')})? ?\d{{1,3}}[a-z]?"
_HAMLET: Final = rf"(?:{any_of('khu phố', 'khu', 'ấp', 'thôn', 'xóm', 'khóm', 'bản')}|kp)"
_PARTED: Final = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){1,5}"
_FLAT: Final = (
    rf"(?:{any_of('căn hộ', 'căn', 'phòng')}|\bp\.|\bp(?=\d{{3}}))(?: {any_of('số')})? ?"
)
_FLAT_NUMBER: Final = r"[a-z]{0,2}-?\d{1,4}(?:[a-z]\d{0,3})?(?:[.-][a-z]?\d{1,4}){0,2}[a-z]?\b"
# “Tòa án” is a court, and no building one lives in.
_BUILDING: Final = (
    rf"(?:{any_of('tòa', 'toà')}(?! {any_of('án')}\b)"
    rf"|{any_of('chung cư', 'khu đô thị', 'khu tập thể', 'tập thể')}"
    rf"|block|cc|kđt|{any_of('nhà')} [a-z]\d{{1,2}})\b"
)
_ITS_NAME: Final = rf" {{1,3}}(?:{RAISED}(?: \d{{1,3}}(?:-\d{{1,2}})?\b)?|{TAIL})"
HOMES: Final = (
    rf"{LIVING}(?P<hide>{_NUMBER}{GAP}(?:{_KNOWN_STREETS}\b|{CLEARLY_NAMED}))",
    rf"\b(?P<hide>{_CLUSTER}{GAP}{_HAMLET} ?\d{{1,3}}[a-z]?)\b",
    rf"\b(?P<hide>{_HAMLET} ?\d{{1,3}}[a-z]?{GAP}{_CLUSTER})\b",
    rf"{LIVING}(?P<hide>{_CLUSTER})(?![\w/])",
    rf"{LIVING}(?P<hide>{any_of('dãy')} [a-z]?\d{{0,2}},? {_FLAT}{_FLAT_NUMBER})",
    rf"{LIVING}(?P<hide>{_FLAT}{_FLAT_NUMBER},? {any_of('dãy', 'nhà trọ')}(?: [a-z\d]{{1,2}})?)\b",
    (
        rf"{LIVING}(?P<hide>{any_of('lô')} [a-z]{{0,2}}\d{{1,3}}"
        rf"(?:{GAP}{any_of('đường')} [\w/]{{1,6}})?)\b"
    ),
    (
        rf"(?:\A|(?<=[\n,;:(]))\s{{0,3}}(?P<hide>{_PARTED}{GAP}{any_of('đường', 'phố')}"
        rf"\s{{1,3}}{CAPITAL_NAME})"
    ),
    rf"\b(?P<hide>{any_of('nhà số')} {HOUSE_NUMBER})(?=\s*(?:[,;.\n]|\Z))",
    (
        rf"(?<!\w)(?P<hide>{_FLAT}{_FLAT_NUMBER}{GAP}{_BUILDING}"
        rf"(?:(?: {_BUILDING})?{_ITS_NAME}|(?: {_BUILDING}))?)"
    ),
    (
        rf"\b{_BUILDING}(?: {{1,3}}{WORD}){{0,5}}{GAP}"
        rf"(?P<hide>{_FLAT}{_FLAT_NUMBER})(?=\s*(?:[,;.\n?]|\Z)|\s[^\W\d])"
    ),
)
