"""Holidays, closing days and days worked instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.changes.meeting import ahead_at
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.exports import give_list
from bot.console.fields import Address, CalendarYear, Day, Line, OneOf, Reason, Ticked
from bot.console.formats import dated
from bot.console.formats import day as written
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.day_view import KIND, ShownDay, day_cells, days_of
from bot.console.knowledge.proposing import saved
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked
from bot.console.redirects import address, see_other
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path, out_of_path
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.changes import ChangeKind, Wish
from bot.officials.days_off import contradicting, overruled
from bot.officials.entry_values import day_value, days_set
from bot.officials.field_marks import token_of
from bot.officials.office_entries import Entry
from bot.officials.permissions import Action
from bot.officials.publishing_rights import DAYS
from bot.storage.setting_rows import Setting, settings_of
from knowledge.layers import lineage
from knowledge.models import DayOff, Office, Source

room: Final = Room("days")
MOST_DAYS: Final = 31
YEARS_AHEAD: Final = 2


class DayKind(StrEnum):
    """Whether an office is closed on a day, or works on one it would be closed on."""

    OFF = "off"
    WORKS = "works"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayForm:
    """Days to be added."""

    name: Annotated[str, Line(3, 120)]
    first: Annotated[date, Day()]
    kind: Annotated[DayKind, OneOf(DayKind)]
    source: Annotated[str, Line(3, 200)]
    reason: Annotated[str, Reason()]
    last: Annotated[date | None, Day()] = None
    note: Annotated[str, Line(0, 300)] = ""
    url: Annotated[str, Address()] = ""
    sure: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDays(Asked):
    """Which year."""

    year: Annotated[int, CalendarYear(1900, 2999)] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of an office."""

    asked: AskedDays
    office: str
    year: int
    days: tuple[ShownDay, ...]


@room.page("/days", Action.KNOWLEDGE_SEE, queries=3, menu="days")
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the days of a year, and a form for more."""
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    known = await _year(request, actor)
    this = today(request).year
    return page(
        request,
        "days/list.html",
        typed=typed,
        known=known,
        ahead=await ahead_at(
            request.app[CONSOLE].database, [ChangeKind.SETTING], [known.office], DAYS
        ),
        chosen=in_path(known.office),
        offices=offices,
        years=[(str(one), str(one)) for one in range(this - 1, this + YEARS_AHEAD + 1)],
        kinds=[(str(one), say(f"days.{one}")) for one in DayKind],
        may_add=actor.may(Action.CONTACTS_PREPARE, known.office),
        names={str(one.code): one.name for one in _offices(request)},
    )


@room.page("/days/file", Action.KNOWLEDGE_SEE, queries=8, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the same as a spreadsheet."""
    known = await _year(request, actor)
    headings = ("first", "last", "export_kind", "name", "note", "source", "whose")
    sheet = Sheet(
        title=say("days.year_of", year=known.year),
        headings=[say(f"days.{one}") for one in headings],
        rows=tuple(day_cells(known.days)),
    )
    return await give_list(request, actor, sheet, known.asked, name="days", stem="ngay-nghi")


async def _year(request: web.Request, actor: Actor) -> Year:
    asked = read_query(request.query, AskedDays)
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    # A form shown again stands at the address it was sent to.
    named = request.match_info.get("office")
    office = out_of_path(named or chosen_office(request, actor, offices))
    snapshot = request.app[CONSOLE].conversation.desk.knowledge.snapshot
    line = lineage(snapshot.offices, office)
    settings = await _settings(request, line)
    year = asked.year or today(request).year
    days = days_of(year, snapshot.days_off, settings)
    return Year(asked=asked, office=office, year=year, days=days)


@room.act(
    "/days/{office}/new",
    Action.CONTACTS_PREPARE,
    of=office_in_path,
    form=DayForm,
    again=overview,
)
async def add(request: web.Request, actor: Actor, form: DayForm) -> web.StreamResponse:
    """Add days of the office's own."""
    office = (await office_in_path(request)).office
    day = DayOff(
        name=form.name,
        first=form.first,
        last=form.last or form.first,
        source=Source(name=form.source, url=form.url, seen=today(request)),
        works=form.kind is DayKind.WORKS,
        note=form.note,
    )
    _refuse(request, day)
    await _refuse_beside(request, office, day, sure=form.sure)
    title = say(f"days.title_{form.kind}", day=written(day.first), name=day.name)
    wish = Wish(
        kind=ChangeKind.SETTING,
        office=office,
        ref=f"{KIND}:{day.first.isoformat()}",
        title=title,
        fields=day_value(day),
        reason=form.reason,
    )
    done = await saved(request, actor, wish, token_of({}))
    return _back(request, office, day.first, done)


def _refuse(request: web.Request, day: DayOff) -> None:
    this = today(request).year
    if day.last < day.first:
        raise Faulty({"last": say("days.order")})
    if day.last - day.first >= timedelta(days=MOST_DAYS):
        raise Faulty({"last": say("days.long", most=MOST_DAYS)})
    if not this <= day.first.year <= this + YEARS_AHEAD:
        raise Faulty({"first": say("days.far")})


async def _refuse_beside(request: web.Request, office: str, day: DayOff, *, sure: bool) -> None:
    """Refuse what contradicts the office's own days, and ask about what others say otherwise."""
    snapshot = request.app[CONSOLE].conversation.desk.knowledge.snapshot
    line = lineage(snapshot.offices, office)
    settings = await _settings(request, line)
    layers = [_days_by(one, settings) for one in reversed(line)]
    own = contradicting(day, layers[0])
    if own is not None:
        raise Faulty({"first": say("days.taken", **_told(own))})
    other = overruled(day, (*layers[1:], snapshot.days_off))
    if other is not None and not sure:
        kind = DayKind.WORKS if other.works else DayKind.OFF
        raise Faulty({"sure": say(f"days.otherwise_{kind}", **_told(other))})


def _days_by(office: str, settings: Iterable[Setting]) -> tuple[DayOff, ...]:
    return days_set(
        Entry(office=office, key=one.key, value=one.value)
        for one in settings
        if one.office == office
    )


def _told(one: DayOff) -> dict[str, str]:
    return {"name": one.name, "first": dated(one.first), "last": dated(one.last)}


async def _settings(request: web.Request, line: Sequence[str]) -> tuple[Setting, ...]:
    async with request.app[CONSOLE].database.reading() as connection:
        return await settings_of(connection, line, KIND)


async def _own(request: web.Request, office: str, first: str) -> Setting | None:
    settings = await _settings(request, [office])
    key = f"{KIND}:{first}"
    return next((one for one in settings if one.key == key and one.value), None)


async def day_in_path(request: web.Request) -> Found:
    """Find the days of ``{office}`` that begin on ``{first}``."""
    office = (await office_in_path(request)).office
    known = await _own(request, office, request.match_info["first"])
    if known is None:
        raise NotThere
    return Found(office=office, thing=known)


@room.act("/days/{office}/{first}/remove", Action.CONTACTS_PREPARE, of=day_in_path, form=WhyForm)
async def remove(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take days of the office's own back."""
    known = found(request, Setting)
    first = date.fromisoformat(known.key.partition(":")[2])
    kind = DayKind.WORKS if known.value["works"] else DayKind.OFF
    wish = Wish(
        kind=ChangeKind.SETTING,
        office=known.office,
        ref=known.key,
        title=say(f"days.title_{kind}", day=written(first), name=known.value["name"]),
        fields={},
        reason=form.reason,
    )
    done = await saved(request, actor, wish, token_of(known.value))
    return _back(request, known.office, first, done)


def _back(request: web.Request, office: str, first: date, done: str) -> web.Response:
    query = {"office": in_path(office), "year": str(first.year), "done": done}
    return see_other(address(request, "days.overview", query))


def _offices(request: web.Request) -> tuple[Office, ...]:
    return request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
