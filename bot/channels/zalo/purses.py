"""What sending needs to know of the person and of the account's quota, and what it learns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.shapes import Json, number, part, word
from bot.channels.zalo.window import Opening

# The quota of free replies, by Zalo's name.
FREE: str = "reply"


class PursesClosed(Exception):
    """Nobody can tell now what may be said; nothing was counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the answer to a message tells of the quota it was taken from; gaps are usual."""

    kind: str = ""
    remain: int | None = None
    total: int | None = None

    @classmethod
    def read(cls, data: Json) -> Told:
        """Read the ``quota`` of an answer."""
        quota = part(data, "quota")
        return cls(
            kind=word(quota, "quota_type"),
            remain=number(quota.get("remain")),
            total=number(quota.get("total")),
        )


class Purses(Protocol):
    """The purses messages are taken from; each act is one transaction.

    Raises:
        PursesClosed: it cannot be told now.
    """

    async def look(self, to: Follower) -> Opening:
        """Tell what the next message would be taken from."""
        ...

    async def begin(self, to: Follower) -> Opening:
        """Decide, and count a message that goes if it may go: the call follows."""
        ...

    async def take_back(self, to: Follower, begun: Opening) -> None:
        """Count a message no more that surely was not taken."""
        ...

    async def told(self, to: Follower, told: Told) -> None:
        """Believe what the answer tells."""
        ...

    async def emptied(self, oa: str, begun: Opening, *, money: bool) -> None:
        """Note that nothing is left of the purse that was begun: no message, or no ``money``."""
        ...

    async def unreached(self, to: Follower, state: str, *, since: datetime | None = None) -> None:
        """Note why nothing reaches somebody until they act; with no ``state`` never heard.

        Who has acted after ``since``, an act of theirs, is reached again by now.
        """
        ...
