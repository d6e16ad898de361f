"""Changes of what citizens are told: their kinds, their life, and where two of them meet.

``before`` and ``after`` of a change are all the fields an office itself states, as plain JSON
values; an empty object stands for “as it is without us”. History, approval, dates and undoing are
the same for cards, guides, hotlines, offices and settings. ``fields_merging`` joins the fields of
two people, ``publishing_rights`` says who may publish what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.officials.field_marks import Fields, Token
from bot.officials.fields_merging import HAS_CARD, SOURCES, differing, merged
from bot.officials.models import OfficerId
from bot.officials.permissions import Action

# The first and the last day something holds; one not told is open.
Days = tuple[date | None, date | None]


class ChangeKind(StrEnum):
    """What is changed."""

    PROCEDURE = "procedure"
    GUIDE = "guide"
    HOTLINE = "hotline"
    OFFICE = "office"
    SETTING = "setting"


class ChangeStatus(StrEnum):
    """Where a change stands."""

    WAITING = "waiting"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    ENDED = "ended"


TRANSITIONS: Final[Mapping[ChangeStatus, frozenset[ChangeStatus]]] = {
    ChangeStatus.WAITING: frozenset(
        {
            ChangeStatus.PUBLISHED,
            ChangeStatus.SCHEDULED,
            ChangeStatus.RETURNED,
            ChangeStatus.WITHDRAWN,
        }
    ),
    # Returned when its day has come and somebody changed the same fields meanwhile.
    ChangeStatus.SCHEDULED: frozenset(
        {ChangeStatus.PUBLISHED, ChangeStatus.RETURNED, ChangeStatus.WITHDRAWN}
    ),
    ChangeStatus.PUBLISHED: frozenset({ChangeStatus.UNDONE, ChangeStatus.ENDED}),
    ChangeStatus.RETURNED: frozenset(),
    ChangeStatus.WITHDRAWN: frozenset(),
    ChangeStatus.UNDONE: frozenset(),
    ChangeStatus.ENDED: frozenset(),
}


class Verdict(StrEnum):
    """What is decided about a change that is not in force yet."""

    PUBLISH = "publish"
    RETURN = "return"
    WITHDRAW = "withdraw"


class Refusal(StrEnum):
    """Why nothing was done."""

    UNCHANGED = "unchanged"  # it says what is said already
    DECIDED = "decided"  # somebody decided about it meanwhile
    OWN = "own"  # the rule of four eyes: one's own is for somebody else to publish
    OVER = "over"  # its last day passed while it waited
    MEETS = "meets"  # what is approved for days it shares says otherwise
    EDITED = "edited"  # what would be taken back was changed again since
    AHEAD = "ahead"  # the very same taking back waits for somebody already
    OVERLAPS = "overlaps"  # the office's days, as they are by now, leave no room for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to be told from now on; ``fields`` are all the office then states.

    ``ref`` is the code, id, shipped number or setting's key. ``office`` is whose word it is; for
    an office's own data it is that office. ``valid_until`` is the last day it holds. ``beneath``
    is ``mark_of`` the record without the office's edit, as it is when the wish is made.
    """

    kind: ChangeKind
    office: str
    ref: str
    title: str
    fields: Fields
    reason: str
    valid_from: date | None = None
    valid_until: date | None = None
    batch: int | None = None
    beneath: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change with its whole history; ``author`` is ``None`` for what the clock did.

    ``needs`` is what somebody must be given to approve it or to take it back
    (``publishing_action``), as it was when it was made. ``clashing`` are the fields for which one
    that was approved went back: somebody else had changed them meanwhile.
    """

    id: int
    kind: ChangeKind
    office: str
    ref: str
    title: str
    before: Fields
    after: Fields
    token: Token
    reason: str
    status: ChangeStatus
    needs: Action
    author: OfficerId | None
    made_at: datetime
    decided_by: OfficerId | None = None
    decided_at: datetime | None = None
    decision: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    undoes: int | None = None
    batch: int | None = None
    clashing: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it changes."""
        return differing(self.before, self.after)

    @property
    def days(self) -> Days:
        """The days for which it is meant."""
        return (self.valid_from, self.valid_until)

    @property
    def taken_back_alone(self) -> bool:
        """Whether it undoes another and nobody but its author, or the clock, decided so."""
        return self.undoes is not None and self.decided_by == self.author

    def may_become(self, status: ChangeStatus) -> bool:
        """Tell whether ``status`` may follow."""
        return status in TRANSITIONS[self.status]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody changed the same thing meanwhile: nothing was stored, the officer chooses.

    ``seen`` is what the officer began with, ``mine`` what they want, ``theirs`` what stands now.
    ``merged`` joins both, with ``mine`` in the fields of ``clashing``, which both changed.
    ``beneath`` tells that the record below the office's edit changed too: then every field of
    ``mine`` wants another look. A form sent again with ``token`` is taken.
    """

    seen: Fields
    mine: Fields
    theirs: Fields
    merged: Fields
    clashing: tuple[str, ...]
    beneath: bool
    token: Token


def meeting(before: Fields, after: Fields, days: Days, other: Change) -> tuple[str, ...]:
    """Give the fields for which ``other`` says something else than ``after`` on a day of both."""
    if _apart(days, other.days) or _apart(other.days, days):
        return ()
    shared = set(differing(before, after)).intersection(other.fields) - {SOURCES, HAS_CARD}
    return tuple(name for name in sorted(shared) if name in differing(after, other.after))


def _apart(earlier: Days, later: Days) -> bool:
    ends, begins = earlier[1], later[0]
    return ends is not None and begins is not None and ends < begins


def undo_of(change: Change, now: Fields) -> Fields | None:
    """Give what is told without ``change``; nothing when its fields were changed again since."""
    undone = merged(change.after, change.before, now)
    return None if undone.clashing else undone.fields
