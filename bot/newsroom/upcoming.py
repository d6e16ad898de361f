"""When a text goes out next, in the words officials read: its rule, its times, what moved them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.newsroom.realm import Realm
from bot.newsroom.whereabouts import Whereabouts
from bot.newsroom.wording import words
from broadcasts.models import ScheduleStatus
from broadcasts.schedule.ahead import Coming, ahead
from broadcasts.schedule.telling import spoken

SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """One time to come: when it was wished for, when it begins (if it does), and why that is."""

    wished: datetime
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """A schedule that stands: its rule in words, how late it may begin, the next times."""

    rule: str
    grace_minutes: int
    times: tuple[Next, ...]


def upcoming(realm: Realm, where: Whereabouts) -> Upcoming | None:
    """Tell what is to come of a text; nothing where it is not scheduled."""
    broadcast = where.broadcast
    for one in where.schedules:
        if one.status is ScheduleStatus.ACTIVE and one.next_due_at is not None:
            hours = realm.hours(broadcast.office, urgent=broadcast.urgent)
            times = ahead(one.timetable, hours, one.next_due_at, SHOWN)
            return Upcoming(
                rule=spoken(one.timetable),
                grace_minutes=one.timetable.grace_minutes,
                times=tuple(_told(realm, broadcast.office, time) for time in times),
            )
    return None


def _told(realm: Realm, office: str, time: Coming) -> Next:
    why = [words("upcoming")["quiet"]] if time.quiet else []
    if time.closed is not None:
        why.append(realm.day_off(office, time.closed) or words("upcoming")["closed"])
    return Next(wished=time.wished, at=time.at, why=", ".join(why))
