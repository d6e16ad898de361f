"""What is known of one request so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.actor import Actor
from bot.console.limits import ORDINARY, Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is odd about something typed, and the record it is another's, with its page."""

    told: str
    name: str = ""
    link: str = ""


@dataclass(slots=True)
class Visit:
    """Filled in on the way through admission; pages read it.

    ``secret`` is the cookie forms are signed with, ``door`` the same when it is new and has to be
    given to the browser. ``thing`` is what the address names, as its resolver found it, and
    ``named`` what that is called; ``page`` is the address of the page an act belongs to; ``limit``
    is that of the form; ``doubts`` are what its officer is asked to look at twice.
    ``has_kept_files`` once the files of a form stand stored, whatever else is wrong in it.
    """

    actor: Actor | None = None
    secret: str = ""
    door: str = ""
    thing: object = None
    named: str = ""
    page: str = ""
    limit: Limit = ORDINARY
    doubts: Sequence[Doubt] = ()
    has_kept_files: bool = False
