"""``python -m bot``: every command of the program."""

from __future__ import annotations

import typer

from bot.commands import ask, audit, keys, migrating, plan, serve, subscribers, zalo
from bot.commands.broadcast.app import app as broadcast
from bot.commands.faults import TellingFaults
from bot.commands.feedback.app import app as feedback
from bot.commands.knowledge import app as knowledge
from bot.commands.officer import app as officer

app = typer.Typer(
    name="bot", cls=TellingFaults, no_args_is_help=True,
    add_completion=False, pretty_exceptions_enable=False,
    help="A chatbot with which public offices answer their people.",
)  # fmt: skip
app.command()(serve.serve)
app.command()(ask.ask)
app.command()(migrating.migrate)
app.add_typer(knowledge.app)
app.add_typer(officer.app)
app.add_typer(broadcast)
app.add_typer(feedback)
app.add_typer(audit.app)
app.add_typer(keys.app)
app.add_typer(plan.app)
app.add_typer(subscribers.app)
app.add_typer(zalo.app)


if __name__ == "__main__":
    app()
