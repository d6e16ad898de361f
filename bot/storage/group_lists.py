"""Lists of groups of questions, as officials ask for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.questions import BESIDE, Group, GroupStatus, QuestionKind
from bot.storage.console_tables import question_groups
from bot.storage.figure_rows import at
from bot.storage.group_rows import REAL, group_of, groups_at
from bot.storage.paging import Order, Page, listed, within_days
from knowledge.text import words

_KNOWN: Final = question_groups.c
ORDERS: Final = {
    "last": Order(by=_KNOWN.last_at, unique=_KNOWN.id),
    "asked": Order(by=_KNOWN.asked, unique=_KNOWN.id),
    "unchosen": Order(by=_KNOWN.unchosen, unique=_KNOWN.id),
    "refused": Order(by=_KNOWN.refused, unique=_KNOWN.id),
    "wishes": Order(by=_KNOWN.wishes, unique=_KNOWN.id),
}
# What each part of the list holds.
PARTS: Final[Mapping[QuestionKind | None, ColumnElement[bool]]] = {
    None: REAL,
    **{kind: _KNOWN[kind] > 0 for kind in BESIDE},
}
# Groups that share words with one, from which the likeliest are offered.
RELATIVES: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which groups are wanted; ``offices`` of ``None`` stand for all, empty words for any.

    ``kind`` asks for groups in which somebody asked so; without one those that were only
    found in the stored turns are left out, unless ``every`` kind is wanted.
    """

    offices: Collection[str] | None
    kind: QuestionKind | None = None
    every: bool = False
    status: GroupStatus | None = None
    channel: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""


async def list_groups(
    connection: AsyncConnection,
    wanted: Wanted,
    now: datetime,
    *,
    order: str,
    after: str = "",
    size: int,
) -> Page[Group]:
    """Give a page of the groups ``wanted``, in one of ``ORDERS``."""
    query = groups_at(connection, now).where(*_conditions(wanted))
    found = await listed(connection, query, ORDERS[order], after=after, size=size)
    return found.turned(group_of)


async def count_groups(connection: AsyncConnection, wanted: Wanted) -> int:
    """Count the groups ``wanted``."""
    counted = select(func.count()).select_from(question_groups).where(*_conditions(wanted))
    return int((await connection.execute(counted)).scalar_one())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    status = wanted.status
    return [
        _KNOWN.status != GroupStatus.MERGED if status is None else _KNOWN.status == status,
        *at(_KNOWN.office, wanted.offices),
        *_of_kind(wanted),
        *within_days(_KNOWN.last_at, wanted.first, wanted.last),
        *([_KNOWN.channels.contains(wanted.channel)] if wanted.channel else []),
        *([_told(wanted.text)] if wanted.text else []),
    ]


def _of_kind(wanted: Wanted) -> list[ColumnElement[bool]]:
    match wanted.kind:
        case QuestionKind.UNANSWERED:
            return [_KNOWN.asked > _KNOWN.none_fits]
        case QuestionKind.NONE_FITS:
            return [_KNOWN.none_fits > 0]
        case None if wanted.every:
            return []
        case part:
            return [PARTS[part]]


async def count_open(
    connection: AsyncConnection, offices: Collection[str] | None
) -> Mapping[QuestionKind | None, int]:
    """Count the open groups at ``offices`` in each of ``PARTS``."""
    sums = (func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in PARTS.values())
    counted = select(*sums).where(_KNOWN.status == GroupStatus.OPEN, *at(_KNOWN.office, offices))
    row = (await connection.execute(counted)).one()
    return {part: int(count) for part, count in zip(PARTS, row, strict=True)}


def _told(text: str) -> ColumnElement[bool]:
    """Match what was typed as it stands, or its words however they are marked."""
    folded = [_KNOWN.shape.contains(word, autoescape=True) for word in words(text)]
    as_it_stands = _KNOWN.sample.icontains(text, autoescape=True)
    return or_(as_it_stands, and_(*folded)) if folded else as_it_stands


async def relatives(
    connection: AsyncConnection,
    group: Group,
    now: datetime,
    statuses: Collection[GroupStatus] = (GroupStatus.OPEN,),
) -> tuple[Group, ...]:
    """Give groups of the same office that share a topic or a word with ``group``."""
    shared = [_KNOWN.shape.contains(word, autoescape=True) for word in group.shape]
    if group.near:
        shared.append(_KNOWN.near == group.near)
    others = (
        groups_at(connection, now)
        .where(
            _KNOWN.office == group.office,
            _KNOWN.status.in_(sorted(statuses)),
            _KNOWN.id != group.id,
            or_(*shared),
        )
        .order_by(_KNOWN.last_at.desc())
        .limit(RELATIVES)
    )
    return tuple(map(group_of, await connection.execute(others))) if shared else ()
