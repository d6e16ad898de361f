"""Numbers of persons, found in chains of digits however these are set apart.

A chain is digits with separators between them. It is cut into whole groups of digits such that as
many digits as can be belong to a number with the shape of a CCCD, a phone, a card and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.privacy.accounts import BANKS, FAR, TRANSFERRED, told_of_account
from bot.privacy.kinds import Found, PersonalData
from bot.privacy.spelled import in_digits
from bot.privacy.words import any_of

# What parts two sentences, and what is a unit, parts two numbers.
_BETWEEN: Final = r"(?:[^\w!?%$€₫°]|_)"
CHAIN: Final = re.compile(
    rf"\d++(?:(?:{_BETWEEN}++(?:x{_BETWEEN}*+)?|x{_BETWEEN}*+)\d++)*+", re.IGNORECASE
)
_FEWEST: Final = 6
_MOST: Final = 19
_GROUP: Final = re.compile(r"\d+")
_NO_MONEY: Final = any_of("sở hữu", "thời", "ý", "chủ", "tên", "đứng tên", "nghĩa", "hành")
_UNIT: Final = re.compile(
    r"\)?\s{0,3}(?:nghìn |ngàn |triệu |tỷ |tỉ )?"
    rf"(?:(?:đồng|dong)\b(?! {_NO_MONEY})|vnđ|vnd|đ\b(?!/)|d\b|usd|m2)",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:([.,])\d{3}(?:\1\d{3})*+)(?![.,]?\d)")
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"(?:19|20)\d\d"
_DATE: Final = re.compile(rf"(?<!\d)(?:{_DAY} ?[/.-] ?)?{_MONTH} ?[/.-] ?{_YEAR}(?!\d)")
_PROCEDURE: Final = re.compile(r"(?<![\d.,])[1-9]\.\d{6}(?![.,]?\d)")
_CLOCK: Final = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
# Dates in a row, between which stands another sign than within them.
_TIMES: Final = re.compile(
    rf"(?:(?:{_DAY} ?(?P<in>[/.-]) ?{_MONTH} ?(?P=in) ?{_YEAR}(?!(?P=in)\d)"
    rf"|{_MONTH} ?(?P<of>[/.-]) ?{_YEAR}(?!(?P=of)\d)|{_DAY}/{_MONTH}(?!/\d)|{_YEAR}"
    rf"|{_CLOCK.pattern})(?:\W+|\Z))+"
)
_SHAPES: Final = (
    (PersonalData.CCCD, re.compile(r"0(?!00)\d{11}")),
    (PersonalData.PHONE, re.compile(r"0[35789]\d{8}|02\d{8,9}|01[2689]\d{8}")),
    (PersonalData.PHONE, re.compile(r"(?:00)?840?(?:[35789]\d{8}|2\d{8,9})")),
    (PersonalData.CARD, re.compile(r"9704\d{12}(?:\d{3})?")),
    # A branch, and a household in business: ten digits and three.
    (PersonalData.TAX_CODE, re.compile(r"0[1-9]\d{11}")),
)
_PHONE: Final = re.compile(r"0[35789]\d{8}")
_ALONE: Final = (
    (PersonalData.PHONE, re.compile(r"0\d{9,10}")),
    (PersonalData.TAX_CODE, re.compile(r"[1-9]\d{9}(?<!0000)")),
    (PersonalData.CCCD, re.compile(r"[1-9]\d{8}(?<!000)")),
    (PersonalData.ACCOUNT, re.compile(r"\d{12,}")),
)
_NEAR: Final = r"[^\d\[\]]{0,25}"
_TOLD: Final = tuple(
    (kind, re.compile(rf"(?:{words}){_NEAR}\Z", re.IGNORECASE), fewest, most)
    for kind, words, fewest, most in (
        (PersonalData.TAX_CODE, any_of("mã số thuế") + r"|\bmst\b", 10, 13),
        (PersonalData.ACCOUNT, any_of("tài khoản") + r"|\bstk\b|\baccount\b", 6, 19),
        (PersonalData.ACCOUNT, r"\btk\b", 8, 19),
        (PersonalData.ACCOUNT, rf"(?:{any_of('tài khoản')}|\bstk\b){FAR}", 6, 19),
        (PersonalData.CARD, any_of("số thẻ", "thẻ atm"), 16, 19),
        (PersonalData.SOCIAL_INSURANCE, any_of("bhxh", "bhyt", "bảo hiểm"), 10, 15),
        (
            PersonalData.CCCD,
            any_of("cccd", "cmnd", "cmt", "căn cước", "chứng minh", "định danh"),
            9,
            12,
        ),
        (PersonalData.LICENCE, any_of("giấy phép lái xe", "bằng lái") + r"|\bgplx\b", 8, 12),
        (PersonalData.ACCOUNT, BANKS, 9, 19),
        (PersonalData.PHONE, rf"\b{any_of('đt', 'sđt')}|{any_of('điện thoại')}|zalo", 9, 9),
    )
)
# Ten digits that no telephone has, where insurance was spoken of.
_INSURED: Final = re.compile(any_of("bhxh", "bhyt", "bảo hiểm"), re.IGNORECASE)
_OF_INSURANCE: Final = re.compile(r"(?!0[35789]|02\d)\d{10}")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}
# Of papers and letters, and of no person.
_PAPERS: Final = re.compile(
    any_of(
        *("hồ sơ", "biên nhận", "biên lai", "vận đơn", "bưu gửi", "tờ khai", "quyết định"),
        *("thủ tục", "tra cứu", "phiếu hẹn", "giấy hẹn", "hóa đơn", "hoá đơn", "công văn"),
    )
    + rf"(?: {any_of('số', 'mã', 'của', 'em', 'tôi', 'là')}){{0,3}}[\s:.#-]{{0,5}}\Z",
    re.IGNORECASE,
)
_REACH: Final = 80
_CODES: Final = re.compile(
    r"(?<![^\W\d_])[a-z]\d{1,3}(?:\.\d{1,4})*+-\d{6}-\d{1,6}(?!\d)"
    r"|(?<![\d.])[1-9]\.\d{6}\.\d{3}\.\d\d\.\d\d\.[a-z]\d\d(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Chain:
    text: str
    groups: tuple[tuple[int, int], ...]
    inside: frozenset[int]
    told: tuple[PersonalData, int, int] | None
    of_papers: bool
    insured: bool


def find_numbers(text: str) -> Iterator[Found]:
    """Give the personal numbers of ``text``, in order."""
    # Codes of dossiers and procedures stay, and no number reaches over one.
    rest = in_digits(_CODES.sub(lambda code: "z" * len(code[0]), text))
    for chain in CHAIN.finditer(rest):
        for kind, start, end in _numbers_of(rest, chain):
            yield Found(kind, start, _closed(text, rest, end))


def _closed(text: str, rest: str, end: int) -> int:
    """Take in what is left of a word that told the last digit."""
    while end < len(text) and text[end].isalpha() and rest[end] == " ":
        end += 1
    return end


def _numbers_of(text: str, match: re.Match[str]) -> Iterator[tuple[PersonalData, int, int]]:
    start, end = match.span()
    before = text[max(0, start - _REACH) : start]
    of_papers = _PAPERS.search(before) is not None
    chain = _Chain(
        text=match[0],
        groups=tuple(group.span() for group in _GROUP.finditer(match[0])),
        inside=_places_inside(match[0]),
        told=None if of_papers else _told(before) or told_of_account(before, text, end),
        of_papers=of_papers,
        insured=_INSURED.search(before) is not None,
    )
    money = _UNIT.match(text, end) is not None
    for kind, first, last in _cut(chain, money=money):
        yield kind, _opened(text, start + first, start + last), start + last


def _opened(text: str, start: int, end: int) -> int:
    """Take in the plus and the bracket that stand before a number and close within it."""
    while start and (text[start - 1] == "+" or _closes_within(text, start, end)):
        start -= 1
    return start


def _closes_within(text: str, start: int, end: int) -> bool:
    closing = _BRACKETS.get(text[start - 1])
    return closing is not None and text.count(closing, start, end) > text.count(
        text[start - 1], start, end
    )


def _told(before: str) -> tuple[PersonalData, int, int] | None:
    for kind, words, fewest, most in _TOLD:
        if words.search(before):
            return kind, fewest, most
    return None


def _places_inside(chain: str) -> frozenset[int]:
    """Give the places where no number begins or ends: amid a date, an amount, a code."""
    return frozenset(
        at
        for pattern in (_DATE, _CLOCK, _THOUSANDS, _PROCEDURE)
        for found in pattern.finditer(chain)
        for at in range(found.start() + 1, found.end())
    )


def _cut(chain: _Chain, *, money: bool) -> list[tuple[PersonalData, int, int]]:
    """Cut from the end backwards: ``best[n]`` is the most digits hidden from group ``n`` on."""
    count = len(chain.groups)
    best = [0] * (count + 1)
    chosen: list[tuple[PersonalData, int] | None] = [None] * count
    for first in reversed(range(count)):
        best[first] = best[first + 1]
        for kind, after, digits in _candidates(chain, first, money=money):
            if digits + best[after] > best[first]:
                best[first] = digits + best[after]
                chosen[first] = (kind, after)
    return list(_pieces(chain, chosen))


def _pieces(
    chain: _Chain, chosen: list[tuple[PersonalData, int] | None]
) -> Iterator[tuple[PersonalData, int, int]]:
    at = 0
    while at < len(chosen):
        choice = chosen[at]
        if choice is None:
            at += 1
            continue
        kind, after = choice
        yield kind, chain.groups[at][0], chain.groups[after - 1][1]
        at = after


def _candidates(
    chain: _Chain, first: int, *, money: bool
) -> Iterator[tuple[PersonalData, int, int]]:
    start = chain.groups[first][0]
    if start in chain.inside:
        return
    digits = ""
    # No number of more than one group begins with 1 or 7, but one whose kind was told.
    whole = (first == 0 and chain.told is not None) or chain.text[start] not in "17"
    for after in range(first + 1, len(chain.groups) + 1):
        group = chain.groups[after - 1]
        digits += chain.text[slice(*group)]
        if after > first + 1 and (len(digits) > _MOST or not whole):
            return
        amount = money and after == len(chain.groups) and digits[0] != "0"
        if len(digits) < _FEWEST or group[1] in chain.inside or amount:
            continue
        kind = _kind(chain, first, after, digits)
        if kind and not _TIMES.fullmatch(chain.text, start, group[1]):
            yield kind, after, len(digits)


def _kind(chain: _Chain, first: int, after: int, digits: str) -> PersonalData | None:
    if first == 0 and chain.told and chain.told[1] <= len(digits) <= chain.told[2]:
        by_shape = _PHONE.fullmatch(digits) if chain.told is TRANSFERRED else None
        return PersonalData.PHONE if by_shape else chain.told[0]
    alone = after == first + 1 and not (first == 0 and chain.of_papers)
    if alone and chain.insured and _OF_INSURANCE.fullmatch(digits):
        return PersonalData.SOCIAL_INSURANCE
    shapes = (*_SHAPES, *_ALONE) if alone else _SHAPES
    for kind, shape in shapes:
        if shape.fullmatch(digits):
            return kind
    fours = all(end - start == 4 for start, end in chain.groups[first:after])  # noqa: PLR2004
    return PersonalData.CARD if fours and re.fullmatch(r"[2-6]\d{15}", digits) else None
