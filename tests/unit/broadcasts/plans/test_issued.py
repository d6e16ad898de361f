"""Plans as offices issued them, read where they lie beside the project; not part of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcasts.plans.comparing import flat
from broadcasts.plans.models import EntryKind, Plan, PlanReaders
from broadcasts.plans.reader import read_plan
from broadcasts.plans.reading.files import read_document
from broadcasts.timing import Per, TimingKind, read_timing

ISSUED = Path(__file__).parents[5] / "shared" / "plans"
pytestmark = pytest.mark.skipif(not ISSUED.is_dir(), reason="no issued plans beside the project")


def _read(name: str, year: int) -> Plan:
    return read_plan(read_document(ISSUED / f"{name}-{year}.txt"), year, read_timing)


def test_an_nhon_has_six_entries_with_units_whole_over_the_page_break() -> None:
    plan = _read("an-nhon", 2023)
    assert [one.no for one in plan.entries] == ["1", "2", "3", "4", "5", "6"]
    assert plan.entries[0].lead == (
        "Văn phòng HĐND và UBND thị xã",
        "Phòng Nội vụ",
        "Trung tâm Văn hóa – Thông tin – Thể thao thị xã",
    )
    assert plan.entries[0].cooperating == ("Các cơ quan, đơn vị, UBND các xã, phường",)
    assert plan.entries[4].timing.end == date(2023, 12, 15)
    assert (plan.date, plan.issuer) == (None, "Ủy ban nhân dân thị xã An Nhơn")
    assert (len(plan.purposes), len(plan.forms), len(plan.duties)) == (6, 5, 14)


def test_phu_tho_has_five_entries_and_four_activities_in_the_first() -> None:
    plan = _read("phu-tho", 2024)
    assert len(plan.entries) == 5
    times = [one.timing for one in plan.entries[0].entries]
    assert [(one.kind, one.count, one.per) for one in times[:3]] == [
        (TimingKind.RECURRING, 2, Per.MONTH),
        (TimingKind.RECURRING, 1, Per.YEAR),
        (TimingKind.RECURRING, 1, Per.YEAR),
    ]
    assert (times[3].start, times[3].end) == (date(2024, 10, 1), date(2024, 12, 31))
    assert plan.issuer == "UBND tỉnh Phú Thọ"
    assert {one.readers for one in plan.forms} == {PlanReaders.OFFICIAL, PlanReaders.CITIZEN}


def test_binh_dinh_has_five_entries_with_their_forms() -> None:
    plan = _read("binh-dinh-so-noi-vu", 2022)
    assert len(plan.entries) == 5
    assert plan.entries[1].content.endswith("giải quyết của Sở Nội vụ được công bố")
    assert plan.entries[1].forms == (
        "Trên Trang thông tin điện tử của Sở",
        "Trung tâm Phục vụ hành chính công tỉnh",
    )
    assert all(
        one.cooperating == ("Các cơ quan, đơn vị thuộc, trực thuộc Sở",) for one in plan.entries
    )
    assert all(one.audience is PlanReaders.OFFICIAL for one in plan.entries)


def test_thanh_da_and_cam_my_are_read_by_duties() -> None:
    small, large = _read("thanh-da", 2025), _read("cam-my", 2021)
    assert (len(small.entries), len(large.entries)) == (9, 21)
    assert {one.kind for one in (*small.entries, *large.entries)} == {EntryKind.DUTY}
    assert all(one.lead for one in (*small.entries, *large.entries))
    assert small.entries[0].lead == ("Công chức VH-XH",)
    assert (large.number, large.date) == ("57/KH-UBND", date(2021, 3, 5))


def test_cam_my_has_its_deadline_and_its_four_reports() -> None:
    entries = _read("cam-my", 2021).entries
    assert entries[0].time_text == "hoàn thành trong quý I/2021"
    assert entries[0].timing.end == date(2021, 3, 31)
    assert entries[4].time_text == "định kỳ 3 tháng, 6 tháng, 9 tháng và năm"
    assert len(entries[4].timing.periods) == 4
    assert entries[5].cooperating == ("Phòng Văn hóa và Thông tin", "Phòng Nội vụ")


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("an-nhon", 2023),
        ("phu-tho", 2024),
        ("binh-dinh-so-noi-vu", 2022),
        ("thanh-da", 2025),
        ("cam-my", 2021),
    ],
)
def test_every_time_of_the_tables_is_understood(name: str, year: int) -> None:
    flags = [flag.code for one in flat(_read(name, year).entries) for flag in one.flags]
    assert set(flags) <= {"no_time", "timing_unclear"}
    assert flags.count("timing_unclear") == (1 if name == "thanh-da" else 0)
