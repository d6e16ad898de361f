"""Keeping a plan's calendar: slots laid out, moved, done or dropped, and shown to be done."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage.entry_place_rows import EntryPlace, entry_places
from bot.storage.evidence_rows import Evidence, add_evidence, remove_evidence
from bot.storage.slot_change_rows import SlotEnding, add_slot, apply_layout, end_slot, move_slot
from bot.storage.slot_rows import slots_of_entries
from broadcasts.calendar import Proposal, Slot, SlotStatus, WorkingDays, propose
from broadcasts.calendar.laying_out import laid_out
from broadcasts.timing.wire import timing_from_json

KIND: Final = "slot"


async def lay_out(acting: Acting, plan: int, works: WorkingDays, *, since: date) -> int:
    """Propose the times of every open entry of ``plan``; give how many slots were made.

    An entry with parts is done by doing its parts. What people did or moved stays.
    """
    places = await entry_places(acting.connection, plan)
    whole = {one.parent for one in places}
    single = [one for one in places if one.open and one.id not in whole]
    slots = await slots_of_entries(acting.connection, [one.id for one in single])
    made = 0
    for one in single:
        mine = [slot for slot in slots if slot.entry == one.id]
        layout = laid_out(mine, propose(timing_from_json(one.timing), works), since=since)
        await apply_layout(acting.connection, one.id, layout)
        made += len(layout.new)
    return made


async def add_one(acting: Acting, place: EntryPlace, wish: Proposal) -> int:
    """Ask for an entry once more than was proposed; give the slot."""
    slot = await add_slot(acting.connection, place.id, wish)
    acting.did(
        Deed(
            action="slot_added",
            office=place.office,
            kind=KIND,
            subject=str(slot),
            after={"due_on": wish.due_on.isoformat(), "last_on": wish.last_on.isoformat()},
        )
    )
    return slot


async def move(
    acting: Acting, place: EntryPlace, slot: Slot, *, due_on: date, last_on: date
) -> None:
    """Put a slot on the day a person chose."""
    await move_slot(acting.connection, slot.id, due_on=due_on, last_on=last_on)
    acting.did(
        Deed(
            action="slot_moved",
            office=place.office,
            kind=KIND,
            subject=str(slot.id),
            before={"due_on": slot.due_on.isoformat(), "last_on": slot.last_on.isoformat()},
            after={"due_on": due_on.isoformat(), "last_on": last_on.isoformat()},
        )
    )


async def end(acting: Acting, place: EntryPlace, slot: Slot, ending: SlotEnding) -> bool:
    """Say that a slot is done, not asked for, or open again; false when it changed meanwhile."""
    if not await end_slot(acting.connection, slot.id, slot.status, ending):
        return False
    acting.did(
        Deed(
            action=ACTS[ending.status],
            office=place.office,
            kind=KIND,
            subject=str(slot.id),
            before={"status": slot.status},
            after={
                "status": ending.status,
                "done_on": ending.done_on.isoformat() if ending.done_on else "",
            },
            note=ending.note,
        )
    )
    return True


ACTS: Final = {
    SlotStatus.DONE: "slot_done",
    SlotStatus.DROPPED: "slot_dropped",
    SlotStatus.OPEN: "slot_reopened",
    SlotStatus.UNRECORDED: "slot_unrecorded",
}


async def show(acting: Acting, place: EntryPlace, evidence: Evidence) -> int:
    """Add what shows that something was done; give its row."""
    row = await add_evidence(acting.connection, evidence)
    acting.did(
        Deed(
            action="evidence_added",
            office=place.office,
            kind="evidence",
            subject=str(row),
            after={
                "entry": evidence.entry,
                "slot": evidence.slot,
                "kind": evidence.kind,
                "title": evidence.title,
                "happened_on": evidence.happened_on.isoformat(),
            },
        )
    )
    return row


async def take_away(acting: Acting, place: EntryPlace, evidence: Evidence, reason: str) -> bool:
    """Take a piece of evidence back, with the reason; false when it was gone."""
    if not await remove_evidence(acting.connection, evidence.id):
        return False
    acting.did(
        Deed(
            action="evidence_removed",
            office=place.office,
            kind="evidence",
            subject=str(evidence.id),
            before={"title": evidence.title, "kind": evidence.kind},
            note=reason,
        )
    )
    return True
