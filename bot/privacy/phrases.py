"""Personal data told in words or with letters: names, birth dates, addresses, mail, documents.

Each pattern hides its group ``hide``. Repetitions are bounded or possessive, so the time a text
takes grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.privacy.kinds import Found, PersonalData

_UPPER: Final = "".join(sign for sign in map(chr, range(0x41, 0x1F00)) if sign.isupper())
_CAPITAL: Final = rf"(?-i:[{_UPPER}])[^\W\d_]{{0,9}}+"
_CAPITALS: Final = rf"{_CAPITAL}(?: {{1,3}}{_CAPITAL}){{0,5}}+"
_WORD: Final = r"[^\W\d_]{1,10}+"
_SURNAME: Final = (
    r"(?:nguyễn|nguyen|trần|tran|lê|le|phạm|pham|hoàng|hoang|huỳnh|huynh|phan|vũ|vu|võ|vo|đặng|dang"
    r"|bùi|bui|đỗ|do|hồ|ho|ngô|ngo|dương|duong|lý|ly|đinh|dinh|trịnh|trinh|lương|luong|đoàn|doan"
    r"|trương|truong|mai|tô|to|hà|ha|cao|châu|chau|tạ|ta|phùng|phung|thái|thai|lâm|lam|quách|tăng)"
)
_AFTER_NAME: Final = (
    r"(?=\s*(?:[,.;?!\n(\d]|\Z)|\s+(?:sinh|ngày|ngay|năm|nam|số|so|cccd|cmnd|ở|tại|muốn|muon|xin"
    r"|hỏi|hoi|cần|can|làm|lam|là|là|sđt|sdt|quê|que|thường|đăng)\b)"
)
_FULL_NAME: Final = (
    rf"(?:{_SURNAME} {{1,3}}{_WORD}(?: {{1,3}}{_WORD}){{0,3}}?{_AFTER_NAME}"
    rf"|(?={_SURNAME}\b){_CAPITALS})"
)
_ONESELF: Final = (
    r"(?:tôi|toi|em|mình|minh|con|cháu|chau|tui|anh|chị|chi|bà|ông|mẹ|bố|cha|vợ|chồng)"
)
_IS: Final = r"\s{0,3}(?:(?:là|la)\b|:)?\s{0,3}"
_DAY_OF_BIRTH: Final = (
    r"(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}"
    r"|\d{1,2} (?:tháng|thang) \d{1,2},? (?:năm|nam) \d{4})(?!\d)"
)
_HOUSE: Final = r"\b(?:nhà số|nha so|số nhà|so nha|số|so)"
_HOUSE_NUMBER: Final = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){0,5}"
_PARTED: Final = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){1,5}"
_ALLEY: Final = r"\b(?:ngõ|ngo|hẻm|hem|ngách|ngach|kiệt|kiet|số nhà|so nha)"
_STREET: Final = (
    r"(?:đường|duong|phố|pho|ngõ|ngo|hẻm|hem|ngách|ngach|kiệt|kiet|thôn|thon|ấp|ap|tổ dân phố)"
)
_LIVING: Final = (
    r"\b(?:ở|o|tại|tai|nhà|nha|địa chỉ|dia chi|đ/c|d/c)"
    r"(?: (?:em|tôi|toi|mình|minh|con|cháu|chau|tui|là|la|số|so)){0,2}:?\s{1,3}"
)
_NUMBER_ALONE: Final = rf"(?:\d{{2,5}}[a-z]?|{_PARTED})"
_QUARTER: Final = r"(?:phường|phuong|xã|xa|quận|quan|thị trấn|thi tran|đặc khu|dac khu)"
_REST: Final = r"[^,.;?!\n\[\]]{1,40}"
_GAP: Final = r"\s{0,3},?\s{0,3}"
_BIRTH: Final = (
    r"(?:ngày sinh|ngay sinh|ngày tháng năm sinh|ngay thang nam sinh|\bns|\bsn|(?<!khai )\bsinh)"
    r"(?: ngày| ngay)?"
)
_SPACED: Final = r"(?:[ .-]{0,3}\d)"
_PATTERNS: Final[tuple[tuple[PersonalData, str], ...]] = (
    (
        PersonalData.EMAIL,
        r"(?P<hide>(?<![\w.+-])[\w.+-]++\s{0,3}@\s{0,3}[\w-]++(?:\.[\w-]++)++)",
    ),
    (PersonalData.NAME, rf"\b(?:họ và tên|ho va ten|họ tên|ho ten){_IS}(?P<hide>{_FULL_NAME})"),
    (
        PersonalData.NAME,
        (
            rf"\b(?:{_ONESELF} (?:tên|ten)|(?:tên|ten) {_ONESELF}){_IS}"
            rf"(?P<hide>{_CAPITALS}|{_FULL_NAME})"
        ),
    ),
    (PersonalData.NAME, rf"\b(?:tên|ten) (?:là|la)\s{{1,3}}(?P<hide>{_FULL_NAME})"),
    (PersonalData.BIRTH_DATE, rf"{_BIRTH}{_IS}(?P<hide>{_DAY_OF_BIRTH})"),
    (
        PersonalData.PASSPORT,
        (
            r"(?:hộ chiếu|ho chieu|passport|\bhc\b)[^\d\n\[\]]{0,15}?"
            rf"\b(?P<hide>[a-z] {{0,3}}\d{_SPACED}{{6,7}}+)(?!\d)"
        ),
    ),
    (PersonalData.PASSPORT, r"\b(?P<hide>[bcknp]\d{7,8})\b"),
    (
        PersonalData.SOCIAL_INSURANCE,
        rf"(?<![^\W_])(?P<hide>[a-z]{{2}} {{0,3}}[1-5]{_SPACED}{{12}})(?!\d)",
    ),
    (
        PersonalData.SOCIAL_INSURANCE,
        (
            r"(?:bhxh|bhyt|bảo hiểm|bao hiem)[^\d\n\[\]]{0,25}?"
            rf"\b(?P<hide>[a-z]{{2}} {{0,3}}\d{_SPACED}{{9,14}}+)(?!\d)"
        ),
    ),
)
_ADDRESSES: Final = (
    rf"(?P<hide>{_HOUSE}\s{{1,3}}{_HOUSE_NUMBER}{_GAP}{_STREET}\s{{1,3}}(?:{_CAPITALS}|{_REST}))",
    rf"{_LIVING}(?P<hide>{_NUMBER_ALONE}{_GAP}{_STREET}\s{{1,3}}(?:{_CAPITALS}|{_REST}))",
    rf"{_LIVING}(?P<hide>{_PARTED} [^,.;?!\n\[\]]{{2,40}}?),? {_QUARTER}\b",
    rf"{_LIVING}(?P<hide>{_PARTED}{_GAP}{_CAPITALS})",
    rf"(?P<hide>{_ALLEY}\s{{1,3}}{_HOUSE_NUMBER}(?:{_GAP}{_STREET}\s{{1,3}}{_REST})?)",
)


def _rules(
    patterns: tuple[tuple[PersonalData, str], ...],
) -> tuple[tuple[PersonalData, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in patterns)


TOLD: Final = _rules(_PATTERNS)
ADDRESSES: Final = _rules(tuple((PersonalData.ADDRESS, pattern) for pattern in _ADDRESSES))


def find_by(kind: PersonalData, rule: re.Pattern[str], text: str) -> Iterator[Found]:
    """Give what ``rule`` hides in ``text``, in order."""
    for found in rule.finditer(text):
        yield Found(kind, *found.span("hide"))
