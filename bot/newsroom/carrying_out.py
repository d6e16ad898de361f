"""Use case of the clock: what officers asked of a run that is too much for one request.

The act, its entry in the audit and the first rows are stored together at once. The rest is done
here, a few thousand rows in each transaction, standing back after each, so nobody else waits for
it. What is left stands in the run, and who dies between two portions leaves the others to the next
leader. Only a ledger is written whole: a run has all its rows or none.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.casework.deeds import CLOCKWORK, Acting, acting
from bot.clock import Clock
from bot.newsroom.realm import Realm
from bot.newsroom.recipients import planner
from bot.officials.audit import Deed
from bot.storage import run_rows
from bot.storage.asked_rows import Task, asked_runs, done, go_on
from bot.storage.database import Database
from bot.storage.run_rows import Run
from broadcasts.models import RunId

log = structlog.get_logger()


async def carry_out(database: Database, clock: Clock, realm: Callable[[], Realm]) -> int:
    """Do all that is asked of runs; give of how many. What fails is left for the next time."""
    async with database.reading() as connection:
        asked = await asked_runs(connection)
    for number in asked:
        try:
            while await _some(database, clock, realm, number):
                await database.let_others_write()
        except Exception:  # the others do not wait for it
            log.exception("run_not_carried_out", run=number)
    return len(asked)


async def _some(
    database: Database, clock: Clock, realm: Callable[[], Realm], number: RunId
) -> bool:
    """Do a portion of what is asked of a run; tell whether any may be left."""
    async with acting(database, clock, CLOCKWORK) as doing:
        found = await run_rows.run_of(doing.connection, number, lock=True)
        if found is None or found.asked is not Task.PLAN:
            return found is not None and await go_on(doing.connection, number, doing.now)
        await _plan(doing, realm(), found)
        return False


async def _plan(doing: Acting, realm: Realm, run: Run) -> None:
    rows = await planner(realm, doing.now)(doing.connection, run)
    await run_rows.note_total(doing.connection, run.id, rows)
    await done(doing.connection, run.id)
    doing.did(
        Deed(
            action="run_begun",
            office=run.office,
            kind="run",
            subject=str(run.id),
            after={"broadcast": int(run.broadcast), "status": str(run.status), "rows": rows},
        )
    )
