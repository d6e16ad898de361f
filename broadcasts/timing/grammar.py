"""Tokens → the parts a phrase is made of; words that tell no time fall away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from broadcasts.text import plain
from broadcasts.timing.asides import aside, size
from broadcasts.timing.cadences import cadence, loose_amount
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.cutting import Token
from broadcasts.timing.groups import group, place, starts_place
from broadcasts.timing.headings import told_apart
from broadcasts.timing.parts import (
    Always,
    Condition,
    Found,
    Hour,
    Part,
    Trouble,
)  # fmt: skip
from broadcasts.timing.places import UNITS
from broadcasts.timing.reports import units
from broadcasts.timing.slices import several_parts
from broadcasts.timing.vocabulary import Kind

_JOINTS: Final = (Kind.COMMA, Kind.BOTH, Kind.EITHER, Kind.OPEN, Kind.CLOSE, Kind.BREAK)
_ENDS: Final = (Kind.COMMA, Kind.BREAK, Kind.BULLET, Kind.OPEN, Kind.CLOSE)
_HEADS: Final = (Kind.EVENT, Kind.REQUEST, Kind.PLAN, Kind.RULED, Kind.OCCASION)
# Words after which an event may stand where no time does: "sau hội nghị".
_BOUNDING: Final = (Kind.BEFORE, Kind.AFTER, Kind.UNTIL)
_BINDING: Final = (
    Kind.WITHIN, Kind.BEFORE, Kind.LATEST, Kind.DONE, Kind.FROM, Kind.UNTIL, Kind.ABOUT,
)  # fmt: skip
# Said some words before the time they belong to: "hoàn thành việc biên soạn trong quý II".
_STICKY: Final = (Kind.DONE, Kind.LATEST, Kind.FOCUS, Kind.COMMEMORATE)
# "Tháng Thanh niên", "Tuần lễ Chuyển đổi số": when that is must be told beside it.
_TITLED: Final = (Kind.DAY, Kind.WEEK, Kind.MONTH)
_AFTER_HOURS: Final = (Kind.DAY, Kind.COMMA, Kind.WEEKDAY_HEAD, Kind.WEEKDAY, Kind.NUMBER)
_EARLIER_OR_LATER: Final = ("truoc", "sau", "ngay sau")
_BEFORE_A_QUARTER: Final = (
    Kind.COMMA, Kind.BREAK, Kind.BOTH, Kind.EITHER, Kind.DASH, Kind.SLASH, Kind.ROMAN,
)  # fmt: skip
# No word of Vietnamese, and no abbreviation of an office's name either.
_CONSONANTS: Final = re.compile(r"[bcdđghklmnpqrstvx]{1,4}")
# Short for "trước", which turns the meaning of a time: asked about in capitals, too.
_TURNING: Final = "tr"
# What may not be left over unread.
_TELLING: Final = (
    Kind.NUMBER, Kind.DAY, *UNITS, Kind.FROM, Kind.UNTIL, Kind.FIRST, Kind.MIDDLE, Kind.LAST,
    Kind.HALF_OF, Kind.WEEKDAY, Kind.WEEKDAY_HEAD, Kind.NEXT_ONE, Kind.NAMED_DAY,
)  # fmt: skip


def parse(tokens: tuple[Token, ...]) -> tuple[Found, ...]:
    """Read a phrase from its first token to its last."""
    timed, rest = _without_hours(tokens)
    hours = (Found(part=Hour(words=token.text)) for token in timed)
    found = (*_Reading(rest).parts(),)
    apart = told_apart(rest, found)
    return (*found, *hours, *([Found(part=apart)] if apart else ()))


def _without_hours(tokens: tuple[Token, ...]) -> tuple[list[Token], tuple[Token, ...]]:
    """Take the hours of dates out, which stand between "trước" and the date."""
    timed: list[Token] = []
    rest: list[Token] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        dated = following is not None and following.kind in _AFTER_HOURS
        (timed if token.kind is Kind.CLOCK and dated else rest).append(token)
    return timed, tuple(rest)


def _hours(c: Cursor) -> Always | Hour | None:
    """Read "từ 5h00 đến 5h30" and "24/24"."""
    start = c.at
    c.take(Kind.FROM)
    clock = c.take(Kind.CLOCK)
    if clock is None:
        return None
    if c.sees(Kind.TO, Kind.DASH) and c.sees(Kind.CLOCK, ahead=1):
        c.at += 2
    return Always() if clock.text == "24/24" else Hour(words=c.since(start))


class _Reading:
    """One way through the tokens, with what was said and still waits for its time."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._c = Cursor(tokens)
        self._pending: set[Kind] = set()
        self._late = ""
        self._after_time = -1

    def parts(self) -> Iterator[Found]:
        joint: Kind | None = None
        new_item, end = False, 0
        while not self._c.over:
            part = self._part()
            if part is None:
                joint, new_item = self._passed(joint, new_item=new_item)
                continue
            span = (end, self._c.at)
            yield Found(part=part, joint=joint, new_item=new_item, span=span)
            joint, new_item, end = None, False, self._c.at
        if Kind.LATEST in self._pending:
            yield Found(part=Trouble(note="leftover", words=self._late))

    def _passed(self, joint: Kind | None, *, new_item: bool) -> tuple[Kind | None, bool]:
        """Move over signs and words; keep what joins the next part to the one before."""
        token = self._c.peek()
        self._c.at += 1
        if token is None:
            return joint, new_item
        if token.kind in _STICKY:
            self._pending.add(token.kind)
            self._late = token.text
        if token.kind in (Kind.BULLET, Kind.BREAK):
            self._pending -= {Kind.DONE, Kind.FOCUS, Kind.COMMEMORATE}
        if token.kind is Kind.BULLET:
            return joint, True
        if token.kind in _JOINTS:
            # "Quý II, hoặc …" is still a choice.
            return (joint if joint is Kind.EITHER else token.kind), new_item
        return None, new_item

    def _part(self) -> Part | None:
        c = self._c
        if aside(c):
            return None if c.over else self._part()
        found = self._short() or cadence(c) or units(c) or self._time()
        found = found or self._sign() or self._clause()
        if found:
            return found
        wished = loose_amount(c)
        if wished:
            return wished
        if size(c):
            return None if c.over else self._part()
        return self._leftover()

    def _short(self) -> Part | None:
        """Ask about a short form before a time, which may turn its meaning: "tr. 15/6"."""
        c, token = self._c, self._c.peek()
        if token is None or token.kind is not Kind.WORD or not _is_short(token.text):
            return None
        start = c.at
        c.at += 1
        c.take(Kind.BREAK)
        if starts_place(c):
            return Trouble(note="leftover", words=token.text)
        c.at = start
        return None

    def _time(self) -> Part | None:
        start = self._c.at
        if self._c.attempt(several_parts):
            return Trouble(note="which_part", words=self._c.since(start))
        pending = frozenset(self._pending)
        found = self._c.attempt(lambda c: group(c, pending))
        if found:
            self._pending.clear()
            self._after_time = self._c.at
        return found

    def _sign(self) -> Part | None:
        hours = self._c.attempt(_hours)
        if hours:
            return hours
        token = self._c.take(
            Kind.ALWAYS,
            Kind.PROMPT,
            Kind.RELATIVE,
            Kind.LUNAR,
            Kind.HOW_MANY,
            Kind.END_UNKNOWN,
            Kind.EXCEPT,
            Kind.PERIODIC,
        )
        if token is None:
            return None
        match token.kind:
            case Kind.ALWAYS:
                return Always()
            case Kind.PROMPT | Kind.PERIODIC:
                return Condition(kind=token.kind, words=token.text)
            case _:
                return Trouble(note=str(token.kind), words=token.text)

    def _clause(self) -> Part | None:
        c, start = self._c, self._c.at
        head = c.take(*_HEADS, *_BOUNDING)
        if head is None:
            return None
        bounding = head.kind in _BOUNDING
        titled = c.sees(Kind.DAY) and c.sees(Kind.WORD, ahead=1)
        if bounding and c.sees(*UNITS, Kind.DAY, Kind.NUMBER) and not titled:
            c.at = start
            return None
        kind = Kind.EVENT if bounding else head.kind
        self._swallow(own=kind is Kind.EVENT)
        if bounding and c.at == start + 1:
            return Trouble(note="relative", words=c.since(start))
        if head.kind is Kind.UNTIL:
            return Trouble(note="end_unknown", words=c.since(start))
        if plain(head.text).startswith(_EARLIER_OR_LATER) and c.ahead_is(_dated_beside):
            return Trouble(note="event", words=c.since(start))
        return Condition(kind=kind, words=c.since(start))

    def _swallow(self, *, own: bool) -> None:
        """Move to the end of a clause; a time after an event's name may belong to it."""
        c = self._c
        while not c.over and not c.sees(*_ENDS):
            joined = c.sees(Kind.BOTH, Kind.EITHER) and c.ahead_is(_joined_part)
            bound = c.sees(*_BINDING) and starts_place(c)
            again = c.sees(Kind.PERIODIC) and c.ahead_is(units)
            if joined or (not own and (bound or again)):
                return
            c.at += 1

    def _leftover(self) -> Part | None:
        c, start = self._c, self._c.at
        token = c.peek()
        endless = c.sees(Kind.TO) and c.at == self._after_time
        if token is None or not (token.kind in _TELLING or endless or _lost_quarter(c)):
            return None
        c.at += 1
        if token.kind is Kind.NUMBER and c.take(Kind.DAY, *UNITS):
            return Trouble(note="elapsed", words=c.since(c.at - 2))
        if token.kind in (Kind.FROM, Kind.TO):
            note = "start_unknown" if token.kind is Kind.FROM else "end_unknown"
            return Trouble(note=note, words=token.text)
        if token.kind in _TITLED and c.take(Kind.WORD):
            self._swallow(own=False)
            return Condition(kind=Kind.OCCASION, words=c.since(start))
        return Trouble(note="which" if token.kind in UNITS else "leftover", words=token.text)


def _dated_beside(c: Cursor) -> bool | None:
    """Tell of "trước Đại hội (15/7)" that the day is the event's own."""
    return True if c.take(Kind.OPEN) and place(c) and c.take(Kind.CLOSE) else None


def _lost_quarter(c: Cursor) -> bool:
    """Tell of a number of a list or a year's that nothing took: the "V" of "quý II, V"."""
    listed = c.sees(*_BEFORE_A_QUARTER, ahead=-1)
    dated = c.sees(Kind.SLASH, Kind.DASH, ahead=1) and c.sees(Kind.NUMBER, ahead=2)
    token = c.peek()
    sure = token is not None and token.kind is Kind.ROMAN and token.text.lower().strip("iv") == ""
    return sure and token is not None and token.text.lower() != "v" and (listed or dated)


def _joined_part(c: Cursor) -> bool | None:
    c.skip(Kind.BOTH, Kind.EITHER)
    if c.sees(Kind.ALWAYS, Kind.PROMPT, Kind.PERIODIC, *_HEADS) or starts_place(c):
        return True
    return True if cadence(c) or units(c) else None


def _is_short(word: str) -> bool:
    return word.lower() == _TURNING or _CONSONANTS.fullmatch(word) is not None
