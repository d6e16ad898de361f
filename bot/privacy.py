"""Masks for personal data that citizens paste into a message.

``mask`` runs before a message is stored, so the tables never hold the numbers. A fee, a year or a
procedure code is no personal data and stays. The kinds are those real messages carried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final


class PersonalData(StrEnum):
    """A kind of personal data that is hidden before storage."""

    EMAIL = "email"
    ACCOUNT = "account"
    SOCIAL_INSURANCE = "social_insurance"
    CCCD = "cccd"
    PASSPORT = "passport"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data, and the kinds that were hidden in it."""

    text: str
    kinds: tuple[str, ...]


_BEFORE: Final = r"(?<![\d.,/\-])"
_AFTER: Final = r"(?![\d/]|[.,\-]\d)"
_NEAR: Final = r"[^\d\n]{0,25}?"


def _number(fewest: int, most: int) -> str:
    return rf"\d(?:[ .\-\u00a0]?\d){{{fewest - 1},{most - 1}}}"


_IDENTITY: Final = r"(?:cccd|cmnd|cmt|căn cước|can cuoc|chứng minh|chung minh|định danh|dinh danh)"
_INSURANCE: Final = r"(?:bhxh|bhyt|bảo hiểm|bao hiem)"
_HOUSE: Final = r"\b(?:số nhà|so nha|số|so|nhà số|nha so)"
_HOUSE_NUMBER: Final = r"\d+[a-z]?(?:/\d+[a-z]?)*"
_ALLEY: Final = r"\b(?:ngõ|ngo|hẻm|hem|ngách|ngach|kiệt|kiet|số nhà|so nha)"
_STREET: Final = (
    r"(?:đường|duong|phố|pho|ngõ|ngo|hẻm|hem|ngách|ngach|kiệt|kiet|thôn|thon|ấp|ap|tổ dân phố)"
)
_LIVING: Final = (
    r"\b(?:ở|o|tại|tai|nhà|nha|địa chỉ|dia chi|đ/c|d/c)"
    r"(?: (?:em|tôi|toi|mình|minh|con|cháu|chau|tui|là|la))?:?\s+"
)
_NUMBER_ALONE: Final = r"(?:\d{2,}[a-z]?|\d+[a-z]?(?:/\d+[a-z]?)+)"
_QUARTER: Final = r"(?:phường|phuong|xã|xa|quận|quan|thị trấn|thi tran|đặc khu|dac khu)"
_REST: Final = r"[^,.;?!\n]{1,40}"
_PATTERNS: Final[tuple[tuple[PersonalData, str], ...]] = (
    # A mailbox's name has at most 64 characters (RFC 5321, 4.5.3.1.1); endless ones take for ever.
    (PersonalData.EMAIL, r"(?P<hide>[\w.+\-]{1,64}@[\w\-]+(?:\.[\w\-]+)+)"),
    (
        PersonalData.ACCOUNT,
        rf"(?:tài khoản|tai khoan|\bstk\b|\baccount\b){_NEAR}(?P<hide>{_number(6, 19)}){_AFTER}",
    ),
    (
        PersonalData.SOCIAL_INSURANCE,
        rf"{_INSURANCE}{_NEAR}(?P<hide>(?:[a-z]{{2}} ?)?{_number(10, 15)}){_AFTER}",
    ),
    (
        PersonalData.CCCD,
        rf"{_IDENTITY}{_NEAR}(?P<hide>{_number(9, 12)}){_AFTER}",
    ),
    (PersonalData.CCCD, rf"{_BEFORE}(?P<hide>0\d{{2}}[ .\-]?{_number(9, 9)}){_AFTER}"),
    (
        PersonalData.PASSPORT,
        r"(?:hộ chiếu|ho chieu|passport)[^\d\n]{0,15}?\b(?P<hide>[a-z]\d{7,8})\b",
    ),
    (PersonalData.PHONE, rf"{_BEFORE}(?P<hide>(?:\+?84|0)[ .\-]?{_number(9, 10)}){_AFTER}"),
    (PersonalData.ACCOUNT, rf"{_BEFORE}(?P<hide>\d{{12,19}}){_AFTER}"),
    (
        PersonalData.ADDRESS,
        rf"(?P<hide>{_HOUSE}\s+{_HOUSE_NUMBER}\s*,?\s*{_STREET}\s+{_REST})",
    ),
    (
        PersonalData.ADDRESS,
        rf"{_LIVING}(?P<hide>{_NUMBER_ALONE}\s*,?\s*{_STREET}\s+{_REST})",
    ),
    (
        PersonalData.ADDRESS,
        rf"{_LIVING}(?P<hide>\d+[a-z]?(?:/\d+[a-z]?)+ [^,.;?!\n]{{2,40}}?),? {_QUARTER}\b",
    ),
    (
        PersonalData.ADDRESS,
        rf"(?P<hide>{_ALLEY}\s+{_HOUSE_NUMBER}(?:\s*,?\s*{_STREET}\s+{_REST})?)",
    ),
)
_RULES: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


_HIDDEN: Final = re.compile(rf"\[(?:{'|'.join(PersonalData)})\]")


def mask(text: str) -> Masked:
    """Hide personal data in ``text``, each piece behind the name of its kind.

    >>> mask("cccd của em là 001 099 012345").text
    'cccd của em là [cccd]'
    """
    kinds: list[str] = []
    for kind, rule in _RULES:
        text, count = rule.subn(partial(_hidden, kind), text)
        if count and kind not in kinds:
            kinds.append(kind)
    return Masked(text, tuple(kinds))


def unmasked_part(text: str) -> str:
    """Give what a masked text says beside the names that stand for hidden data."""
    return _HIDDEN.sub(" ", text)


def _hidden(kind: PersonalData, found: re.Match[str]) -> str:
    start, end = found.span("hide")
    return f"{found.string[found.start() : start]}[{kind}]{found.string[end : found.end()]}"
