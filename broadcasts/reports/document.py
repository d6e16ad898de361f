"""A plan's report as an administrative document; its numbers are those of ``figures`` alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from broadcasts.documents import (
    AdministrativeDocument,
    Align,
    Block,
    Column,
    Heading,
    Paragraph,
    Table,
)
from broadcasts.documents.numbers import filled, percent
from broadcasts.reports.charts import entries_chart
from broadcasts.reports.figures import Counted, PlanFigures
from broadcasts.reports.issuers import head_name, signing, symbol, whole_name
from broadcasts.reports.kinds import SentKind, in_all
from broadcasts.reports.terms import Term

DATA: Final = Path(__file__).with_name("data") / "report.vi.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Who reports where on which plan, for which term; ``today`` is when."""

    issuer: str
    place: str
    plan: str
    number: str
    term: Term
    year: int
    today: date


def report(
    issue: Issue, figures: PlanFigures, news: Sequence[SentKind] = ()
) -> AdministrativeDocument:
    """Write the draft of a report; number, day and proposals are left to the office."""
    words = _words()
    return AdministrativeDocument(
        issuer=head_name(issue.issuer),
        symbol=symbol(issue.issuer),
        place=issue.place,
        dated=issue.today,
        kind=words["kind"],
        subject=_subject(issue, words),
        blocks=(
            *_done(issue, figures, words),
            *_sent(news, words),
            *_owed(figures, words),
        ),
        recipients=(words["recipient"],),
        signing=signing(issue.issuer),
    )


def _subject(issue: Issue, words: Mapping[str, str]) -> str:
    """Name what is reported; the year stands once, mostly in the plan's own title."""
    if str(issue.year) not in issue.plan:
        term = term_called(issue.term, issue.year)
    else:
        term = words.get(f"{issue.term}_short", "")
    return " ".join(words["subject"].format(plan=issue.plan, term=term).split())


def term_called(term: Term, year: int) -> str:
    """Name a term: "quý I năm 2026"."""
    return _words()[term].format(year=year)


def _done(issue: Issue, figures: PlanFigures, words: Mapping[str, str]) -> Iterator[Block]:
    term = term_called(issue.term, issue.year)
    # A plan whose number nobody filled in is called by its title alone.
    known = issue.number[:1].isdigit()
    yield Paragraph(
        text=words["opening"].format(
            plan=issue.plan,
            number=words["numbered"].format(number=issue.number) if known else "",
            issuer=whole_name(issue.issuer),
            term=term,
        )
    )
    yield Heading(text=words["results"])
    yield Paragraph(text=_in_all(figures.total, words, term))
    if figures.total.left_out:
        yield Paragraph(text=filled(words["left_out"], count=figures.total.left_out))
    if figures.entries:
        yield from _by_entry(figures, words)
    if figures.units:
        yield Heading(text=words["by_unit"])
        yield _units(figures, words)


def _owed(figures: PlanFigures, words: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(text=words["overdue"])
    yield from _overdue(figures, words)
    yield Heading(text=words["proposals"])
    yield Paragraph(text=words["to_write"])


def _by_entry(figures: PlanFigures, words: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(text=words["by_entry"])
    if figures.total.planned:
        yield entries_chart(figures)
    yield _entries(figures, words)


def _in_all(total: Counted, words: Mapping[str, str], term: str) -> str:
    if not total.planned:
        return words["nothing"].format(term=term)
    return filled(
        words["in_all"],
        term=term,
        planned=total.planned,
        done=total.done,
        share=percent(total.done, total.planned),
        late=total.done_late,
        overdue=total.overdue,
    )


def _entries(figures: PlanFigures, words: Mapping[str, str]) -> Table:
    rows = [
        (
            one.entry.no,
            one.entry.content,
            one.counted.planned,
            one.counted.done,
            one.counted.done_late,
            one.counted.overdue,
            one.evidence,
        )
        for one in figures.entries
    ]
    total = figures.total
    shown = sum(one.evidence for one in figures.entries)
    sums = ("", words["total"], total.planned, total.done, total.done_late, total.overdue, shown)
    columns = (
        Column(heading=words["no"], width=0.7, align=Align.CENTRED),
        Column(heading=words["content"], width=5.2),
        *_numbers(words, "planned", "done", "done_late", "late", "evidence"),
    )
    return Table(columns=columns, rows=(*rows, sums), totals=True)


def _units(figures: PlanFigures, words: Mapping[str, str]) -> Table:
    rows = tuple(
        (unit, one.planned, one.done, one.done_late, one.overdue, one.share)
        for unit, one in figures.units.items()
    )
    columns = (
        Column(heading=words["unit"], width=4.5),
        *_numbers(words, "planned", "done", "done_late", "late", "share"),
    )
    return Table(columns=columns, rows=rows)


def _sent(news: Sequence[SentKind], words: Mapping[str, str]) -> Iterator[Block]:
    """Tell the news sent by kind; a report on an office that sent none is silent on them."""
    if not news:
        return
    lines = [(one.name, one.texts, one.runs, one.reached) for one in news]
    whole = in_all(news)
    columns = (
        Column(heading=words["news_kind"], width=4.5),
        *_numbers(words, "texts", "runs", "reached"),
    )
    yield Heading(text=words["by_kind"])
    yield Paragraph(text=words["by_kind_says"])
    yield Table(
        columns=columns,
        rows=(*lines, (words["total"], whole.texts, whole.runs, whole.reached)),
        totals=True,
    )


def _overdue(figures: PlanFigures, words: Mapping[str, str]) -> Iterator[Block]:
    if not figures.overdue:
        yield Paragraph(text=words["no_overdue"])
        return
    yield Table(
        columns=(
            Column(heading=words["content"], width=5.0),
            Column(heading=words["lead"], width=2.5),
            Column(heading=words["last_on"], width=1.4, align=Align.CENTRED),
        ),
        rows=tuple(
            (entry.content, "; ".join(entry.lead), slot.last_on) for entry, slot in figures.overdue
        ),
    )


def _numbers(words: Mapping[str, str], *names: str) -> Iterator[Column]:
    for name in names:
        yield Column(heading=words[name], width=1.1, align=Align.NUMBER)


@cache
def _words() -> Mapping[str, str]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
