"""``python -m bot knowledge export``: what an office tells, as a table to edit and read back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.environment import read_settings
from bot.commands.knowledge.options import OfficeOption
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.models import Snapshot


def export(
    file: Annotated[Path, typer.Argument(help="Where to write: .xlsx or .csv.")],
    office: OfficeOption = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Also the portal's procedures without a card of ours.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over a file of that name.")
    ] = False,
) -> None:
    """Write the procedures as a table; `knowledge import` reads it back."""
    from knowledge.office_table import write_procedures  # noqa: PLC0415 - keeps --help quick
    from knowledge.tabular.grid import UnreadableFile  # noqa: PLC0415

    said = words("export")
    if file.exists() and not overwrite:
        typer.echo(said["exists"].format(file=file), err=True)
        raise typer.Exit(1)
    snapshot = asyncio.run(_published(read_settings(), office))
    procedures = [one for one in snapshot.procedures if everything or one.has_card]
    try:
        written = write_procedures(file, sorted(procedures, key=lambda one: one.code))
    except UnreadableFile as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    typer.echo(said["done"].format(count=written, file=file))


async def _published(settings: Settings, office: str) -> Snapshot:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415

    async with open_store(settings, office) as (store, speaker):
        return await store.load(speaker)
