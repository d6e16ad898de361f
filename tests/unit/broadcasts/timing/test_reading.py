"""What a calendar needs besides kind, days and count: single stretches, excluded days, notes."""

from __future__ import annotations

from datetime import date

import pytest

from broadcasts.timing import Per, Period, Timing, YearOutOfRange, read_timing


def read(phrase: str) -> Timing:
    return read_timing(phrase, year=2024)


def stretches(phrase: str) -> list[str]:
    return [f"{one.start:%m-%d}/{one.end:%m-%d}" for one in read(phrase).periods]


def test_a_list_gives_each_stretch() -> None:
    assert stretches("Tháng 3, 6, 9") == ["03-01/03-31", "06-01/06-30", "09-01/09-30"]
    assert stretches("Quý I và quý III") == ["01-01/03-31", "07-01/09-30"]


def test_the_end_of_each_quarter_is_its_last_month() -> None:
    assert stretches("cuối mỗi quý") == [
        "03-01/03-31",
        "06-01/06-30",
        "09-01/09-30",
        "12-01/12-31",
    ]


def test_days_of_each_month_are_given_one_by_one() -> None:
    given = stretches("ngày 05 và 20 hằng tháng")
    assert given[:4] == ["01-05/01-05", "01-20/01-20", "02-05/02-05", "02-20/02-20"]
    assert len(given) == 24


def test_a_month_without_the_day_takes_its_last_and_says_so() -> None:
    timing = read("ngày 30 hằng tháng")
    assert timing.periods[1] == Period(date(2024, 2, 29), date(2024, 2, 29))
    assert "cuối tháng" in timing.note
    assert "cuối tháng" not in read("ngày 28 hằng tháng").note


def test_every_monday_of_the_year_is_given() -> None:
    mondays = read("thứ Hai hằng tuần").periods
    assert {one.start.weekday() for one in mondays} == {0}
    assert len(mondays) == 53


def test_weekdays_from_one_to_another_are_all_given() -> None:
    assert stretches("từ thứ Hai đến thứ Sáu hằng tuần")[:6] == [
        f"01-0{day}/01-0{day}" for day in (1, 2, 3, 4, 5, 8)
    ]


def test_the_first_monday_of_each_month_is_a_monday_of_its_first_seven_days() -> None:
    firsts = read("thứ Hai đầu tiên hằng tháng").periods
    assert len(firsts) == 12
    assert all(one.start.weekday() == 0 and one.start.day <= 7 for one in firsts)


def test_a_deadline_of_each_month_lasts_from_its_first_day() -> None:
    timing = read("trước ngày 25 hằng tháng")
    assert timing.before
    assert timing.periods[5] == Period(date(2024, 6, 1), date(2024, 6, 25))
    assert not read("chậm nhất ngày 25 hằng tháng").before


def test_a_deadline_in_the_month_after_may_lie_in_the_year_after() -> None:
    last = read("hằng tháng, trước ngày 05 tháng sau").periods[-1]
    assert last == Period(date(2024, 12, 1), date(2025, 1, 5))


def test_the_day_of_the_last_month_of_each_quarter() -> None:
    for phrase in ("trước ngày 15 tháng cuối quý", "trước ngày 15 tháng cuối mỗi quý"):
        ends = [one.end for one in read(phrase).periods]
        assert ends == [date(2024, month, 15) for month in (3, 6, 9, 12)]


def test_deadlines_follow_on_one_another() -> None:
    timing = read("trước ngày 15/6 và 15/12")
    assert stretches("trước ngày 15/6 và 15/12") == ["01-01/06-15", "06-16/12-15"]
    assert timing.before


def test_every_two_months_gives_six_stretches() -> None:
    assert stretches("1 lần/2 tháng")[:2] == ["01-01/02-29", "03-01/04-30"]
    assert len(stretches("1 lần/2 tháng")) == 6


def test_reports_on_the_year_so_far_follow_on_one_another() -> None:
    assert stretches("3 tháng, 6 tháng, 9 tháng và năm")[1] == "04-01/06-30"


def test_a_plain_measure_has_no_single_stretches() -> None:
    assert read("02 số/tháng").periods == ()


@pytest.mark.parametrize(
    ("phrase", "before"),
    [("trước 15/12", True), ("chậm nhất 15/12", False), ("đến hết 15/12", False),
     ("chậm nhất trước 15/12", True), ("trước tháng 7", False), ("từ 1/3 đến trước 30/6", True)],
)  # fmt: skip
def test_whether_the_last_day_itself_is_excluded(phrase: str, before: bool) -> None:
    assert read(phrase).before is before


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("trước 15/12", "15/12/2024"),
        ("trước tháng 7", "30/06/2024"),
        ("từ tháng 4", "hết năm"),
        ("đầu năm", "31/03/2024"),
        ("ít nhất 1 lần/quý", "tối thiểu"),
        ("tối đa 1 lần/quý", "tối đa"),
        ("2 - 3 bài/tháng", "2–3"),
        ("khoảng 2 bài/tháng", "ước chừng"),
        ("dự kiến tháng 6", "dự kiến"),
        ("thường xuyên, cao điểm tháng 10", "tháng 10"),
        ("17h00 thứ Hai hằng tuần", "17h00"),
        ("mỗi ngày 2 lần", "2 lần"),
        ("1 lần/4 tháng", "4 tháng"),
        ("thường xuyên, 1 lần/quý", "định mức"),
        ("quý II (sau khi có hướng dẫn)", "sau khi có hướng dẫn"),
        ("quý IV hằng năm", "2024"),
        ("tháng 3, 6", "danh sách"),
        ("định kỳ 6 tháng, năm", "ngày nộp"),
        ("Quý V", "Quý V"),
        ("Quý I/2023", "2023"),
        ("khi có văn bản của tỉnh", "khi có văn bản của tỉnh"),
        ("trong vòng 5 ngày", "5 ngày"),
        ("   ", "Chưa ghi"),
        ("a" * 2000, "Không thấy thời gian"),
    ],
)
def test_the_note_says_what_matters(phrase: str, words: str) -> None:
    assert words in read(phrase).note


def test_what_is_taken_as_written_needs_no_note() -> None:
    for phrase in ("Thường xuyên", "02 số/tháng", "Quý IV/2024", "15/6", "chậm nhất 15/12"):
        assert read(phrase).note == ""


@pytest.mark.parametrize("year", [1999, 2101, -1, 0])
def test_a_year_no_plan_has_is_refused(year: int) -> None:
    with pytest.raises(YearOutOfRange, match="2000"):
        read_timing("Quý II", year=year)


@pytest.mark.parametrize("year", [2000, 2100])
def test_the_first_and_the_last_year_are_read(year: int) -> None:
    assert read_timing("trong năm", year=year).end == date(year, 12, 31)
    assert read_timing("thứ Hai hằng tuần", year=year).per is Per.WEEK
