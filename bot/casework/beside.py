"""Whether an office's days off, as they are by now, leave room for one that was approved."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.changes import Change, ChangeKind
from bot.officials.days_off import contradicting
from bot.officials.entry_values import days_set
from bot.officials.office_entries import Entry
from bot.officials.publishing_rights import DAYS
from bot.storage.setting_rows import settings_of


async def contradicted(connection: AsyncConnection, change: Change) -> bool:
    """Tell whether ``change`` makes a day off that cannot stand beside another of its office."""
    if change.kind is not ChangeKind.SETTING or not change.ref.startswith(DAYS):
        return False
    made = days_set([Entry(office=change.office, key=change.ref, value=change.after)])
    kept = await settings_of(connection, [change.office], DAYS.rstrip(":"))
    own = days_set(
        Entry(office=one.office, key=one.key, value=one.value)
        for one in kept
        if one.key != change.ref
    )
    return any(contradicting(day, own) for day in made)
