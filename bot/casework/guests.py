"""Use case: who is in the trial."""

from __future__ import annotations

from bot.casework.deeds import acting
from bot.clock import Clock
from bot.officials.audit import By, Deed
from bot.storage.database import Database
from bot.storage.setting_rows import label_guest, remove_guest


async def label(
    database: Database, clock: Clock, by: By, *, office: str, guest: str, said: str
) -> bool:
    """Note who a guest is; tell whether there is such a guest."""
    async with acting(database, clock, by) as doing:
        done = await label_guest(doing.connection, office, guest, said)
        if done:
            doing.did(_deed("guest_labelled", office, guest, said=said))
    return done


async def remove(
    database: Database, clock: Clock, by: By, *, office: str, guest: str, why: str
) -> bool:
    """Take somebody out of the trial; tell whether there was such a guest."""
    async with acting(database, clock, by) as doing:
        done = await remove_guest(doing.connection, office, guest)
        if done:
            doing.did(_deed("guest_removed", office, guest, note=why))
    return done


def _deed(action: str, office: str, guest: str, *, said: str = "", note: str = "") -> Deed:
    after = {"label": said} if said else {}
    return Deed(action=action, office=office, kind="guest", subject=guest, after=after, note=note)
