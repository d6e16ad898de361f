"""Feedback as the worker sees it: what is known before a turn, what is done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.turn import ConversationState
from bot.handling.granting import Granting
from bot.handling.listening import Listening
from bot.handling.noticing import Announcer
from bot.storage.finished import Claimed, Finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Talking:
    """Looks before turns, does what they wish, and tells what somebody is still to hear of."""

    listening: Listening
    granting: Granting
    announcer: Announcer

    async def look(
        self,
        connection: AsyncConnection,
        claimed: Sequence[Claimed],
        states: Mapping[str, ConversationState],
        now: datetime,
    ) -> dict[str, ConversationState]:
        """Give the states of these messages with what is known of their feedback."""
        return await self.listening.look(connection, claimed, states, now)

    async def tell_before_replies(
        self, connection: AsyncConnection, finished: Sequence[Finished], now: datetime
    ) -> None:
        """Tell those who filed or follow something what they have not heard of."""
        known = {
            one.claimed.message.address.conversation
            for one in finished
            if one.before.feedback is not None and one.before.feedback.cases
        }
        if known:
            await self.announcer.tell_before_replies(connection, known, now)

    async def grant(self, connection: AsyncConnection, finished: Sequence[Finished]) -> None:
        """Do what the turns wish."""
        await self.granting.grant(connection, finished)
