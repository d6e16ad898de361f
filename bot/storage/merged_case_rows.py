"""Cases that were joined with another, and who hears of both."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case, CaseId
from bot.messages import ChannelName, CitizenAddress
from bot.storage.case_rows import case_of
from bot.storage.feedback_tables import cases, followers
from bot.storage.upserts import insert_into


async def merged_into(connection: AsyncConnection, main: CaseId) -> int:
    """Count the cases that were joined with a main one."""
    wanted = select(func.count()).where(cases.c.main == main)
    return (await connection.execute(wanted)).scalar_one()


async def joined_with(connection: AsyncConnection, main: CaseId) -> tuple[Case, ...]:
    """Give the cases that were joined with a main one, but for those made nobody's.

    They and the main one are held, the lower number first.
    """
    both = or_(cases.c.id == main, cases.c.main == main)
    wanted = select(cases).where(both, cases.c.erased_at.is_(None)).order_by(cases.c.id)
    rows = await connection.execute(wanted.with_for_update())
    return tuple(case_of(row) for row in rows if row.id != main)


async def hearers_of(connection: AsyncConnection, case: CaseId) -> frozenset[CitizenAddress]:
    """Give who filed a case and who follows it."""
    filed = select(cases.c.channel, cases.c.user_id).where(cases.c.id == case)
    followed = select(followers.c.channel, followers.c.user_id).where(followers.c.case == case)
    rows = await connection.execute(union(filed.where(cases.c.conversation != ""), followed))
    return frozenset(
        CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id) for row in rows
    )


async def hearers_of_others(
    connection: AsyncConnection, main: CaseId, but: CaseId
) -> frozenset[str]:
    """Give the conversations that hear of a main case by others than one of those joined."""
    others = select(cases.c.id).where(
        cases.c.id != but, or_(cases.c.main == main, cases.c.id == main)
    )
    joined = select(cases.c.id).where(cases.c.id != but, cases.c.main == main)
    filed = select(cases.c.conversation).where(cases.c.id.in_(others))
    followed = select(followers.c.conversation).where(followers.c.case.in_(joined))
    return frozenset((await connection.execute(union(filed, followed))).scalars())


async def add_followers(
    connection: AsyncConnection, case: CaseId, people: frozenset[CitizenAddress], at: datetime
) -> None:
    """Let people hear of a case from a moment on; who does already goes on as before."""
    rows = [
        {
            "case": case,
            "conversation": one.conversation,
            "channel": one.channel,
            "user_id": one.user_id,
            "since": at,
        }
        for one in people
    ]
    if rows:
        wish = insert_into(followers, connection.dialect).values(rows)
        await connection.execute(wish.on_conflict_do_nothing())


async def drop_followers(
    connection: AsyncConnection, case: CaseId, people: frozenset[str], since: datetime
) -> None:
    """Let those of ``people`` hear no more of a case who follow it from ``since`` on."""
    gone = delete(followers).where(
        followers.c.case == case,
        followers.c.conversation.in_(people),
        followers.c.since == since,
    )
    await connection.execute(gone)
