"""The times of a timetable that are to come, each with what moved it or left it out; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from broadcasts.routes import VIETNAM
from broadcasts.schedule.models import OffDays, Timetable
from broadcasts.schedule.planning import LONGEST_MOVE, Hours, moved, wished


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One time: ``wished`` by the rule, ``at`` which it begins, nothing where it is left out.

    ``quiet`` when quiet hours put it off, ``closed`` the day off that moved it or left it out.
    """

    wished: datetime
    at: datetime | None
    quiet: bool
    closed: date | None

    @property
    def place(self) -> datetime:
        """Where it stands among the others."""
        return self.at or self.wished


def ahead(
    timetable: Timetable, hours: Hours, next_due_at: datetime, most: int
) -> tuple[Coming, ...]:
    """Give the ``most`` next times; ``next_due_at`` is the one that was reckoned before.

    That one is looked at by itself too: a start that had to wait stands in no rule.
    """
    times = [*islice(_from(timetable, hours, next_due_at), most)]
    times.append(_looked_at(next_due_at, hours, timetable.off_days))
    by_place: dict[datetime, Coming] = {}
    for one in times:
        # Of two that meet in one moment the earlier wished tells what moved it.
        by_place.setdefault(one.place, one)
    return tuple(by_place[place] for place in sorted(by_place))[:most]


def _from(timetable: Timetable, hours: Hours, first: datetime) -> Iterator[Coming]:
    for one in wished(timetable, first - LONGEST_MOVE - timedelta(microseconds=1)):
        coming = _looked_at(one, hours, timetable.off_days)
        if coming.place >= first:
            yield coming


def _looked_at(one: datetime, hours: Hours, off_days: OffDays) -> Coming:
    begins = hours.quiet.over(one)
    at = moved(one, hours, off_days)
    return Coming(
        wished=one,
        at=at,
        quiet=begins != one,
        closed=None if at == begins else begins.astimezone(VIETNAM).date(),
    )
