"""The commands of ``python -m bot knowledge``."""

from __future__ import annotations

import typer

from bot.commands.knowledge import checking, editing, exporting, history, importing, syncing

app = typer.Typer(name="knowledge", no_args_is_help=True, help="Keep the knowledge base.")
app.command("sync")(syncing.sync)
app.command("import")(importing.import_)
app.command("edits")(editing.edits)
app.command("history")(history.history)
app.command("export")(exporting.export)
app.command("check")(checking.check)
