"""The charts of a report: the same figures on the screen, in the spreadsheet, in the document."""

from __future__ import annotations

from collections.abc import Iterator

from bot.feedback.presses import LEVELS
from bot.feedback.reports.counted import SATISFIED
from bot.feedback.reports.figures import Figures, Side
from bot.feedback.reports.naming import report_words
from bot.feedback.reports.report import Report
from bot.feedback.reports.tables import lines_of
from broadcasts.documents.numbers import filled
from broadcasts.documents.records import Chart

OUTCOMES = ("on_time", "late", "waiting", "overdue")


def charts(report: Report) -> tuple[Chart, ...]:
    """Draw what there is something to draw of."""
    return tuple(_charts(report))


def _charts(report: Report) -> Iterator[Chart]:
    yield from _of_answers(report)
    if report.this.whole.rated:
        yield levels_chart(report.this)


def charts_of_answers(report: Report) -> tuple[Chart, ...]:
    """Draw how many were answered and how many of them on time; how satisfied is not told."""
    return tuple(_of_answers(report))


def _of_answers(report: Report) -> Iterator[Chart]:
    if report.this.sides[Side.TOPIC]:
        yield topics_chart(report)
    if any(one.whole.answered for one in (report.this, report.before, report.year_before)):
        yield compared_chart(report)


def topics_chart(report: Report) -> Chart:
    """Draw what became of each field's cases; a field goes by its place in the table."""
    words, whole = report_words(), report.this.whole
    *lines, _ = lines_of(report, Side.TOPIC)
    return Chart(
        title=words["chart_topics"],
        description=filled(
            words["chart_topics_says"], **{name: getattr(whole, name) for name in OUTCOMES}
        ),
        axis=words["chart_numbered"],
        series=tuple(words["counts"][name] for name in OUTCOMES),
        places=tuple(
            (str(place), tuple(getattr(one, name) for name in OUTCOMES)) for place, _, one in lines
        ),
    )


def compared_chart(report: Report) -> Chart:
    """Draw what was answered in this stretch and in those it is compared with."""
    words = report_words()
    stretches = {
        "year_before": report.year_before,
        "before": report.before,
        "this": report.this,
    }
    told = {name: one.whole.answered for name, one in stretches.items()}
    if report.stretch.before == report.stretch.year_before:
        del stretches["before"]
    outcomes = ("on_time", "late", "undated")
    return Chart(
        title=words["chart_compared"],
        description=filled(words["chart_compared_says"], **told),
        axis=words["stretch"],
        series=tuple(words["outcomes"][name] for name in outcomes),
        places=tuple(
            (words[name], tuple(getattr(one.whole, outcome) for outcome in outcomes))
            for name, one in stretches.items()
        ),
    )


def levels_chart(figures: Figures) -> Chart:
    """Draw how satisfied people said they are, the lowest level first."""
    words, levels = report_words(), figures.whole.levels
    return Chart(
        title=words["chart_levels"],
        description=filled(
            words["chart_levels_says"],
            rated=figures.whole.rated,
            satisfied=sum(levels[SATISFIED - 1 :]),
        ),
        axis=words["level"],
        series=(words["count"],),
        places=tuple(
            (words["levels"][str(level)], (count,))
            for level, count in zip(LEVELS, levels, strict=True)
        ),
    )
