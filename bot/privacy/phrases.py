"""Personal data told in words or with letters: names, addresses, mail, documents, passwords.

Repetitions are bounded or possessive, so the time a text
takes grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.privacy.accounts import LETTERED
from bot.privacy.addresses import ADDRESSES
from bot.privacy.documents import INSURANCE, PASSPORTS, PLATES
from bot.privacy.dwellings import DWELLINGS
from bot.privacy.homes import HOMES
from bot.privacy.kinds import Found, PersonalData
from bot.privacy.land import LAND_TITLES
from bot.privacy.names import NAMES
from bot.privacy.owners import OWNERS
from bot.privacy.peoples import PEOPLES
from bot.privacy.reaching import HANDLES, LINKS, MAIL
from bot.privacy.secrets import ONE_TIME_CODES, PASSWORDS
from bot.privacy.traits import Pattern, Trait, pattern
from bot.privacy.villages import VILLAGES
from bot.privacy.words import any_of

_IS: Final = r"\s{0,3}(?:(?:là|la)\b|:)?\s{0,3}"
_WHOSE: Final = any_of(
    *("tôi", "em", "con", "cháu", "mình", "tui", "vợ", "chồng", "bé", "mẹ", "bố", "ba", "má"),
    *("cha", "ông", "bà", "anh", "chị"),
)
_DAY_OF_BIRTH: Final = (
    r"(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:\d\d)?\d\d|\d{1,2} \d{1,2} (?:19|20)\d\d"
    r"|\d{1,2} (?:tháng|thang) \d{1,2},? (?:(?:năm|nam) (?:\d\d)?\d\d|(?:19|20)\d\d))(?!\d)"
)
_BIRTH: Final = (
    rf"(?:{any_of('ngày sinh', 'ngày tháng năm sinh')}|\bns|\bsn|\bdob"
    rf"|(?<!khai )\bsinh)(?: {any_of('ngày', 'hôm', 'vào ngày', 'nhật', 'ngày mùng', 'mùng')})?"
    rf"(?: {any_of('của')}(?: {_WHOSE}){{1,2}})?"
)
_POINTED_AT: Final = (
    rf"(?:{any_of('ông', 'bà', 'anh', 'chị', 'cô', 'chú', 'bác', 'cụ', 'cậu', 'thằng', 'người')}"
    rf" {any_of('ấy', 'ta', 'đó', 'này', 'kia')}|{any_of('ổng', 'bả', 'ảnh', 'chỉ')})"
)
_BY_DIGITS: Final[tuple[tuple[PersonalData, str], ...]] = (
    (PersonalData.BIRTH_DATE, rf"{_BIRTH}{_IS}(?P<hide>{_DAY_OF_BIRTH})"),
    # A year alone tells somebody only behind their name.
    (
        PersonalData.BIRTH_DATE,
        (
            rf"\[name\][\s,;(–-]{{0,4}}(?:\bsn|s\.n|ns|{any_of('sinh', 'sinh năm', 'năm sinh')})"
            r"[\s:.]{0,3}(?P<hide>(?:19|20)\d\d)(?![\d/-]|\.\d)"
        ),
    ),
    # … or of somebody else who is pointed at: “ông ấy sinh năm 1962”.
    (
        PersonalData.BIRTH_DATE,
        rf"\b{_POINTED_AT} {any_of('sinh', 'sinh năm')} (?P<hide>(?:19|20)\d\d)(?![\d/-]|\.\d)",
    ),
    (
        PersonalData.BIRTH_DATE,
        r"\[name\][\s,;(–-]{1,4}(?P<hide>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|20[01]\d))(?!\d)",
    ),
    # A date of birth that was written down wrong: “ngày sinh của tôi … đều ghi 02-05-1974”.
    (
        PersonalData.BIRTH_DATE,
        (
            rf"(?:{any_of('ngày sinh', 'năm sinh', 'khai sinh')})[^\d\[\]]{{0,150}}?"
            rf"\b{any_of('ghi', 'là', 'thành', 'đúng')}:?\s{{1,3}}"
            r"(?P<hide>\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19\d\d|20[01]\d))(?!\d)"
        ),
    ),
    *((PersonalData.PASSPORT, told) for told in PASSPORTS),
    *((PersonalData.SOCIAL_INSURANCE, told) for told in INSURANCE),
    (PersonalData.ACCOUNT, LETTERED),
)


@cache
def _compiled(text: str) -> re.Pattern[str]:
    """Give a pattern, compiled when the first text has its traits: all take most of a second."""
    return re.compile(text, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """Finds one kind of personal data in texts that have the traits its pattern needs."""

    kind: PersonalData
    told: Pattern

    @property
    def needs(self) -> frozenset[Trait]:
        """What every text has in which it finds something."""
        return self.told.needs

    @property
    def fits(self) -> re.Pattern[str]:
        """The pattern, ready to search with."""
        return _compiled(self.told.text)

    def find(self, text: str) -> Iterator[Found]:
        """Give what it hides in ``text``, in order."""
        for found in self.fits.finditer(text):
            yield Found(self.kind, *found.span("hide"))


def _with(trait: Trait, *texts: str) -> Iterator[Pattern]:
    return (pattern(text, trait) for text in texts)


_PATTERNS: Final[tuple[tuple[PersonalData, Iterable[Pattern]], ...]] = (
    (PersonalData.PASSWORD, _with(Trait.SECRET, *PASSWORDS)),
    (PersonalData.ONE_TIME_CODE, _with(Trait.DIGIT, *ONE_TIME_CODES)),
    (PersonalData.EMAIL, _with(Trait.AT, *MAIL)),
    (PersonalData.LINK, (*_with(Trait.LINK, *LINKS), *_with(Trait.NET, *HANDLES))),
    (PersonalData.LAND_TITLE, _with(Trait.DIGIT, *LAND_TITLES)),
    (PersonalData.PLATE, _with(Trait.DIGIT, *PLATES)),
    (PersonalData.NAME, (*PEOPLES, *NAMES, *OWNERS)),
    *((kind, _with(Trait.DIGIT, text)) for kind, text in _BY_DIGITS),
)
TOLD: Final = tuple(Rule(kind, told) for kind, some in _PATTERNS for told in some)
LIVING: Final = tuple(
    Rule(PersonalData.ADDRESS, told)
    for told in (
        *(pattern(text, Trait.DWELLING, Trait.LEVELS) for text in VILLAGES),
        *_with(Trait.DWELLING, *DWELLINGS),
        *_with(Trait.DIGIT, *ADDRESSES, *HOMES),
    )
)
