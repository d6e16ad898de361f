"""Use cases: the tick that a text was read over the loudspeakers, and the same taken back.

Where the text was written for a time of the plan, the tick is evidence of it, and the first one
ends it. Taken back, the evidence goes, and the slot it ended is open again unless another tick
shows that it was done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.casework.deeds import Acting
from bot.clock import VIETNAM
from bot.newsroom.keeping import end, show, take_away
from bot.newsroom.refusing import Refused
from bot.newsroom.wording import words
from bot.officials.audit import Deed
from bot.storage import reading_rows
from bot.storage.entry_place_rows import EntryPlace, entry_place
from bot.storage.evidence_rows import Evidence, EvidenceKind, evidence_of
from bot.storage.slot_broadcast_rows import slot_with
from bot.storage.slot_change_rows import SlotEnding
from broadcasts.approval import Refusal
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.readings import Reading

LONGEST_TITLE: Final = 300


async def tick(acting: Acting, number: int, *, read_at: datetime, note: str = "") -> Reading:
    """Say that a reading was read out at ``read_at``.

    Raises:
        Refused: it was ticked before, or is off the list.
        UnfitTimes: the moment is still to come, or before the day it was laid down for.
    """
    reading = await _held(acting, number, read=False)
    reading.require_tick(read_at, acting.now)
    piece, ended = await _fulfil(acting, reading, read_at)
    await reading_rows.tick(
        acting.connection,
        reading.id,
        read_at=read_at,
        by=acting.by.officer,
        note=note,
        evidence=piece,
        ended_slot=ended,
    )
    _did(acting, reading, "reading_ticked", {"read_at": read_at}, note)
    return replace(reading, read_at=read_at, evidence=piece, ended_slot=ended)


async def untick(acting: Acting, number: int, reason: str) -> None:
    """Take the tick back, with what it brought about.

    Raises:
        Refused: it was not ticked, or somebody took it back before.
    """
    reading = await _held(acting, number, read=True)
    await _unfulfil(acting, reading, reason)
    await reading_rows.tick(
        acting.connection,
        reading.id,
        read_at=None,
        by=None,
        note="",
        evidence=None,
        ended_slot=False,
    )
    _did(acting, reading, "reading_unticked", {}, reason)


async def _held(acting: Acting, number: int, *, read: bool) -> Reading:
    reading = await reading_rows.reading_of(acting.connection, number, lock=True)
    if reading is None or (reading.read_at is not None) is not read:
        raise Refused(Refusal.ELSEWHERE)
    return reading


async def _fulfil(acting: Acting, reading: Reading, read_at: datetime) -> tuple[int | None, bool]:
    """Show the slot of the plan to be done; give the evidence, and whether it was open."""
    found = await _slot_of(acting, reading)
    if found is None:
        return None, False
    slot, place = found
    day = read_at.astimezone(VIETNAM).date()
    ending = SlotEnding(status=SlotStatus.DONE, done_on=day, done_by=acting.by.officer)
    ended = slot.status is SlotStatus.OPEN and await end(acting, place, slot, ending)
    at = f"{read_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    told = {"at": at, "station": reading.station, "title": reading.title}
    piece = Evidence(
        id=0,
        entry=slot.entry,
        slot=slot.id,
        kind=EvidenceKind.READING,
        title=words("reading")["shown"].format(**told)[:LONGEST_TITLE],
        url="",
        file=None,
        happened_on=day,
        made_at=acting.now,
        made_by=acting.by.officer,
    )
    return await show(acting, place, piece), ended


async def _unfulfil(acting: Acting, reading: Reading, reason: str) -> None:
    found = await _slot_of(acting, reading)
    if found is None:
        return
    slot, place = found
    for piece in await evidence_of(acting.connection, [slot.entry]):
        if piece.id == reading.evidence:
            await take_away(acting, place, piece, reason)
    if not reading.ended_slot or await reading_rows.hand_on(acting.connection, reading):
        return
    if slot.status is SlotStatus.DONE:
        await end(acting, place, slot, SlotEnding(status=SlotStatus.OPEN, note=reason))


async def _slot_of(acting: Acting, reading: Reading) -> tuple[Slot, EntryPlace] | None:
    slot = await slot_with(acting.connection, reading.broadcast)
    place = await entry_place(acting.connection, slot.entry) if slot else None
    return (slot, place) if slot and place else None


def _did(
    acting: Acting, reading: Reading, action: str, after: dict[str, object], note: str
) -> None:
    told = {"broadcast": reading.broadcast, "version": reading.version, "air_at": reading.due_at}
    acting.did(
        Deed(
            action=action,
            office=reading.office,
            kind="reading",
            subject=str(reading.id),
            before=told | {"station": reading.station, "read_at": reading.read_at},
            after=after,
            note=note,
        )
    )
