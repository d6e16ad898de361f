"""``python -m bot subscribers``: lists of who receives news, taken over and given as .csv."""

from __future__ import annotations

import asyncio
import json as jsons
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin

if TYPE_CHECKING:
    from bot.newsroom.reader_lists import Taken
    from bot.officials.tree import OfficeTree
    from bot.settings import Settings
    from bot.storage.database import Database

PROGRESS_EVERY: Final = 10_000
MOST_LINES: Final = 50
app = typer.Typer(name="subscribers", no_args_is_help=True, help="Lists of who receives news.")


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A .csv with channel, address, office, kind, topics.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would happen; nothing is stored.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Take over a list; what is good is kept, each fault is named by file, row and column."""
    taken = asyncio.run(_take(read_settings(), file, dry_run=dry_run))
    typer.echo(_as_json(taken, file, dry_run=dry_run) if json else _as_text(taken, file, dry_run))
    raise typer.Exit(1 if taken.faulty else 0)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The .csv to write.")],
    office: Annotated[
        str, typer.Option(help="The office's code, with all below it; all when left out.")
    ] = "",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over a file of that name.")
    ] = False,
) -> None:
    """Write who receives news now; the list holds addresses, so keep it safe."""
    told = words("subscribers")
    try:
        count = asyncio.run(_give(read_settings(), file, office, overwrite=overwrite))
    except FileExistsError:
        raise CannotBegin(told["exists"].format(file=file)) from None
    typer.echo(told["exported"].format(count=count, file=file))


@app.command()
def forget(
    channel: Annotated[str, typer.Argument(help="The channel: telegram, zalo or web.")],
    address: Annotated[str, typer.Argument(help="Their address there, whole.")],
    *,
    officer: Annotated[
        str, typer.Option("--as", metavar="LOGIN", help="The officer who does it.")
    ],
    reason: Annotated[str, typer.Option(help="When and how they asked for it.")],
) -> None:
    """Forget somebody as a reader of news, at their wish; it cannot be taken back."""
    from bot.commands.forgetting import forget_at  # noqa: PLC0415 - keeps --help quick

    number = asyncio.run(forget_at(read_settings(), officer, (channel, address), reason))
    typer.echo(words("subscribers")["forgotten"].format(number=number))


async def _take(settings: Settings, file: Path, *, dry_run: bool) -> Taken:
    from bot.casework.deeds import COMMAND_LINE  # noqa: PLC0415 - keeps --help quick
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.newsroom.reader_lists import Taking  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415

    async with open_database(settings) as database:
        taking = Taking(
            database=database,
            clock=SystemClock(),
            by=COMMAND_LINE,
            offices=(await _tree(database)).codes,
            dry_run=dry_run,
            progress=_progress,
        )
        return await taking.take(file)


def _progress(rows: int) -> None:
    if rows % PROGRESS_EVERY == 0 and sys.stderr.isatty():
        typer.echo(words("subscribers")["progress"].format(rows=rows), err=True)


async def _give(settings: Settings, file: Path, office: str, *, overwrite: bool) -> int:
    from bot.casework.deeds import COMMAND_LINE, acting  # noqa: PLC0415 - keeps --help quick
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.newsroom.reader_file import write_readers  # noqa: PLC0415
    from bot.newsroom.reader_giving import gave, given  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415

    async with open_database(settings) as database:
        offices = await _below(database, office) if office else None
        rows = [row async for row in given(database, offices)]
        async with acting(database, SystemClock(), COMMAND_LINE) as doing:
            count = write_readers(file, rows, overwrite=overwrite)
            gave(doing, count, file.name)
        return count


async def _below(database: Database, office: str) -> frozenset[str]:
    tree = await _tree(database)
    below = tree.branch(office)
    if not below:
        known = ", ".join(sorted(tree.codes))
        raise CannotBegin(words("officer")["unknown_office"].format(office=office, known=known))
    return below


async def _tree(database: Database) -> OfficeTree:
    """Give the offices there are; before the first start those that are shipped."""
    from bot.officials.tree import OfficeTree  # noqa: PLC0415 - keeps --help quick
    from knowledge.publishing import publish_shipped  # noqa: PLC0415
    from knowledge.repository import SqlSnapshotStore  # noqa: PLC0415

    store = SqlSnapshotStore(database)
    await publish_shipped(store)
    return OfficeTree.of((await store.layers()).offices)


def _as_json(taken: Taken, file: Path, *, dry_run: bool) -> str:
    told = {
        "file": file.name,
        "dry_run": dry_run,
        **taken.counts,
        "faults": [{"row": one.row, "column": one.column, "why": one.why} for one in taken.faults],
        "faulty_rows": taken.faulty,
        "duplicate_rows": [{"row": row, "first": first} for row, first in taken.duplicates],
        "opted_out_rows": taken.left,
    }
    return jsons.dumps(told, ensure_ascii=False, indent=2)


def _as_text(taken: Taken, file: Path, dry_run: bool) -> str:
    said = words("subscribers")
    lines = [said["dry_run"]] if dry_run else []
    lines.append(said["summary"].format(file=file.name, **taken.counts))
    lines += [
        said["fault"].format(file=file.name, row=one.row, column=one.column, why=one.why)
        for one in taken.faults[:MOST_LINES]
    ]
    lines += [
        said["duplicate"].format(file=file.name, row=row, first=first)
        for row, first in taken.duplicates[:MOST_LINES]
    ]
    lines += [said["left"].format(file=file.name, row=row) for row in taken.left[:MOST_LINES]]
    most = max(len(taken.faults), len(taken.duplicates), len(taken.left))
    return "\n".join([*lines, *([said["more"]] if most > MOST_LINES else [])])
