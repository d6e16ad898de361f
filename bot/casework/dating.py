"""Use case: what is to hold from a day on begins to, and what held until a day ends."""

from __future__ import annotations

from bot.casework.changing import put_in_force, take_back
from bot.casework.deeds import CLOCKWORK, acting
from bot.casework.publishing import PLACES
from bot.clock import VIETNAM, Clock
from bot.officials.changes import Change, ChangeStatus, undo_of
from bot.storage.change_rows import due_changes, over_changes
from bot.storage.database import Database


async def keep_dates(database: Database, clock: Clock) -> int:
    """Publish what is due and end what is over; tell how many changes were touched.

    Each in a transaction of its own. What was edited again since its end cannot be taken back by
    the clock: it stays in force and in ``over_changes``, for an officer to look at.
    """
    today = clock.now().astimezone(VIETNAM).date()
    async with database.reading() as connection:
        due = await due_changes(connection, today)
        over = [
            change
            for change in await over_changes(connection, today)
            if undo_of(
                change,
                await PLACES[change.kind].stated(connection, change.office, change.ref),
            )
            is not None
        ]
    done = 0
    # What ended yesterday makes room for what begins today.
    for change in over:
        async with acting(database, clock, CLOCKWORK) as doing:
            done += isinstance(await take_back(doing, change, ChangeStatus.ENDED, ""), Change)
    for change in due:
        async with acting(database, clock, CLOCKWORK) as doing:
            done += isinstance(await put_in_force(doing, change, ""), Change)
    return done
