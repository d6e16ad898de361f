"""Who receives news, as rows: how they agreed, what they chose, that they left.

Who left is written to again by their own word alone: neither a message nor a list brings them
back. An address stands once; its ``person`` is the conversation's key until somebody is known to
stand behind several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, and_, case, delete, false, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import CitizenAddress, ConversationKey
from bot.storage.broadcast_tables import subscriber_topics, subscribers
from bot.storage.finished import Finished
from bot.storage.plan_tables import officer_chats
from bot.storage.upserts import insert_into
from broadcasts.models import Consent, ReaderKind, SubscriberStatus
from broadcasts.reading import Subscription

S: Final = subscribers.c
AWAY: Final = (SubscriberStatus.BLOCKED, SubscriberStatus.DEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Somebody's own agreement to receive an office's news, and the ``words`` they agreed to."""

    address: CitizenAddress
    office: str
    words: str
    at: datetime


async def subscriptions(
    connection: AsyncConnection, keys: Collection[str]
) -> dict[ConversationKey, Subscription]:
    """Give where the conversations among ``keys`` stand that ever received news."""
    other = subscribers.alias().c
    reached = select(other.id).where(
        other.person == S.person, other.id != S.id, other.status == SubscriberStatus.ACTIVE
    )
    wanted = (
        select(
            *(S.channel, S.address, S.status, S.changed_at, subscriber_topics.c.topic),
            reached.exists().label("elsewhere"),
        )
        .outerjoin(subscriber_topics, subscriber_topics.c.subscriber == S.id)
        .where(among(map(_parts, keys)))
        .order_by(S.id, subscriber_topics.c.topic)
    )
    found: dict[ConversationKey, Subscription] = {}
    for row in await connection.execute(wanted):
        key = ConversationKey(f"{row.channel}:{row.address}")
        topics = found[key].topics if key in found else ()
        found[key] = Subscription(
            status=SubscriberStatus(row.status),
            topics=(*topics, row.topic) if row.topic else topics,
            since=row.changed_at,
            elsewhere=row.elsewhere,
        )
    return found


def _parts(key: str) -> tuple[str, str]:
    channel, _, address = key.partition(":")
    return channel, address


def among(addresses: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    """Pick the subscribers at these addresses, each a channel and an id there."""
    by_channel: dict[str, list[str]] = {}
    for channel, address in sorted(addresses):
        by_channel.setdefault(channel, []).append(address)
    return or_(
        false(),
        *(
            and_(S.channel == channel, S.address.in_(those))
            for channel, those in by_channel.items()
        ),
    )


def _at(address: CitizenAddress) -> ColumnElement[bool]:
    return and_(S.channel == address.channel, S.address == address.user_id)


async def subscribe(connection: AsyncConnection, joined: Joined) -> None:
    """Write to somebody from now on, who agreed to; one who is an officer as to an official."""
    mine = select(officer_chats.c.officer).where(
        officer_chats.c.conversation == joined.address.conversation
    )
    officer = (await connection.execute(mine)).scalar()
    wish = insert_into(subscribers, connection.dialect).values(
        channel=joined.address.channel,
        address=joined.address.user_id,
        office=joined.office,
        kind=ReaderKind.CITIZEN if officer is None else ReaderKind.OFFICIAL,
        person=joined.address.conversation if officer is None else officer_name(officer),
        status=SubscriberStatus.ACTIVE,
        consent=Consent.CHAT,
        words=sha256(joined.words.encode()).hexdigest(),
        agreed_at=joined.at,
        changed_at=joined.at,
        seen_at=joined.at,
    )
    anew = ("office", "status", "consent", "words", "agreed_at", "changed_at", "seen_at")
    await connection.execute(
        wish.on_conflict_do_update(
            index_elements=["channel", "address"],
            set_={name: wish.excluded[name] for name in anew},
        )
    )


def officer_name(officer: int) -> str:
    """Give the ``person`` of an officer, who may have several chats."""
    return f"officer:{officer}"


async def opt_out(connection: AsyncConnection, address: CitizenAddress, at: datetime) -> bool:
    """Write to somebody no more; tell whether they were written to until now."""
    done = await connection.execute(
        update(subscribers)
        .where(_at(address), S.status != SubscriberStatus.OPTED_OUT)
        .values(status=SubscriberStatus.OPTED_OUT, changed_at=at)
    )
    return done.rowcount == 1


async def choose_topics(
    connection: AsyncConnection, address: CitizenAddress, topics: Collection[str], at: datetime
) -> None:
    """Let somebody have these topics from now on; none mean all."""
    found = (await connection.execute(select(S.id).where(_at(address)))).scalar()
    if found is None:
        return
    mine = subscriber_topics.c.subscriber == found
    await connection.execute(delete(subscriber_topics).where(mine))
    if topics:
        rows = [{"subscriber": found, "topic": topic} for topic in sorted(set(topics))]
        await connection.execute(insert(subscriber_topics), rows)
    await connection.execute(update(subscribers).where(S.id == found).values(changed_at=at))


async def lose(
    connection: AsyncConnection, conversation: str, status: SubscriberStatus, at: datetime
) -> None:
    """Note that an address takes nothing any more: ``BLOCKED`` by its owner, or ``DEAD``."""
    await connection.execute(
        update(subscribers)
        .where(among([_parts(conversation)]), S.status == SubscriberStatus.ACTIVE)
        .values(status=status, changed_at=at)
    )


async def see_writers(connection: AsyncConnection, finished: Sequence[Finished]) -> None:
    """Note when subscribers wrote, in one statement; who wrote can be written to again.

    It is about those alone of whom the turn knew that they stand here.
    """
    known = [one for one in finished if one.before.news is not None]
    if not known:
        return
    writers = (one.claimed.message.address for one in known)
    # In one order everywhere, so that no two wait for each other.
    rows = (
        select(S.id)
        .where(among((one.channel, one.user_id) for one in writers))
        .order_by(S.id)
        .with_for_update()
    )
    back = case((S.status.in_(AWAY), str(SubscriberStatus.ACTIVE)), else_=S.status)
    seen = max(one.at for one in known)
    await connection.execute(
        update(subscribers).where(S.id.in_(rows)).values(seen_at=seen, status=back)
    )
