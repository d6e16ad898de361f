"""The lists of talks as a spreadsheet, masked as on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.console.actor import Actor
from bot.console.formats import moment
from bot.console.talks.listing import Lists
from bot.console.words import say
from bot.console.xlsx import Sheet, Value


def sheet_of(lists: Lists, actor: Actor, now: datetime) -> Sheet:
    """Give every list of the page, each talk with the list it stands in."""
    headings = ("state", "last_words", "asked_before", "channel", "outcome", "officer", "at")
    return Sheet(
        title=say("talks.title"),
        headings=[say(f"talks.{one}") for one in headings],
        rows=list(_rows(lists)),
        conditions=[
            (say("look.taken_by"), actor.officer.name),
            (say("look.taken_at"), moment(now)),
        ],
    )


def _rows(lists: Lists) -> Iterator[tuple[Value, ...]]:
    for state in ("waiting", "mine", "others", "lately"):
        for row in getattr(lists, state):
            told = say(f"talks.{state}")
            yield told, row.words, row.about, row.channel, row.outcome, row.name, row.at
