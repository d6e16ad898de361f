"""Changes of what citizens are told: their kinds, their life, and how two of them are joined.

``before`` and ``after`` of a change are all the fields an office itself states, as plain JSON
values; an empty object stands for “as it is without us”. History, approval, dates and undoing are
the same for cards, guides, hotlines, offices and settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NewType

import orjson

from bot.officials.models import OfficerId
from bot.officials.permissions import Action

Fields = Mapping[str, Any]
# The first and the last day something holds; one not told is open.
Days = tuple[date | None, date | None]
Token = NewType("Token", str)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two people's fields in one; of those in ``clashing`` mine."""

    fields: Fields
    clashing: tuple[str, ...]


# Of a card: whose word each field is follows the field, that it has a card follows from any.
SOURCES: Final = "sources"
HAS_CARD: Final = "has_card"
GONE: Final = "gone"
MISSING: Final = object()
MARK: Final = 16


def mark_of(value: object) -> str:
    """Give a short fingerprint of a record or of fields; the same words have the same."""
    written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()[:MARK]


def token_of(stated: Fields, beneath: str = "") -> Token:
    """Give what a form keeps of all it was filled from: the office's own fields and what is below.

    ``beneath`` is ``mark_of`` the record without them.
    """
    return Token(f"{mark_of(plain(stated))}.{beneath}")


def plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Give a value as JSON knows it."""
    return orjson.loads(orjson.dumps(value))


def differing(before: Fields, after: Fields) -> tuple[str, ...]:
    """Give the fields in which two states differ, sorted."""
    names = before.keys() | after.keys()
    return tuple(
        sorted(one for one in names if before.get(one, MISSING) != after.get(one, MISSING))
    )


def merged(seen: Fields, mine: Fields, theirs: Fields) -> Merge:
    """Join what two people made of ``seen``: of each field what was changed, by whomever."""
    fields: dict[str, Any] = {}
    sides: dict[str, Fields] = {}
    clashing = []
    for name in sorted({*seen, *mine, *theirs} - {SOURCES, HAS_CARD}):
        was, one, other = (side.get(name, MISSING) for side in (seen, mine, theirs))
        side = theirs if one == was else mine
        if one not in (was, other) and other != was:
            clashing.append(name)
        if name in side:
            fields[name] = side[name]
            sides[name] = side
    if bool(mine.get(GONE)) != bool(theirs.get(GONE)) and seen not in (mine, theirs):
        clashing.append(GONE)
    if fields and (HAS_CARD in mine or HAS_CARD in theirs):
        fields[HAS_CARD] = True
    sources = [source for name, side in sides.items() for source in _sources(side, name)]
    told = {**fields, SOURCES: sources} if sources else fields
    return Merge(fields=told, clashing=tuple(dict.fromkeys(clashing)))


def meeting(before: Fields, after: Fields, days: Days, other: Change) -> tuple[str, ...]:
    """Give the fields for which ``other`` says something else than ``after`` on a day of both."""
    if _apart(days, other.days) or _apart(other.days, days):
        return ()
    shared = set(differing(before, after)).intersection(other.fields) - {SOURCES, HAS_CARD}
    return tuple(name for name in sorted(shared) if name in differing(after, other.after))


def _apart(earlier: Days, later: Days) -> bool:
    ends, begins = earlier[1], later[0]
    return ends is not None and begins is not None and ends < begins


def _sources(side: Fields, name: str) -> list[Any]:
    return [source for source in side.get(SOURCES, ()) if source["field"] == name]


def undo_of(change: Change, now: Fields) -> Fields | None:
    """Give what is told without ``change``; nothing when its fields were changed again since."""
    undone = merged(change.after, change.before, now)
    return None if undone.clashing else undone.fields


# How the settings that are days off, or days worked instead, begin.
DAYS: Final = "day:"
SETTING_ACTIONS: Final[Mapping[str, Action]] = {
    "wording": Action.WORDING_CHANGE,
    "notice": Action.NOTICES_PUBLISH,
    "channel": Action.CHANNELS_SWITCH,
    "trial": Action.TRIAL_MANAGE,
    "rule": Action.RULES_CHANGE,
    "day": Action.CONTACTS_PUBLISH,
    "deadline": Action.CASES_SETTINGS,
    "deadline_profile": Action.CASES_SETTINGS,
    "case_template": Action.CASES_SETTINGS,
    "reception": Action.CASES_SETTINGS,
    "body": Action.CASES_SETTINGS,
}
# All that somebody may be given so that changes wait for them.
PUBLISHING: Final = frozenset(
    {
        Action.KNOWLEDGE_PUBLISH,
        Action.CONTACTS_PUBLISH,
        Action.OFFICES_MANAGE,
        *SETTING_ACTIONS.values(),
    }
)
# What makes the tree of offices, beside what an office says of itself.
OF_THE_TREE: Final = frozenset({"name", "parent", "province", "serves", "sample", GONE})


def publishing_action(kind: ChangeKind, ref: str, fields: Iterable[str] = ()) -> Action:
    """Give what somebody must be given to publish a change of ``fields``, or to take it back.

    Raises:
        KeyError: no setting of that key is known.
    """
    if kind is ChangeKind.SETTING:
        return SETTING_ACTIONS[ref.partition(":")[0]]
    if kind is ChangeKind.OFFICE and not OF_THE_TREE.isdisjoint(fields):
        return Action.OFFICES_MANAGE
    if kind in (ChangeKind.OFFICE, ChangeKind.HOTLINE):
        return Action.CONTACTS_PUBLISH
    return Action.KNOWLEDGE_PUBLISH


def seeing_action(kind: ChangeKind, ref: str) -> Action:
    """Give what somebody must be given to see changes of such a thing; days off stand for all."""
    setting = kind is ChangeKind.SETTING and not ref.startswith(DAYS)
    return Action.SETTINGS_SEE if setting else Action.KNOWLEDGE_SEE
