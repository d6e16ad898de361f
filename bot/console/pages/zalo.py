"""The offices' Official Accounts of Zalo: how each does, asking Zalo now, switching one off."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.casework.zalo.connecting import disconnect, retry
from bot.casework.zalo.port import Reading
from bot.casework.zalo.reading import may_ask
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import ID
from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.choosing import office_names, offices_to_choose
from bot.console.doing import doing
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Found, NotThere, Room
from bot.console.zalo import showing
from bot.console.zalo.asking import NotAsked, asked
from bot.console.zalo.ready import ready
from bot.console.zalo.setting import VARIABLES, may_pay
from bot.officials.permissions import Action
from bot.storage.zalo_overview_rows import AccountState, state_of

room: Final = Room("zalo")


@room.page("/settings/zalo", Action.SETTINGS_SEE, queries=7, menu="zalo")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show every account of the offices one may see, and where one can still be connected."""
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        seen = await showing.seen(connection, actor.offices(Action.SETTINGS_SEE))
    accounts = showing.shown(seen, house.clock.now(), pays=may_pay(house.settings))
    connecting = offices_to_choose(request, actor, Action.ZALO_CONNECT, everywhere=False)
    served = {one.office for one in seen.states if one.status is not AccountStatus.OFF}
    return page(
        request,
        "zalo/list.html",
        accounts=accounts,
        names=office_names(request),
        may_connect={code for code, _ in connecting},
        offices=[one for one in connecting if one[0] not in served],
        is_set=ready(request) is not None,
        variables=VARIABLES,
    )


async def account_in_path(request: web.Request) -> Found:
    """Find the account ``{account}``."""
    oa_id = request.match_info["account"]
    if not ID.fullmatch(oa_id):
        raise NotThere
    async with request.app[CONSOLE].database.reading() as connection:
        state = await state_of(connection, oa_id)
    if state is None:
        raise NotThere
    return Found(office=state.office, thing=state, name=state.name)


@room.act(
    "/settings/zalo/account/{account}/ask",
    Action.ZALO_CONNECT,
    of=account_in_path,
    form=WishForm,
)
async def ask(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Read the page and the quotas of an account from Zalo now."""
    reading, account = request.app[CONSOLE].zalo_reading, found(request, AccountState)
    if reading is None:
        return go(request, "zalo.overview", failed="zalo_not_set")
    async with doing(request, actor) as acting:
        may = await may_ask(acting, account)
    if not may:
        return go(request, "zalo.overview", failed="zalo_ask_wait")
    try:
        await asked(reading, _page_and_quotas(reading, account.oa_id))
    except NotAsked as told:
        return go(request, "zalo.overview", failed=told.failed)
    return go(request, "zalo.overview", done="zalo_asked")


async def _page_and_quotas(reading: Reading, oa: str) -> None:
    await reading.page(oa)
    await reading.quotas(oa)


@room.act(
    "/settings/zalo/account/{account}/retry",
    Action.ZALO_CONNECT,
    of=account_in_path,
    form=WishForm,
)
async def retry_pair(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Have a pair that Zalo refused tried once more."""
    account = found(request, AccountState)
    async with doing(request, actor) as acting:
        waited = await retry(acting, account.oa_id)
    if not waited:
        return go(request, "zalo.overview", failed="zalo_no_retry")
    return go(request, "zalo.overview", done="zalo_retry")


@room.act(
    "/settings/zalo/account/{account}/off",
    Action.ZALO_CONNECT,
    of=account_in_path,
    form=WhyForm,
    sure=True,
)
async def off(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Speak through an account no more; its tokens are erased."""
    account = found(request, AccountState)
    async with doing(request, actor) as acting:
        await disconnect(acting, account.oa_id, form.reason)
    return go(request, "zalo.overview", done="zalo_off")
