"""Groups of like questions as rows: counted as they are asked, joined, claimed, closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Update, and_, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.likeness import key_of
from bot.officials.models import OfficerId
from bot.officials.questions import BESIDE, FollowUpStatus, Group, GroupStatus, QuestionKind
from bot.storage.console_tables import follow_ups, question_groups
from bot.storage.moments import moments
from bot.storage.upserts import insert_into

# How long an officer keeps a group to themselves without doing anything about it.
CLAIM: Final = timedelta(minutes=10)

# What is counted of a group, by the kind of what was asked.
COUNTS: Final = ("asked", "none_fits", "unchosen", "refused")
UNTOLD: Final = (FollowUpStatus.WAITING, FollowUpStatus.LATER)
NEAR: Final = question_groups.c.near.type.length  # type: ignore[attr-defined]
# Groups of which something was left open; one whose counts are all gone is among them.
REAL: Final = or_(
    question_groups.c.asked > 0,
    and_(*(question_groups.c[kind] == 0 for kind in BESIDE)),
)
_WAITING: Final = (
    select(func.count())
    .where(follow_ups.c.group == question_groups.c.id, follow_ups.c.status.in_(UNTOLD))
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question on its way into the group of its shape."""

    office: str
    shape: tuple[str, ...]
    text: str
    near: str
    channel: str
    at: datetime
    kind: QuestionKind = QuestionKind.UNANSWERED

    @property
    def key(self) -> str:
        """Name the shape, in a column's length."""
        return key_of(self.shape)


async def count_asked(connection: AsyncConnection, asked: Asked) -> int:
    """Count a question in the group of its shape, made when there is none; give the group.

    A group answered before is open again: its answer did not reach who asked now. What was found
    in the stored turns opens only a group of such questions.
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
        "shape": " ".join(asked.shape),
        "shape_key": asked.key,
        "sample": asked.text,
        # A name cut short would be another one.
        "near": asked.near if len(asked.near) <= NEAR else "",
        "status": GroupStatus.OPEN,
        **{name: int(name in counted_as(asked.kind)) for name in COUNTS},
        "channels": asked.channel,
        "first_at": asked.at,
        "last_at": asked.at,
    }


def _once_more(asked: Asked) -> dict[str, Any]:
    known = question_groups.c
    return {
        **{name: known[name] + 1 for name in counted_as(asked.kind)},
        # What is found in the stored turns comes later than what was asked meanwhile.
        "first_at": case((known.first_at > asked.at, asked.at), else_=known.first_at),
        "last_at": case((known.last_at < asked.at, asked.at), else_=known.last_at),
        "channels": case(
            (known.channels.contains(asked.channel), known.channels),
            else_=known.channels + f",{asked.channel}",
        ),
        "status": case((_opened_by(asked), GroupStatus.OPEN), else_=known.status),
    }


def _opened_by(asked: Asked) -> ColumnElement[bool]:
    known = question_groups.c
    answered = known.status == GroupStatus.ANSWERED
    if asked.kind not in BESIDE:
        return answered
    return and_(answered, known.asked == 0, known.answered_at < asked.at)


def counted_as(kind: QuestionKind) -> tuple[str, ...]:
    """Give which of ``COUNTS`` a question of a kind is counted in."""
    if kind in BESIDE:
        return (str(kind),)
    return ("asked", "none_fits") if kind is QuestionKind.NONE_FITS else ("asked",)


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


def groups_at(connection: AsyncConnection, now: datetime) -> Select[Any]:
    """Select groups in the shape ``group_of`` reads; a claim that ran out counts as none."""
    return select(
        question_groups,
        case(
            (question_groups.c.claimed_until > moments(connection, now)(), True), else_=False
        ).label("held"),
    )


def group_of(row: Row[Any]) -> Group:
    """Read a group's row."""
    return Group(
        id=row.id,
        office=row.office,
        shape=tuple(row.shape.split()),
        sample=row.sample,
        near=row.near,
        status=GroupStatus(row.status),
        asked=row.asked,
        wishes=row.wishes,
        channels=tuple(filter(None, row.channels.split(","))),
        first_at=row.first_at,
        last_at=row.last_at,
        none_fits=row.none_fits,
        unchosen=row.unchosen,
        refused=row.refused,
        merged_into=row.merged_into,
        held_by=OfficerId(row.claimed_by) if row.held else None,
        held_until=row.claimed_until if row.held else None,
        answered_at=row.answered_at,
    )


async def find_group(connection: AsyncConnection, group: int, now: datetime) -> Group | None:
    """Give one group as it stands."""
    wanted = groups_at(connection, now).where(question_groups.c.id == group)
    row = (await connection.execute(wanted)).first()
    return group_of(row) if row else None


async def lock_groups(
    connection: AsyncConnection, groups: Collection[int], now: datetime
) -> dict[int, Group]:
    """Give groups, locked until the transaction ends, in the order everybody locks them."""
    wanted = (
        groups_at(connection, now)
        .where(question_groups.c.id.in_(groups))
        .order_by(question_groups.c.office, question_groups.c.shape_key)
        .with_for_update()
    )
    return {row.id: group_of(row) for row in await connection.execute(wanted)}


async def claim(
    connection: AsyncConnection, group: int, officer: OfficerId, now: datetime
) -> bool:
    """Keep a group to one officer for ``CLAIM``; tell whether nobody else has it.

    PostgreSQL goes by its own clock; ``now`` counts for the embedded database alone.
    """
    at = moments(connection, now)
    known = question_groups.c
    free = or_(
        known.claimed_by.is_(None),
        known.claimed_by == officer,
        known.claimed_until.is_(None),
        known.claimed_until <= at(),
    )
    wish = update(question_groups).where(known.id == group, free)
    done = await connection.execute(wish.values(claimed_by=officer, claimed_until=at(CLAIM)))
    return done.rowcount == 1


async def release(connection: AsyncConnection, group: int, officer: OfficerId) -> None:
    """Give back a claim of one's own."""
    mine = and_(question_groups.c.id == group, question_groups.c.claimed_by == officer)
    gone = update(question_groups).where(mine)
    await connection.execute(gone.values(claimed_by=None, claimed_until=None))


async def set_status(
    connection: AsyncConnection, group: int, status: GroupStatus, *, at: datetime | None = None
) -> None:
    """Write where a group stands, answered ``at`` a moment or not anew; its claim ends."""
    values: dict[str, Any] = {"status": status, "claimed_by": None, "claimed_until": None}
    if at is not None:
        values["answered_at"] = at
    await connection.execute(_at(group).values(values))
