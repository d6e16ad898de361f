"""The calendar of plans: a month, a quarter or a year; what is late and what comes up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import offices_asked, offices_to_filter
from bot.console.fields import Day, OneOf
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked
from bot.console.plans.grid import Shown, View, around, shown, weeks, year_rows
from bot.console.render import page
from bot.console.routing import Room
from bot.newsroom.working_days import working_days
from bot.officials.permissions import Action
from bot.storage.entry_place_rows import EntryPlace, places_in_force
from bot.storage.slot_rows import slots_between, slots_open_until
from broadcasts.calendar import Standing, WorkingDays
from broadcasts.calendar.standing import SOON
from broadcasts.timing import Period

room: Final = Room("calendar")
# Lists above the grid are as long as a person reads.
MOST_NAMED: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCalendar(Asked):
    """Which stretch of time, of which office."""

    view: Annotated[View, OneOf(View)] = View.MONTH
    day: Annotated[date | None, Day()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What was found for the stretch that is shown; ``open`` is late or due soon on this day."""

    period: Period
    found: tuple[Shown, ...]
    open: tuple[Shown, ...]
    places: tuple[EntryPlace, ...]
    works: WorkingDays


@room.page("/calendar", Action.PLANS_SEE, queries=6, menu="calendar")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show a stretch of the calendar, with what is late and due soon above it."""
    asked = read_query(request.query, AskedCalendar)
    offices = offices_to_filter(request, actor, Action.PLANS_SEE)
    this = today(request)
    known = await _stretch(request, actor, asked, this)
    late = [one for one in known.open if one.standing is Standing.LATE]
    soon = [one for one in known.open if one.standing is Standing.DUE_SOON]
    return page(
        request,
        "calendar/calendar.html",
        asked=asked,
        offices=offices,
        known=known,
        today=this,
        weeks=tuple(weeks(known.period, known.found, known.works, this)),
        rows=tuple(year_rows(known.found, known.places)),
        late=late[:MOST_NAMED],
        soon=soon[:MOST_NAMED],
        counts={"late": len(late), "soon": len(soon)},
        steps=_steps(asked, known.period),
        views=_views(asked, this),
        may_open=actor.may_somewhere(Action.PLANS_PREPARE),
    )


async def _stretch(
    request: web.Request, actor: Actor, asked: AskedCalendar, this: date
) -> Stretch:
    house = request.app[CONSOLE]
    period = around(asked.view, asked.day or this)
    office = asked.office
    offices = offices_asked(actor, Action.PLANS_SEE, office)
    async with house.database.reading() as connection:
        snapshot = house.conversation.desk.knowledge.snapshot
        works = await working_days(connection, snapshot, office or actor.officer.office)
        places = await places_in_force(connection, offices, period.start.year)
        slots = await slots_between(connection, offices, period.start, period.end)
        pressing, ours = await slots_open_until(connection, offices, this + SOON)
    inside = [one for one in slots if _touches(period, one.due_on, one.done_on)]
    return Stretch(
        period=period,
        found=tuple(shown(inside, places, this)),
        open=tuple(shown(pressing, ours, this)),
        places=tuple(one for one in places if one.open),
        works=works,
    )


def _touches(period: Period, due_on: date, done_on: date | None) -> bool:
    return period.start <= (done_on or due_on) <= period.end


def _steps(asked: AskedCalendar, period: Period) -> Mapping[str, Mapping[str, str]]:
    """Give what an address asks for the stretch before and the one behind."""
    days = {
        "before": period.start - timedelta(days=1),
        "behind": period.end + timedelta(days=1),
    }
    kept = {name: value for name, value in asked.query().items() if name != "day"}
    return {name: kept | {"day": day.isoformat()} for name, day in days.items()}


def _views(asked: AskedCalendar, this: date) -> Mapping[View, Mapping[str, str]]:
    kept = {name: value for name, value in asked.query().items() if name != "view"}
    day = (asked.day or this).isoformat()
    return {view: kept | {"view": view.value, "day": day} for view in View}
