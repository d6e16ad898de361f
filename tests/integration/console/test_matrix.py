"""Every way into the console, tried by every role at every relation of offices, over HTTP.

What must come of it is read from the table of permissions. Forms are sent empty: they are read
after the permission was looked at, so whoever may is told what to fill in, and nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

import pytest
from aiohttp import web

from bot.console.actor import Actor
from bot.console.resolvers import office_in_path
from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Found, Gate, NotThere, Resolver, Room, Way
from bot.officials.models import EVERYWHERE, Role, Stage
from bot.officials.permissions import Action, permissions
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown, console_client
from tests.integration.console import specimen
from tests.integration.console.made.kinds import Factory, Parts
from tests.integration.console.made.sealed import appointed
from tests.integration.console.objects import OBJECTS, OWN_PARTS, an_office

BELOW, ABOVE, SIBLING = "xa-a-mot-cua", "tinh", "xa-b"
OFFICES = (HERE, BELOW, ABOVE, SIBLING, EVERYWHERE)
# At which offices the objects are that who holds a role here, or everywhere, tries to reach.
TRIED = {HERE: OFFICES, EVERYWHERE: (SIBLING, EVERYWHERE)}
REACHED = {HERE: {HERE, BELOW}, EVERYWHERE: set(OFFICES)}
# So that several processes share the work.
PARTS = 4
STAGES = ("/console/second", "/console/")
PART = re.compile(r"\{(\w+)\}")
DOOR = "/console/sign-in?next="


class Verdict:
    """What an answer says of the permission."""

    IN = "let in"
    REFUSED = "refused"
    NOT_THERE = "not there"
    DOOR = "led to the door"
    STAGE = "led to where they belong"


# No role opens the way of a reader; whoever is through the second stage is led on from it.
WANTED = {Gate.SECOND: Verdict.STAGE, Gate.READER: Verdict.NOT_THERE}
SAYS = {
    HTTPStatus.OK: Verdict.IN,
    HTTPStatus.SEE_OTHER: Verdict.IN,
    HTTPStatus.UNPROCESSABLE_ENTITY: Verdict.IN,
    HTTPStatus.FORBIDDEN: Verdict.REFUSED,
    HTTPStatus.NOT_FOUND: Verdict.NOT_THERE,
    HTTPStatus.UNAUTHORIZED: Verdict.DOOR,
}


@dataclass
class Visitors:
    """One officer of each kind, signed in."""

    by_role: dict[tuple[Role, str], Seat] = field(default_factory=dict)
    without_role: Seat = field(init=False)
    switched_off: Seat = field(init=False)
    half_way: Seat = field(init=False)
    stranger: Seat = field(init=False)

    @classmethod
    async def come(cls, reception: Reception) -> Visitors:
        made = cls()
        for role in Role:
            for office in (HERE, EVERYWHERE):
                made.by_role[role, office] = await reception(role, office=office, sure=True)
        made.without_role = await reception(sure=True)
        made.switched_off = await reception(Role.ADMINISTRATOR, office=EVERYWHERE, sure=True)
        await reception.switch_off(made.switched_off)
        made.half_way = await reception(Role.ADMINISTRATOR, office=EVERYWHERE, stage=Stage.SECOND)
        made.stranger = Seat(reception.client)
        return made


@dataclass
class Trial:
    """The console with its visitors, and what was made to be named."""

    house: ConsoleHouse
    reception: Reception
    visitors: Visitors
    factories: Mapping[Resolver, Factory]
    faults: list[str] = field(default_factory=list)
    cells: int = 0
    made: dict[tuple[str, str], Parts | None] = field(default_factory=dict)

    async def of(self, way: Way) -> None:
        """Try every cell of one way."""
        if way.rule is Gate.OPEN:
            return await self._open(way)
        if isinstance(way.rule, Gate):
            await self._gate(way, way.rule)
        elif way.of is None:
            await self._anywhere(way)
        else:
            for office in OFFICES:
                await self._object(way, office)
        return await self._outsiders(way)

    async def _open(self, way: Way) -> None:
        shown = await self._ask(way, OWN_PARTS.get(way.name, {}), self.visitors.stranger)
        if _verdict(shown) == Verdict.DOOR or shown.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.faults.append(f"{way.method} {way.path}: not open")

    async def _gate(self, way: Way, gate: Gate) -> None:
        """Try what is everybody's own; a form may end the session, so each has one for it."""
        parts = OWN_PARTS.get(way.name, {})
        wanted = WANTED.get(gate, Verdict.IN)
        for role in Role:
            seat = self.visitors.by_role[role, HERE]
            if way.form is not None:
                seat = await self.reception(role, sure=True)
            await self._cell(way, parts, seat, wanted, role)
        if gate is Gate.READER:
            reader = await appointed(self.house, await self.reception(sure=True))
            await self._cell(way, parts, reader, Verdict.IN, "appointed, without a role")

    async def _anywhere(self, way: Way) -> None:
        for (role, office), seat in self.visitors.by_role.items():
            wanted = Verdict.IN if _has(way, role) else Verdict.REFUSED
            await self._cell(way, {}, seat, wanted, f"{role} @ {office or '*'}")
        await self._cell(way, {}, self.visitors.without_role, Verdict.REFUSED, "no role")

    async def _object(self, way: Way, office: str) -> None:
        for (role, at), seat in self.visitors.by_role.items():
            if office not in TRIED[at]:
                continue
            allowed = Verdict.IN if _has(way, role) else Verdict.REFUSED
            wanted = allowed if office in REACHED[at] else Verdict.NOT_THERE
            parts = await self._parts(way, office)
            if parts is not None:
                told = f"{role} @ {at or '*'} on {office or '*'}"
                shown = await self._cell(way, parts, seat, wanted, told)
                if way.form is not None and shown.status == HTTPStatus.SEE_OTHER:
                    # What a form was taken for may be used up by it.
                    del self.made[way.name, office]

    async def _outsiders(self, way: Way) -> None:
        parts: Parts = OWN_PARTS.get(way.name, {})
        if way.of is not None:
            every = [await self._parts(way, office) for office in OFFICES]
            parts = next(one for one in every if one is not None)
            await self._cell(way, parts, self.visitors.without_role, Verdict.NOT_THERE, "no role")
        await self._cell(way, parts, self.visitors.stranger, Verdict.DOOR, "signed out")
        await self._cell(way, parts, self.visitors.switched_off, Verdict.DOOR, "switched off")
        if way.rule not in (Gate.SECOND, Gate.ANY):
            await self._cell(way, parts, self.visitors.half_way, Verdict.STAGE, "half way in")

    async def _parts(self, way: Way, office: str) -> Parts | None:
        """Give what names an object of ``office``, made when there is none yet."""
        assert way.of is not None
        key = (way.name, office)
        if key not in self.made:
            self.made[key] = await self.factories[way.of](self.house, office)
        return self.made[key]

    async def _cell(self, way: Way, parts: Parts, seat: Seat, wanted: str, told: str) -> Shown:
        self.cells += 1
        shown = await self._ask(way, parts, seat)
        found = _verdict(shown)
        if found != wanted:
            self.faults.append(f"{way.method} {way.path}: {told}: {found}, not {wanted}")
        return shown

    async def _ask(self, way: Way, parts: Parts, seat: Seat) -> Shown:
        path = PART.sub(lambda found: quote(parts[found[1]], safe=""), way.path)
        return await (seat.get(path) if way.form is None else seat.post(path))


def _has(way: Way, role: Role) -> bool:
    assert not isinstance(way.rule, Gate)
    return role in permissions()[way.rule]


def _verdict(shown: Shown) -> str:
    if shown.status == HTTPStatus.SEE_OTHER and shown.where.startswith(DOOR):
        return Verdict.DOOR
    if shown.status == HTTPStatus.SEE_OTHER and shown.where in STAGES:
        return Verdict.STAGE
    return SAYS.get(HTTPStatus(shown.status), f"answered with {shown.status}")


async def tried(
    house: ConsoleHouse,
    room: Sequence[Room],
    factories: Mapping[Resolver, Factory] = OBJECTS,
    part: int = 0,
    parts: int = 1,
) -> Trial:
    """Try every way into ``room``, or one part of them."""
    async with console_client(house, room) as client:
        reception = Reception(house, client)
        visitors = await Visitors.come(reception)
        trial = Trial(house, reception, visitors, factories)
        for way in ways_of(room)[part::parts]:
            await trial.of(way)
    return trial


def test_every_way_can_be_tried() -> None:
    for way in ways_of(ROOMS):
        named = bool(PART.search(way.path))
        if isinstance(way.rule, Gate):
            assert not named or way.name in OWN_PARTS, f"{way.name} needs a line in OWN_PARTS"
        else:
            assert named == (way.of is not None), f"{way.name} does not say whose that is"
            assert not way.of or way.of in OBJECTS, f"{way.name} needs a line in OBJECTS"


@pytest.mark.parametrize("part", range(PARTS))
async def test_everybody_is_let_in_where_the_table_says_and_nowhere_else(
    house: ConsoleHouse, part: int
) -> None:
    trial = await tried(house, ROOMS, part=part, parts=PARTS)
    assert not trial.faults, "\n".join(trial.faults)


async def test_a_way_open_too_wide_or_too_narrow_is_found(house: ConsoleHouse) -> None:
    room = Room("careless")

    async def one_of_ours(_request: web.Request) -> Found:
        return Found(office=HERE)

    async def nothing(_request: web.Request) -> Found:
        raise NotThere

    @room.page("/wide/{office}", Action.PEOPLE_SEE, of=one_of_ours, queries=1)
    async def wide(_request: web.Request, _actor: Actor) -> web.StreamResponse:
        return web.Response()

    @room.page("/narrow/{office}", Action.PEOPLE_SEE, of=nothing, queries=1)
    async def narrow(_request: web.Request, _actor: Actor) -> web.StreamResponse:
        return web.Response()

    @room.act("/guarded", Action.HOME_SEE, form=specimen.Note)
    async def guarded(
        _request: web.Request, _actor: Actor, _form: specimen.Note
    ) -> web.StreamResponse:
        return web.Response()

    factories: dict[Resolver, Factory] = {one_of_ours: an_office, nothing: an_office}
    trial = await tried(house, [room], factories)
    assert {fault.partition(":")[0] for fault in trial.faults} == {
        "GET /wide/{office}",
        "GET /narrow/{office}",
    }
    assert "GET /wide/{office}: leader @ xa-a on xa-b: let in, not not there" in trial.faults


async def test_the_ways_of_the_frame_keep_to_the_table(house: ConsoleHouse) -> None:
    async def known(_house: ConsoleHouse, office: str) -> Parts | None:
        return {"office": office} if office else None

    trial = await tried(house, [specimen.room], {office_in_path: known})
    assert not trial.faults, "\n".join(trial.faults)
    assert trial.cells > 100
