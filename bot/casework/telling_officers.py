"""What is due is told to an officer in their own chat; else their first page alone tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Author, ChannelName, CitizenAddress, Reply
from bot.officials.models import OfficerId
from bot.storage.memory_rows import lock
from bot.storage.officer_chat_rows import chats_of
from bot.storage.outbox_rows import say_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said to an officer: its row in the outbox, and the chat to wake."""

    row: int
    address: CitizenAddress


async def tell_officer(
    connection: AsyncConnection,
    officer: OfficerId,
    reply: Reply,
    *,
    at: datetime,
    kept: frozenset[ChannelName],
    but: Callable[[CitizenAddress], bool] = lambda _address: False,
) -> Said | None:
    """Say something in the chat an officer linked last; nothing without such a chat.

    Chats are passed over of which ``but`` tells that they do not reach anybody now.
    """
    chats = [one for one in await chats_of(connection, officer) if not but(one.address)]
    if not chats:
        return None
    address = chats[0].address
    await lock(connection, address.conversation, at)
    row = await say_to(connection, address, reply, author=Author.BOT, at=at, kept=kept)
    return None if row is None else Said(row=row, address=address)
