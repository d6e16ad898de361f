"""The commands of ``python -m bot feedback``; what they do is loaded when they are asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.feedback import looking, many, working
from bot.commands.wording import words
from bot.errors import CannotBegin

app = typer.Typer(
    name="feedback", no_args_is_help=True, help="What citizens report, propose and praise."
)
app.command("list")(looking.list_)
app.command("import")(many.import_)
app.command()(looking.show)
app.command()(working.assign)
app.command()(working.reply)
app.command()(working.close)
app.command()(looking.export)
app.command()(many.report)
app.command()(many.retain)


@app.command()
def classify(
    file: Annotated[
        Path | None, typer.Argument(help="A file of messages; without it, standard input.")
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='One JSON object a line, {"id": 1, "text": "rác đầy ngõ"}; a line for each comes'
            " out in the same order. Nothing else is read, and nothing is stored.",
        ),
    ] = False,
) -> None:
    """Tell the kind, topic, urgency and personal data of messages."""
    from bot.commands.feedback.classify import classify_lines, opened  # noqa: PLC0415 - quick --help
    from bot.commands.json_lines import speak_utf8  # noqa: PLC0415

    if not jsonl:
        raise CannotBegin(words("classify")["jsonl_only"])
    speak_utf8()
    with opened(file) as lines:
        raise typer.Exit(classify_lines(lines, sys.stdout))
