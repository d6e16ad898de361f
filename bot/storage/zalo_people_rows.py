"""Who speaks with Zalo's accounts, as rows: when last, whether they follow, when we are silent.

Calls come in no sure order, so an older one never takes back what a newer one told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.errors import SendCode
from bot.channels.zalo.addresses import Follower
from bot.messages import ChannelName, CitizenAddress
from bot.storage.outbox_rows import AT_ONCE
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.upserts import Upsert, insert_into
from bot.storage.zalo_tables import zalo_people

P = zalo_people.c
KEY = ("oa_id", "user_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known of somebody before: when they interacted, and followed or stopped to."""

    interacted_at: datetime | None = None
    follow_at: datetime | None = None


async def note_interactions(
    connection: AsyncConnection, seen: Mapping[Follower, datetime]
) -> None:
    """Note when people interacted last: it opens the windows, and they can be reached again.

    Free replies are counted anew from there, so what waited for a quota goes at once.
    """
    if not seen:
        return
    fresh = insert_into(zalo_people, connection.dialect)
    newer = _is_newer(P.interacted_at, fresh.excluded.interacted_at)
    await connection.execute(
        fresh.on_conflict_do_update(
            index_elements=KEY,
            set_={
                "interacted_at": fresh.excluded.interacted_at,
                "replies": 0,
                "state": "",
                "state_at": None,
            },
            where=newer,
        ),
        # In one order everywhere, so that no two wait for each other.
        [_row(one, interacted_at=seen[one]) for one in sorted(seen, key=_by_id)],
    )
    await _release(connection, seen)


async def _release(connection: AsyncConnection, seen: Collection[Follower]) -> None:
    """Have replies tried at once that wait for a quota."""
    theirs = sorted(one.address.conversation for one in seen)
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.conversation.in_(theirs),
            outbox.c.status == OutboxStatus.CREATED,
            outbox.c.error_code == SendCode.NO_QUOTA,
        )
        .values(not_before=AT_ONCE)
    )


async def known_of(connection: AsyncConnection, one: Follower) -> Known:
    """Give what is known of somebody."""
    wanted = select(P.interacted_at, P.follow_at).where(_is(one))
    row = (await connection.execute(wanted)).first()
    return Known(interacted_at=row.interacted_at, follow_at=row.follow_at) if row else Known()


async def note_follow(
    connection: AsyncConnection, one: Follower, *, on: bool, at: datetime
) -> bool:
    """Note that somebody follows from then on, or does not; tell whether that is news."""
    fresh = insert_into(zalo_people, connection.dialect)
    done = await connection.execute(
        _upsert(fresh, "follows", "follow_at", newer=fresh.excluded.follow_at, than=P.follow_at),
        _row(one, follows=on, follow_at=at),
    )
    return done.rowcount == 1


async def pause(connection: AsyncConnection, one: Follower, until: datetime) -> None:
    """Say nothing by itself to somebody until then, or until later if that was said before."""
    fresh = insert_into(zalo_people, connection.dialect)
    until_column = fresh.excluded.paused_until
    await connection.execute(
        _upsert(fresh, "paused_until", newer=until_column, than=P.paused_until),
        _row(one, paused_until=until),
    )


async def paused(
    connection: AsyncConnection, addresses: Collection[CitizenAddress], now: datetime
) -> frozenset[str]:
    """Give the conversations among ``addresses`` in which a person at Zalo's own desk answers."""
    theirs = [one for one in addresses if one.channel is ChannelName.ZALO]
    if not theirs:
        return frozenset()
    people = [Follower.of(one.user_id) for one in theirs]
    wanted = select(P.oa_id, P.user_id).where(
        P.paused_until > now, or_(false(), *map(_is, people))
    )
    rows = await connection.execute(wanted)
    return frozenset(Follower(row.oa_id, row.user_id).address.conversation for row in rows)


def _upsert(
    fresh: Upsert, *columns: str, newer: ColumnElement[datetime], than: ColumnElement[datetime]
) -> Upsert:
    values = {name: fresh.excluded[name] for name in columns}
    return fresh.on_conflict_do_update(
        index_elements=KEY, set_=values, where=_is_newer(than, newer)
    )


def _is_newer(
    known: ColumnElement[datetime], told: ColumnElement[datetime]
) -> ColumnElement[bool]:
    return or_(known.is_(None), known < told)


def _row(one: Follower, **values: object) -> dict[str, object]:
    return {"oa_id": one.oa, "user_id": one.user, "replies": 0, "state": "", **values}


def _is(one: Follower) -> ColumnElement[bool]:
    return and_(P.oa_id == one.oa, P.user_id == one.user)


def _by_id(one: Follower) -> tuple[str, str]:
    return one.oa, one.user
