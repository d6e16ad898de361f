"""A ledger of each kind with what people do to it, so that one test holds them all to the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

from bot.bell import Bell
from bot.delivery.ledger import SqlLedger
from bot.storage import run_rows
from bot.storage.asked_rows import go_on
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from bot.storage.ledger_rows import progress
from broadcasts.delivery import books
from broadcasts.delivery.books import Books
from broadcasts.delivery.ports import Ledger, Progress
from broadcasts.models import (
    DeliveryId,
    DeliveryStatus,
    PauseReason,
    Route,
    RunId,
    SubscriberStatus,
)
from broadcasts.testing import InMemoryLedger
from tests.conftest import FrozenClock, let_pass
from tests.fakes.news import a_run, ledger_of, mark_subscriber, status_of

CLAIM = timedelta(seconds=30)


class Side(Protocol):
    """A ledger of one kind, and everybody who acts upon it."""

    clock: FrozenClock

    def ledger(self, owner: str = "here") -> Ledger: ...

    async def run(self, addresses: Sequence[str], *, urgent: bool = False) -> RunId: ...

    async def rows(self, run: RunId) -> list[tuple[str, str, str]]: ...

    async def stands(self, run: RunId) -> tuple[str, str]: ...

    async def mark(self, address: str, status: SubscriberStatus) -> None: ...

    async def wait(self, by: timedelta) -> None: ...

    async def pause(self, run: RunId) -> bool: ...

    async def resume(self, run: RunId) -> bool: ...

    async def cancel(self, run: RunId) -> int | None: ...

    async def retry(self, run: RunId) -> int | None: ...

    async def resend(self, run: RunId, rows: Collection[DeliveryId]) -> int | None: ...

    async def settle(self, run: RunId, row: DeliveryId, status: DeliveryStatus) -> bool: ...

    async def progress(self, run: RunId) -> Progress: ...


@dataclass
class MemorySide:
    clock: FrozenClock = field(default_factory=FrozenClock)

    def __post_init__(self) -> None:
        self.books = Books(clock=self.clock)

    def ledger(self, owner: str = "here") -> Ledger:
        return InMemoryLedger(self.books, owner, claim=CLAIM)

    async def run(self, addresses: Sequence[str], *, urgent: bool = False) -> RunId:
        return self.books.add_run(addresses, route=Route.TELEGRAM, urgent=urgent)

    async def rows(self, run: RunId) -> list[tuple[str, str, str]]:
        kept = self.books.rows.values()
        return [(row.address, row.status, row.code) for row in kept if row.run == run]

    async def stands(self, run: RunId) -> tuple[str, str]:
        kept = self.books.runs[run]
        return kept.status, kept.reason

    async def mark(self, address: str, status: SubscriberStatus) -> None:
        for row in self.books.rows.values():
            if row.address == address:
                self.books.readers[row.subscriber] = status

    async def wait(self, by: timedelta) -> None:
        self.clock.move(by)

    async def pause(self, run: RunId) -> bool:
        return books.pause(self.books, run, PauseReason.OFFICER)

    async def resume(self, run: RunId) -> bool:
        return books.resume(self.books, run)

    async def cancel(self, run: RunId) -> int | None:
        return books.cancel(self.books, run)

    async def retry(self, run: RunId) -> int | None:
        return books.retry_failed(self.books, run)

    async def resend(self, run: RunId, rows: Collection[DeliveryId]) -> int | None:
        return books.resend_uncertain(self.books, run, rows)

    async def settle(self, run: RunId, row: DeliveryId, status: DeliveryStatus) -> bool:
        return books.settle(self.books, run, row, status)

    async def progress(self, run: RunId) -> Progress:
        return books.progress(self.books, run)


@dataclass
class SqlSide:
    database: Database
    clock: FrozenClock = field(default_factory=FrozenClock)

    def ledger(self, owner: str = "here") -> Ledger:
        claims = Owner(name=owner, claim=CLAIM)
        return SqlLedger(self.database, claims, clock=self.clock, bell=Bell())

    async def run(self, addresses: Sequence[str], *, urgent: bool = False) -> RunId:
        return await a_run(self.database, addresses, urgent=urgent)

    async def rows(self, run: RunId) -> list[tuple[str, str, str]]:
        return await ledger_of(self.database, run)

    async def stands(self, run: RunId) -> tuple[str, str]:
        return await status_of(self.database, run)

    async def mark(self, address: str, status: SubscriberStatus) -> None:
        await mark_subscriber(self.database, address, status)

    async def wait(self, by: timedelta) -> None:
        await let_pass(self.database, self.clock, by)

    async def pause(self, run: RunId) -> bool:
        async with self.database.writing() as connection:
            return await run_rows.pause(connection, run, PauseReason.OFFICER)

    async def resume(self, run: RunId) -> bool:
        async with self.database.writing() as connection:
            return await run_rows.resume(connection, run)

    async def cancel(self, run: RunId) -> int | None:
        async with self.database.writing() as connection:
            left = await run_rows.cancel(connection, run, self.clock.now())
            await go_on(connection, run, self.clock.now())
            return left

    async def retry(self, run: RunId) -> int | None:
        async with self.database.writing() as connection:
            number = await run_rows.retry_failed(connection, run, self.clock.now())
            await go_on(connection, run, self.clock.now())
            return number

    async def resend(self, run: RunId, rows: Collection[DeliveryId]) -> int | None:
        async with self.database.writing() as connection:
            return await run_rows.resend_uncertain(connection, run, rows, self.clock.now())

    async def settle(self, run: RunId, row: DeliveryId, status: DeliveryStatus) -> bool:
        async with self.database.writing() as connection:
            return await run_rows.settle(connection, row, status, run=run)

    async def progress(self, run: RunId) -> Progress:
        async with self.database.reading() as connection:
            told = await progress(connection, run, self.clock.now())
        assert told is not None
        return replace(told, rate=0.0)
