"""The records of a broadcast: what is wished to be said, its versions, who did what to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from broadcasts.models import Audience, BroadcastId, BroadcastStatus, NewsText


class Step(StrEnum):
    """What somebody did with a text on its way to approval."""

    WRITTEN = "written"
    EDITED = "edited"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"
    STARTED = "started"
    CANCELLED = "cancelled"
    # Somebody who approves has read of an urgent notice that did not wait for them.
    SEEN = "seen"


# Whoever did one of these has put words into the text.
WRITING = frozenset({Step.WRITTEN, Step.EDITED})
# After one of these the last return is answered.
ANSWERING = frozenset({Step.SUBMITTED, Step.DROPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an officer wishes to say, not frozen yet; ``variables`` fill the gaps of its text.

    ``entry`` and ``slot`` are those of the plan it carries out.
    """

    office: str
    kind: str
    text: NewsText
    audience: Audience
    variables: Mapping[str, str] = field(default_factory=dict)
    urgent: bool = False
    entry: int | None = None
    slot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One wording of a broadcast; ``frozen_at`` is when it was first submitted, if it was.

    A frozen one is never written again; its gaps are filled.
    """

    broadcast: BroadcastId
    number: int
    text: NewsText
    audience: Audience
    variables: Mapping[str, str]
    digest: str
    author: int | None
    made_at: datetime
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A text on its way from its author to approval; ``version`` is the number that stands."""

    id: BroadcastId
    office: str
    kind: str
    title: str
    status: BroadcastStatus
    version: int
    urgent: bool
    author: int | None
    entry: int | None
    slot: int | None
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """One step of a broadcast's history; ``officer`` is ``None`` for the program itself."""

    version: int
    step: Step
    officer: int | None
    at: datetime
    note: str


def sent_back(steps: Sequence[StepTaken]) -> StepTaken | None:
    """Give the return that the author has to answer still; ``steps`` are the oldest first."""
    for one in reversed(steps):
        if one.step is Step.RETURNED:
            return one
        if one.step in ANSWERING:
            return None
    return None
