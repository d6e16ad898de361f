"""The commands about many cases at once; what they do is loaded when they are asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.feedback.desk import at_desk
from bot.commands.feedback.options import As, Json


def import_(
    file: Annotated[Path, typer.Argument(help="The export of a hotline such as 1022, an .xlsx.")],
    *,
    officer: As,
    office: Annotated[str, typer.Option(help="Whose cases they become, by its code.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be; nothing is stored.")
    ] = False,
    json: Json = False,
) -> None:
    """File the cases of a hotline's export, each once; bad rows are told, good ones are kept."""
    from bot.commands.feedback import importing  # noqa: PLC0415

    wish = importing.Wish(file=file, office=office, dry_run=dry_run)
    done = at_desk(officer, lambda desk: importing.take_in(desk, wish))
    typer.echo(importing.as_json(done, wish) if json else importing.as_text(done, wish))


def report(
    *,
    officer: As,
    office: Annotated[str, typer.Option(help="With all below it; else the officer's.")] = "",
    period: Annotated[
        str,
        typer.Option(help="2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-CCHC; last quarter."),
    ] = "",
    docx: Annotated[Path | None, typer.Option(help="The document to write.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="The spreadsheet to write.")] = None,
    json: Json = False,
) -> None:
    """Tell how cases were answered in a period; of the first answer, in local days."""
    from bot.commands.feedback import reporting  # noqa: PLC0415

    typed = reporting.Typed(office=office, period=period, docx=docx, xlsx=xlsx)
    reporting.report(typed, officer, json=json)


def retain(
    *,
    officer: Annotated[
        str, typer.Option("--as", metavar="LOGIN", help="Who does it; a dry run needs nobody.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would go, and change nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Erase what is kept of persons longer than its purpose allows, as each night does."""
    from bot.commands.feedback import retaining  # noqa: PLC0415

    retaining.retain(retaining.Typed(officer=officer, dry_run=dry_run, json=json))
