"""``python -m bot plan``: what the office's communication plan says."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.plan_drop import drop
from bot.commands.plan_import import import_
from bot.commands.wording import words
from bot.errors import CannotBegin

app = typer.Typer(name="plan", no_args_is_help=True, help="The office's communication plan.")


@app.callback()
def plan() -> None:
    """The office's communication plan."""


app.command("import")(import_)
app.command()(drop)


@app.command()
def timing(
    phrase: Annotated[str, typer.Argument(help='A time as a plan writes it: "02 số/tháng".')],
    year: Annotated[int, typer.Option(help="The year of the plan.")],
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Answer as JSON: kind, start, end, count, per, note, before, periods.",
        ),
    ] = False,
) -> None:
    """Read when and how often; what a person must state first is told, never guessed."""
    from broadcasts.timing import YearOutOfRange, read_timing, spoken  # noqa: PLC0415
    from broadcasts.timing.wire import timing_to_json  # noqa: PLC0415

    if not phrase.strip():
        raise CannotBegin(words("timing")["empty"])
    try:
        read = read_timing(phrase, year=year)
    except YearOutOfRange as fault:
        raise CannotBegin(str(fault)) from None
    typer.echo(timing_to_json(read) if as_json else spoken(read))
