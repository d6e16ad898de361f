"""``python -m bot knowledge sync``: read the National portal, keep what changed, report it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.environment import read_settings


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
    from bot.commands.knowledge.sync_report import as_json, as_text  # noqa: PLC0415 - quick --help
    from bot.commands.knowledge.walking import walk_and_tell  # noqa: PLC0415

    report = walk_and_tell(read_settings(), details=details, limit=limit)
    typer.echo(as_json(report) if json else as_text(report))
    raise typer.Exit(1 if report.stopped or report.faults or report.doubt else 0)
