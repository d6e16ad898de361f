"""A tick: what a plan proposes for a day that was closed since is proposed for another day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from bot.casework.deeds import CLOCKWORK, acting
from bot.clock import VIETNAM, Clock
from bot.newsroom.realm import Realm
from bot.storage.database import Database
from bot.storage.entry_place_rows import EntryPlace, places_in_force
from bot.storage.slot_change_rows import apply_layout
from bot.storage.slot_rows import slots_of_entries
from broadcasts.calendar import Slot, SlotFlag, SlotStatus, WorkingDays, propose
from broadcasts.calendar.laying_out import Layout, laid_out
from broadcasts.timing.wire import timing_from_json

NOTHING: Final = Layout(new=(), moved=(), gone=())


async def clear_days_off(database: Database, clock: Clock, realm: Callable[[], Realm]) -> int:
    """Move open times of plans in force off days that are closed; give how many.

    What a person moved, and what is flagged for a person, stays.
    """
    today = clock.now().astimezone(VIETNAM).date()
    known, moved = realm(), 0
    async with acting(database, clock, CLOCKWORK) as doing:
        for year in (today.year, today.year + 1):
            places = await places_in_force(doing.connection, None, year)
            slots = await slots_of_entries(doing.connection, [one.id for one in places])
            for place in places:
                works = known.hours(place.office).is_working
                mine = [slot for slot in slots if slot.entry == place.id]
                layout = _cleared(place, mine, works, today)
                if layout.moved:
                    await apply_layout(doing.connection, place.id, layout)
                moved += len(layout.moved)
    return moved


def _cleared(place: EntryPlace, slots: Iterable[Slot], works: WorkingDays, today: date) -> Layout:
    closed = [one for one in slots if _untouched(one, today) and not works(one.due_on)]
    if not closed:
        return NOTHING
    layout = laid_out(closed, propose(timing_from_json(place.timing), works), since=today)
    return replace(NOTHING, moved=layout.moved)


def _untouched(slot: Slot, today: date) -> bool:
    ahead = slot.due_on >= today and slot.status is SlotStatus.OPEN
    return ahead and not slot.by_hand and slot.flag is SlotFlag.NONE
