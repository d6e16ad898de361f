"""A ledger's rows in memory, which several ledgers share as processes share a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from broadcasts.delivery.answers import Skip
from broadcasts.delivery.ports import Clock, Progress, Running
from broadcasts.models import (
    RUN_MOVES,
    DeliveryId,
    DeliveryStatus,
    NewsText,
    PauseReason,
    Route,
    RunId,
    RunStatus,
    SubscriberId,
    SubscriberStatus,
)

D = DeliveryStatus
R = RunStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """One delivery of the ledger in memory."""

    id: DeliveryId
    run: RunId
    route: Route
    subscriber: SubscriberId
    address: str
    status: DeliveryStatus
    not_before: datetime
    code: str = ""
    attempts: int = 0
    claimed_by: str = ""
    claimed_until: datetime | None = None
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRun:
    """One run in memory."""

    told: Running
    status: RunStatus = RunStatus.RUNNING
    reason: str = ""
    text: NewsText = field(default_factory=lambda: NewsText(title="Tin", body="Nội dung"))


@dataclass
class Books:
    """What several ledgers in memory share, as processes share a database."""

    clock: Clock
    runs: dict[RunId, KeptRun] = field(default_factory=dict)
    rows: dict[DeliveryId, KeptRow] = field(default_factory=dict)
    readers: dict[SubscriberId, SubscriberStatus] = field(default_factory=dict)
    mailboxes: dict[str, list[str]] = field(default_factory=dict)

    def add_run(
        self, addresses: Sequence[str], *, route: Route = Route.TELEGRAM, urgent: bool = False
    ) -> RunId:
        """Put a run that runs, with a reader and a row for each address."""
        run, now = RunId(len(self.runs) + 1), self.clock.now()
        told = Running(
            id=run, broadcast=run, version=1, office="xa-mau", urgent=urgent, began_at=now
        )
        self.runs[run] = KeptRun(told=told)
        for address in addresses:
            number = len(self.rows) + 1
            self.readers.setdefault(SubscriberId(number), SubscriberStatus.ACTIVE)
            self.rows[DeliveryId(number)] = KeptRow(
                id=DeliveryId(number),
                run=run,
                route=route,
                subscriber=SubscriberId(number),
                address=address,
                status=D.PENDING,
                not_before=now,
            )
        return run

    def move(self, run: RunId, to: RunStatus, reason: str = "") -> bool:
        """Move a run if it may."""
        kept = self.runs[run]
        if to not in RUN_MOVES[kept.status]:
            return False
        self.runs[run] = replace(kept, status=to, reason=reason)
        return True

    def put(
        self, which: Callable[[KeptRow], bool], change: Callable[[KeptRow], KeptRow]
    ) -> list[KeptRow]:
        """Change the rows that fit; give them as they are then."""
        changed = [change(row) for row in self.rows.values() if which(row)]
        self.rows |= {row.id: row for row in changed}
        return changed


def freed(row: KeptRow) -> KeptRow:
    """Give a row as nobody has it."""
    return replace(row, status=D.PENDING, claimed_by="", claimed_until=None)


def skipped(code: str) -> Callable[[KeptRow], KeptRow]:
    """Give what skips a row for ``code``."""
    return lambda row: replace(row, status=D.SKIPPED, code=code, claimed_by="", claimed_until=None)


def _again(row: KeptRow) -> KeptRow:
    return replace(freed(row), code="", attempts=0)


def pause(books: Books, run: RunId, reason: PauseReason) -> bool:
    """Let a run rest."""
    if not books.move(run, R.PAUSED, reason):
        return False
    books.put(lambda row: row.run == run and row.status is D.CLAIMED, freed)
    return True


def resume(books: Books, run: RunId) -> bool:
    """Let a run that rests go on."""
    return books.runs[run].status is R.PAUSED and books.move(run, R.RUNNING)


def cancel(books: Books, run: RunId) -> int | None:
    """End a run before its end."""
    if not books.move(run, R.CANCELLED):
        return None
    untaken = (D.PENDING, D.CLAIMED)
    return len(
        books.put(lambda row: row.run == run and row.status in untaken, skipped(Skip.CANCELLED))
    )


def retry_failed(books: Books, run: RunId) -> int | None:
    """Send again what failed, to who may still be written to."""
    return _retried(
        books,
        run,
        lambda row: (
            row.status is D.FAILED and books.readers.get(row.subscriber) is SubscriberStatus.ACTIVE
        ),
    )


def resend_uncertain(books: Books, run: RunId, rows: Collection[DeliveryId]) -> int | None:
    """Send once more what a person chose of the uncertain."""
    return _retried(books, run, lambda row: row.status is D.UNCERTAIN and row.id in rows)


def settle(books: Books, run: RunId, row: DeliveryId, status: DeliveryStatus) -> bool:
    """Write down what became of an uncertain row after all."""
    return bool(
        books.put(
            lambda one: one.id == row and one.run == run and one.status is D.UNCERTAIN,
            lambda one: replace(one, status=status, code="settled"),
        )
    )


def progress(books: Books, run: RunId) -> Progress:
    """Give where a run stands."""
    rows = [row for row in books.rows.values() if row.run == run]
    kept = books.runs[run]
    reasons: dict[DeliveryStatus, Counter[str]] = {}
    for row in rows:
        waits = row.status is D.PENDING and row.code
        if waits or row.status in (D.FAILED, D.UNCERTAIN, D.SKIPPED):
            reasons.setdefault(row.status, Counter())[row.code] += 1
    return Progress(
        run=run,
        status=kept.status,
        reason=kept.reason,
        counts=Counter(row.status for row in rows),
        reasons=reasons,
        waiting=Counter(row.route for row in rows if row.status is D.PENDING),
    )


def _retried(books: Books, run: RunId, which: Callable[[KeptRow], bool]) -> int | None:
    status = books.runs[run].status
    if status in (R.CANCELLED, R.MISSED):
        return None
    number = len(books.put(lambda row: row.run == run and which(row), _again))
    if number and status is R.FINISHED:
        books.move(run, R.RUNNING)
    return number
