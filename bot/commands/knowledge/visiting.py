"""Every address of the knowledge base visited, with a bar on standard error."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.commands.wording import words
from knowledge.link_probe import LinkProbe
from knowledge.lint.links import Visit


async def visits(urls: Sequence[str]) -> dict[str, Visit]:
    """Tell of each address whether it answers."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(words("check")["visiting"], total=len(urls))

        async def watch(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        async with LinkProbe.opened() as probe:
            return await probe.visit(urls, watch)
