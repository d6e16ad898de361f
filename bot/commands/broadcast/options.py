"""What is typed behind the commands of ``python -m bot broadcast``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

As = Annotated[str, typer.Option("--as", metavar="LOGIN", help="The officer who does it.")]
Json = Annotated[bool, typer.Option("--json", help="Print where the broadcast is as JSON.")]
# What a number of a row may be.
MOST_ROWS = 2**62
Number = Annotated[int, typer.Argument(min=1, max=MOST_ROWS, help="The broadcast's number.")]
Note = Annotated[str, typer.Option(help="What stands in the history beside it.")]
Count = Annotated[
    int | None,
    typer.Option(
        min=0, max=MOST_ROWS, metavar="N", help="How many it goes to, to confirm many recipients."
    ),
]
Again = Annotated[bool, typer.Option("--again", help="Send it although the same was sent lately.")]
# Of ``create``; its other options are as short as their names.
Picture = Annotated[Path | None, typer.Option(help="A picture shown with it: .jpg, .png, .webp.")]
Depicted = Annotated[
    str, typer.Option(help="What the picture shows, for who does not see it; else the title.")
]
Attach = Annotated[
    list[Path] | None, typer.Option(help="A file with it: a picture, .pdf, .docx, .xlsx.")
]
Office = Annotated[
    str,
    typer.Option(help="The office that speaks; else the officer's, else the one that answers."),
]
Kind = Annotated[
    str, typer.Option(help="The kind of news, with its template; else as the plan tells.")
]
Topic = Annotated[list[str] | None, typer.Option(help="For who chose this topic; else the kind.")]
Entry = Annotated[int | None, typer.Option(min=1, max=MOST_ROWS, help="The entry of a plan.")]
Slot = Annotated[
    int | None, typer.Option(min=1, max=MOST_ROWS, help="The time of a plan's entry.")
]
