"""What a timing has to say of itself: what was not taken literally."""

from __future__ import annotations

from collections.abc import Iterator

from broadcasts.timing.frame import Frame
from broadcasts.timing.frequency import Frequency
from broadcasts.timing.gathering import Told
from broadcasts.timing.models import Period, Timing, TimingKind
from broadcasts.timing.notes import on_day, said, shortened
from broadcasts.timing.parts import Role
from broadcasts.timing.vocabulary import Kind


def remarks(told: Told, frame: Frame | None, timing: Timing, often: Frequency | None) -> str:
    """Give the sentences of a note, the weightiest first."""
    sentences = (
        *_on_end(told, frame, timing),
        *_on_vague(told),
        *(_on_count(often) if often else ()),
        *_on_repeating(told, timing),
        *_beside(told),
    )
    return " ".join(dict.fromkeys(sentences))


def _on_end(told: Told, frame: Frame | None, timing: Timing) -> Iterator[str]:
    if timing.before and timing.end and not timing.periods:
        yield said("before", day=on_day(timing.end))
    for days in told.days:
        if days.role is Role.BEFORE and not days.before:
            day = on_day(days.periods[-1].end)
            yield said("before_unit", words=shortened(days.group.words), day=day)
    if frame and frame.open_end:
        yield said("open_end")
    if timing.start and timing.end and timing.start.year != timing.end.year:
        yield said("outside")


def _on_vague(told: Told) -> Iterator[str]:
    for days in told.days:
        if days.vague:
            period: Period = days.periods[0]
            words = shortened(days.group.words)
            yield said("third", words=words, start=on_day(period.start), end=on_day(period.end))
        if days.group.about:
            yield said("about_time")


def _on_count(often: Frequency) -> Iterator[str]:
    if often.reports:
        yield said("reports")
    if often.short_month:
        yield said("short_month")
    spoken = often.spoken
    if spoken is None:
        return
    if spoken.months:
        yield said("every", months=spoken.months)
    if spoken.most is not None:
        yield said("range", count=spoken.count, most=spoken.most)
    names = {Kind.AT_LEAST: "at_least", Kind.AT_MOST: "at_most", Kind.ABOUT: "about"}
    if spoken.bound:
        yield said(names[spoken.bound])


def _on_repeating(told: Told, timing: Timing) -> Iterator[str]:
    if told.goes_on and timing.kind is TimingKind.RECURRING:
        yield said("always_count")
    for daily in told.daily:
        count = daily.count or (told.amounts[0].count if told.amounts else None)
        if count:
            yield said("daily", count=count)
    if timing.kind is TimingKind.RECURRING and timing.periods and not told.repeats:
        yield said("list")


def _beside(told: Told) -> Iterator[str]:
    for peak in told.peaks:
        yield said("focus", words=shortened(peak.words))
    for condition in told.conditions:
        if condition.kind not in (Kind.PROMPT, Kind.PERIODIC):
            yield said("condition", words=shortened(condition.words))
    for hour in told.hours:
        yield said("hour", words=hour.words)
