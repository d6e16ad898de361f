"""The time of an entry: read by ``broadcasts.timing``, flagged where it is missing or unclear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from broadcasts.plans.document import one_line
from broadcasts.plans.models import Flag
from broadcasts.plans.words import flag, sentence
from broadcasts.timing import Timing, TimingKind


class ReadTiming(Protocol):
    """Reads a Vietnamese phrase of time in the light of a year."""

    def __call__(self, phrase: str, *, year: int) -> Timing:
        """Give what the phrase says; unclear where it says nothing sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time as read, and what a person must see."""

    timing: Timing
    flags: tuple[Flag, ...] = ()


def parted() -> Timing:
    """Give the time of an entry whose activities have their own."""
    return Timing(kind=TimingKind.UNCLEAR, note=sentence("parted"))


def timing_flags(read_timing: ReadTiming, phrase: str, year: int) -> Found:
    """Read the time of an entry."""
    timing = read_timing(one_line(phrase), year=year)
    if not phrase.strip():
        return Found(timing=timing, flags=(flag("no_time"),))
    if timing.kind is TimingKind.UNCLEAR:
        return Found(timing=timing, flags=(flag("timing_unclear", time=one_line(phrase)),))
    return Found(timing=timing)
