"""What officers do with a plan: import it, see to each of its times, or fail to."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.casework.deeds import acting
from bot.newsroom import keeping, planning
from bot.storage.entry_place_rows import entry_place
from bot.storage.plan_rows import Issued, entries_of
from bot.storage.slot_broadcast_rows import tie_broadcast
from bot.storage.slot_change_rows import SlotEnding
from bot.storage.slot_rows import slots_of_entries
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.plans.reader import read_plan
from broadcasts.plans.reading.files import read_document
from broadcasts.texts import Broadcast
from broadcasts.timing import read_timing
from tests.fakes.newsroom import NAM
from tests.fakes.years.habits import DAY
from tests.fakes.years.people import Officers, at
from tests.fakes.years.plans import Kind
from tests.fakes.years.reckoning import HERE
from tests.fakes.years.stage import Story

# How likely each fate of a slot is, in percent.
FATES: Final = (
    ("on_time", 52), ("returned", 7), ("edited", 8), ("late", 7), ("overdue", 5), ("never", 7),
    ("moved", 5), ("outside", 5), ("dropped", 2), ("called_off", 2),
)  # fmt: skip


async def plan_year(
    who: Officers, kind: Kind, year: int, folder: Path, issued: Path | None
) -> Story:
    """Import the plan in January, put it in force, and see to each of its times."""
    stage = who.stage
    yield at(date(year, 1, 8 + stage.dice.randrange(8)), 9)
    document = read_document(kind.written(year, folder, issued))
    plan = read_plan(document, year, read_timing)
    async with acting(stage.database, stage.clock, NAM) as doing:
        digest = sha256(f"{kind.name}{year}".encode()).hexdigest()
        taken = await planning.take_in(doing, plan, Issued(office=who.office, digest=digest))
        entries = [one.id for one in await entries_of(doing.connection, taken.plan)]
        for entry in entries:
            await planning.mend_entry(doing, entry, {"officer": who.officer})
        await planning.put_in_force(doing, taken.plan)
        works = stage.realm().hours(who.office).is_working
        today = stage.clock.now().astimezone(HERE).date()
        await keeping.lay_out(doing, taken.plan, works, since=today)
        slots = await slots_of_entries(doing.connection, entries)
    names, weights = zip(*FATES, strict=True)
    for slot in slots:
        if slot.status is SlotStatus.OPEN:
            (fate,) = stage.dice.choices(names, weights)
            stage.notes.count(f"slot {fate}")
            stage.play(carry_out(who, slot, fate))


async def carry_out(who: Officers, slot: Slot, fate: str) -> Story:
    """See to one time of the plan as its ``fate`` is."""
    due_on = slot.due_on
    if fate == "never":
        return
    if fate in ("outside", "dropped"):
        yield at(due_on, 15)
        await _end(who, slot, fate)
        return
    if fate == "moved":
        yield at(due_on - 6 * DAY, 9)
        due_on = min(due_on + 3 * DAY, slot.last_on)
        await _move(who, slot, due_on)
    late = {"late": due_on + DAY, "overdue": slot.last_on + 2 * DAY}
    ready = late.get(fate, due_on - 3 * DAY)
    yield at(ready - DAY, 9)
    made = await _write(who, slot)
    yield at(ready - DAY, 9, 27)
    await who.newsroom.submit(made)
    if fate == "returned":
        yield at(ready - DAY, 10, 17)
        await who.newsroom.give_back(made, "bổ sung nguồn")
        yield at(ready - DAY, 14, 17)
        await who.newsroom.edit(made, who.wish(entry=slot.entry, slot=slot.id))
        await who.newsroom.submit(made)
    yield at(ready, 10)
    await who.newsroom.approve(made)
    when = max(at(due_on, 8, 0), who.stage.clock.now())
    await who.start(made, when)
    yield at(due_on - DAY, 15, 17)
    if fate in ("edited", "called_off") and who.stage.clock.now() < when:
        await _think_again(who, made, slot, when if fate == "edited" else None)


async def _think_again(who: Officers, made: Broadcast, slot: Slot, when: datetime | None) -> None:
    """Call off what was scheduled; write it anew and have it approved for ``when``."""
    await who.called_off(made)
    if when is None:
        await who.newsroom.cancel(made)
        return
    await who.newsroom.edit(made, who.wish(entry=slot.entry, slot=slot.id))
    await who.newsroom.approve(await who.newsroom.submit(made))
    await who.start(made, when)


async def _move(who: Officers, slot: Slot, due_on: date) -> None:
    async with acting(who.stage.database, who.stage.clock, NAM) as doing:
        place = await entry_place(doing.connection, slot.entry)
        assert place
        await keeping.move(doing, place, slot, due_on=due_on, last_on=slot.last_on)


async def _end(who: Officers, slot: Slot, fate: str) -> None:
    stage = who.stage
    done = fate == "outside"
    ending = SlotEnding(
        status=SlotStatus.DONE if done else SlotStatus.DROPPED,
        done_on=slot.due_on if done else None,
        done_by=who.officer,
        note="làm ở hội nghị" if done else "trùng mục khác",
    )
    async with acting(stage.database, stage.clock, NAM) as doing:
        place = await entry_place(doing.connection, slot.entry)
        assert place
        if await keeping.end(doing, place, slot, ending):
            stage.notes.outside.add(slot.id)


async def _write(who: Officers, slot: Slot) -> Broadcast:
    made = await who.newsroom.create(who.wish(entry=slot.entry, slot=slot.id))
    async with acting(who.stage.database, who.stage.clock, NAM) as doing:
        await tie_broadcast(doing.connection, slot.id, made.id)
    return made
