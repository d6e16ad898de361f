"""Lists of readers and the rows of subscribers: many taken over, or given, in few statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName
from bot.storage.broadcast_tables import subscriber_topics, subscribers
from bot.storage.many import one_of
from bot.storage.subscriber_rows import among
from bot.storage.upserts import insert_into
from broadcasts.models import Consent, ReaderKind, SubscriberStatus

S: Final = subscribers.c
AddressKey = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A subscriber as a list tells of them; ``topics`` are ``None`` when it tells nothing."""

    channel: str
    address: str
    office: str
    kind: ReaderKind
    topics: tuple[str, ...] | None

    @property
    def key(self) -> AddressKey:
        """Give what no two subscribers share."""
        return self.channel, self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A subscriber as stored."""

    id: int
    status: SubscriberStatus
    office: str
    kind: str
    topics: tuple[str, ...]

    def tells(self, listed: Listed) -> bool:
        """Tell whether a list says nothing new of them."""
        topics = self.topics if listed.topics is None else tuple(sorted(listed.topics))
        return (self.office, self.kind, self.topics) == (listed.office, listed.kind, topics)


async def stored_of(
    connection: AsyncConnection, keys: Collection[AddressKey]
) -> dict[AddressKey, Stored]:
    """Give those of the addresses that are stored."""
    rows = await connection.execute(_all().where(among(keys)))
    return _gathered(rows.all())


def _all() -> Select[Any]:
    return (
        select(S.id, S.channel, S.address, S.status, S.office, S.kind, subscriber_topics.c.topic)
        .outerjoin(subscriber_topics, subscriber_topics.c.subscriber == S.id)
        .order_by(S.id, subscriber_topics.c.topic)
    )


def _gathered(rows: Sequence[Any]) -> dict[AddressKey, Stored]:
    found: dict[AddressKey, Stored] = {}
    for row in rows:
        before = found.get((row.channel, row.address))
        topics = before.topics if before else ()
        found[row.channel, row.address] = Stored(
            id=row.id,
            status=SubscriberStatus(row.status),
            office=row.office,
            kind=row.kind,
            topics=(*topics, row.topic) if row.topic else topics,
        )
    return found


async def add_listed(
    connection: AsyncConnection, new: Sequence[Listed], *, words: str, at: datetime
) -> None:
    """Write to these from now on; ``words`` is the digest of the list that names them.

    Who came by themselves meanwhile stays as they are.
    """
    if not new:
        return
    rows = [
        {
            "channel": one.channel,
            "address": one.address,
            "office": one.office,
            "kind": one.kind,
            "person": f"{one.channel}:{one.address}",
            "status": SubscriberStatus.ACTIVE,
            "consent": Consent.IMPORT,
            "words": words,
            "agreed_at": at,
            "changed_at": at,
        }
        for one in new
    ]
    added = insert_into(subscribers, connection.dialect).on_conflict_do_nothing(
        index_elements=["channel", "address"]
    )
    await connection.execute(added, rows)
    ids = await stored_of(connection, [one.key for one in new])
    await _choose(connection, [(ids[one.key].id, one.topics or ()) for one in new])


async def change_listed(
    connection: AsyncConnection, changed: Sequence[tuple[int, Listed]], *, at: datetime
) -> None:
    """Let stored subscribers be as a list tells; who left stays as they are."""
    if not changed:
        return
    written = (
        update(subscribers)
        .where(S.id == bindparam("row"), S.status != SubscriberStatus.OPTED_OUT)
        .values(office=bindparam("to_office"), kind=bindparam("to_kind"), changed_at=at)
    )
    rows = [
        {"row": number, "to_office": one.office, "to_kind": str(one.kind)}
        for number, one in changed
    ]
    await connection.execute(written, rows)
    await _choose(
        connection, [(number, one.topics) for number, one in changed if one.topics is not None]
    )


async def _choose(
    connection: AsyncConnection, chosen: Sequence[tuple[int, tuple[str, ...]]]
) -> None:
    ids = [number for number, _ in chosen]
    await connection.execute(
        delete(subscriber_topics).where(subscriber_topics.c.subscriber.in_(ids))
    )
    rows = [
        {"subscriber": number, "topic": topic} for number, topics in chosen for topic in topics
    ]
    if rows:
        await connection.execute(insert(subscriber_topics), rows)


async def listed_after(
    connection: AsyncConnection, last: int, offices: Collection[str] | None, limit: int
) -> list[tuple[int, Listed]]:
    """Give the next active subscribers by number, past ``last``, of these offices or of all.

    None of the web chat: who knows such an address reads the talk.
    """
    active = (S.status == SubscriberStatus.ACTIVE, S.channel != ChannelName.WEB)
    some = select(S.id).where(S.id > last, *active).order_by(S.id)
    if offices is not None:
        some = some.where(S.office.in_(one_of(offices)))
    rows = await connection.execute(_all().where(S.id.in_(some.limit(limit))))
    return [
        (
            one.id,
            Listed(
                channel=channel,
                address=address,
                office=one.office,
                kind=ReaderKind(one.kind),
                topics=one.topics,
            ),
        )
        for (channel, address), one in _gathered(rows.all()).items()
    ]
