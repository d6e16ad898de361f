"""The figures of a sending add up whichever way they are looked at, and its document says them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcasts.delivery.ports import Receipts
from broadcasts.documents.numbers import number_text
from broadcasts.documents.writing import as_docx
from broadcasts.models import DeliveryStatus, Route
from broadcasts.reports.sending import (
    MOST_COLUMNS,
    STATES,
    SendingFigures,
    Tally,
    Told,
    sending_figures,
    times_chart,
)
from broadcasts.reports.sending_document import Sending, sending_report, sending_words

EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
OPEN = {DeliveryStatus.CLAIMED, DeliveryStatus.SENDING}

tallies = st.lists(
    st.builds(
        Tally,
        status=st.sampled_from(DeliveryStatus),
        code=st.sampled_from(["", "blocked", "settled"]),
        route=st.sampled_from(Route),
        office=st.sampled_from(["", "xa", "thon"]),
        kind=st.sampled_from(["", "citizen", "official"]),
        rows=st.integers(1, 10_000),
        again=st.integers(0, 5),
    ),
    max_size=12,
)


def counted(rows: list[Tally], minutes: dict[datetime, int] | None = None) -> SendingFigures:
    told = Told(tallies=rows, minutes=minutes or {}, left=2, settled_code="settled")
    return sending_figures(told, lambda sort, code: f"{sort} {code}")


@given(tallies)
def test_every_part_adds_up_to_the_whole(rows: list[Tally]) -> None:
    figures = counted(rows)
    states = Counter[DeliveryStatus]()
    for one in rows:
        states[DeliveryStatus.PENDING if one.status in OPEN else one.status] += one.rows
    assert figures.whole.counts == tuple(states[one] for one in STATES)
    assert figures.whole.total == sum(one.rows for one in rows)
    for part in figures.parts[1:]:
        columns = zip(*(one.counts for one in part.lines), strict=True)
        assert [sum(one) for one in columns] == (list(figures.whole.counts) if rows else [])
    reasons = figures.parts[0].lines
    assert sum(one.total for one in reasons) == sum(one.rows for one in rows if one.code)
    assert figures.settled == sum(one.rows for one in rows if one.code == "settled")
    assert figures.again == sum(one.again for one in rows)


@given(st.dictionaries(st.integers(0, 400_000), st.integers(1, 2000), max_size=60))
def test_the_chart_of_time_tells_of_all_that_was_sent(sent: dict[int, int]) -> None:
    drawn = times_chart({EIGHT + timedelta(minutes=at): rows for at, rows in sent.items()})
    assert sum(rows for _, (rows,) in drawn.places) == sum(sent.values())
    days = (max(sent, default=0) - min(sent, default=0)) // 1440 + 2
    assert len(drawn.places) <= max(MOST_COLUMNS, min(days, len(sent)))


def test_a_pause_is_a_gap_of_the_chart() -> None:
    drawn = times_chart({EIGHT: 20, EIGHT + timedelta(minutes=3): 5})
    assert drawn.places == (("08:00", (20,)), ("08:01", (0,)), ("08:02", (0,)), ("08:03", (5,)))


def test_more_days_than_columns_leave_out_the_empty_ones() -> None:
    drawn = times_chart({EIGHT + timedelta(days=30 * month): 1 for month in range(12)})
    assert [rows for _, rows in drawn.places] == [(1,)] * 12


@settings(max_examples=5)
@given(tallies)
def test_the_document_says_the_figures_to_the_last_digit(rows: list[Tally]) -> None:
    figures = counted(rows, {EIGHT: 3})
    of = Sending(office="UBND xã An", title="Nghỉ Tết", today=date(2026, 11, 21))
    made = Document(BytesIO(as_docx(sending_report(of, figures))))
    words = sending_words()["what"]
    said = [
        [cell.text for cell in row.cells]
        for table in made.tables
        if table.cell(0, 0).text == words
        for row in table.rows[1:]
    ]
    assert said == [
        [one.name, *map(number_text, (one.total, *one.counts))]
        for part in figures.parts
        for one in part.lines
    ]
    text = "\n".join(one.text for one in made.paragraphs)
    assert f"Tổng số {number_text(figures.whole.total)} lượt nhận" in text
    assert "2 người dừng nhận tin" in text


def test_what_was_told_later_and_whom_articles_were_for_stands_in_the_document() -> None:
    one = Tally(
        status=DeliveryStatus.SENT,
        code="",
        route=Route.ZALO_CS,
        office="xa",
        kind="citizen",
        rows=1200,
        again=0,
        received=900,
        seen=4,
    )
    failed = replace(one, status=DeliveryStatus.FAILED, rows=5)
    mailed = replace(one, route=Route.TELEGRAM)
    article = replace(one, route=Route.ZALO_ARTICLE, rows=2, received=0, seen=0)
    targets = ("Nam; Hà Nội", "", "Nam; Hà Nội")
    told = Told(
        tallies=[one, failed, mailed, article],
        minutes={},
        left=0,
        settled_code="settled",
        targets=targets,
    )
    figures = sending_figures(told, lambda sort, code: f"{sort} {code}")
    kinds = [(one.name, one.total) for one in figures.parts[3].lines]
    assert kinds == [("kinds citizen", 2405), ("kinds to_all", 2)]
    assert figures.receipts == Receipts(sent=1200, received=900, seen=4)
    of = Sending(office="UBND xã An", title="Nghỉ Tết", today=date(2026, 11, 21))
    made = Document(BytesIO(as_docx(sending_report(of, figures))))
    text = "\n".join(one.text for one in made.paragraphs)
    assert "Zalo báo trong 1.200 tin riêng và tin mẫu đã gửi: 900 tin đã tới máy, 4" in text
    assert text.count("Bài viết Zalo gửi đến: Nam; Hà Nội.") == 1
    assert "Bài viết Zalo gửi đến: mọi người quan tâm Trang." in text
    without = sending_figures(replace(told, tallies=[mailed]), lambda *said: said[1])
    assert (without.receipts, without.targets) == (None, ())
