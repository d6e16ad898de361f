"""A report's figures equal a slow count, add up, and stand in its document to the last digit."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.calendar import Slot, SlotStatus
from broadcasts.composing.kinds import URGENT, kinds
from broadcasts.documents.numbers import number_text, percent
from broadcasts.documents.writing import as_docx
from broadcasts.reports.charts import entries_chart
from broadcasts.reports.document import Issue, report
from broadcasts.reports.figures import Counted, PlanFigures, Reported, figures
from broadcasts.reports.kinds import SentKind, in_order
from broadcasts.reports.terms import Term, latest, span_of
from broadcasts.timing import Period

TODAY = date(2026, 8, 15)
ENTRIES = [
    Reported(id=1, no="1", content="Chuyên mục", lead=("Văn phòng",)),
    Reported(id=2, no="2", content="Đối thoại", lead=("Văn phòng", "Phòng Văn hóa")),
    Reported(id=3, no="3", content="Niêm yết", lead=()),
]


def a_slot(number: int, entry: int, day: date, status: SlotStatus, late: int) -> Slot:
    done_on = day + timedelta(days=late) if status is SlotStatus.DONE else None
    return Slot(
        id=number,
        entry=entry,
        span=Period(day, day),
        number=1,
        due_on=day,
        last_on=day,
        status=status,
        done_on=done_on,
    )


slots = st.lists(
    st.builds(
        a_slot,
        st.integers(1, 10**6),
        st.integers(1, 3),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.sampled_from(SlotStatus),
        st.integers(-5, 5),
    ),
    max_size=40,
)


@given(slots, st.sampled_from(Term))
def test_the_figures_equal_a_slow_count_and_add_up(found: list[Slot], term: Term) -> None:
    span = span_of(term, 2026)
    counted = figures(ENTRIES, found, [], span=span, today=TODAY)
    for entry in counted.entries:
        planned = done = late = overdue = 0
        for one in found:
            if one.entry != entry.entry.id or not span.start <= one.last_on <= span.end:
                continue
            if one.status in {SlotStatus.OPEN, SlotStatus.DONE}:
                planned += 1
            if one.done_on is not None:
                done += 1
                late += one.done_on > one.last_on
            elif one.status is SlotStatus.OPEN and one.last_on < TODAY:
                overdue += 1
        told = entry.counted
        assert (told.planned, told.done, told.done_late, told.overdue) == (
            planned, done, late, overdue,
        )  # fmt: skip
    assert counted.total.planned == sum(one.counted.planned for one in counted.entries)
    assert counted.total.overdue == len(counted.overdue)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_percentage_is_rounded_half_up_and_all_or_nothing_is_only_what_is(
    part: int, more: int
) -> None:
    whole = part + more
    told = percent(part, whole)
    assert abs(told - Decimal(part * 100) / whole) <= Decimal("0.1")
    assert (told == 0) is (part == 0)
    assert told < 100 == percent(whole, whole)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (1, 2, "50"),
        (2, 3, "66,7"),
        (1, 3, "33,3"),
        (1, 800, "0,1"),
        (25, 2000, "1,3"),
        (2499, 2500, "99,9"),
        (249, 250, "99,6"),
        (1, 100_000, "0,1"),
        (8027, 8027, "100"),
    ],
)
def test_a_percentage_has_a_decimal_where_it_is_not_whole(
    part: int, whole: int, told: str
) -> None:
    assert number_text(percent(part, whole)) == told


shown = st.lists(st.tuples(st.integers(1, 3), st.dates(date(2026, 1, 1), date(2026, 12, 31))))
QUARTERS = (Term.FIRST, Term.SECOND, Term.THIRD, Term.FOURTH)


@given(slots, shown)
def test_quarters_add_up_to_longer_terms_by_entry_and_by_unit(
    found: list[Slot], evidence: list[tuple[int, date]]
) -> None:
    def told(term: Term) -> Counter[tuple[object, str]]:
        one = figures(ENTRIES, found, evidence, span=span_of(term, 2026), today=TODAY)
        rows: dict[object, Counted] = dict(one.units.items())
        rows[""] = one.total
        rows |= {each.entry.id: each.counted for each in one.entries}
        sums = Counter[tuple[object, str]]()
        for name, counted in rows.items():
            sums.update({(name, field): figure for field, figure in asdict(counted).items()})
        sums.update({(each.entry.id, "evidence"): each.evidence for each in one.entries})
        return sums

    quarters = [told(one) for one in QUARTERS]
    for term, many in ((Term.SIX_MONTHS, 2), (Term.NINE_MONTHS, 3), (Term.YEAR, 4)):
        assert told(term) == sum(quarters[1:many], quarters[0])


@given(slots, st.sampled_from(Term))
def test_a_column_of_the_chart_is_as_high_as_what_was_planned(
    found: list[Slot], term: Term
) -> None:
    counted = figures(ENTRIES, found, [], span=span_of(term, 2026), today=TODAY)
    drawn = entries_chart(counted)
    assert [label for label, _ in drawn.places] == ["1", "2", "3"]
    for entry, (_, parts) in zip(counted.entries, drawn.places, strict=True):
        assert sum(parts) == entry.counted.planned
        assert sum(parts[:2]) == entry.counted.done
        assert min(parts) >= 0


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 2, 1), Term.FIRST),
        (date(2026, 4, 1), Term.FIRST),
        (date(2026, 9, 30), Term.SECOND),
        (date(2026, 12, 1), Term.THIRD),
    ],
)
def test_the_quarter_that_ended_last_is_reported_first(day: date, term: Term) -> None:
    assert latest(day) is term


def a_document(
    counted: PlanFigures, news: tuple[SentKind, ...] = ()
) -> tuple[str, list[list[list[str]]]]:
    issue = Issue(
        issuer="Ủy ban nhân dân xã A",
        place="Xã A",
        plan="Kế hoạch truyền thông năm 2026",
        number="12/KH-UBND",
        term=Term.SIX_MONTHS,
        year=2026,
        today=TODAY,
    )
    read = Document(io.BytesIO(as_docx(report(issue, counted, news))))
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in read.tables]
    return "\n".join(one.text for one in read.paragraphs), tables


def test_the_document_says_the_same_figures() -> None:
    found = [
        a_slot(1, 1, date(2026, 2, 28), SlotStatus.DONE, 0),
        a_slot(2, 1, date(2026, 3, 31), SlotStatus.DONE, 2),
        a_slot(3, 2, date(2026, 6, 30), SlotStatus.OPEN, 0),
        a_slot(4, 3, date(2026, 1, 31), SlotStatus.UNRECORDED, 0),
        a_slot(5, 1, date(2026, 7, 31), SlotStatus.OPEN, 0),
    ]
    span = span_of(Term.SIX_MONTHS, 2026)
    counted = figures(ENTRIES, found, [(1, date(2026, 3, 1))], span=span, today=TODAY)
    words, tables = a_document(counted)
    assert "6 tháng đầu năm 2026" in words
    assert "yêu cầu 3 lần thực hiện; đã làm 2 lần (66,7%), trong đó 1 lần làm trễ" in words
    assert "Có 1 lần không tính" in words
    entries = next(one for one in tables if "Nội dung" in one[0] and "Minh chứng" in one[0])
    assert [row[2:] for row in entries[1:]] == [
        ["2", "2", "1", "0", "1"],
        ["1", "0", "0", "1", "0"],
        ["0", "0", "0", "0", "0"],
        ["3", "2", "1", "1", "1"],
    ]
    units = next(one for one in tables if one[0][0] == "Đơn vị")
    assert units[1][:3] == ["Văn phòng", "3", "2"]
    assert any("Đối thoại" in row[0] for one in tables for row in one)


def test_the_document_tells_the_news_by_kind_and_their_sum() -> None:
    law, urgent = (next(iter(kinds())), URGENT)
    sent = in_order(
        [
            SentKind(kind="of-old", texts=1, runs=1, reached=5),
            SentKind(kind=urgent, texts=1, runs=1, reached=8_027),
            SentKind(kind=law, texts=2, runs=3, reached=1_000),
        ]
    )
    counted = figures(ENTRIES, [], [], span=span_of(Term.SIX_MONTHS, 2026), today=TODAY)
    words, tables = a_document(counted, sent)
    assert "Tin đã gửi theo loại" in words
    (told,) = (one for one in tables if one[0][0] == "Loại tin")
    assert told[1][0] == kinds()[law].name
    assert [row[1:] for row in told[1:]] == [
        ["2", "3", "1.000"],
        ["1", "1", "8.027"],
        ["1", "1", "5"],
        ["4", "5", "9.032"],
    ]
    assert told[3][0] == "of-old"


def test_a_term_in_which_nothing_was_due_says_so() -> None:
    counted = figures(ENTRIES, [], [], span=span_of(Term.SIX_MONTHS, 2026), today=TODAY)
    words, _ = a_document(counted)
    assert "không có lần thực hiện nào đến hạn" in words
    assert "Không có việc quá hạn." in words
