"""One walk through the National portal, with a bar on standard error."""

from __future__ import annotations

import asyncio

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.clock import SystemClock
from bot.commands.wording import words
from bot.settings import Settings
from bot.storage.opening import open_database
from bot.upkeep.lease import LeaseTaken
from bot.upkeep.portal import Extent, WalkLost, walk
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


def walk_and_tell(settings: Settings, *, details: bool, limit: int | None) -> SyncReport:
    """Walk behind a bar; what hinders it is told, and ends the command."""
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
    extent = Extent(details=details, limit=limit)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    async with open_database(settings) as database:
        with Progress(
            *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
        ) as progress:
            return await walk(
                database, settings, clock=SystemClock(), watch=Bar(progress), extent=extent
            )
