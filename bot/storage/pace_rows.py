"""The moments of a bot shared out by the database: one row, changed by one statement at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    JSON,
    ColumnElement,
    Float,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.pace.slots import SPARED
from bot.channels.pace.speed import CUT, GAIN, QUIET, SLOWEST
from bot.storage.pace_tables import MOMENT, late_calls, pace
from bot.storage.upserts import insert_into

# Seconds. So soon a process can use what it is given; so long the line may be that broadcasts
# make, and a reply waits behind it; longer is none, but by a clock that was put back.
LEAD: Final = 0.01
HORIZON: Final = 0.5
LONGEST: Final = 60.0
NEVER: Final = 0.0
ANY: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How many moments a process wants: ``urgent`` ones however long the line is."""

    wanted: int
    urgent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the database told; moments are seconds of its clock, the rest seconds.

    ``first`` is the first of ``count`` moments, ``step`` apart, and ``number`` its number.
    ``late`` tells when the places of late calls are free again.
    """

    clock: float
    first: float
    count: int
    step: float
    silent_until: float
    rate: float
    number: int
    late: Mapping[int, float]


def _clock() -> ColumnElement[float]:
    # Not now(): that is when the transaction began, before it waited for another's.
    return cast(extract("epoch", func.clock_timestamp()), Float(53))


def _rate(allowed: float) -> ColumnElement[float]:
    """Give ``Speed.at`` of the row; bot/channels/pace/speed.py tells the rule."""
    minutes = func.floor(func.greatest(_clock() - pace.c.cut_at, 0.0) / QUIET)
    return func.least(literal(allowed, MOMENT), pace.c.cut_to + GAIN * minutes)


async def enter(connection: AsyncConnection, bot: str) -> None:
    """Have a row for ``bot``; the one that is there stays."""
    fresh = dict.fromkeys(("next_at", "given_from", "silent_until", "cut_at"), NEVER)
    await connection.execute(
        insert_into(pace, connection.dialect)
        .values(bot=bot, number=0, given=0, cut_to=ANY, refused_at=NEVER, **fresh)
        .on_conflict_do_nothing(index_elements=["bot"])
    )


async def take(
    connection: AsyncConnection, bot: str, wish: Wish, *, allowed: float
) -> Given | None:
    """Take moments out of the line, none inside a silence; nothing when ``bot`` has no row."""
    first = func.greatest(func.least(pace.c.next_at, _clock() + LONGEST), _clock() + LEAD)
    step = (1 + SPARED) / _rate(allowed)
    count = case(
        (pace.c.silent_until > _clock(), 0),
        (first <= _clock() + HORIZON, wish.wanted),
        else_=wish.urgent,
    )
    taken = (
        update(pace)
        .where(pace.c.bot == bot)
        .values(
            given=count,
            given_from=first,
            next_at=first + count * step,
            number=pace.c.number + count,
        )
        .returning(
            _clock().label("clock"),
            pace.c.given_from,
            pace.c.given,
            step.label("step"),
            pace.c.silent_until,
            _rate(allowed).label("rate"),
            pace.c.number - pace.c.given,
            _late(bot),
        )
    )
    row = (await connection.execute(taken)).one_or_none()
    return _given(*row) if row else None


async def look(connection: AsyncConnection, bot: str, *, allowed: float) -> Given | None:
    """Give what there is to know and take nothing; nothing when ``bot`` has no row."""
    step = (1 + SPARED) / _rate(allowed)
    seen = select(
        _clock(),
        pace.c.next_at,
        literal(0),
        step,
        pace.c.silent_until,
        _rate(allowed),
        pace.c.number,
        _late(bot),
    ).where(pace.c.bot == bot)
    row = (await connection.execute(seen)).one_or_none()
    return _given(*row) if row else None


def _late(bot: str) -> ColumnElement[dict[str, float] | None]:
    those = (late_calls.c.bot == bot, late_calls.c.free_at > _clock())
    all_of_them = func.json_object_agg(late_calls.c.place, late_calls.c.free_at, type_=JSON)
    return select(all_of_them).where(*those).scalar_subquery()


async def tell_late(connection: AsyncConnection, bot: str, late: Mapping[int, float]) -> None:
    """Tell for how many seconds more the places of late calls are taken."""
    insert = insert_into(late_calls, connection.dialect)
    rows = [
        {"bot": bot, "place": place, "free_at": _clock() + literal(seconds, MOMENT)}
        # In one order, so that no two processes wait for each other.
        for place, seconds in sorted(late.items())
    ]
    last = func.greatest(late_calls.c.free_at, insert.excluded.free_at)
    told = insert.values(rows).on_conflict_do_update(
        index_elements=("bot", "place"), set_={"free_at": last}
    )
    await connection.execute(told)


def _given(  # noqa: PLR0913, PLR0917 - a row, column by column
    clock: float,
    first: float,
    count: int,
    step: float,
    silent_until: float,
    rate: float,
    number: int,
    late: Mapping[str, float] | None,
) -> Given:
    return Given(
        clock=clock,
        first=first,
        count=count,
        step=step,
        silent_until=silent_until,
        rate=rate,
        number=number,
        late={int(place): free_at for place, free_at in (late or {}).items()},
    )


async def fall_silent(
    connection: AsyncConnection, bot: str, *, seconds: float, age: float, allowed: float
) -> None:
    """Have every process of ``bot`` silent, and slower afterwards.

    ``age`` is for how many seconds the refused call had been let go: one let go before the last
    refusal, or refused inside a silence, tells of nothing new.
    """
    until = func.greatest(pace.c.silent_until, _clock() + seconds)
    is_news = and_(_clock() - age > pace.c.refused_at, pace.c.silent_until <= _clock())
    await connection.execute(
        update(pace)
        .where(pace.c.bot == bot)
        .values(
            silent_until=until,
            cut_to=case(
                (is_news, func.greatest(_rate(allowed) * CUT, SLOWEST)), else_=pace.c.cut_to
            ),
            cut_at=case((is_news, until), else_=pace.c.cut_at),
            refused_at=case((is_news, _clock()), else_=pace.c.refused_at),
        )
    )
