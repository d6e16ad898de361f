"""Options and arguments that several of the commands have."""

from __future__ import annotations

from typing import Annotated

import typer

As = Annotated[str, typer.Option("--as", metavar="LOGIN", help="The officer who does it.")]
Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
Told = Annotated[str, typer.Argument(metavar="CASE", help="The case's number or reference.")]
Reason = Annotated[str, typer.Option(help="Why; colleagues read it.")]
Office = Annotated[str, typer.Option(help="Of this office alone, by its code.")]
State = Annotated[str, typer.Option(help="In this state alone, such as in_progress.")]
