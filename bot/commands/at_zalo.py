"""What commands about Official Accounts need: the app at Zalo, the database, and to be alone."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.wording import words
from bot.errors import CannotBegin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.bootstrap.zalo import ZaloApp
    from bot.bootstrap.zalo_channel import ZaloParts
    from bot.settings import Settings
    from bot.storage.database import Database

AnAccount = Annotated[str, typer.Argument(help="The account's id (OA ID), or its office's code.")]


@asynccontextmanager
async def at_zalo(settings: Settings) -> AsyncIterator[tuple[ZaloApp, Database]]:
    """Open the app at Zalo and the database; what Zalo refuses is told in a sentence."""
    from bot.bootstrap.zalo import ZaloApp  # noqa: PLC0415 - keeps --help quick
    from bot.casework.zalo.connecting import NotConnected  # noqa: PLC0415
    from bot.channels.zalo.faults import NoToken, ZaloFault  # noqa: PLC0415
    from bot.console.zalo.refusing import refused_words  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415

    zalo = ZaloApp.of(settings)
    if zalo is None:
        raise CannotBegin(words("zalo")["no_app"])
    try:
        async with open_database(settings) as database:
            yield zalo, database
    except NoToken:
        raise CannotBegin(words("zalo")["no_token"]) from None
    except ZaloFault as fault:
        raise CannotBegin(refused_words(fault)) from None
    except NotConnected as obstacle:
        raise CannotBegin(words("zalo")[str(obstacle.why)].format(named=obstacle.named)) from None
    finally:
        await zalo.close()


@asynccontextmanager
async def accounts_at_zalo(settings: Settings) -> AsyncIterator[ZaloParts]:
    """Open what calls in accounts' names are made of."""
    from bot.bootstrap.zalo_channel import ZaloParts  # noqa: PLC0415 - keeps --help quick
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.vault import open_vaults  # noqa: PLC0415

    async with at_zalo(settings) as (zalo, database):
        vault = open_vaults(settings, make=False).data
        parts = ZaloParts.of(zalo, settings.zalo_rate, database, SystemClock(), vault)
        try:
            yield parts
        finally:
            await parts.tokens.close()
            await parts.paces.close()


async def account_of(database: Database, named: str) -> str:
    """Give the id of the account that is ``named`` by its id or by its office's code."""
    from bot.storage.zalo_overview_rows import states_at  # noqa: PLC0415 - keeps --help quick

    async with database.reading() as connection:
        known = {one.oa_id: one.office for one in await states_at(connection, None)}
    for account, office in known.items():
        if named in (account, office):
            return account
    told = ", ".join(f"{account} ({office})" for account, office in known.items())
    say = words("zalo")
    raise CannotBegin(say["unknown_account"].format(named=named, known=told or say["nobodys"]))


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Be the one process: over an embedded database two could refresh at once, and lose a pair."""
    from bot.storage.errors import AlreadyServed  # noqa: PLC0415 - keeps --help quick
    from bot.storage.sole import serving_alone  # noqa: PLC0415

    if settings.database_url is not None:
        yield
        return
    try:
        with serving_alone(settings.data_dir / "serving.lock"):
            yield
    except AlreadyServed as process:
        raise CannotBegin(words("zalo")["served"].format(process=process)) from None
