"""An officer tries an account: it writes to their own chat, and a page tells what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.casework.zalo.trying import NotTried, try_account
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.doing import doing
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.zalo import account_in_path
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.zalo.outcome import outcome
from bot.officials.permissions import Action
from bot.storage.zalo_overview_rows import AccountState, marks_of
from bot.storage.zalo_test_rows import Tested, tested

room: Final = Room("zalo_trying")
# While it goes, and while it waits for something.
SOON: Final = "2"
LATER: Final = "20"


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A message that was sent to try an account."""

    account: AccountState
    tested: Tested


async def test_in_path(request: web.Request) -> Found:
    """Find the message ``{row}`` of the account ``{account}``."""
    known = await account_in_path(request)
    account = known.thing
    async with request.app[CONSOLE].database.reading() as connection:
        sent = await tested(connection, number_in(request.match_info["row"]))
    if not isinstance(account, AccountState) or sent is None or sent.oa_id != account.oa_id:
        raise NotThere
    thing = Test(account=account, tested=sent)
    return Found(office=known.office, thing=thing, name=known.name)


@room.act(
    "/settings/zalo/account/{account}/test",
    Action.ZALO_CONNECT,
    of=account_in_path,
    form=WishForm,
)
async def send(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Have the account write to the officer's own chat with it."""
    house, account = request.app[CONSOLE], found(request, AccountState)
    try:
        async with doing(request, actor) as acting:
            said = await try_account(acting, actor.officer.id, account)
    except NotTried as error:
        return go(request, "zalo.overview", failed=str(error.why))
    house.bell.ring(said.address.conversation)
    house.bell.ring(said.address.channel)
    return go(request, "zalo_trying.look", account=account.oa_id, row=str(said.row))


@room.page(
    "/settings/zalo/account/{account}/test/{row}",
    Action.ZALO_CONNECT,
    of=test_in_path,
    queries=4,
)
async def look(request: web.Request, actor: Actor) -> web.StreamResponse:  # noqa: ARG001 - what every page takes
    """Tell what Zalo answered; shown anew while it is on its way."""
    test = found(request, Test)
    async with request.app[CONSOLE].database.reading() as connection:
        marks = await marks_of(connection, [test.account.oa_id])
    told = outcome(test.tested, marks.get(test.account.oa_id, ()))
    answer = page(request, "zalo/test.html", account=test.account, told=told)
    if test.tested.waits:
        answer.headers["Refresh"] = LATER if test.tested.code else SOON
    return answer
