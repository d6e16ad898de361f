"""Questions found in the stored turns as left open: those kept, and their groups' counts."""

from __future__ import annotations

from sqlalchemy import select

from bot.officials.questions import GroupStatus
from bot.storage.console_tables import question_groups, questions
from bot.storage.database import Database

WIFI = "xã mình có wifi miễn phí không"
Counts = tuple[str, int, int, int, int]


async def kept(database: Database) -> list[tuple[str, str]]:
    """Give each question kept, and as what."""
    async with database.reading() as connection:
        found = select(questions.c.text, questions.c.kind).order_by(questions.c.inbox_id)
        return [tuple(row) for row in await connection.execute(found)]


async def counts(database: Database) -> list[Counts]:
    """Give each group's sample, and how often it was asked, none fitted, unchosen and refused."""
    one = question_groups.c
    wanted = (
        select(one.sample, one.asked, one.none_fits, one.unchosen, one.refused)
        .where(one.status != GroupStatus.MERGED)
        .order_by(one.id)
    )
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.execute(wanted)]
