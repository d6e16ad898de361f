"""What is known of one request so far."""

from __future__ import annotations

from dataclasses import dataclass

from bot.console.actor import Actor
from bot.console.limits import ORDINARY, Limit


@dataclass(slots=True)
class Visit:
    """Filled in on the way through admission; pages read it.

    ``secret`` is the cookie forms are signed with, ``door`` the same when it is new and has to be
    given to the browser. ``thing`` is what the address names, as its resolver found it;
    ``limit`` is that of the form.
    """

    actor: Actor | None = None
    secret: str = ""
    door: str = ""
    thing: object = None
    limit: Limit = ORDINARY
