"""Is somebody there on that day? Weekends and holidays are told as such, with their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.days import Calendar, named_days
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.officials.days_off import contradicting
from bot.officials.entry_values import day_value
from bot.officials.office_entries import Entry, Stood
from knowledge.models import DayOff, Snapshot, Source
from knowledge.rows import content_of, content_rows
from tests.factories import a_message

SATURDAY = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY = SATURDAY.date()


def told(desk: Desk, said: str) -> tuple[Outcome, str]:
    result = Conversation(desk).answer(a_message(said), ConversationState(), now=SATURDAY)
    return result.outcome, result.replies[-1].text


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("ngày 24/11 ủy ban có làm việc ko", "Thứ Ba 24/11/2026: NGHỈ (Ngày Văn hóa Việt Nam)."),
        ("24 thang 11 co lam viec khong", "Thứ Ba 24/11/2026: NGHỈ (Ngày Văn hóa Việt Nam)."),
        ("nghỉ lễ 24/11", "Thứ Ba 24/11/2026: NGHỈ (Ngày Văn hóa Việt Nam)."),
        ("mai có làm việc không", "Chủ nhật 22/11/2026: KHÔNG làm việc."),
        ("chủ nhật có làm không", "Chủ nhật 22/11/2026: KHÔNG làm việc."),
        ("cn xã có làm k", "Chủ nhật 22/11/2026: KHÔNG làm việc."),
        ("thứ 7 có làm không", "Thứ Bảy 21/11/2026: KHÔNG làm việc."),
        ("thu 7 tuan sau co lam viec khong", "Thứ Bảy 28/11/2026: KHÔNG làm việc."),
        ("hôm nay có làm không", "Thứ Bảy 21/11/2026: KHÔNG làm việc."),
        ("thứ hai xã có làm việc không", "Thứ Hai 23/11/2026: có làm việc, theo giờ dưới đây."),
        ("lễ 2/9 có làm việc không", "Thứ Năm 02/09/2027: NGHỈ (Quốc khánh)."),
        ("1/1 nghỉ không", "Thứ Sáu 01/01/2027: NGHỈ (Tết Dương lịch)."),
        (
            "tết này có nghỉ không",
            "Tết Nguyên đán Đinh Mùi: dự kiến NGHỈ từ 04/02/2027 đến 10/02/2027.",
        ),
        ("5/2/2027 có làm không", "Thứ Sáu 05/02/2027: dự kiến NGHỈ (Tết Nguyên đán Đinh Mùi)."),
    ],
)
def test_the_day_is_told_before_the_hours(desk: Desk, said: str, line: str) -> None:
    outcome, text = told(desk, said)
    assert outcome is Outcome.HOTLINE
    assert text.splitlines()[1] == line


def test_an_expected_holiday_waits_for_its_notice(desk: Desk) -> None:
    assert "chờ thông báo chính thức" in told(desk, "lịch nghỉ tết 2027")[1]


def test_of_an_office_without_hours_no_more_than_the_holiday_is_told(desk: Desk) -> None:
    assert desk.office is not None
    bare = replace(desk, office=replace(desk.office, hours=(), hours_note=""))
    assert "làm việc" not in told(bare, "thứ 7 có làm không")[1]
    assert "NGHỈ (Ngày Văn hóa" in told(bare, "24/11 có làm không")[1]


def test_a_day_worked_in_exchange_is_open() -> None:
    source = Source(name="Thông báo", seen=TODAY)
    exchanged = DayOff(name="làm bù", first=TODAY, last=TODAY, source=source, works=True)
    known = Calendar.of([exchanged]).on(TODAY)
    assert known is not None
    assert known.works


def test_a_day_worked_in_exchange_is_told_so(desk: Desk) -> None:
    source = Source(name="Thông báo", seen=TODAY)
    exchanged = DayOff(name="làm bù", first=TODAY, last=TODAY, source=source, works=True)
    text = told(replace(desk, calendar=Calendar.of([exchanged])), "hôm nay có làm không")[1]
    assert text.splitlines()[1] == "Thứ Bảy 21/11/2026: có làm việc (làm bù)."


def test_of_a_holiday_the_days_worked_all_the_same_are_told(desk: Desk) -> None:
    source = Source(name="Thông báo", seen=TODAY)
    day = date(2027, 2, 5)
    worked = DayOff(name="trực một cửa", first=day, last=day, source=source, works=True)
    entry = Entry(office="", key="day:2027-02-05", value=day_value(worked))
    stood = Stood(version="1", entries=(entry,))
    asked = a_message("tết này có nghỉ không")
    result = Conversation(desk, stood).answer(asked, ConversationState(), now=SATURDAY)
    lines = result.replies[-1].text.splitlines()
    assert "Tết Nguyên đán Đinh Mùi: dự kiến NGHỈ từ 04/02/2027 đến 10/02/2027." in lines
    assert "Thứ Sáu 05/02/2027: có làm việc (trực một cửa)." in lines


def test_the_whole_year_of_holidays_is_shipped_and_contradicts_itself_nowhere(
    snapshot: Snapshot,
) -> None:
    days = sorted(snapshot.days_off, key=lambda one: one.first)
    for year in (2026, 2027):
        told = {one.first.month for one in days if one.first.year == year and not one.works}
        assert {1, 2, 4, 5, 9, 11} <= told
    for number, one in enumerate(days):
        assert contradicting(one, days[:number]) is None


@pytest.mark.parametrize(
    "said",
    [
        "bé sinh ngày 24/11 giờ làm khai sinh cần gì",
        "em nghỉ việc ngày 24/11 làm trợ cấp thất nghiệp",
        "hộ chiếu hết hạn 24/11 đổi ở đâu",
        "bố mất hôm nay có làm khai tử luôn được không",
        "tiền mai táng có được không",
        "tết trung thu có quà không",
    ],
)
def test_a_day_in_a_story_is_no_question_of_hours(desk: Desk, said: str) -> None:
    assert told(desk, said)[0] is not Outcome.HOTLINE


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("31/2 có làm không", ()),
        ("mã 1.001193 có làm không", ()),
        ("cuối tuần", (date(2026, 11, 21), date(2026, 11, 22))),
        ("20/11 làm không", (date(2027, 11, 20),)),
        ("20/11/2026", (date(2026, 11, 20),)),
        ("thứ tư tuần sau", (date(2026, 11, 25),)),
        ("mai táng", ()),
        ("thứ hai 7/12", (date(2026, 12, 7),)),
        ("7/12 (thứ hai)", (date(2026, 12, 7),)),
        ("7/12 là thứ 3", (date(2026, 12, 7),)),
        ("t2 ngày 7 tháng 12", (date(2026, 12, 7),)),
        ("thứ 7/12", (date(2026, 12, 7),)),
        ("7/12 hay thứ tư", (date(2026, 12, 7), date(2026, 11, 25))),
    ],
)
def test_days_are_read_as_they_are_named(said: str, days: tuple[date, ...]) -> None:
    assert named_days(said, TODAY) == days


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["thứ hai", "thứ 3", "t4", "Thứ Năm", "thu sau", "thứ bảy", "chủ nhật", "cn"]),
    st.sampled_from(["{weekday} {day}", "{weekday}, {day}", "{weekday} ({day})", "{day} {weekday}",
                     "{day} là {weekday}", "{weekday} ngày {day}", "{weekday} tuần sau {day}"]),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d tháng %m năm %Y"]),
)  # fmt: skip
def test_beside_a_date_no_other_day_is_read(
    day: date, weekday: str, order: str, form: str
) -> None:
    said = order.format(weekday=weekday, day=day.strftime(form))
    assert named_days(f"{said} có làm việc không", TODAY) == (day,)


def test_a_date_taken_for_another_day_of_the_week_is_told_with_its_own(desk: Desk) -> None:
    outcome, text = told(desk, "thứ ba 7/12 có làm việc không")
    assert outcome is Outcome.HOTLINE
    assert text.count("/12/2026") == 1
    assert "Thứ Hai 07/12/2026" in text
    assert "/11/2026" not in text


def test_days_off_are_published_with_the_content(snapshot: Snapshot) -> None:
    assert snapshot.days_off
    rows = content_rows(Snapshot(days_off=snapshot.days_off))
    assert content_of(rows).days_off == snapshot.days_off  # type: ignore[arg-type]
