"""Small rows that a conversation's wishes write beside cases: followers, counts, sealed words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId
from bot.messages import CitizenAddress
from bot.storage.feedback_person_tables import sealed_items, sealed_readers, way_counts
from bot.storage.feedback_tables import followers
from bot.storage.upserts import insert_into


async def follow(
    connection: AsyncConnection, case: CaseId, reader: CitizenAddress, at: datetime
) -> bool:
    """Let somebody hear of a case, and tell whether that is new; who does already goes on."""
    wish = insert_into(followers, connection.dialect).values(
        case=case,
        conversation=reader.conversation,
        channel=reader.channel,
        user_id=reader.user_id,
        since=at,
    )
    return (await connection.execute(wish.on_conflict_do_nothing())).rowcount == 1


async def unfollow(connection: AsyncConnection, case: CaseId, conversation: str) -> None:
    """Let somebody hear no more of a case."""
    mine = (followers.c.case == case, followers.c.conversation == conversation)
    await connection.execute(delete(followers).where(*mine))


async def count_way(connection: AsyncConnection, office: str, day: str, kind: Kind) -> None:
    """Count that a lawful way was shown, on a local day."""
    first = insert_into(way_counts, connection.dialect).values(
        office=office, day=day, kind=kind, count=1
    )
    one_more = {"count": way_counts.c.count + 1}
    await connection.execute(
        first.on_conflict_do_update(index_elements=["office", "day", "kind"], set_=one_more)
    )


async def seal_words(
    connection: AsyncConnection, office: str, sealed: bytes, anchor: int, at: datetime
) -> None:
    """Put sealed words before an office's reader, once for each message."""
    wish = insert_into(sealed_items, connection.dialect).values(
        office=office, words_sealed=sealed, anchor=anchor, received_at=at, opened=0, decision=""
    )
    await connection.execute(wish.on_conflict_do_nothing(index_elements=["anchor"]))


async def with_readers(connection: AsyncConnection, offices: Collection[str]) -> frozenset[str]:
    """Give those of ``offices`` whose sealed inbox has its named reader."""
    wanted = select(sealed_readers.c.office).where(sealed_readers.c.office.in_(offices))
    return frozenset((await connection.execute(wanted)).scalars())
