"""What a text must have for a pattern to find something in it: most texts lack most of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from bot.privacy.levels import LEVEL
from bot.privacy.words import CAPITAL, UPPER


class Trait(StrEnum):
    """Something that all texts have in which a pattern finds personal data."""

    DIGIT = auto()
    COUNTED = auto()
    IS = auto()
    NAMED = auto()
    LABELLED = auto()
    COLON = auto()
    GIVEN = auto()
    TWO_CAPITALS = auto()
    NAME_LIKE = auto()
    HIDDEN = auto()
    HOLDER = auto()
    ENGLISH = auto()
    AT = auto()
    LINK = auto()
    NET = auto()
    SECRET = auto()
    DWELLING = auto()
    LEVELS = auto()
    PARTED = auto()
    INITIALS = auto()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that hides its group ``hide``, and the traits of every text it fits."""

    text: str
    needs: frozenset[Trait]


def pattern(text: str, *needs: Trait) -> Pattern:
    """Give the pattern ``text`` that fits no text without ``needs``."""
    return Pattern(text, frozenset(needs))


def _has(*pieces: str) -> Callable[[str], bool]:
    return lambda text: any(piece in text for piece in pieces)


def _fits(wanted: str) -> Callable[[str], bool]:
    search = re.compile(wanted).search
    return lambda text: search(text) is not None


_DIGIT: Final = _fits(r"\d")
_NUMBERS: Final = (
    *("không", "khong", "một", "mot", "hai", "ba", "bốn", "bon", "năm", "nam"),
    *("sáu", "sau", "bảy", "bay", "bẩy", "tám", "tam", "chín", "chin"),
)
_HAMLETS: Final = (
    *("thôn", "thon", "ấp", "ap", "xóm", "xom", "bản", "ban", "buôn", "buon", "làng", "lang"),
    *("tổ", "to", "khu", "khóm", "khom", "sóc", "soc", "phum", "đội", "doi", "khối", "khoi"),
    *("đc", "dc", "đ/c", "d/c", "địa chỉ", "dia chi", "trú", "tru", "ngụ", "ngu", "sống", "song"),
    *(
        "nhà",
        "nha",
        "hộ khẩu",
        "ho khau",
        "nơi ở",
        "noi o",
        "chỗ ở",
        "cho o",
        "[name]",
        "[address]",
    ),
)
_FEWEST_NUMBERS: Final = 3
_TWO_CAPITALS: Final = _fits(rf"{CAPITAL} {{1,3}}[{UPPER}]")
_INITIALS: Final = _fits(rf"[{UPPER}]\s?\.\s?[{UPPER}]")
# A middle name, or K'Brửu.
_GIVEN: Final = _fits(r"văn|van|thị|thi| (?:a|seo|mí|láo|sín)\b|['’]")


# A level of an address, or who lives there: a home told by levels has two of these.
_LEVEL: Final = re.compile(rf"\b{LEVEL}(?=[\s.])|\[name\]", re.IGNORECASE)


def _has_two_levels(text: str) -> bool:
    found = _LEVEL.finditer(text)
    return next(found, None) is not None and next(found, None) is not None


def _counts(text: str) -> bool:
    return _DIGIT(text) or sum(map(text.count, _NUMBERS)) >= _FEWEST_NUMBERS


# Asked of a text in small letters; the capitals of the text as it stands.
_OF_SMALL: Final[Mapping[Trait, Callable[[str], bool]]] = {
    Trait.DIGIT: _DIGIT,
    Trait.COUNTED: _counts,
    Trait.IS: _fits(r"\s(?:là|la)\b"),
    Trait.NAMED: _has("tên", "ten"),
    Trait.LABELLED: _has("tên", "ten", "người", "nguoi"),
    Trait.COLON: _has(":", "="),
    Trait.GIVEN: _GIVEN,
    Trait.HIDDEN: _has("["),
    Trait.HOLDER: _has("tk", "khoản", "khoan", "thẻ", "the", "hưởng", "huong"),
    Trait.ENGLISH: _has("name"),
    Trait.AT: _fits(r"@|[(\[{]\s?(?:at?|a ?c[òo]ng)\s?[)\]}]|\s(?:(?:a ?)?c[òo]ng|at)\s"),
    Trait.LINK: _has(
        "/", ".com", ".net", ".org", ".info", ".biz", ".xyz", ".vip", ".shop", ".online", ".site"
    ),
    Trait.NET: _fits(r"@|face|fb|zalo|tik ?tok|insta|tele|youtube|threads|\b(?:ig|tt)\b"),
    Trait.PARTED: _fits(r"[^\W\d_]([-_.·])[^\W\d_]{1,7}\1[^\W\d_]"),
    Trait.DWELLING: _has(*_HAMLETS),
    Trait.LEVELS: _has_two_levels,
    Trait.SECRET: _has("mật khẩu", "mat khau", "mật mã", "mat ma", "pass", "mk", "pw"),
}


def traits_of(text: str) -> frozenset[Trait]:
    """Give the traits of ``text`` as it reads."""
    # Where case is ignored, İ and ı are an i as well.
    small = text.replace("İ", "i").replace("ı", "i").lower()
    found = {trait for trait, has in _OF_SMALL.items() if has(small)}
    if _INITIALS(text):
        found.add(Trait.INITIALS)
    if _TWO_CAPITALS(text):
        found.add(Trait.TWO_CAPITALS)
    if Trait.TWO_CAPITALS in found or Trait.GIVEN in found:
        found.add(Trait.NAME_LIKE)
    return frozenset(found)
