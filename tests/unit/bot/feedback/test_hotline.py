"""Exports of a hotline: headings by meaning, days in Vietnamese ways, rows and their faults."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.clock import VIETNAM
from bot.feedback.hotline.columns import Column, column_of, headings_of
from bot.feedback.hotline.judging import Fate, judged
from bot.feedback.hotline.moments import moment_of
from bot.feedback.hotline.reading import DEEPEST, Export
from bot.feedback.hotline.rows import HotlineRow, row_of
from bot.feedback.kinds import Kind
from knowledge.tabular.grid import UnreadableFile
from knowledge.tabular.sheet_rows import SheetRow, Value

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HEADS: dict[int, Value] = {
    1: "Mã PA", 2: "Ngày tiếp nhận", 3: "Nội dung", 4: "Loại", 5: "SĐT", 6: "Hạn xử lý",
    7: "Trạng thái", 8: "Lĩnh vực", 9: "Mức độ", 10: "Địa chỉ sự việc", 11: "Kết quả xử lý",
    12: "Người phản ánh",
}  # fmt: skip
ROW: dict[int, Value] = {1: "A-1", 2: "20/11/2026 08:30", 3: "Đèn đường thôn Đông tắt ba hôm nay"}


def a_row(cells: dict[int, Value]) -> HotlineRow:
    headings = headings_of({place: str(text) for place, text in HEADS.items()})
    read = row_of(7, ROW | cells, headings, NOW)
    assert isinstance(read, HotlineRow), read
    return read


def faults(cells: dict[int, Value]) -> list[tuple[int, str]]:
    headings = headings_of({place: str(text) for place, text in HEADS.items()})
    read = row_of(7, ROW | cells, headings, NOW)
    assert isinstance(read, list), read
    return [(one.row, one.column) for one in read]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("MÃ PHẢN ÁNH", Column.OUTER),
        ("Thời gian tiếp nhận (ngày/giờ)", Column.RECEIVED),
        ("Nội dung phản ánh, kiến nghị", Column.WORDS),
        ("Nội dung trả lời", Column.RESULT),
        ("Địa chỉ sự việc", Column.PLACE),
        ("Địa chỉ", Column.ADDRESS),
        ("Hạn xử lý theo quy định", Column.DUE),
        ("SĐT người phản ánh", Column.PHONE),
        ("Họ tên cán bộ xử lý", None),
        ("Điện thoại cán bộ", None),
        ("Ghi chú", None),
        ("", None),
    ],
)
def test_headings_are_known_by_what_they_mean(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


def test_of_two_headings_that_mean_the_same_the_first_counts() -> None:
    headings = headings_of({1: "STT", 2: "Nội dung", 3: "Nội dung chi tiết", 4: "Ghi chú"})
    assert headings.places == {Column.WORDS: 2}
    assert headings.unknown == ("Nội dung chi tiết", "Ghi chú")


@pytest.mark.parametrize(
    "said",
    [
        "21/11/2026 14:05",
        "14:05 21/11/2026",
        "21-11-2026 14h05",
        "2026-11-21T14:05:00",
        "14 giờ 05 phút ngày 21/11/2026",
        "14g05, ngày 21 tháng 11 năm 2026",
        "Thứ Bảy, 21/11/26 2:05:00 CH",
        "21.11.2026 02:05 PM",
        datetime(2026, 11, 21, 14, 5),  # noqa: DTZ001 - Excel knows no zones
        46347 + (14 * 60 + 5) / 1440,
    ],
)
def test_a_moment_is_read_however_it_is_written(said: object) -> None:
    moment = moment_of(said)
    assert moment.at == datetime(2026, 11, 21, 14, 5, tzinfo=VIETNAM)
    assert not moment.is_day


def test_a_day_without_an_hour_is_a_day_and_half_past_twelve_at_night_is_no_noon() -> None:
    for said in ("21/11/2026", "ngày 21 tháng 11 năm 2026", date(2026, 11, 21), 46347):
        moment = moment_of(said)
        assert (moment.is_day, moment.spoken) == (True, "21/11/2026")
    assert moment_of("21/11/2026 12:30 SA").spoken == "00:30 21/11/2026"
    assert moment_of("21/11/2026 12:30 CH").spoken == "12:30 21/11/2026"


@pytest.mark.parametrize(
    "said", ["hôm qua", "32/11/2026", "11/21/2026", "12/2026", "21/11/2026 25:00", 12, True, None]
)
def test_what_is_no_moment_is_none(said: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment_of(said)


def test_every_fault_of_a_row_is_told() -> None:
    assert faults({1: "", 2: "hôm kia", 3: " "}) == [
        (7, "Mã phản ánh"),
        (7, "Nội dung"),
        (7, "Thời gian tiếp nhận"),
    ]
    assert faults({2: "21/11/2027"}) == [(7, "Thời gian tiếp nhận")]
    assert faults({2: "21/11/1995"}) == [(7, "Thời gian tiếp nhận")]
    assert faults({2: "0001-01-01"}) == [(7, "Thời gian tiếp nhận")]
    assert faults({3: "rác " * 1_001}) == [(7, "Nội dung")]
    assert faults({6: "mai"}) == [(7, "Hạn xử lý")]


def test_a_row_is_a_case_with_what_the_export_leaves_open_told_by_its_words() -> None:
    one = judged(a_row({1: 20260001.0, 5: 912345678, 8: "Chiếu sáng công cộng", 9: "Khẩn"}))
    assert (one.fate, one.kind, one.topic, one.urgent) == (
        Fate.NEW,
        Kind.REPORT,
        "chieu_sang",
        True,
    )
    assert one.row.outer == "20260001"
    assert one.row.contact.phone == "0912345678"
    assert one.inside == "Mã ở tổng đài: 20260001."
    assert judged(a_row({4: "Kiến nghị"})).kind is Kind.PROPOSAL
    assert judged(a_row({7: "Đã xử lý"})).fate is Fate.ENDED


def test_signs_nobody_sees_are_left_out_of_a_row() -> None:
    one = judged(a_row({3: "đèn \u202ehỏng\u202c ở\u200b hẻm\u2066 4\ufeff\x85"}))
    assert one.row.words == "đèn hỏng ở hẻm 4"


def test_a_complaint_or_denunciation_is_no_case_and_nothing_of_it_goes_on() -> None:
    by_words = judged(
        a_row({3: "Tôi tố cáo ông chủ tịch xã nhận hối lộ 50 triệu của doanh nghiệp"})
    )
    by_kind = judged(a_row({4: "Khiếu nại"}))
    for one in (by_words, by_kind):
        assert (one.fate, one.inside, one.topic) == (Fate.WITHHELD, "", "khac")


@pytest.mark.parametrize("column", [7, 8, 10, 11, 12])
def test_what_accuses_somebody_is_taken_from_no_other_column(column: int) -> None:
    one = judged(a_row({column: "ông Tám địa chính nhận hối lộ 50 triệu"}))
    assert (one.fate, one.inside) == (Fate.WITHHELD, "")


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (10, "nhà chủ tịch xã"),
        (10, "trước trụ sở công an xã, thôn Đông"),
        (11, "Đã lập biên bản xử phạt hộ lấn chiếm"),
        (7, "Chuyển công an xử lý"),
        (12, "Cao Thị Tố"),
    ],
)
def test_places_people_and_results_that_only_sound_so_hinder_none(column: int, said: str) -> None:
    assert judged(a_row({column: said})).fate is Fate.NEW


def test_headings_are_found_below_titles_and_on_another_sheet() -> None:
    lines = [
        SheetRow("Bìa", 1, {1: "TỔNG ĐÀI 1022"}),
        SheetRow("Dữ liệu", 1, {1: "Danh sách tháng 11"}),
        SheetRow("Dữ liệu", 4, {**HEADS, 13: "Ghi chú"}),
        SheetRow("Dữ liệu", 5, ROW),
        SheetRow("Khác", 1, ROW),
    ]
    export = Export("a.xlsx", NOW)
    (one,) = export.rows(lines)
    assert isinstance(one, HotlineRow)
    assert one.row == 5
    assert export.unknown == ("Ghi chú",)


def test_what_has_no_headings_or_no_rows_is_told_with_what_was_read() -> None:
    with pytest.raises(UnreadableFile, match="“Tên món”") as why:
        list(Export("a.xlsx", NOW).rows([SheetRow("x", 1, {1: "Tên món", 2: "Giá"})]))
    assert "Mã phản ánh, Thời gian tiếp nhận, Nội dung" in str(why.value)
    with pytest.raises(UnreadableFile, match="chưa có phản ánh nào"):
        list(Export("a.xlsx", NOW).rows([SheetRow("x", 1, HEADS)]))
    late = [SheetRow("x", number, {1: "…"}) for number in range(1, DEEPEST + 1)]
    with pytest.raises(UnreadableFile):
        list(Export("a.xlsx", NOW).rows([*late, SheetRow("x", DEEPEST + 1, HEADS)]))
