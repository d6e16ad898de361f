"""A tick: what the plan asked for is done once its news went out, which is the evidence of it."""

from __future__ import annotations

from typing import Final

from bot.casework.deeds import CLOCKWORK, Acting, acting
from bot.clock import VIETNAM, Clock
from bot.newsroom.keeping import end, show
from bot.storage.database import Database
from bot.storage.entry_place_rows import entry_place
from bot.storage.evidence_rows import Evidence, EvidenceKind
from bot.storage.slot_broadcast_rows import Fulfilled, fulfilled
from bot.storage.slot_change_rows import SlotEnding
from broadcasts.calendar import SlotStatus

AT_ONCE: Final = 50


async def fulfil(database: Database, clock: Clock) -> int:
    """Note as done the open slots whose news were sent to somebody; give how many."""
    async with acting(database, clock, CLOCKWORK) as doing:
        found = await fulfilled(doing.connection, AT_ONCE)
        return sum([await _noted(doing, one) for one in found])


async def _noted(doing: Acting, one: Fulfilled) -> bool:
    place = await entry_place(doing.connection, one.slot.entry)
    if place is None:
        return False
    day = one.ended_at.astimezone(VIETNAM).date()
    ending = SlotEnding(status=SlotStatus.DONE, done_on=day)
    if not await end(doing, place, one.slot, ending):
        return False
    shown = Evidence(
        id=0,
        entry=one.slot.entry,
        slot=one.slot.id,
        kind=EvidenceKind.BROADCAST,
        title=one.title,
        url="",
        file=None,
        happened_on=day,
        made_at=doing.now,
        made_by=None,
    )
    await show(doing, place, shown)
    return True
