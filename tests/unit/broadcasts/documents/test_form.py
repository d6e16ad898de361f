"""The form keeps to the ranges of the decree, and says where they come from."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.documents.form import FORM, Form, Measure, shipped_form
from broadcasts.documents.numbers import cell_text, day_and_month, number_text
from broadcasts.documents.records import Cell, Column, Table


def test_the_rules_name_their_source_and_its_day() -> None:
    source = tomllib.loads(FORM.read_text(encoding="utf-8"))["source"]
    assert "30/2020/NĐ-CP" in source["name"]
    assert source["issued"] == date(2020, 3, 5)
    assert source["seen"] > source["issued"]


def test_every_size_lies_in_its_range() -> None:
    for name, style in shipped_form().styles.items():
        least, most = style.range
        assert least <= style.size <= most, name


def test_every_margin_and_gap_lies_in_its_range() -> None:
    form = Form.load()
    measures = [form.page.top, form.page.bottom, form.page.left, form.page.right]
    measures += [form.body.first_line, form.body.between, form.body.lines]
    for measure in measures:
        assert isinstance(measure, Measure)
        assert measure.range[0] <= measure.chosen <= measure.range[1]


def test_the_columns_of_head_and_foot_fit_the_sheet() -> None:
    form = shipped_form()
    assert form.page.text_width == 165
    assert form.head.issuer_width + form.head.state_width <= form.page.text_width
    assert form.signature.width + form.signature.recipients_width <= form.page.text_width


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234.5, None, "1.234,5"),
        (1234, None, "1.234"),
        (0.1 + 0.2, None, "0,3"),
        (1234.5, 0, "1.234"),
        (85.7, 2, "85,70"),
        (Decimal("1234567.25"), None, "1.234.567,25"),
        (-1200, None, "-1.200"),
        (0, None, "0"),
    ],
)
def test_a_number_is_written_as_in_vietnam(
    value: float | Decimal, places: int | None, shown: str
) -> None:
    assert number_text(value, places) == shown


@given(st.integers(), st.integers(min_value=0, max_value=4))
def test_a_written_number_can_be_read_back(value: int, places: int) -> None:
    whole = number_text(value, places).split(",")[0]
    assert int(whole.replace(".", "")) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("=1+1", "=1+1"),
        (date(2026, 2, 5), "05/02/2026"),
        (datetime(2026, 12, 15, 7, 30), "07:30 15/12/2026"),  # noqa: DTZ001
        (12, "12"),
    ],
)
def test_a_cell_is_written_by_its_kind(value: Cell, shown: str) -> None:
    assert cell_text(value) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 2, 5), ("05", "02")),
        (date(2026, 3, 15), ("15", "3")),
        (date(2026, 12, 1), ("01", "12")),
    ],
)
def test_days_below_ten_and_the_first_two_months_bear_a_nought(
    day: date, shown: tuple[str, str]
) -> None:
    assert day_and_month(day) == shown


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="Bảng 1"):
        Table(caption="Bảng 1", columns=(Column(heading="STT"),), rows=((1, 2),))
