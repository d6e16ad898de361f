"""The year of a plan: an entry a row, and in words why a row counts nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.console.plans.grid import YearRow, shown, year_rows
from bot.storage.entry_place_rows import EntryPlace
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.timing import Period, read_timing
from broadcasts.timing.wire import timing_to_json

TODAY = date(2026, 11, 20)


def a_place(number: int, phrase: str, parent: int | None = None) -> EntryPlace:
    return EntryPlace(
        id=number,
        plan=1,
        parent=parent,
        office="xa-a",
        no=str(number),
        content="Chuyên mục",
        timing=timing_to_json(read_timing(phrase, year=2026)),
        officer=None,
        open=True,
    )


def a_slot(entry: int, day: date, **more: Any) -> Slot:
    told: dict[str, Any] = {"status": SlotStatus.OPEN} | more
    span = Period(day, day)
    return Slot(id=entry, entry=entry, span=span, number=1, due_on=day, last_on=day, **told)


def rows_of(places: list[EntryPlace], slots: list[Slot]) -> dict[int, YearRow]:
    return {one.place.id: one for one in year_rows(tuple(shown(slots, places, TODAY)), places)}


def test_an_entry_with_parts_is_done_by_its_parts_and_has_no_row() -> None:
    places = [a_place(1, "Quý IV"), a_place(2, "Quý IV", parent=1)]
    assert rows_of(places, []).keys() == {2}


def test_a_row_without_a_count_tells_why() -> None:
    places = [a_place(1, "Thường xuyên"), a_place(2, "Quý II"), a_place(3, "vào dịp thích hợp")]
    over = a_slot(2, date(2026, 5, 20), status=SlotStatus.UNRECORDED)
    told = rows_of(places, [over])
    assert {number: (one.continuous, one.past) for number, one in told.items()} == {
        1: (True, False),
        2: (False, True),
        3: (False, False),
    }
    assert not any(one.planned for one in told.values())


def test_a_month_counts_what_was_asked_for_done_and_is_late() -> None:
    done = {"status": SlotStatus.DONE, "done_on": date(2026, 10, 5)}
    slots = [
        a_slot(1, date(2026, 10, 5), **done),
        a_slot(1, date(2026, 10, 20)),
        a_slot(1, date(2026, 10, 21), status=SlotStatus.DROPPED),
    ]
    row = rows_of([a_place(1, "02 số/tháng")], slots)[1]
    month = row.months[9]
    assert (month.planned, month.done, month.late) == (2, 1, 1)
    assert (row.planned, row.done, row.late) == (2, 1, 1)
