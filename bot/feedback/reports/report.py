"""A report before it has a form: whose it is, its figures beside others, and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.feedback.kinds import Kind
from bot.feedback.reports.counted import Counted
from bot.feedback.reports.figures import Figures
from bot.feedback.reports.naming import report_words
from bot.feedback.reports.stretches import Stretch
from broadcasts.documents.numbers import filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is told of ``office`` (a name), with the figures of the stretches it is compared with.

    ``units`` are the names of units by their numbers as text.
    """

    office: str
    stretch: Stretch
    this: Figures
    before: Figures
    year_before: Figures
    units: Mapping[str, str]


def sentences(figures: Figures) -> tuple[str, ...]:
    """Tell the sums."""
    return tuple(_sentences(figures, figures.whole, report_words()))


def _sentences(figures: Figures, whole: Counted, words: Mapping[str, str]) -> Iterator[str]:
    counts = {name: getattr(whole, name) for name in report_words()["counts"]}
    yield words["nothing"] if whole.is_empty else filled(words["in_all"], **counts)
    if whole.timely is not None:
        yield filled(words["timely"], on_time=whole.on_time, late=whole.late, share=whole.timely)
    if whole.undated:
        yield filled(words["undated"], undated=whole.undated)
    if whole.median is not None and whole.most is not None:
        yield filled(words["times"], median=whole.median, most=whole.most)
    if whole.reopened or figures.merged:
        yield filled(words["beside"], reopened=whole.reopened, merged=figures.merged)
    if whole.satisfied is not None:
        yield filled(words["rated"], rated=whole.rated, satisfied=whole.satisfied)
    shown = [figures.ways.get(one, 0) for one in (Kind.COMPLAINT, Kind.DENUNCIATION)]
    if any(shown):
        yield filled(words["ways"], complaints=shown[0], denunciations=shown[1])
