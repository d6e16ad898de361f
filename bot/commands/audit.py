"""``python -m bot audit verify``: is the record of what officials did as it was written?"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.casework.verifying import Verdict
    from bot.officials.audit import Anchor, Breach
    from bot.settings import Settings

app = typer.Typer(name="audit", no_args_is_help=True, help="The record of what officials did.")


@app.callback()
def audit() -> None:
    """The record of what officials did."""


@app.command()
def verify(
    expect: Annotated[
        str, typer.Option(help="An anchor noted before, SEQ:HASH, which the chain must contain.")
    ] = "",
) -> None:
    """Follow the chain from its first entry; name the first that was changed and exit 1."""
    verdict = asyncio.run(_verdict(read_settings(), _anchor(expect)))
    if verdict.breach:
        typer.echo(_told(verdict.breach), err=True)
        raise typer.Exit(1)
    said = words("audit")["whole" if verdict.anchor.seq else "empty"]
    typer.echo(said.format(count=verdict.anchor.seq, anchor=verdict.anchor))


def _anchor(expect: str) -> Anchor:
    from bot.officials.audit import BEGINNING, Anchor  # noqa: PLC0415 - keeps --help quick

    try:
        return Anchor.of(expect) if expect else BEGINNING
    except ValueError:
        raise typer.BadParameter(words("audit")["not_anchor"], param_hint="--expect") from None


async def _verdict(settings: Settings, expected: Anchor) -> Verdict:
    from bot.casework.verifying import verify  # noqa: PLC0415 - keeps --help quick
    from bot.storage.opening import open_database  # noqa: PLC0415

    async with open_database(settings) as database:
        return await verify(database, expected=expected)


def _told(breach: Breach) -> str:
    said = words("audit")
    why = said[breach.fault].format(column=breach.column)
    return said["broken"].format(seq=breach.seq, why=why)
