"""The templates of an account, read of and read anew, and which its office uses for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework.zalo.choosing import leave
from bot.casework.zalo.port import Reading
from bot.casework.zalo.reading import note_read
from bot.channels.zalo.window import Paying
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.doing import doing
from bot.console.fields import Code
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.zalo import account_in_path
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Room
from bot.console.zalo.asking import NotAsked, asked
from bot.console.zalo.templates import (
    Setting,
    left_words,
    read_shelf,
    shown_templates,
    shown_uses,
)
from bot.officials.permissions import Action
from bot.storage.zalo_overview_rows import AccountState
from bot.storage.zalo_template_rows import Use

room: Final = Room("zalo_templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveForm:
    """What no template is to be used for any more."""

    use: Annotated[str, Code("|".join(Use))]


def setting_of(request: web.Request, account: AccountState) -> Setting:
    """Give by what examples are filled."""
    house = request.app[CONSOLE]
    name = account.name or account.oa_id
    return Setting(account=name, at=house.clock.now(), site=house.settings.public_url)


@room.page(
    "/settings/zalo/account/{account}/templates",
    Action.SETTINGS_SEE,
    of=account_in_path,
    queries=6,
)
async def listed(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the templates as Zalo told them last, and what is used."""
    house, account = request.app[CONSOLE], found(request, AccountState)
    async with house.database.reading() as connection:
        shelf = await read_shelf(connection, account)
    return page(
        request,
        "zalo/templates.html",
        account=account,
        templates=shown_templates(shelf),
        uses=shown_uses(shelf, setting_of(request, account)),
        left=left_words(shelf, house.clock.now()),
        pays=house.settings.zalo_paid == Paying.PAY,
        may_choose=actor.may(Action.ZALO_CONNECT, account.office),
    )


@room.act(
    "/settings/zalo/account/{account}/templates/read",
    Action.ZALO_CONNECT,
    of=account_in_path,
    form=WishForm,
)
async def read(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Read the templates and quotas of an account from Zalo now."""
    reading, account = request.app[CONSOLE].zalo_reading, found(request, AccountState)
    if reading is None:
        return _back(request, account, failed="zalo_not_set")
    try:
        count = await asked(reading, _templates_and_quotas(reading, account.oa_id))
    except NotAsked as told:
        return _back(request, account, failed=told.failed)
    async with doing(request, actor) as acting:
        await note_read(acting, account.office, count)
    return _back(request, account, done="zalo_templates_read")


async def _templates_and_quotas(reading: Reading, oa: str) -> int:
    count = await reading.templates(oa)
    await reading.quotas(oa)
    return count


@room.act(
    "/settings/zalo/account/{account}/templates/leave",
    Action.ZALO_CONNECT,
    of=account_in_path,
    form=LeaveForm,
)
async def left(request: web.Request, actor: Actor, form: LeaveForm) -> web.StreamResponse:
    """Use no template for something any more."""
    account = found(request, AccountState)
    async with doing(request, actor) as acting:
        was = await leave(acting, account.office, Use(form.use))
    if not was:
        return _back(request, account, failed="zalo_template_none")
    return _back(request, account, done="zalo_template_left")


def _back(
    request: web.Request, account: AccountState, *, done: str = "", failed: str = ""
) -> web.Response:
    return go(request, "zalo_templates.listed", done=done, failed=failed, account=account.oa_id)
