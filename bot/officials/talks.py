"""The words for talks in which an official speaks in the bot's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.messages import CitizenAddress
from bot.officials.models import OfficerId

# So long after an official's last word the bot speaks again; looking on does not count.
LENGTH: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One citizen's conversation; ``id`` is a message of it, its only name outside.

    The address is a secret on the web chat: whoever knows it reads the talk.
    """

    id: int
    address: CitizenAddress
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Who speaks in a talk, since when, and until when if they say nothing more."""

    talk: Talk
    officer: OfficerId
    began_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One talk with its state: who holds it, since when somebody is waited for, who left."""

    talk: Talk
    held: TakeOver | None
    holder: str
    waits_since: datetime | None
    unreachable: bool
