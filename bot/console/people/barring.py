"""Between a page and the rules of keeping accounts: who keeps, and what bars in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.console.actor import Actor
from bot.console.forms import Faulty
from bot.console.words import say
from bot.officials.keeping import Bar, Barred, Keeper


def keeper_of(actor: Actor) -> Keeper:
    """Give what the officer may keep."""
    return Keeper(officer=actor.officer.id, grants=actor.grants, tree=actor.tree)


@contextmanager
def told_on(field: str = "") -> Iterator[None]:
    """Tell what bars as a fault of ``field``, or of the whole form; the login's at the login."""
    try:
        yield
    except Barred as barred:
        at = "login" if barred.bar is Bar.LOGIN else field
        raise Faulty({at: say(f"people.{barred.bar}")}) from barred
