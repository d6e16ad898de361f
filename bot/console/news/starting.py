"""The form that lets a text go: at the plan's time, at a time of one's own, or at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM
from bot.console.fields import Day, Moment, Number, OneOf, Ticked
from bot.console.formats import dated
from bot.console.forms import Faulty
from bot.console.words import say
from bot.newsroom.scheduling import LATE, slot_start
from broadcasts.schedule.models import GRACE_MINUTES, MOST_GRACE_MINUTES, OffDays, Timetable
from broadcasts.schedule.rules import with_until
from broadcasts.texts import Broadcast

SHORTEST_MONTH: Final = 28


class When(StrEnum):
    """At which of the times there are a text goes out; none of them is taken unsaid."""

    SLOT = "slot"
    AT = "at"
    NOW = "now"


class Often(StrEnum):
    """How often a text goes out."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Closed(StrEnum):
    """What becomes of an occurrence on a day off."""

    NEXT = "next"
    SKIP = "skip"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartForm:
    """When and how often; ``count`` and ``again`` say one is sure, ``grace`` is in minutes."""

    when: Annotated[When | None, OneOf(When)] = None
    at: Annotated[datetime | None, Moment()] = None
    grace: Annotated[int, Number(0, MOST_GRACE_MINUTES)] = GRACE_MINUTES
    often: Annotated[Often, OneOf(Often)] = Often.ONCE
    until: Annotated[date | None, Day()] = None
    closed: Annotated[Closed, OneOf(Closed)] = Closed.NEXT
    count: Annotated[int | None, Number()] = None
    again: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """When the plan's calendar would have a text go out; ``over`` where that is past."""

    at: datetime
    over: bool


async def planned_start(
    connection: AsyncConnection, broadcast: Broadcast, now: datetime
) -> Planned | None:
    """Give when the plan would have a text go out, where it carries one out."""
    at = await slot_start(connection, broadcast)
    return None if at is None else Planned(at=at, over=at < now - LATE)


def choices(planned: Planned | None) -> list[tuple[str, str]]:
    """Give the times to choose from, the one that is meant first."""
    told = [(str(one), say(f"news.when_{one}")) for one in (When.AT, When.NOW)]
    if planned is None or planned.over:
        return told
    here = planned.at.astimezone(VIETNAM)
    by_plan = say("news.when_slot", time=f"{here:%H:%M}", day=dated(here.date()))
    return [(str(When.SLOT), by_plan), *told]


def timetable_of(form: StartForm, planned: datetime | None, now: datetime) -> Timetable:
    """Read a form; ``planned`` is the time of the plan, where the text carries one out.

    Raises:
        Faulty: no time was chosen, or a choice and a time typed say two things.
    """
    if form.often is not Often.ONCE and form.until is None:
        raise Faulty({"until": say("news.no_until")})
    at = _chosen(form, planned, now)
    rule = "" if form.often is Often.ONCE else _rule(form, at)
    off_days = OffDays.KEEP if not rule or form.closed is Closed.KEEP else OffDays(form.closed)
    return Timetable(starts_at=at, rrule=rule, grace_minutes=form.grace, off_days=off_days)


def _chosen(form: StartForm, planned: datetime | None, now: datetime) -> datetime:
    if form.when is not When.AT and form.at is not None:
        raise Faulty({"at": say("news.at_unused")})
    match form.when:
        case When.AT if form.at is not None:
            return form.at
        case When.AT:
            raise Faulty({"at": say("news.no_at")})
        case When.SLOT if planned is not None:
            return planned
        case When.NOW:
            return now
        case _:
            raise Faulty({"when": say("news.no_when")})


def _rule(form: StartForm, at: datetime) -> str:
    rule = f"FREQ={form.often.upper()}"
    if form.often is Often.MONTHLY:
        rule += _last_days(at.astimezone(VIETNAM).day)
    return with_until(rule, form.until) if form.until else rule


def _last_days(day: int) -> str:
    """Give what a rule says of a day some months have not: their last one in its place."""
    if day <= SHORTEST_MONTH:
        return ""
    days = ",".join(map(str, range(SHORTEST_MONTH, day + 1)))
    return f";BYMONTHDAY={days};BYSETPOS=-1"
