"""``python -m bot knowledge sync``: read the National portal, keep what changed, report it."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.clock import SystemClock
from bot.commands.environment import read_settings
from bot.commands.knowledge.sync_report import as_json, as_text
from bot.commands.knowledge.wording import words
from bot.settings import Settings
from knowledge.sync import Phase, SyncReport

INTERRUPTED = 130


class Bar:
    """Draws how far the walk has come."""

    def __init__(self, progress: Progress) -> None:
        """Draw on ``progress``."""
        self._progress = progress
        self._tasks = {
            phase: progress.add_task(words("sync")[phase], total=None, visible=False)
            for phase in Phase
        }

    async def step(self, phase: Phase, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` are stored."""
        self._progress.update(
            self._tasks[phase], completed=done, total=max(total, done), visible=True
        )


def sync(
    details: Annotated[
        bool, typer.Option("--details/--no-details", help="Read details, or the catalogue alone.")
    ] = True,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Read at most so many details this time.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read the portal's catalogue and what changed in it; goes on where it was stopped."""
    report = _report(read_settings(), details=details, limit=limit)
    typer.echo(as_json(report) if json else as_text(report))
    raise typer.Exit(1 if report.stopped or report.faults else 0)


def _report(settings: Settings, *, details: bool, limit: int | None) -> SyncReport:
    from bot.upkeep.lease import LeaseTaken  # noqa: PLC0415 - keeps --help quick
    from bot.upkeep.portal import WalkLost  # noqa: PLC0415

    said = words("sync")
    try:
        return asyncio.run(_walk(settings, details=details, limit=limit))
    except LeaseTaken as taken:
        why, code = said["taken"].format(who=taken), 1
    except WalkLost:
        why, code = said["lost"], 1
    except KeyboardInterrupt:
        why, code = said["interrupted"], INTERRUPTED
    typer.echo(why, err=True)
    raise typer.Exit(code)


async def _walk(settings: Settings, *, details: bool, limit: int | None) -> SyncReport:
    from bot.bootstrap import open_database  # noqa: PLC0415
    from bot.upkeep.portal import Extent, walk  # noqa: PLC0415

    extent = Extent(details=details, limit=limit)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    async with open_database(settings) as database:
        with Progress(
            *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
        ) as progress:
            return await walk(
                database, settings, clock=SystemClock(), watch=Bar(progress), extent=extent
            )
