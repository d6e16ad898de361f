"""The engine's ports in memory, for tests: the same promises, no storage and no network."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import inf
from typing import Self

from broadcasts.delivery.answers import LOST, Answer, Ending, Skip
from broadcasts.delivery.books import Books, KeptRow, freed, pause, skipped
from broadcasts.delivery.ports import OPEN, Begun, Claimed, Letter, Rescued, Running
from broadcasts.models import (
    DeliveryStatus,
    NewsText,
    PauseReason,
    Route,
    RunId,
    RunStatus,
    SubscriberStatus,
)

D = DeliveryStatus
R = RunStatus


class InMemoryLedger:
    """Keeps runs and deliveries in dictionaries; implements ``Ledger`` for one owner."""

    def __init__(
        self,
        books: Books,
        owner: str = "here",
        *,
        claim: timedelta = timedelta(seconds=30),
        call: timedelta = timedelta(seconds=40),
    ) -> None:
        """Claim as ``owner`` in ``books``."""
        self._books = books
        self._owner = owner
        self._claim = claim
        self._call = call

    async def running(self) -> Sequence[Running]:
        """See ``Ledger``."""
        going = [one.told for one in self._books.runs.values() if one.status is R.RUNNING]
        return sorted(going, key=lambda one: (not one.urgent, one.id))

    async def text(self, run: Running) -> NewsText:
        """See ``Ledger``."""
        return self._books.runs[run.id].text

    async def claim(self, run: RunId, route: Route, most: int) -> Sequence[Claimed]:
        """See ``Ledger``."""
        taken = self._due(run, route, most)
        until = self._now() + self._claim
        self._books.rows |= {
            row.id: replace(row, status=D.CLAIMED, claimed_by=self._owner, claimed_until=until)
            for row in taken
        }
        return [Claimed(id=row.id, run=row.run, address=row.address) for row in taken]

    def _due(self, run: RunId, route: Route, most: int) -> list[KeptRow]:
        if self._books.runs[run].status is not R.RUNNING:
            return []
        return [
            row
            for row in self._books.rows.values()
            if (row.run, row.route, row.status) == (run, route, D.PENDING)
            and row.not_before <= self._now()
        ][:most]

    async def step(self, endings: Sequence[Ending], begin: Collection[Claimed]) -> Sequence[Begun]:
        """See ``Ledger``."""
        for one in endings:
            self._end(one)
        begun = [self._begun(self._books.rows[one.id]) for one in begin]
        return [one for one in begun if one is not None]

    def _end(self, told: Ending) -> None:
        row = self._books.rows[told.delivery]
        if row.claimed_by != self._owner or row.status not in (D.SENDING, D.UNCERTAIN):
            return
        if told.reader:
            self._books.readers[row.subscriber] = told.reader
        run = self._books.runs[row.run].status
        if told.status is not D.PENDING or run in (R.CANCELLED, R.FINISHED):
            self._books.rows[row.id] = _closed(row, told, run)
            return
        self._books.rows[row.id] = replace(
            freed(row),
            code=str(told.code),
            attempts=row.attempts - (not told.spent),
            not_before=self._now() + told.rest,
            address=told.moved_to or row.address,
        )

    def _begun(self, row: KeptRow) -> Begun | None:
        now = self._now()
        ours = row.status is D.CLAIMED and row.claimed_by == self._owner
        in_time = row.claimed_until is not None and row.claimed_until > now
        if not (ours and in_time and self._books.runs[row.run].status is R.RUNNING):
            return None
        reader = self._books.readers.get(row.subscriber)
        if row.subscriber >= 0 and reader is not SubscriberStatus.ACTIVE:
            self._books.rows[row.id] = skipped(reader or Skip.REMOVED)(row)
            return None
        attempts, until = row.attempts + 1, now + self._call
        self._books.rows[row.id] = replace(
            row, status=D.SENDING, attempts=attempts, claimed_until=until
        )
        return Begun(
            id=row.id,
            run=row.run,
            subscriber=row.subscriber,
            address=row.address,
            attempts=attempts,
            code=row.code,
        )

    async def give_back(self, rows: Collection[Claimed]) -> None:
        """See ``Ledger``."""
        wanted = {one.id for one in rows}
        self._books.put(
            lambda row: (
                row.id in wanted and row.status is D.CLAIMED and row.claimed_by == self._owner
            ),
            freed,
        )

    async def lay_out(self, run: Running, most: int) -> int:
        """See ``Ledger``."""
        rows = self._due(run.id, Route.WEB, most)
        for row in rows:
            reader = self._books.readers.get(row.subscriber)
            box = self._books.mailboxes.get(row.address)
            if reader is SubscriberStatus.ACTIVE and box is not None:
                box.append(self._books.runs[run.id].text.body)
                self._books.rows[row.id] = replace(row, status=D.SENT)
                continue
            active = reader is SubscriberStatus.ACTIVE
            why = Skip.NO_MAILBOX if active else reader or Skip.REMOVED
            self._books.rows[row.id] = skipped(why)(row)
        return len(rows)

    async def rescue(self) -> Rescued:
        """See ``Ledger``."""
        now = self._now()

        def over(row: KeptRow, status: DeliveryStatus) -> bool:
            return row.status is status and (row.claimed_until or now) < now

        free = self._books.put(lambda row: over(row, D.CLAIMED), freed)
        doubted = self._books.put(
            lambda row: over(row, D.SENDING),
            lambda row: replace(row, status=D.UNCERTAIN, code=LOST, claimed_until=None),
        )
        return Rescued(freed=len(free), doubted=len(doubted))

    async def finish(self) -> Sequence[RunId]:
        """See ``Ledger``."""
        open_runs = {row.run for row in self._books.rows.values() if row.status in OPEN}
        going = [one.id for one in await self.running()]
        return [run for run in going if run not in open_runs and self._books.move(run, R.FINISHED)]

    async def stop(self, run: RunId) -> bool:
        """See ``Ledger``."""
        return pause(self._books, run, PauseReason.ERRORS)

    def _now(self) -> datetime:
        return self._books.clock.now()


def _closed(row: KeptRow, told: Ending, run: RunStatus) -> KeptRow:
    if told.status is not D.PENDING:
        return replace(
            row,
            status=told.status,
            code=str(told.code),
            external_id=told.external_id,
            claimed_until=None,
        )
    if run is R.CANCELLED:
        return replace(row, status=D.SKIPPED, code=Skip.CANCELLED, claimed_until=None)
    return replace(row, status=D.FAILED, code=str(told.code), claimed_until=None)


@dataclass
class ScriptedSender:
    """Sends into a list, or answers as told, an address's own answers first."""

    answers: list[Answer] = field(default_factory=list)
    told: Mapping[str, list[Answer]] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    at_once: int = 10
    rate: float = inf
    silence: float = 0.0

    def account(self, address: str) -> str:
        """Name what stands before a colon; see ``Sender``."""
        return address.rpartition(":")[0]

    async def turn(self, address: str) -> Self | None:  # noqa: ARG002 - everybody's
        """Give a turn at once, a new one or not is all the same; see ``Sender``."""
        return self

    def over(self) -> None:
        """See ``Turn``."""

    async def send(self, letter: Letter) -> Answer:
        """See ``Turn``."""
        own = self.told.get(letter.address)
        script = own or self.answers
        answer = script.pop(0) if script else Answer(external_id=f"x{letter.delivery}")
        if answer.fault is None:
            self.sent.append(letter.address)
        return answer
