"""The figures of a report: each entry, each unit, all together; pure, and the same for every form.

A slot is counted in the term in which the last day it is in time lies. What was over before the
plan was entered, and what is not asked for any more, is counted apart and owed by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from broadcasts.calendar import Slot, Standing, standing
from broadcasts.documents.numbers import percent
from broadcasts.timing import Period

DONE = frozenset({Standing.DONE, Standing.DONE_LATE})
LEFT_OUT = frozenset({Standing.DROPPED, Standing.UNRECORDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many times something was asked for, done (of them late), and is overdue.

    ``left_out`` were dropped or over before the plan was entered.
    """

    planned: int = 0
    done: int = 0
    done_late: int = 0
    overdue: int = 0
    left_out: int = 0

    @property
    def share(self) -> Decimal | None:
        """What part of what was asked for is done, in percent; nothing where nothing was."""
        return percent(self.done, self.planned) if self.planned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An entry as a report names it."""

    id: int
    no: str
    content: str
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFigures:
    """An entry with its figures, and how many pieces of evidence it has in the term."""

    entry: Reported
    counted: Counted
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """Everything a report of a term says in numbers; ``units`` are those that lead."""

    span: Period
    entries: tuple[EntryFigures, ...]
    units: Mapping[str, Counted]
    total: Counted
    overdue: tuple[tuple[Reported, Slot], ...] = field(default=())


def figures(
    entries: Sequence[Reported],
    slots: Iterable[Slot],
    evidence: Iterable[tuple[int, date]],
    *,
    span: Period,
    today: date,
) -> PlanFigures:
    """Count ``slots`` and ``evidence`` (entry and day) of ``entries`` within ``span``."""
    inside = [one for one in slots if span.start <= one.last_on <= span.end]
    shown = [entry for entry, day in evidence if span.start <= day <= span.end]
    by_entry = {
        one.id: _counted([slot for slot in inside if slot.entry == one.id], today)
        for one in entries
    }
    units = dict.fromkeys(unit for one in entries for unit in one.lead)
    known = {one.id: one for one in entries}
    return PlanFigures(
        span=span,
        entries=tuple(
            EntryFigures(entry=one, counted=by_entry[one.id], evidence=shown.count(one.id))
            for one in entries
        ),
        units={
            unit: _sum(by_entry[one.id] for one in entries if unit in one.lead) for unit in units
        },
        total=_sum(by_entry.values()),
        overdue=tuple(
            (known[slot.entry], slot)
            for slot in sorted(inside, key=lambda one: (one.last_on, one.id))
            if slot.entry in known and standing(slot, today) is Standing.LATE
        ),
    )


def _counted(slots: Sequence[Slot], today: date) -> Counted:
    found = [standing(one, today) for one in slots]
    left_out = sum(one in LEFT_OUT for one in found)
    return Counted(
        planned=len(found) - left_out,
        done=sum(one in DONE for one in found),
        done_late=found.count(Standing.DONE_LATE),
        overdue=found.count(Standing.LATE),
        left_out=left_out,
    )


def _sum(counts: Iterable[Counted]) -> Counted:
    every = list(counts)
    return Counted(
        planned=sum(one.planned for one in every),
        done=sum(one.done for one in every),
        done_late=sum(one.done_late for one in every),
        overdue=sum(one.overdue for one in every),
        left_out=sum(one.left_out for one in every),
    )
