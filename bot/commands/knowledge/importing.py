"""``python -m bot knowledge import``: an office's table becomes its edits, bad cells are named."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import VIETNAM, SystemClock
from bot.commands.environment import read_settings
from bot.commands.knowledge.options import OfficeOption

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.row_checks import Allowed
    from knowledge.stated import TableReading
    from knowledge.weighing import Weighing


def import_(
    file: Annotated[Path, typer.Argument(help="A table: .xlsx, .csv or .docx.")],
    office: OfficeOption = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would happen; nothing is stored.")
    ] = False,
    allow_new: Annotated[
        bool, typer.Option("--allow-new", help="Take codes nobody knows as new procedures.")
    ] = False,
    allow_rename: Annotated[
        bool, typer.Option("--allow-rename", help="Take quite another name for a known code.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Take over what a table states; bad cells are named with file, row and column."""
    from bot.commands.knowledge.import_report import as_json, as_text  # noqa: PLC0415 - quick --help
    from knowledge.office_table import read_table  # noqa: PLC0415
    from knowledge.row_checks import Allowed  # noqa: PLC0415
    from knowledge.tabular.grid import UnreadableFile  # noqa: PLC0415

    settings = read_settings()
    today = SystemClock().now().astimezone(VIETNAM).date()
    try:
        reading = read_table(file, seen=today)
    except UnreadableFile as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    allowed = Allowed(new=allow_new, rename=allow_rename)
    weighing = asyncio.run(_take_over(settings, reading, office, allowed, dry_run=dry_run))
    typer.echo(as_json(weighing) if json else as_text(weighing, dry_run=dry_run))
    raise typer.Exit(1 if weighing.faults else 0)


async def _take_over(
    settings: Settings, reading: TableReading, office: str, allowed: Allowed, *, dry_run: bool
) -> Weighing:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415
    from knowledge.weighing import weigh  # noqa: PLC0415

    async with open_store(settings, office) as (store, speaker):
        weighing = weigh(reading, await store.layers(), speaker, allowed=allowed)
        if weighing.edits and not dry_run:
            await store.save_edits(weighing.edits, at=SystemClock().now())
        return weighing
