"""Times told apart in one cell: "cấp tỉnh: quý I; cấp xã: quý II" is no list of one deed's times.

A heading is what a colon follows ("báo cáo: "), a doer ("UBND xã") or a share ("50 %") beside a
time. Where headings have different times a person says which of them the entry is for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

from broadcasts.text import mark_key, plain
from broadcasts.timing.cutting import Token
from broadcasts.timing.parts import (
    Always,
    Cadence,
    Condition,
    Daily,
    Found,
    Group,
    Part,
    Reports,
    Trouble,
)  # fmt: skip
from broadcasts.timing.vocabulary import Kind, Vocabulary

_TIMES: Final = (Always, Cadence, Daily, Group, Reports)
_BREAKS: Final = (Kind.COMMA, Kind.BREAK, Kind.BULLET, Kind.BOTH)
_PARTING: Final = (Kind.COMMA, Kind.BREAK, Kind.BULLET, Kind.OPEN, Kind.CLOSE)
_NAMING: Final = (Kind.WORD, Kind.SIZE, Kind.COUNTER, Kind.REPORT, Kind.LINK, Kind.HEAD)
# How something is done depends on these, not when.
_MANNER: Final = (Kind.PROMPT, Kind.RULED, Kind.PERIODIC)
# "Trong phạm vi đơn vị", too.
_AT_A_PLACE: Final = frozenset({"tai", "o", "tren", "vi"})


def told_apart(tokens: Sequence[Token], found: Sequence[Found]) -> Trouble | None:
    """Find times that are each of another heading."""
    for heading, fewest in ((_labelled, 1), (_dated, 2), (_doing, 2), (_sharing, 2)):
        if _differ(_under(tokens, found, heading), fewest):
            return Trouble(note="several")
    stages = _under(tokens, found, _staged)
    open_ended = [parts for parts in stages.values() if parts and not _times(parts)]
    if open_ended and any(_times(parts) for parts in stages.values()):
        return Trouble(note=str(open_ended[0][0].kind), words=open_ended[0][0].words)  # type: ignore[union-attr]
    return None


_Heading = Callable[[Sequence[Token], int, int], int | None]


def _under(
    tokens: Sequence[Token], found: Sequence[Found], heading: _Heading
) -> dict[int, list[Part]]:
    """Sort what tells when by the token that heads it; -1 is no heading."""
    sorted_out: defaultdict[int, list[Part]] = defaultdict(list)
    head = -1
    for one in found:
        told = heading(tokens, *one.span)
        head = head if told is None else told
        depends = isinstance(one.part, Condition) and one.part.kind not in _MANNER
        if depends or isinstance(one.part, _TIMES):
            sorted_out[head].append(one.part)
    return sorted_out


def _differ(under: dict[int, list[Part]], fewest: int) -> bool:
    """Tell whether so many headings at least are there, and not all of the same times."""
    if len([head for head in under if head >= 0]) < fewest:
        return False
    return len({_key(parts) for parts in under.values()}) > 1


def _key(parts: list[Part]) -> Hashable:
    kept = _times(parts) or parts
    return tuple(part.words.casefold() if isinstance(part, Group) else part for part in kept)


def _times(parts: list[Part]) -> list[Part]:
    return [part for part in parts if isinstance(part, _TIMES)]


def _labelled(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Find the colon of "báo cáo: "; "thời gian: " and "chậm nhất: " head nothing."""
    for at in range(end - 1, start - 1, -1):
        if tokens[at].kind is not Kind.COLON:
            continue
        label = _back_to_break(tokens, start, at)
        named = label and all(token.kind in _NAMING for token in label)
        if named and not _is_field(label):
            return at
    return None


def _is_field(label: Sequence[Token]) -> bool:
    words = " ".join(plain(token.text) for token in label)
    return any(words.startswith(field) for field in Vocabulary.load().fields)


def _back_to_break(tokens: Sequence[Token], start: int, at: int) -> Sequence[Token]:
    first = at
    while first > start and tokens[first - 1].kind not in _PARTING:
        first -= 1
    return tokens[first:at]


def _dated(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Find the colon of "quý I: xây dựng kế hoạch"."""
    del start
    follows = end + 1 < len(tokens) and tokens[end + 1].kind in _NAMING
    return end if follows and tokens[end].kind is Kind.COLON else None


def _doing(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Find the one who does it, before the time or behind it."""
    doers = Vocabulary.load().doers
    for at in _beside(tokens, start, end):
        if mark_key(tokens[at].text) not in doers:
            continue
        first = at
        while first > start and mark_key(tokens[first - 1].text) in doers:
            first -= 1
        if first == start or not _belongs(tokens[first - 1]):
            return at
    return None


def _belongs(before: Token) -> bool:
    """Tell of "tại UBND xã" and "theo yêu cầu của tỉnh" that it is not they who do it."""
    return before.kind is Kind.OF or plain(before.text) in _AT_A_PLACE


def _sharing(tokens: Sequence[Token], start: int, end: int) -> int | None:
    beside = _beside(tokens, start, end)
    return next((at for at in beside if tokens[at].kind is Kind.PERCENT), None)


def _beside(tokens: Sequence[Token], start: int, end: int) -> Iterator[int]:
    """Go over what stands beside a time: up to the next break, behind the last one first."""
    last = min(_next_break(tokens, start), end)
    yield from range(last, _next_break(tokens, end))
    yield from range(start, last)


def _next_break(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind not in _BREAKS:
        at += 1
    return at


def _staged(tokens: Sequence[Token], start: int, end: int) -> int | None:
    return next((at for at in range(end - 1, start - 1, -1) if tokens[at].stage), None)
