"""What the engine needs of the world: a ledger, senders, the hours, a clock.

``bot/delivery/ledger.py`` is the ledger over the database, ``broadcasts/testing.py`` holds its
twin in memory; tests/contract/test_ledger.py holds both to the same promises.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from broadcasts.delivery.answers import Answer, Ending
from broadcasts.models import (
    DeliveryId,
    DeliveryStatus,
    NewsText,
    Route,
    RunId,
    RunStatus,
    SubscriberId,
)


class Clock(Protocol):
    """Tells the present moment as aware UTC."""

    def now(self) -> datetime:
        """Give the present moment."""
        ...


class Hours(Protocol):
    """The quiet hours of each office."""

    def quiet_until(self, office: str, at: datetime) -> datetime | None:
        """Give when the quiet hours around ``at`` end; nothing outside of them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A run whose deliveries go out; ``began_at`` bounds how long is tried."""

    id: RunId
    broadcast: int
    version: int
    office: str
    urgent: bool
    began_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A row taken and not begun, and where its reader is written to."""

    id: DeliveryId
    run: RunId
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A row that may be sent now: ``sending`` is committed.

    ``attempts`` counts this one; ``code`` is the fault of the one before, if there was one.
    """

    id: DeliveryId
    run: RunId
    subscriber: SubscriberId
    address: str
    attempts: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be sent to whom by which way."""

    delivery: DeliveryId
    route: Route
    address: str
    text: NewsText


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """Rows of a process that died: taken and not begun, free again; begun, uncertain now."""

    freed: int = 0
    doubted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """What providers told of messages after they were sent.

    ``sent`` counts those by ways that tell at all; of the others nobody knows.
    """

    sent: int
    received: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands: exact counts by state, and by reason of what has one.

    What waits has a reason where it was tried and never left; of many the first are looked at.
    ``waiting`` counts by route what is pending, ``rate`` is deliveries a second just now. The
    counts add up to the rows of the ledger. ``receipts`` where something went by a way that tells.
    """

    run: RunId
    status: RunStatus
    reason: str
    counts: Mapping[DeliveryStatus, int]
    reasons: Mapping[DeliveryStatus, Mapping[str, int]] = field(default_factory=dict)
    waiting: Mapping[Route, int] = field(default_factory=dict)
    rate: float = 0.0
    receipts: Receipts | None = None

    @property
    def total(self) -> int:
        """Give how many rows there are."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """Give how many rows are not final: pending, taken or being sent."""
        return sum(self.counts.get(status, 0) for status in OPEN)


OPEN = (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED, DeliveryStatus.SENDING)


class Turn(Protocol):
    """Leave to make one call now. It is used at once or given up: others may wait behind it."""

    async def send(self, letter: Letter) -> Answer:
        """Send one message and tell what came of it; an answer nobody understands is uncertain.

        Waits for nothing but the provider. Silence asked for meanwhile is ``NO_TURN``.
        """
        ...

    def over(self) -> None:
        """Note that no call will be made; once is enough, and after a call it means nothing."""
        ...


class Sender(Protocol):
    """One way to readers. Where turns are waited for, replies go before news."""

    @property
    def at_once(self) -> int:
        """Give how many calls of an account may be at work: more rows are never ``sending``."""
        ...

    def account(self, address: str) -> str:
        """Name in whose name ``address`` is written to: each goes, rests and fails by itself.

        Empty where there is one alone.
        """
        ...

    @property
    def rate(self) -> float:
        """Give how many messages a second may pass now at most; ``inf`` when nothing bounds it."""
        ...

    @property
    def silence(self) -> float:
        """Give for how many seconds more nothing may be sent at all; mostly 0."""
        ...

    async def turn(self, address: str) -> Turn | None:
        """Wait a few seconds for a turn to write to ``address``; nothing when none came.

        Where nobody can be written to there, ``no_way.NoWay`` says so in its place.
        """
        ...


class Ledger(Protocol):
    """The rows of runs and deliveries; every method is one transaction of its own.

    Claims belong to one owner and run out by the clock of the store; moments never come from the
    caller. A method that raises has changed nothing.
    """

    async def running(self) -> Sequence[Running]:
        """Give the runs that are ``RUNNING``, urgent ones first, then by age."""
        ...

    async def text(self, run: Running) -> NewsText:
        """Give the frozen text of a run."""
        ...

    async def claim(self, run: RunId, route: Route, most: int) -> Sequence[Claimed]:
        """Take up to ``most`` rows of ``run`` that are due; none unless it runs."""
        ...

    async def step(self, endings: Sequence[Ending], begin: Collection[Claimed]) -> Sequence[Begun]:
        """Write down endings and mark claimed rows ``sending``, all in one; give what was begun.

        Begun are rows that are still claimed by us, of a run that runs, whose reader may be
        written to; who may not any more is skipped. An ending counts where we began the row, also
        when it has become uncertain meanwhile. A row of a cancelled run is not pending again but
        skipped.
        """
        ...

    async def give_back(self, rows: Collection[Claimed]) -> None:
        """Make rows we claimed and have not begun pending again."""
        ...

    async def lay_out(self, run: Running, most: int) -> int:
        """Put due web deliveries where their readers fetch them, and end them, all in one.

        Gives how many rows ended; the outbox is the delivery, so nothing is uncertain.
        """
        ...

    async def rescue(self) -> Rescued:
        """Free claims that have run out, and mark what was begun under them uncertain."""
        ...

    async def finish(self) -> Sequence[RunId]:
        """Finish the running runs whose rows are all final; give them."""
        ...

    async def stop(self, run: RunId) -> bool:
        """Pause a run for its errors and tell the officers; tell whether it ran."""
        ...
