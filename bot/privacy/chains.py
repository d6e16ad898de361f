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
from bot.privacy.number_kinds import Said, kind_of
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
_NO_MONEY: Final = any_of(
    "sở hữu", "thời", "ý", "chủ", "tên", "đứng tên", "nghĩa", "hành", "cửa", "thuế"
)
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
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}
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
    said: Said


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
    chain = _Chain(
        text=match[0],
        groups=tuple(group.span() for group in _GROUP.finditer(match[0])),
        inside=_places_inside(match[0]),
        said=Said.by(before, text, end),
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
    whole = (first == 0 and chain.said.told is not None) or chain.text[start] not in "17"
    for after in range(first + 1, len(chain.groups) + 1):
        group = chain.groups[after - 1]
        digits += chain.text[slice(*group)]
        if after > first + 1 and (len(digits) > _MOST or not whole):
            return
        amount = money and after == len(chain.groups) and digits[0] != "0"
        if len(digits) < _FEWEST or group[1] in chain.inside or amount:
            continue
        kind = kind_of(
            chain.said,
            digits,
            first=first == 0,
            alone=after == first + 1,
            fours=_in_fours(chain, first, after),
        )
        if kind and not _TIMES.fullmatch(chain.text, start, group[1]):
            yield kind, after, len(digits)


def _in_fours(chain: _Chain, first: int, after: int) -> bool:
    return all(end - start == 4 for start, end in chain.groups[first:after])  # noqa: PLR2004
