"""The records of a case: what came in, where it stands, and each step with its author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from bot.feedback.kinds import Kind
from bot.feedback.moves import Act, Author, CaseState
from bot.messages import CitizenAddress

CaseId = NewType("CaseId", int)
EventId = NewType("EventId", int)
UnitId = NewType("UnitId", int)


# What of a public event's data is for colleagues alone.
INSIDE = "inside"


class Source(StrEnum):
    """By which way a case came in; all but the chat are entered by an officer for somebody."""

    CHAT = "chat"
    DESK = "desk"
    PHONE = "phone"
    IMPORT = "import"


class Result(StrEnum):
    """What came of a case; ``NONE`` while it is open."""

    NONE = ""
    DONE = "done"
    CANNOT = "cannot"
    HANDED_ON = "handed_on"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class Remark(StrEnum):
    """What is done to a case without moving it; each leaves one event, too."""

    NOTE = "note"
    COMPLAINED = "complained"
    UNCOMPLAINED = "uncomplained"
    ADDED = "added"
    GRADED = "graded"
    RECLASSIFIED = "reclassified"
    DUE_SET = "due_set"
    DUE_RECKONED = "due_reckoned"
    APOLOGY = "apology"
    ALERT = "alert"
    JOINED = "joined"
    PARTED = "parted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SHOWN = "shown"
    PHONED = "phoned"
    UNREACHED = "unreached"
    TEMPLATED = "templated"
    RATED = "rated"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    RELEASED = "released"
    HIDDEN = "hidden"
    ERASED = "erased"


class Publicity(StrEnum):
    """Whether a case stands on the public board, or may.

    Only what its sender ``AGREED`` to becomes ``PUBLIC``; ``PROPOSED`` was asked and not answered.
    """

    PRIVATE = "private"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is about: words as kept (masked), and a pin rounded to some metres, if any."""

    words: str = ""
    hamlet: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How a person is reached who asked for it; sealed wherever it is kept."""

    name: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is known of the person."""
        return not (self.name or self.phone or self.address or self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as lists and rules see it: no personal data but where it is answered.

    ``words`` are masked. ``address`` is the chat that hears of it; ``None`` for who came to the
    desk or called. ``paused_minutes`` are the working minutes in which its clock stood still,
    ``alerted`` the share of its time, in per cent, that somebody was told of last. Of one that
    ``is_erased`` nothing is left but what is counted. ``version`` grows with every event: two acts
    at once cannot both count.
    """

    id: CaseId
    office: str
    reference: str
    kind: Kind
    regime: str
    topic: str
    grade: str
    urgent: bool
    state: CaseState
    words: str
    happened: str
    place: Place
    source: Source
    address: CitizenAddress | None
    anonymous: bool
    call_back: bool
    unit: UnitId | None
    officer: int | None
    received_at: datetime
    due_at: datetime | None
    due_rule: str
    paused_at: datetime | None
    paused_minutes: int = 0
    alerted: int = 0
    answered_at: datetime | None
    closed_at: datetime | None
    result: Result
    main: CaseId | None
    reopened: int
    level: int | None
    publicity: Publicity
    is_erased: bool = False
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that was done to a case, in order of ``version``; never changed.

    ``by`` is an officer's number. Of a ``public`` event ``text`` goes to the citizen and to all
    followers; an internal one never leaves the office. ``data`` tells what is counted or linked:
    unit, reason code, due moment, files.
    """

    case: CaseId
    version: int
    at: datetime
    author: Author
    by: int | None
    did: Act | Remark
    state: CaseState
    public: bool
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sent_from(self) -> str | None:
        """The office that gave the case to another one by it."""
        return self.data.get("from") if self.did is Act.TRANSFER else None
