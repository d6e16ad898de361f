"""Groups of like questions as rows: counted as they are asked, joined, claimed, closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Update, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.questions import FollowUpStatus, GroupStatus
from bot.storage.console_tables import follow_ups, question_groups
from bot.storage.upserts import insert_into

UNTOLD: Final = (FollowUpStatus.WAITING, FollowUpStatus.LATER)
NEAR: Final = question_groups.c.near.type.length  # type: ignore[attr-defined]
_WAITING: Final = (
    select(func.count())
    .where(follow_ups.c.group == question_groups.c.id, follow_ups.c.status.in_(UNTOLD))
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question on its way into the group of its shape; ``key`` names the shape."""

    office: str
    shape: str
    key: str
    text: str
    near: str
    channel: str
    at: datetime


async def count_asked(connection: AsyncConnection, asked: Asked) -> int:
    """Count a question in the group of its shape, made when there is none; give the group.

    A group answered before is open again: its answer did not reach who asked now.
    """
    wish = insert_into(question_groups, connection.dialect).values(_fresh(asked))
    counted = wish.on_conflict_do_update(
        index_elements=["office", "shape_key"], set_=_once_more(asked)
    ).returning(question_groups.c.id, question_groups.c.merged_into)
    row = (await connection.execute(counted)).one()
    if row.merged_into is None:
        return int(row.id)
    await connection.execute(_at(row.merged_into).values(_once_more(asked)))
    return int(row.merged_into)


def _fresh(asked: Asked) -> dict[str, Any]:
    return {
        "office": asked.office,
        "shape": asked.shape,
        "shape_key": asked.key,
        "sample": asked.text,
        # A name cut short would be another one.
        "near": asked.near if len(asked.near) <= NEAR else "",
        "status": GroupStatus.OPEN,
        "asked": 1,
        "channels": asked.channel,
        "first_at": asked.at,
        "last_at": asked.at,
    }


def _once_more(asked: Asked) -> dict[str, Any]:
    known = question_groups.c
    return {
        "asked": known.asked + 1,
        "last_at": asked.at,
        "channels": case(
            (known.channels.contains(asked.channel), known.channels),
            else_=known.channels + f",{asked.channel}",
        ),
        "status": case(
            (known.status == GroupStatus.ANSWERED, GroupStatus.OPEN), else_=known.status
        ),
    }


def _at(group: int) -> Update:
    return update(question_groups).where(question_groups.c.id == group)


async def count_wishes(connection: AsyncConnection, groups: Collection[int]) -> None:
    """Count anew who of each group waits to be told."""
    for group in sorted(groups):
        await connection.execute(_at(group).values(wishes=_WAITING))


async def count_all_wishes(connection: AsyncConnection) -> None:
    """Count anew who waits to be told, in every group in which somebody did."""
    waited = update(question_groups).where(question_groups.c.wishes > 0)
    await connection.execute(waited.values(wishes=_WAITING))
