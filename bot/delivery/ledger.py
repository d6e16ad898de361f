"""The ledger over the database: each step of the engine one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell
from bot.casework.deeds import CLOCKWORK, acting
from bot.clock import Clock
from bot.delivery.shelf import SqlShelf
from bot.newsroom.letters import enclosed, page_of, read_text, reply_of
from bot.newsroom.running import pause_for_errors
from bot.storage import claim_rows, news_rows, reader_marks, run_rows
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from bot.storage.post_rows import posted_version
from broadcasts.delivery.answers import Ending
from broadcasts.delivery.ports import Begun, Claimed, Rescued, Running
from broadcasts.models import DeliveryStatus, NewsText, Route, RunId


class SqlLedger:
    """Implements ``broadcasts.delivery.ports.Ledger`` for one owner of claims."""

    def __init__(
        self,
        database: Database,
        owner: Owner,
        *,
        clock: Clock,
        bell: Bell,
        shelf: SqlShelf | None = None,
        site: str = "",
    ) -> None:
        """Claim as ``owner``; ``bell`` wakes web readers when their news is stored.

        ``shelf`` tells of files, ``site`` is where everybody reaches us, empty when nowhere.
        """
        self._database = database
        self._owner = owner
        self._shelf = shelf or SqlShelf(database, clock)
        self._site = site
        self._clock = clock
        self._bell = bell

    async def running(self) -> Sequence[Running]:
        """Give the runs that are ``RUNNING``; see ``Ledger``."""
        async with self._database.reading() as connection:
            return await claim_rows.running_runs(connection)

    async def text(self, run: Running) -> NewsText:
        """Give the frozen text of a run, with its public page if it has one; see ``Ledger``."""
        async with self._database.reading() as connection:
            text = read_text(*await claim_rows.frozen_text(connection, run))
            posted = await posted_version(connection, run.broadcast)
        shown = posted == run.version
        return replace(text, page=page_of(self._site, run.broadcast) if shown else "")

    async def claim(self, run: RunId, route: Route, most: int) -> Sequence[Claimed]:
        """Take due rows; see ``Ledger``."""
        now = self._clock.now()
        async with self._database.writing() as connection:
            return await claim_rows.claim(connection, run, route, most, owner=self._owner, now=now)

    async def step(self, endings: Sequence[Ending], begin: Collection[Claimed]) -> Sequence[Begun]:
        """Write down endings and begin rows in one transaction; see ``Ledger``."""
        now = self._clock.now()
        async with self._database.writing() as connection:
            concerned = {one.run for one in endings} | {one.run for one in begin}
            held = await claim_rows.hold(connection, concerned)
            told = [await self._marked(connection, one) for one in endings]
            owner = self._owner
            await claim_rows.end(connection, told, held, owner=owner, now=now)
            return await claim_rows.begin(connection, begin, held, owner=owner, now=now)

    async def _marked(self, connection: AsyncConnection, ending: Ending) -> Ending:
        now = self._clock.now()
        if ending.reader:
            await reader_marks.mark_reader(connection, ending.delivery, ending, now)
        if not ending.moved_to:
            return ending
        moved = await reader_marks.move_reader(connection, ending.delivery, ending.moved_to, now)
        return ending if moved else replace(ending, status=DeliveryStatus.FAILED)

    async def give_back(self, rows: Collection[Claimed]) -> None:
        """Free rows that were not begun; see ``Ledger``."""
        async with self._database.writing() as connection:
            await claim_rows.give_back(connection, rows, self._owner)

    async def lay_out(self, run: Running, most: int) -> int:
        """Put due web deliveries into the outbox; see ``Ledger``."""
        text = await self.text(run)
        reply = reply_of(text, await self._shelf.heads(enclosed(text)))
        now = self._clock.now()
        async with self._database.writing() as connection:
            told = await news_rows.lay_out(connection, run.id, reply, most, now=now)
        for address in filter(None, told):
            self._bell.ring(address.conversation)
        if len(told) == most:
            await self._database.let_others_write()
        return len(told)

    async def rescue(self) -> Rescued:
        """Find the rows of processes that died; see ``Ledger``."""
        async with self._database.writing() as connection:
            return await claim_rows.rescue(connection, self._clock.now())

    async def finish(self) -> Sequence[RunId]:
        """Finish runs whose rows are all final; see ``Ledger``."""
        async with self._database.writing() as connection:
            done = await run_rows.finish_done(connection, self._clock.now())
        return [one.id for one in done]

    async def stop(self, run: RunId) -> bool:
        """Pause a run for its errors, with its entry in the audit; see ``Ledger``."""
        async with acting(self._database, self._clock, CLOCKWORK) as doing:
            return await pause_for_errors(doing, run)
