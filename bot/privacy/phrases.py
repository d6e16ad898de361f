"""Personal data told in words or with letters: names, addresses, mail, documents, passwords.

Repetitions are bounded or possessive, so the time a text
takes grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from bot.privacy.addresses import ADDRESSES
from bot.privacy.dwellings import DWELLINGS
from bot.privacy.homes import HOMES
from bot.privacy.kinds import Found, PersonalData
from bot.privacy.names import NAMES
from bot.privacy.owners import OWNERS
from bot.privacy.peoples import PEOPLES
from bot.privacy.secrets import ONE_TIME_CODES, PASSWORDS
from bot.privacy.traits import Pattern, Trait, pattern
from bot.privacy.villages import VILLAGES
from bot.privacy.words import any_of

_IS: Final = r"\s{0,3}(?:(?:là|la)\b|:)?\s{0,3}"
_DAY_OF_BIRTH: Final = (
    r"(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:\d\d)?\d\d|\d{1,2} \d{1,2} (?:19|20)\d\d"
    r"|\d{1,2} (?:tháng|thang) \d{1,2},? (?:năm|nam) (?:\d\d)?\d\d)(?!\d)"
)
_BIRTH: Final = (
    rf"(?:{any_of('ngày sinh', 'ngày tháng năm sinh')}|\bns|\bsn|\bdob"
    rf"|(?<!khai )\bsinh)(?: {any_of('ngày', 'hôm', 'vào ngày', 'nhật')})?"
)
_AT: Final = r"\s{0,3}(?:@|[(\[{]\s?at\s?[)\]}]|\s(?:a ?)?c(?:ò|o)ng\s)\s{0,3}"
_KNOWN: Final = r"(?:gmail|yahoo|hotmail|outlook|icloud)"
_DOT: Final = r"\s{0,2}(?:\.|[(\[{]\s?dot\s?[)\]}]|\sch(?:ấ|a)m\s)\s{0,2}"
_ENDING: Final = r"(?:com|vn|net|org|edu|gov|info)\b"
_DOMAIN: Final = rf"[\w-]++(?:(?:\.|{_DOT}(?={_ENDING}))[\w-]++)++"
_PLATE_TOLD: Final = rf"\b(?:{any_of('biển số', 'biển kiểm soát', 'số xe')}|bks|xe)\b"
_BOAT: Final = any_of("ghe", "xuồng", "tàu", "đò", "phà", "thuyền", "vỏ lãi", "sà lan", "ca nô")
_OF_BOAT: Final = r"[a-zđ]{2,3} ?- ?\d{4,6}"
_PLATE: Final = r"(?<![\w./-])(?:1[1-9]|[2-9]\d) ?[-.]? ?[a-zđ][a-zđ\d]? ?[-.]? ?"
# Whom a card of health insurance is for (Quyết định 1351/QĐ-BHXH of 2015): “tu 4…” is none, and
# “tk” and “ck” speak of an account.
_INSURED: Final = (
    r"(?:dn|hx|ch|nn|hc|xk|ht|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|ms|cc|cb|kc|hd|te|bt|hn|dt|dk|xd"
    r"|ts|tc|tq|ta|ty|hg|ls|pv|hs|sv|gb|gd|nd|cn|tv|td|xl|xv|nu|gk|tl)"
)
_SPACED: Final = r"(?:[ .-]{0,3}\d)"
_BY_DIGITS: Final[tuple[tuple[PersonalData, str], ...]] = (
    (PersonalData.BIRTH_DATE, rf"{_BIRTH}{_IS}(?P<hide>{_DAY_OF_BIRTH})"),
    # A date of birth that was written down wrong: “ngày sinh của tôi … đều ghi 02-05-1974”.
    (
        PersonalData.BIRTH_DATE,
        (
            rf"(?:{any_of('ngày sinh', 'năm sinh', 'khai sinh')})[^\d\[\]]{{0,150}}?"
            rf"\b{any_of('ghi', 'là', 'thành', 'đúng')}:?\s{{1,3}}"
            r"(?P<hide>\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19\d\d|20[01]\d))(?!\d)"
        ),
    ),
    (
        PersonalData.PASSPORT,
        (
            rf"(?:{any_of('hộ chiếu')}|passport|\bhc\b)[^\d\n\[\]]{{0,15}}?"
            rf"\b(?P<hide>[a-z] {{0,3}}\d{_SPACED}{{6,7}}+)(?!\d)"
        ),
    ),
    (PersonalData.PASSPORT, r"\b(?P<hide>[bcknp]\d{7,8})\b"),
    (
        PersonalData.SOCIAL_INSURANCE,
        rf"(?<![^\W_])(?P<hide>{_INSURED} {{0,3}}[1-5]{_SPACED}{{12}})(?!\d)",
    ),
    (
        PersonalData.SOCIAL_INSURANCE,
        (
            rf"{any_of('bhxh', 'bhyt', 'bảo hiểm')}[^\d\n\[\]]{{0,25}}?"
            rf"\b(?P<hide>[a-z]{{2}} {{0,3}}\d{_SPACED}{{9,14}}+)(?!\d)"
        ),
    ),
)
_PLATES: Final = (
    rf"{_PLATE_TOLD}[^\d\n\[\]]{{0,15}}?(?P<hide>{_PLATE}\d{{3}}[. ]?\d\d?)\b",
    rf"(?P<hide>{_PLATE}\d{{3}}\.?\d\d)(?![\w/]|[.,]\d)",
    # Boats and fishing vessels bear the letters of their province: CT-10482, KG-92345-TS.
    rf"\b{_BOAT}\b[^\d\n\[\]]{{0,20}}?\b(?P<hide>{_OF_BOAT}(?: ?- ?ts)?)\b",
    rf"\b(?P<hide>{_OF_BOAT} ?- ?ts)\b",
)
_MAIL: Final = rf"(?P<hide>(?<![\w.+-])[\w.+-]++{_AT}(?:{_DOMAIN}|{_KNOWN}\b))"

# A page of somebody's own.
_LINK: Final = (
    r"(?P<hide>(?<![\w@])(?:https?://)?(?:(?:www|m|web)\.)?"
    r"(?:facebook\.com|fb\.(?:com|me)|zalo\.me|tiktok\.com|instagram\.com|t\.me)/[\w.@?=&%/-]{2,80}+)"
)
_LAND: Final = any_of(
    *("giấy chứng nhận", "gcn", "sổ đỏ", "sổ hồng", "sổ đất", "bìa đỏ", "số phát hành", "số seri"),
    *("sê-ri", "quyền sử dụng đất"),
)
# The number printed on a certificate of land: two letters and six digits, eight on the newest.
_LAND_TITLE: Final = (
    rf"(?:{_LAND})[^\d\n\[\]]{{0,30}}?\b(?P<hide>[a-zđ]{{2}} {{0,2}}\d{{6}}(?:\d\d)?)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Finds one kind of personal data in texts that have the traits it ``needs``."""

    kind: PersonalData
    fits: re.Pattern[str]
    needs: frozenset[Trait]

    @classmethod
    def of(cls, kind: PersonalData, told: Pattern) -> Self:
        """Make ``told`` ready."""
        return cls(kind, re.compile(told.text, re.IGNORECASE), told.needs)

    def find(self, text: str) -> Iterator[Found]:
        """Give what it hides in ``text``, in order."""
        for found in self.fits.finditer(text):
            yield Found(self.kind, *found.span("hide"))


def _with(trait: Trait, *texts: str) -> Iterator[Pattern]:
    return (pattern(text, trait) for text in texts)


_PATTERNS: Final[tuple[tuple[PersonalData, Iterable[Pattern]], ...]] = (
    (PersonalData.PASSWORD, _with(Trait.SECRET, *PASSWORDS)),
    (PersonalData.ONE_TIME_CODE, _with(Trait.DIGIT, *ONE_TIME_CODES)),
    (PersonalData.EMAIL, _with(Trait.AT, _MAIL)),
    (PersonalData.LINK, _with(Trait.SLASH, _LINK)),
    (PersonalData.LAND_TITLE, _with(Trait.DIGIT, _LAND_TITLE)),
    (PersonalData.PLATE, _with(Trait.DIGIT, *_PLATES)),
    (PersonalData.NAME, (*PEOPLES, *NAMES, *OWNERS)),
    *((kind, _with(Trait.DIGIT, text)) for kind, text in _BY_DIGITS),
)
TOLD: Final = tuple(Rule.of(kind, told) for kind, some in _PATTERNS for told in some)
LIVING: Final = tuple(
    Rule.of(PersonalData.ADDRESS, told)
    for told in (
        *_with(Trait.DWELLING, *VILLAGES, *DWELLINGS),
        *_with(Trait.DIGIT, *ADDRESSES, *HOMES),
    )
)
