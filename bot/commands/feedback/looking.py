"""The commands that look at cases; what they do is loaded when they are asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.feedback.desk import as_array, at_desk, seen_now, tell
from bot.commands.feedback.options import As, Json, Office, State, Told
from bot.commands.wording import words


def list_(  # noqa: PLR0913 - each option narrows the list
    officer: As,
    *,
    office: Office = "",
    state: State = "",
    is_open: Annotated[bool, typer.Option("--open", help="Open ones alone.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="The officer's own alone.")] = False,
    unassigned: Annotated[bool, typer.Option("--unassigned", help="Nobody's yet.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Those that are late.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The newest so many.")] = 50,
    json: Json = False,
) -> None:
    """List cases, the newest first."""
    from bot.commands.feedback import listing, showing  # noqa: PLC0415 - keeps --help quick

    narrow = listing.Narrow(
        office=office,
        state=state,
        is_open=is_open,
        mine=mine,
        unassigned=unassigned,
        overdue=overdue,
    )
    seen = at_desk(officer, lambda desk: listing.listed(desk, narrow, limit))
    typer.echo(as_array(seen) if json else showing.lines_of(seen))


def show(case: Told, officer: As, json: Json = False) -> None:
    """Show a case with what was done to it."""
    tell(at_desk(officer, lambda desk: seen_now(desk, case)), "", json=json)


def export(
    file: Annotated[Path | None, typer.Argument(help="The .xlsx to write.")] = None,
    *,
    officer: As,
    office: Office = "",
    state: State = "",
    json: Json = False,
) -> None:
    """Write cases into a sheet, or as JSON to standard output; never who told of them."""
    from bot.commands.feedback import listing  # noqa: PLC0415

    if file is None and not json:
        raise typer.BadParameter(words("feedback")["no_file"])
    narrow = listing.Narrow(office=office, state=state)
    seen = at_desk(officer, lambda desk: listing.exported(desk, narrow))
    if file is not None:
        listing.write_sheet(file, seen)
        typer.echo(words("feedback")["exported"].format(count=len(seen), file=file), err=json)
    if json:
        typer.echo(as_array(seen))
