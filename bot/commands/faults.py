"""What keeps a command from beginning is told in words, not by a traceback."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from bot.errors import CannotBegin


class TellingFaults(TyperGroup):
    """The commands below say why they cannot begin, on standard error, and exit with 2."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - its context has no public name
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except CannotBegin as fault:
            typer.echo(str(fault), err=True)
            raise typer.Exit(2) from None
