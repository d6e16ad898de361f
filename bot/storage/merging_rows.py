"""Groups of questions joined and taken apart, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, Update, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.questions import Group, GroupStatus
from bot.storage.console_tables import answers, follow_ups, question_groups, questions
from bot.storage.group_rows import COUNTS, count_wishes

_KNOWN: Final = question_groups.c
MEMBERS: Final = (questions, follow_ups, answers)
# How often each of ``COUNTS`` is counted.
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What of a group is compared with others."""

    id: int
    office: str
    shape: tuple[str, ...]
    near: str


async def fresh_groups(connection: AsyncConnection, limit: int) -> tuple[Compared, ...]:
    """Give groups nobody has compared with others yet, oldest first."""
    fresh = (
        select(_KNOWN.id, _KNOWN.office, _KNOWN.shape, _KNOWN.near)
        .where(_KNOWN.compared.is_(False), _KNOWN.status == GroupStatus.OPEN)
        .order_by(_KNOWN.id)
        .limit(limit)
    )
    return tuple(map(_compared, await connection.execute(fresh)))


async def groups_to_join(
    connection: AsyncConnection, office: str, after: int, limit: int
) -> tuple[Compared, ...]:
    """Give the next open groups of an office, compared before, that stand behind ``after``.

    An office may have thousands: read at once they would hold up everybody else.
    """
    known = (
        select(_KNOWN.id, _KNOWN.office, _KNOWN.shape, _KNOWN.near)
        .where(
            _KNOWN.office == office,
            _KNOWN.status == GroupStatus.OPEN,
            _KNOWN.compared.is_(True),
            _KNOWN.id > after,
        )
        .order_by(_KNOWN.id)
        .limit(limit)
    )
    return tuple(map(_compared, await connection.execute(known)))


def _compared(row: Row[Any, Any, Any, Any]) -> Compared:
    return Compared(id=row.id, office=row.office, shape=tuple(row.shape.split()), near=row.near)


async def note_compared(connection: AsyncConnection, groups: Sequence[int]) -> None:
    """Remember that groups need not be compared again."""
    done = update(question_groups).where(_KNOWN.id.in_(groups))
    await connection.execute(done.values(compared=True))


async def merge(connection: AsyncConnection, one: Group, into: Group) -> Group:
    """Join ``one`` to another group of its office, and give that; the caller has locked both.

    Its own row stays, so that what is asked in its words later is counted where it went.
    """
    for table in MEMBERS:
        moved = update(table).where(table.c.group == one.id)
        await connection.execute(moved.values(group=into.id))
    gone = {"status": GroupStatus.MERGED, "merged_into": into.id, "compared": True, "wishes": 0}
    await connection.execute(_set(one.id, gone))
    followers = update(question_groups).where(_KNOWN.merged_into == one.id)
    await connection.execute(followers.values(merged_into=into.id))
    grown = replace(
        into,
        **{name: getattr(into, name) + getattr(one, name) for name in COUNTS},
        first_at=min(one.first_at, into.first_at),
        last_at=max(one.last_at, into.last_at),
        channels=tuple(dict.fromkeys((*into.channels, *one.channels))),
    )
    counted = {
        **{name: getattr(grown, name) for name in COUNTS},
        "first_at": grown.first_at,
        "last_at": grown.last_at,
        "channels": ",".join(grown.channels),
        "compared": True,
    }
    await connection.execute(_set(into.id, counted))
    await count_wishes(connection, [into.id])
    return grown


async def merged_before(connection: AsyncConnection, group: Group, key: str) -> int | None:
    """Give the group of a shape that was joined to ``group``, if there is one."""
    known = select(_KNOWN.id).where(
        _KNOWN.office == group.office, _KNOWN.shape_key == key, _KNOWN.merged_into == group.id
    )
    return (await connection.execute(known)).scalar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Questions taken out of a group: their rows, how often each kind, and the one known by."""

    rows: Sequence[int]
    counts: Counts
    sample: str


async def revive(connection: AsyncConnection, one: int, out_of: Group, taken: Taken) -> None:
    """Let a group that was joined to another stand for itself again, with what is ``taken``."""
    counts = select(*(_KNOWN[name] for name in COUNTS)).where(_KNOWN.id == one)
    asked = (await connection.execute(counts)).one()._asdict()
    alone = {"status": GroupStatus.OPEN, "merged_into": None, "compared": True}
    await connection.execute(_set(one, alone))
    await _move(connection, one, out_of, taken.rows, asked)


async def part(connection: AsyncConnection, out_of: Group, taken: Taken) -> int:
    """Make a group of its own for what is ``taken`` out of another; give its number.

    What is asked in the same words later still goes to the other: by its shape it is the same.
    """
    apart = f"{out_of.id}/{min(taken.rows)}"
    made = insert(question_groups).values(
        office=out_of.office,
        shape=" ".join(out_of.shape),
        shape_key=sha256(apart.encode()).hexdigest(),
        sample=taken.sample,
        near=out_of.near,
        status=GroupStatus.OPEN,
        **taken.counts,
        compared=True,
        first_at=out_of.first_at,
        last_at=out_of.last_at,
    )
    one = (await connection.execute(made.returning(_KNOWN.id))).scalar_one()
    await _move(connection, one, out_of, taken.rows, taken.counts)
    return int(one)


async def _move(
    connection: AsyncConnection, one: int, out_of: Group, rows: Sequence[int], counts: Counts
) -> None:
    for table in (questions, follow_ups):
        moved = update(table).where(table.c.inbox_id.in_(rows), table.c.group == out_of.id)
        await connection.execute(moved.values(group=one))
    left = {
        name: case((_KNOWN[name] > count, _KNOWN[name] - count), else_=0)
        for name, count in counts.items()
    }
    await connection.execute(_set(out_of.id, {**left, "compared": True}))
    await _look_again(connection, one)
    await count_wishes(connection, [one, out_of.id])


async def _look_again(connection: AsyncConnection, group: int) -> None:
    """Write anew when a group was asked first and last, and where."""
    asked = select(func.min(questions.c.asked_at), func.max(questions.c.asked_at)).where(
        questions.c.group == group
    )
    first, last = (await connection.execute(asked)).one()
    channels = select(questions.c.channel).where(questions.c.group == group).distinct()
    names = sorted((await connection.execute(channels)).scalars())
    if first is not None:
        seen = {"first_at": first, "last_at": last, "channels": ",".join(names)}
        await connection.execute(_set(group, seen))


def _set(group: int, values: dict[str, Any]) -> Update:
    return update(question_groups).where(_KNOWN.id == group).values(values)
