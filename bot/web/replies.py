"""Reading on in a citizen's replies from the last one they have seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Self

from bot.messages import CitizenAddress, OutgoingMessage
from bot.web.ports.mail import Following, Mailbox

AT_ONCE: Final = 50


@dataclass(slots=True, kw_only=True)
class Replies:
    """A place in the replies to one citizen; it moves on as they are read.

    ``restarted`` tells that the reply last seen is gone (the database was replaced, or old
    replies were removed), so that reading begins with what there is.
    """

    following: Following
    seen: int
    restarted: bool

    @classmethod
    @asynccontextmanager
    async def past(
        cls, seen: int, address: CitizenAddress, mailbox: Mailbox
    ) -> AsyncIterator[Self]:
        """Stand behind the reply ``seen``, or before all of them when it is gone."""
        with mailbox.following(address) as following:
            known = await following.after(seen - 1, limit=1) if seen else ()
            gone = seen > 0 and [one.id for one in known] != [seen]
            yield cls(following=following, seen=0 if gone else seen, restarted=gone)

    async def more(self, *, wait: float) -> tuple[OutgoingMessage, ...]:
        """Give the next replies, waiting up to ``wait`` seconds for one; there may be none."""
        found = await self.following.after(self.seen, limit=AT_ONCE, wait=wait)
        if found:
            self.seen = found[-1].id
        return found
