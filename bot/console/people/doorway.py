"""What coming in takes, and what it ends with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.clock import Clock
from bot.console.people.hashing import Hasher
from bot.console.people.sealing import Seal
from bot.officials.models import Stage
from bot.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorway:
    """Where accounts are kept, what time it is, who looks at passwords, who seals secrets."""

    database: Database
    clock: Clock
    hasher: Hasher
    seal: Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Where somebody calls from; ``device`` is what their browser kept since the last time."""

    address: str
    agent: str = ""
    device: str = ""


class Reason(StrEnum):
    """Why somebody does not come in; the console has a sentence for each."""

    WRONG = "wrong"
    WAIT = "wait"
    USED = "used"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Somebody does not come in, for now for as long as ``wait``."""

    reason: Reason = Reason.WRONG
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """Somebody came as far as ``stage``; both tokens are for the browser alone.

    ``device`` is empty until they are wholly in. ``codes_left`` is told when one was used.
    """

    token: str
    stage: Stage
    device: str = ""
    codes_left: int | None = None
