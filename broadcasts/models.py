"""The words of news: what is said to whom, and where it stands on its way.

Each table of transitions is the only permission to move; storage moves by conditional updates, so
that two people, or two processes, do it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from broadcasts.targets import EVERYBODY, Target

BroadcastId = NewType("BroadcastId", int)
RunId = NewType("RunId", int)
DeliveryId = NewType("DeliveryId", int)
SubscriberId = NewType("SubscriberId", int)


class BroadcastStatus(StrEnum):
    """Where a text stands between author and approver.

    Only ``APPROVED`` may be scheduled. An edit of what was submitted or approved makes a new
    version and a ``DRAFT`` again.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    DROPPED = "dropped"


BROADCAST_MOVES: Final[Mapping[BroadcastStatus, frozenset[BroadcastStatus]]] = {
    BroadcastStatus.DRAFT: frozenset({BroadcastStatus.SUBMITTED, BroadcastStatus.DROPPED}),
    BroadcastStatus.SUBMITTED: frozenset(
        {
            BroadcastStatus.APPROVED,
            BroadcastStatus.RETURNED,
            BroadcastStatus.DRAFT,
            BroadcastStatus.DROPPED,
        }
    ),
    BroadcastStatus.RETURNED: frozenset({BroadcastStatus.DRAFT, BroadcastStatus.DROPPED}),
    BroadcastStatus.APPROVED: frozenset({BroadcastStatus.DRAFT, BroadcastStatus.DROPPED}),
    BroadcastStatus.DROPPED: frozenset(),
}


class ScheduleStatus(StrEnum):
    """Whether a schedule still gives occurrences."""

    ACTIVE = "active"
    ENDED = "ended"
    CANCELLED = "cancelled"


class RunStatus(StrEnum):
    """Where one occurrence stands: its deliveries go out, rest, are over; or its time was missed.

    Of a ``MISSED`` one a person decides: let it run now, or cancel it.
    """

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    MISSED = "missed"


RUN_MOVES: Final[Mapping[RunStatus, frozenset[RunStatus]]] = {
    RunStatus.RUNNING: frozenset({RunStatus.PAUSED, RunStatus.FINISHED, RunStatus.CANCELLED}),
    RunStatus.PAUSED: frozenset({RunStatus.RUNNING, RunStatus.CANCELLED}),
    # What failed may be tried again.
    RunStatus.FINISHED: frozenset({RunStatus.RUNNING}),
    RunStatus.CANCELLED: frozenset(),
    RunStatus.MISSED: frozenset({RunStatus.RUNNING, RunStatus.CANCELLED}),
}


class PauseReason(StrEnum):
    """Why a run rests."""

    OFFICER = "officer"
    ERRORS = "errors"


class DeliveryStatus(StrEnum):
    """Where one row of the ledger stands.

    ``CLAIMED`` is taken by a process and not begun: when that process dies another takes it.
    ``SENDING`` is begun: when that process dies nobody knows, so it becomes ``UNCERTAIN`` and is
    never sent again by itself. ``SKIPPED`` was not to be sent any more: opted out, cancelled.
    """

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"


DELIVERY_MOVES: Final[Mapping[DeliveryStatus, frozenset[DeliveryStatus]]] = {
    DeliveryStatus.PENDING: frozenset({DeliveryStatus.CLAIMED, DeliveryStatus.SKIPPED}),
    DeliveryStatus.CLAIMED: frozenset(
        {DeliveryStatus.SENDING, DeliveryStatus.PENDING, DeliveryStatus.SKIPPED}
    ),
    DeliveryStatus.SENDING: frozenset(
        {
            DeliveryStatus.SENT,
            DeliveryStatus.FAILED,
            DeliveryStatus.UNCERTAIN,
            # It surely never left.
            DeliveryStatus.PENDING,
        }
    ),
    # A provider's later word, or a person who looked, may settle what was uncertain.
    DeliveryStatus.UNCERTAIN: frozenset(
        {DeliveryStatus.SENT, DeliveryStatus.FAILED, DeliveryStatus.PENDING}
    ),
    DeliveryStatus.FAILED: frozenset({DeliveryStatus.PENDING}),
    DeliveryStatus.SENT: frozenset(),
    DeliveryStatus.SKIPPED: frozenset(),
}


class Route(StrEnum):
    """A way to reach somebody; each has its window, quota and price.

    Of Zalo's an article goes to all followers in one call, ``cs`` to who wrote within seven days,
    a template by user id against a price; a bot of its Bot Platform is a way of its own.
    """

    WEB = "web"
    TELEGRAM = "telegram"
    ZALO_ARTICLE = "zalo_article"
    ZALO_CS = "zalo_cs"
    ZALO_TEMPLATE = "zalo_template"
    ZALO_BOT = "zalo_bot"


class ReaderKind(StrEnum):
    """For whom news is meant, and what a subscriber is."""

    CITIZEN = "citizen"
    OFFICIAL = "official"


class SubscriberStatus(StrEnum):
    """Whether somebody may be written to."""

    ACTIVE = "active"
    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"
    DEAD = "dead"


class Consent(StrEnum):
    """How somebody agreed to receive news."""

    CHAT = "chat"
    FOLLOW = "follow"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom a text is for: people of these offices and all below them.

    Empty ``kinds``, ``topics`` or ``routes`` mean every one. Who chose no topics receives all.
    ``target`` bounds an article alone, which cannot go to chosen people.
    """

    offices: tuple[str, ...]
    kinds: tuple[ReaderKind, ...] = ()
    topics: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    target: Target = EVERYBODY

    @property
    def is_public(self) -> bool:
        """Tell whether what is said is for citizens too, and so for anybody who may read it."""
        return not self.kinds or ReaderKind.CITIZEN in self.kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A link under a text: what is read, and the https address it opens."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsText:
    """What is said: plain text with line breaks; ``picture``, ``files`` are ids of stored files.

    Gaps such as ``{co_quan}`` are filled in when it is frozen. ``depicted`` tells what the picture
    shows to who does not see it. ``page`` is the address of the public page that shows this very
    text; whoever sends it looks there first.
    """

    title: str
    body: str
    buttons: tuple[Button, ...] = ()
    picture: int | None = None
    files: tuple[int, ...] = ()
    depicted: str = ""
    page: str = ""
