"""``python -m bot zalo``: the offices' Official Accounts, for who runs the program."""

from __future__ import annotations

import asyncio
import json as jsons
import sys
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bot.commands import zalo_template
from bot.commands.at_zalo import AnAccount, account_of, accounts_at_zalo, alone, at_zalo
from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from bot.storage.database import Database
    from bot.storage.zalo_overview_rows import AccountState

LINES: Final = 2
app = typer.Typer(name="zalo", no_args_is_help=True, help="Official Accounts of Zalo.")
app.add_typer(zalo_template.app)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def accounts(*, json: AsJson = False) -> None:
    """List the accounts and how they stand; exit 1 when one needs somebody."""
    states = asyncio.run(_states(read_settings()))
    _tell([_told(one) for one in states], json=json)
    raise typer.Exit(1 if any(one.fault for one in states) else 0)


@app.command()
def connect(office: Annotated[str, typer.Argument(help="The office's code.")]) -> None:
    """Connect an office's account by a pair of tokens, read from stdin: access, then refresh."""
    typed = sys.stdin.read().split()
    if len(typed) != LINES:
        raise CannotBegin(words("zalo")["two_lines"])
    name = asyncio.run(_connect(read_settings(), office, typed[0], typed[1]))
    typer.echo(words("zalo")["connected"].format(office=office, name=name))


@app.command()
def refresh(account: AnAccount) -> None:
    """Get a new pair of tokens now, even where a new consent was asked for."""
    if not asyncio.run(_refresh(read_settings(), account)):
        raise CannotBegin(words("zalo")["not_refreshed"])
    typer.echo(words("zalo")["refreshed"])


@app.command()
def check(account: AnAccount, *, json: AsJson = False) -> None:
    """Ask Zalo about an account, and tell which addresses Zalo must reach."""
    _tell([asyncio.run(_check(read_settings(), account))], json=json)


@app.command("sort-again")
def sort_again() -> None:
    """Have calls of Zalo that could not be sorted tried again, after what was wrong is mended."""
    count = asyncio.run(_sort_again(read_settings()))
    typer.echo(words("zalo")["sorted_again"].format(count=count))


async def _sort_again(settings: Settings) -> int:
    from bot.storage.arrival_rows import give_back_arrivals  # noqa: PLC0415 - keeps --help quick
    from bot.storage.opening import open_database  # noqa: PLC0415

    async with open_database(settings) as database, database.writing() as connection:
        return await give_back_arrivals(connection)


async def _states(settings: Settings) -> Sequence[AccountState]:
    from bot.storage.opening import open_database  # noqa: PLC0415 - keeps --help quick
    from bot.storage.zalo_overview_rows import states_at  # noqa: PLC0415

    async with open_database(settings) as database, database.reading() as connection:
        return await states_at(connection, None)


async def _connect(settings: Settings, office: str, access: str, refresh: str) -> str:
    from bot.casework.deeds import COMMAND_LINE, acting  # noqa: PLC0415 - keeps --help quick
    from bot.casework.zalo.connecting import connect, pasted  # noqa: PLC0415
    from bot.channels.zalo.oauth import ACCESS_LASTS  # noqa: PLC0415
    from bot.channels.zalo.pairs import Pair  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.vault import open_vaults  # noqa: PLC0415

    vault = open_vaults(settings, make=False).data
    if vault is None:
        raise CannotBegin(words("zalo")["no_keys"])
    pair = Pair(access=access, refresh=refresh, lasts=ACCESS_LASTS)
    async with at_zalo(settings) as (zalo, database):
        await _known(database, office)
        proved = await pasted(database, zalo, office, pair)
        async with acting(database, SystemClock(), COMMAND_LINE) as doing:
            await connect(doing, vault, office, proved)
    return str(proved.told.get("name") or proved.oa_id)


async def _known(database: Database, office: str) -> None:
    from bot.officials.tree import OfficeTree  # noqa: PLC0415 - keeps --help quick
    from knowledge.repository import SqlSnapshotStore  # noqa: PLC0415

    known = OfficeTree.of((await SqlSnapshotStore(database).layers()).offices).codes
    if office not in known:
        told = words("officer")["unknown_office"]
        raise CannotBegin(told.format(office=office, known=", ".join(sorted(known))))


async def _refresh(settings: Settings, account: str) -> bool:
    with alone(settings):
        async with accounts_at_zalo(settings) as parts:
            return await parts.tokens.again(await account_of(parts.database, account))


async def _check(settings: Settings, account: str) -> dict[str, Any]:
    from bot.storage.zalo_account_rows import tell_state  # noqa: PLC0415 - keeps --help quick

    async with accounts_at_zalo(settings) as parts:
        account = await account_of(parts.database, account)
        # Never refreshed by this: the program may be serving.
        held = await parts.store.held(account)
        if held is None or not held.access:
            raise CannotBegin(words("zalo")["no_token"])
        told = dict(await parts.app.look(held.access))
        async with parts.database.writing() as connection:
            await tell_state(connection, account, told, at=parts.clock.now())
    reached = {
        "callback": parts.app.callback,
        "webhook": f"{settings.public_url}/webhooks/zalo",
    }
    return {"oa_id": account, **told, **reached}


def _told(one: AccountState) -> dict[str, Any]:
    from bot.casework.zalo.wording import trouble_sentence  # noqa: PLC0415 - keeps --help quick

    return {
        "oa_id": one.oa_id,
        "office": one.office,
        "name": one.name,
        "status": str(one.status),
        "fault": one.fault,
        "what_to_do": trouble_sentence(one) if one.fault else "",
        "access_until": _moment(one.access_until),
        "refresh_until": _moment(one.refresh_until),
    }


def _moment(at: Any) -> str:  # noqa: ANN401 - a moment or nothing
    return at.isoformat(timespec="seconds") if at else ""


def _tell(rows: Sequence[dict[str, Any]], *, json: bool) -> None:
    if json:
        typer.echo(jsons.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not rows:
        typer.echo(words("zalo")["none"])
    for row in rows:
        typer.echo("\n".join(f"{name}: {value}" for name, value in row.items() if value != ""))
