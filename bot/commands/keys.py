"""``python -m bot keys``: make a key, see which ones are in use, change to the next."""

from __future__ import annotations

import asyncio
import json as jsons
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.handling.rekeying import Standing
    from bot.settings import Settings

app = typer.Typer(name="keys", no_args_is_help=True, help="Keys of citizens' data.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def new(
    name: Annotated[str, typer.Option("--id", help="Its id: a–z, 0–9 and -, at most 12.")] = "",
    *,
    json: AsJson = False,
) -> None:
    """Make a key and print it; nothing is stored or changed."""
    from bot.clock import VIETNAM, SystemClock  # noqa: PLC0415 - keeps --help quick
    from bot.vault import BadKeys  # noqa: PLC0415
    from bot.vault.keyring import new_key  # noqa: PLC0415

    name = name or f"{SystemClock().now().astimezone(VIETNAM):%Y%m%d}"
    try:
        made = new_key(name)
    except BadKeys as fault:
        raise typer.BadParameter(str(fault), param_hint="--id") from None
    typer.echo(jsons.dumps({"id": name, "key": made}) if json else made)
    typer.echo(words("keys")["made"], err=True)


@app.command()
def check(*, json: AsJson = False) -> None:
    """Tell which keys sealed what, open a value of each; exit 1 when one does not open."""
    _tell(asyncio.run(_run(read_settings(), rotate=False)), json=json)


@app.command()
def rotate(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be sealed anew.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Seal with the first key what older ones sealed; killed, it goes on when run again."""
    _tell(asyncio.run(_run(read_settings(), rotate=not dry_run)), json=json)


async def _run(settings: Settings, *, rotate: bool) -> Sequence[Standing]:
    from bot.handling.rekeying import rotate as rotated  # noqa: PLC0415 - keeps --help quick
    from bot.handling.rekeying import standing  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415
    from bot.vault import open_vaults  # noqa: PLC0415

    vaults = open_vaults(settings)
    if vaults.data is None and vaults.sealed is None:
        raise CannotBegin(words("keys")["none"])
    async with open_database(settings) as database:
        unhurried = database.unhurried()
        if rotate:
            return await rotated(unhurried, vaults, _progress)
        return await standing(unhurried, vaults)


def _progress(column: str, moved: int) -> None:
    if sys.stderr.isatty():
        typer.echo(words("keys")["progress"].format(column=column, moved=moved), err=True)


def _tell(stood: Sequence[Standing], *, json: bool) -> None:
    said = words("keys")
    if json:
        typer.echo(jsons.dumps([asdict(one) for one in stood], ensure_ascii=False))
    else:
        for one in stood:
            keys = ", ".join(f"{name} {count}" for name, count in one.keys.items())
            typer.echo(said["line"].format(column=one.column, keys=keys or "0", left=one.left))
    for one in stood:
        for name in one.shut:
            typer.echo(said["shut"].format(column=one.column, key=name), err=True)
    raise typer.Exit(1 if any(one.shut for one in stood) else 0)
