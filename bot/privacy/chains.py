"""Numbers of persons, found in chains of digits however these are set apart.

A chain is digits with separators between them. It is cut into whole groups of digits such that as
many digits as can be belong to a number with the shape of a CCCD, a phone, a card and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.privacy.kinds import Found, PersonalData

CHAIN: Final = re.compile(r"\d++(?:[ \t.,;/_()+*|\\~'\"·•−-]++\d++)*+")
_FEWEST: Final = 6
_MOST: Final = 19
_GROUP: Final = re.compile(r"\d+")
_UNIT: Final = re.compile(
    r"\)?\s{0,3}(?:nghìn |ngàn |triệu |tỷ |tỉ )?(?:đồng|dong|vnđ|vnd|đ\b|d\b|usd|m2)",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:([.,])\d{3}(?:\1\d{3})*+)(?![.,]?\d)")
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"(?:19|20)\d\d"
_DATE: Final = re.compile(rf"(?<!\d)(?:{_DAY} ?[/.-] ?)?{_MONTH} ?[/.-] ?{_YEAR}(?!\d)")
_TIMES: Final = re.compile(
    rf"(?:(?:(?:{_DAY}\W{{1,3}})?{_MONTH}\W{{1,3}})?{_YEAR}|{_DAY}/{_MONTH})"
    rf"(?:\W+(?:(?:(?:{_DAY}\W{{1,3}})?{_MONTH}\W{{1,3}})?{_YEAR}|{_DAY}/{_MONTH}))*"
)
_SHAPES: Final = (
    (PersonalData.CCCD, re.compile(r"0(?!00)\d{11}")),
    (PersonalData.PHONE, re.compile(r"0[35789]\d{8}|02\d{8,9}|01[2689]\d{8}")),
    (PersonalData.PHONE, re.compile(r"(?:00)?840?(?:[35789]\d{8}|2\d{8,9})")),
    (PersonalData.CARD, re.compile(r"9704\d{12}(?:\d{3})?")),
)
_ALONE: Final = (
    (PersonalData.PHONE, re.compile(r"0\d{9,10}")),
    (PersonalData.TAX_CODE, re.compile(r"[1-9]\d{9}(?<!0000)")),
    (PersonalData.CCCD, re.compile(r"[1-9]\d{8}(?<!000)")),
    (PersonalData.ACCOUNT, re.compile(r"\d{12,}")),
)
_NEAR: Final = r"[^\d\n\[\]]{0,25}"
_TOLD: Final = tuple(
    (kind, re.compile(rf"(?:{words}){_NEAR}\Z", re.IGNORECASE), fewest, most)
    for kind, words, fewest, most in (
        (PersonalData.TAX_CODE, r"mã số thuế|ma so thue|\bmst\b", 10, 13),
        (PersonalData.ACCOUNT, r"tài khoản|tai khoan|\bstk\b|\baccount\b", 6, 19),
        (PersonalData.CARD, r"số thẻ|so the|thẻ atm|the atm", 16, 19),
        (PersonalData.SOCIAL_INSURANCE, r"bhxh|bhyt|bảo hiểm|bao hiem", 10, 15),
        (
            PersonalData.CCCD,
            r"cccd|cmnd|cmt|căn cước|can cuoc|chứng minh|chung minh|định danh|dinh danh",
            9,
            12,
        ),
        (PersonalData.PHONE, r"\bđt|\bdt\b|\bsđt|\bsdt|điện thoại|dien thoai|zalo", 9, 9),
    )
)
_REACH: Final = 40
_DOSSIER: Final = re.compile(
    r"(?<![^\W\d_])[a-z]\d{1,3}(?:\.\d{1,4})*+-\d{6}-\d{1,6}(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Chain:
    text: str
    groups: tuple[tuple[int, int], ...]
    inside: frozenset[int]
    told: tuple[PersonalData, int, int] | None


def find_numbers(text: str) -> Iterator[Found]:
    """Give the personal numbers of ``text``, in order."""
    kept = {at for code in _DOSSIER.finditer(text) for at in range(*code.span())}
    for chain in CHAIN.finditer(text):
        if chain.start() not in kept:
            yield from _numbers_of(text, chain)


def _numbers_of(text: str, match: re.Match[str]) -> Iterator[Found]:
    start, end = match.span()
    chain = _Chain(
        text=match[0],
        groups=tuple(group.span() for group in _GROUP.finditer(match[0])),
        inside=_places_inside(match[0]),
        told=_told(text[max(0, start - _REACH) : start]),
    )
    money = _UNIT.match(text, end) is not None
    for kind, first, last in _cut(chain, money=money):
        yield Found(kind, _opened(text, start + first, start + last), start + last)


def _opened(text: str, start: int, end: int) -> int:
    """Take in the bracket and the plus that stand before a number."""
    while start and (
        text[start - 1] == "+" or (text[start - 1] == "(" and ")" in text[start:end])
    ):
        start -= 1
    return start


def _told(before: str) -> tuple[PersonalData, int, int] | None:
    for kind, words, fewest, most in _TOLD:
        if words.search(before):
            return kind, fewest, most
    return None


def _places_inside(chain: str) -> frozenset[int]:
    """Give the places amid a date or an amount, where no number begins or ends."""
    return frozenset(
        at
        for pattern in (_DATE, _THOUSANDS)
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
        return chain.told[0]
    shapes = (*_SHAPES, *_ALONE) if after == first + 1 else _SHAPES
    for kind, shape in shapes:
        if shape.fullmatch(digits):
            return kind
    fours = all(end - start == 4 for start, end in chain.groups[first:after])  # noqa: PLR2004
    return PersonalData.CARD if fours and re.fullmatch(r"[2-6]\d{15}", digits) else None
