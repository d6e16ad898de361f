"""What an officer does in the console is remembered under name, login and address."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.redirects import HOME, see_other
from bot.console.routing import Gate, Room
from bot.officials.audit import Deed
from bot.storage import audit_rows
from tests.fakes.console import ConsoleHouse, Reception, console_client


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """A form without fields."""


async def test_a_deed_is_told_in_the_officers_name(house: ConsoleHouse) -> None:
    room = Room("deeds")

    @room.act("/deed", Gate.OWN, form=Nothing)
    async def deed(request: web.Request, actor: Actor, _form: Nothing) -> web.StreamResponse:
        async with doing(request, actor) as acting:
            acting.did(Deed(action="signed_out", office="xa-a", kind="officer", subject="1"))
        return see_other(HOME)

    async with console_client(house, [room]) as client:
        seat = await Reception(house, client)()
        await seat.post("/deed")
    async with house.database.reading() as connection:
        (entry,) = await audit_rows.following(connection, None, 9)
    assert entry.officer == seat.officer
    assert entry.actor.startswith("Nguyễn Thị Lan (can-bo-")
    assert (entry.address, entry.at) == ("127.0.0.1", house.clock.now())
