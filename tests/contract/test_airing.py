"""The loudspeakers' list: laid down, ticked, taken back, called off, alike in both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from bot.casework.deeds import acting
from bot.newsroom import aired, airing, keeping
from bot.newsroom.refusing import Refused
from bot.officials.office_entries import Entry
from bot.storage.database import Database
from bot.storage.entry_place_rows import entry_place
from bot.storage.evidence_rows import Evidence, EvidenceKind, evidence_of
from bot.storage.reading_rows import count_unread, readings_of
from bot.storage.slot_change_rows import SlotEnding, add_slot
from bot.storage.slot_rows import slot_of
from broadcasts.approval import Refusal
from broadcasts.calendar import Proposal, Slot, SlotStatus
from broadcasts.readings import Reading, Round, Unfit, UnfitTimes
from broadcasts.routes import VIETNAM
from broadcasts.texts import Broadcast
from broadcasts.timing import Period
from tests.conftest import NOON, FrozenClock
from tests.fakes.newsroom import HOA, NAM, Newsroom, a_realm, a_wish
from tests.fakes.plans import put_entry, put_plan

TODAY = NOON.astimezone(VIETNAM).date()
MORROW = TODAY + timedelta(days=1)
HOUR = timedelta(hours=1)


class Station(Newsroom):
    """A newsroom whose news are read out too."""

    async def lay_down(
        self,
        one: Broadcast,
        *hours: time,
        first: date = TODAY,
        last: date = MORROW,
        stations: tuple[str, ...] = ("Thôn Một",),
    ) -> int:
        wish = Round(first=first, last=last, hours=hours or (time(17),), stations=stations)
        async with acting(self.database, self.clock, HOA) as doing:
            return await airing.lay_down(doing, self.realm, one.id, wish)

    async def readings(self, one: Broadcast) -> Sequence[Reading]:
        async with self.database.reading() as connection:
            return await readings_of(connection, one.id)

    async def read(self, one: Reading, read_at: datetime | None = None) -> None:
        async with acting(self.database, self.clock, NAM) as doing:
            await aired.tick(doing, one.id, read_at=read_at or one.due_at, note="Loa rõ")

    async def unread(self, one: Reading) -> None:
        async with acting(self.database, self.clock, NAM) as doing:
            await aired.untick(doing, one.id, "Ghi nhầm lần phát")

    async def a_slot(self) -> int:
        async with self.database.writing() as connection:
            entry = await put_entry(connection, await put_plan(connection, "xa"))
            wish = Proposal(span=Period(TODAY, TODAY), number=1, due_on=TODAY, last_on=TODAY)
            return await add_slot(connection, entry, wish)

    async def slot(self, number: int) -> tuple[Slot, list[Evidence]]:
        async with self.database.reading() as connection:
            slot = await slot_of(connection, number)
            assert slot
            return slot, list(await evidence_of(connection, [slot.entry]))


@pytest.fixture
def station(database: Database, clock: FrozenClock) -> Station:
    return Station(database, clock, a_realm())


async def test_an_approved_text_is_read_at_its_hours_and_laid_down_once(station: Station) -> None:
    one = await station.approved()
    assert await station.lay_down(one, time(6, 15), time(17), stations=("A", "B")) == 6
    with pytest.raises(UnfitTimes) as told:
        await station.lay_down(one, time(17), stations=("B",))
    assert told.value.why is Unfit.KNOWN
    assert await station.lay_down(one, time(17), stations=("C", "A")) == 2
    found = await station.readings(one)
    assert [one.due_at for one in found] == sorted(one.due_at for one in found)
    assert {(one.version, one.office, one.title, one.minutes) for one in found} == {
        (1, "xa", "Nghỉ Tết", 1)
    }
    assert (await station.deeds())[-2:] == ["readings_laid", "readings_laid"]


async def test_what_nobody_approved_is_not_read(station: Station) -> None:
    one = await station.submit(await station.create())
    with pytest.raises(Refused) as told:
        await station.lay_down(one)
    assert told.value.why is Refusal.ELSEWHERE


async def test_an_office_sets_the_hours_of_its_loudspeakers(station: Station) -> None:
    one = await station.approved()
    with pytest.raises(UnfitTimes) as told:
        await station.lay_down(one, time(5, 30))
    assert told.value.why is Unfit.HOURS
    hours = {"from": "05:00", "to": "06:30"}
    station.realm = a_realm(Entry(office="tinh", key="rule:loud_hours", value=hours))
    assert await station.lay_down(one, time(5, 30)) == 1
    with pytest.raises(UnfitTimes):
        await station.lay_down(one, time(17))


async def test_an_urgent_notice_is_read_at_any_hour(station: Station) -> None:
    one = await station.create(a_wish(urgent=True, kind="khan_cap"))
    await station.start_urgent(one)
    assert await station.lay_down(one, time(23, 30), last=TODAY) == 1


async def test_a_tick_shows_the_plan_to_be_done_and_taken_back_opens_it_again(
    station: Station,
) -> None:
    number = await station.a_slot()
    one = await station.approved(a_wish(slot=number))
    await station.lay_down(one, time(13), time(14), last=TODAY)
    first, second = await station.readings(one)
    station.clock.move(3 * HOUR)
    await station.read(first)
    slot, (piece,) = await station.slot(number)
    assert (slot.status, slot.done_on) == (SlotStatus.DONE, TODAY)
    assert (piece.kind, piece.made_by) == (EvidenceKind.READING, NAM.officer)
    assert piece.title == "Phát loa 13:00 20/11/2026, Thôn Một: Nghỉ Tết"
    await station.read(second)
    # Another tick still shows it: only the last one taken back opens the slot.
    await station.unread(first)
    slot, pieces = await station.slot(number)
    assert (slot.status, len(pieces)) == (SlotStatus.DONE, 1)
    await station.unread(second)
    slot, pieces = await station.slot(number)
    assert (slot.status, slot.note, pieces) == (SlotStatus.OPEN, "Ghi nhầm lần phát", [])
    assert [one.read_at for one in await station.readings(one)] == [None, None]


async def test_what_somebody_called_done_stays_done_when_a_tick_is_taken_back(
    station: Station,
) -> None:
    number = await station.a_slot()
    one = await station.approved(a_wish(slot=number))
    await station.lay_down(one, time(13), last=TODAY)
    (reading,) = await station.readings(one)
    station.clock.move(3 * HOUR)
    slot, _ = await station.slot(number)
    async with acting(station.database, station.clock, HOA) as doing:
        place = await entry_place(doing.connection, slot.entry)
        assert place
        done = SlotEnding(status=SlotStatus.DONE, done_on=TODAY)
        await keeping.end(doing, place, slot, done)
    await station.read(reading)
    await station.unread(reading)
    slot, pieces = await station.slot(number)
    assert (slot.status, pieces) == (SlotStatus.DONE, [])


async def test_a_reading_is_ticked_once_and_in_its_time(station: Station) -> None:
    one = await station.approved()
    await station.lay_down(one, time(13), last=TODAY)
    (reading,) = await station.readings(one)
    with pytest.raises(UnfitTimes) as told:
        await station.read(reading)
    assert told.value.why is Unfit.FUTURE
    station.clock.move(2 * HOUR)
    with pytest.raises(UnfitTimes) as told:
        await station.read(reading, reading.due_at - 14 * HOUR)
    assert told.value.why is Unfit.EARLY
    await station.read(reading)
    with pytest.raises(Refused):
        await station.read(reading)
    (kept,) = await station.readings(one)
    assert (kept.read_at, kept.read_by, kept.note) == (reading.due_at, NAM.officer, "Loa rõ")
    async with acting(station.database, station.clock, HOA) as doing:
        with pytest.raises(Refused):
            await airing.take_off(doing, kept, "Đã phát rồi")
    await station.unread(reading)
    with pytest.raises(Refused):
        await station.unread(reading)


async def test_an_edit_calls_off_what_is_to_come_and_keeps_what_is_over(station: Station) -> None:
    one = await station.approved()
    await station.lay_down(one, time(13), time(17))
    station.clock.move(2 * HOUR)
    await station.edit(one, a_wish("Xã nghỉ Tết từ ngày 15/02."))
    assert [one.due_at.astimezone(VIETNAM).hour for one in await station.readings(one)] == [13]
    deeds = await station.deeds()
    assert "readings_called_off" in deeds
    async with station.database.reading() as connection:
        later = station.clock.now() + timedelta(days=1)
        assert await count_unread(connection, {"xa"}, later) == 1
        assert await count_unread(connection, {"xa-b"}, later) == 0
        assert await count_unread(connection, None, later) == 1


async def test_one_reading_is_taken_off_with_a_reason(station: Station) -> None:
    one = await station.approved()
    await station.lay_down(one, last=TODAY)
    (reading,) = await station.readings(one)
    async with acting(station.database, station.clock, HOA) as doing:
        await airing.take_off(doing, reading, "Mất điện")
    assert await station.readings(one) == []
    with pytest.raises(Refused):
        await station.read(reading)


async def test_two_texts_are_not_written_for_one_time_of_the_plan(station: Station) -> None:
    number, other = await station.a_slot(), await station.a_slot()
    one = await station.create(a_wish(slot=number))
    with pytest.raises(Refused) as told:
        await station.create(a_wish(slot=number))
    assert told.value.why is Refusal.TAKEN
    second = await station.create(a_wish(slot=other))
    with pytest.raises(Refused):
        await station.edit(second, a_wish(slot=number))
    slot, _ = await station.slot(number)
    assert slot.broadcast == one.id
    await station.edit(one, a_wish(slot=number))
    await station.drop(one)
    await station.edit(second, a_wish(slot=number))
    assert (await station.slot(number))[0].broadcast == second.id
    assert (await station.slot(other))[0].broadcast is None
