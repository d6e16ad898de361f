"""Officers' own chats as rows, and the codes that make a chat one: of each its digest alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import Final

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.errands import Errand
from bot.conversation.turn import ConversationState, Presented
from bot.messages import ChannelName, CitizenAddress
from bot.officials.audit import By, Deed
from bot.officials.chat_codes import LIFE, digest_in
from bot.officials.models import OfficerId
from bot.officials.redaction import redacted
from bot.storage import audit_rows
from bot.storage.broadcast_tables import subscribers
from bot.storage.finished import Claimed, Finished
from bot.storage.people_tables import officers
from bot.storage.plan_tables import officer_chat_codes, officer_chats
from bot.storage.subscriber_rows import officer_name
from bot.storage.throttle_rows import count_attempt, forget_attempts, to_wait
from bot.storage.upserts import insert_into
from broadcasts.models import ReaderKind

MINUTE: Final = timedelta(minutes=1)
Codes: Final = officer_chat_codes.c
Chats: Final = officer_chats.c


class CodeGone(Exception):
    """A code was used by another chat after it was looked up here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChat:
    """A chat in which an officer is written to."""

    address: CitizenAddress
    linked_at: datetime


async def put_code(
    connection: AsyncConnection, officer: OfficerId, digest: str, at: datetime
) -> datetime:
    """Let an officer's code count, and no earlier one of theirs; give until when."""
    await connection.execute(
        delete(officer_chat_codes).where(or_(Codes.officer == officer, Codes.until <= at))
    )
    until = at + LIFE
    row = {"digest": digest, "officer": officer, "until": until}
    await connection.execute(insert(officer_chat_codes).values(row))
    return until


async def with_codes(
    connection: AsyncConnection,
    claimed: Sequence[Claimed],
    states: Mapping[str, ConversationState],
    at: datetime,
) -> dict[str, ConversationState]:
    """Give the states of those whose message is a code, with what became of it."""
    told: dict[str, ConversationState] = {}
    for one in claimed:
        if digest := digest_in(one.message.text):
            key = one.message.address.conversation
            state = states.get(key, ConversationState())
            told[key] = replace(state, presented=await _presented(connection, key, digest, at))
    return told


async def _presented(
    connection: AsyncConnection, conversation: str, digest: str, at: datetime
) -> Presented:
    left = await to_wait(connection, _tries(conversation), now=at)
    if left:
        return Presented(minutes=ceil(left / MINUTE))
    wanted = (
        select(officers.c.name)
        .join(officer_chat_codes, Codes.officer == officers.c.id)
        .where(Codes.digest == digest, Codes.until > at, officers.c.active.is_(True))
    )
    return Presented(name=(await connection.execute(wanted)).scalar() or "")


def _tries(conversation: str) -> str:
    return f"chat_code:{sha256(conversation.encode()).hexdigest()}"


async def run_chat_errands(connection: AsyncConnection, finished: Sequence[Finished]) -> None:
    """Make chats officers' own, and count codes that were nobody's; last in its transaction."""
    for one in finished:
        if one.result.errand is Errand.MISCODE:
            key = _tries(one.claimed.message.address.conversation)
            await count_attempt(connection, key, now=one.at)
    for one in finished:
        if one.result.errand is Errand.LINK:
            await _link(connection, one)


async def _link(connection: AsyncConnection, one: Finished) -> None:
    """Raises: CodeGone: the code is none any more; the turn is answered with an apology."""
    address = one.claimed.message.address
    used = (
        delete(officer_chat_codes)
        .where(Codes.digest == digest_in(one.claimed.message.text), Codes.until > one.at)
        .returning(Codes.officer)
    )
    officer = (await connection.execute(used)).scalar()
    if officer is None:
        raise CodeGone
    chat = insert_into(officer_chats, connection.dialect).values(
        conversation=address.conversation,
        officer=officer,
        channel=address.channel,
        user_id=address.user_id,
        linked_at=one.at,
    )
    await connection.execute(
        chat.on_conflict_do_update(
            index_elements=["conversation"],
            set_={"officer": officer, "linked_at": chat.excluded.linked_at},
        )
    )
    # News reach an officer once, whichever of their chats they agreed in.
    await connection.execute(
        update(subscribers)
        .where(subscribers.c.channel == address.channel, subscribers.c.address == address.user_id)
        .values(person=officer_name(officer), kind=ReaderKind.OFFICIAL)
    )
    await forget_attempts(connection, _tries(address.conversation))
    await _remember(connection, officer, address, one.at)


async def _remember(
    connection: AsyncConnection, officer: int, address: CitizenAddress, at: datetime
) -> None:
    office = select(officers.c.office).where(officers.c.id == officer)
    deed = Deed(
        action="chat_linked",
        office=(await connection.execute(office)).scalar_one(),
        kind="officer",
        subject=str(officer),
        after={"channel": str(address.channel)},
    )
    by = By(officer=officer, actor="chat")
    await audit_rows.append(connection, [redacted(deed)], at=at, by=by)


async def chats_of(connection: AsyncConnection, officer: OfficerId) -> tuple[OwnChat, ...]:
    """Give the chats of an officer who is active, the newest first."""
    wanted = (
        select(officer_chats)
        .join(officers, officers.c.id == Chats.officer)
        .where(Chats.officer == officer, officers.c.active.is_(True))
        .where(Chats.channel.in_(list(ChannelName)))
        .order_by(Chats.linked_at.desc(), Chats.conversation)
    )
    return tuple(
        OwnChat(
            address=CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id),
            linked_at=row.linked_at,
        )
        for row in await connection.execute(wanted)
    )


async def unlink(connection: AsyncConnection, officer: OfficerId, address: CitizenAddress) -> bool:
    """Make a chat an officer's no more; tell whether it was theirs."""
    gone = delete(officer_chats).where(
        Chats.officer == officer, Chats.conversation == address.conversation
    )
    if (await connection.execute(gone)).rowcount != 1:
        return False
    await connection.execute(
        update(subscribers)
        .where(subscribers.c.channel == address.channel, subscribers.c.address == address.user_id)
        .values(person=address.conversation)
    )
    return True
