"""Everything the first page shows, read in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.home.figures import DAYS, Sums, by_channel, by_day, by_hour, questions, sums
from bot.console.home.waiting import Box, Portal, boxes
from bot.officials.approving import Approver
from bot.officials.permissions import Action
from bot.storage.database import Database
from bot.storage.figure_rows import DayCount, turns_of_day, turns_of_days
from bot.storage.urgent_rows import UrgentNotice, urgent_unseen
from bot.web.charts import Drawing, drawn

# An urgent notice stands on the first page until it is marked read, at most so long.
TOLD_WITHIN: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What went out urgently, what waits, the sums of the day, charts with something to show."""

    urgent: Sequence[UrgentNotice]
    boxes: Sequence[Box]
    sums: Sums
    charts: Sequence[Drawing]


async def read(
    database: Database, actor: Actor, by: Approver, now: datetime, portal: Portal | None
) -> Home:
    """Read what ``actor`` sees first at ``now``."""
    today = now.astimezone(VIETNAM).date()
    offices = actor.offices(Action.HOME_SEE)
    async with database.reading() as connection:
        urgent = await _urgent(connection, actor, now)
        waiting = await boxes(connection, actor, by, now, portal)
        hours = questions(await turns_of_day(connection, today, offices=offices))
        first, last = today - timedelta(days=DAYS - 1), today - timedelta(days=1)
        earlier = questions(await turns_of_days(connection, first, last, offices=offices))
    days = [
        *earlier,
        *(DayCount(day=today, outcome=one.outcome, turns=one.turns) for one in hours),
    ]
    bars = [by_hour(hours), by_channel(hours)] if hours else []
    return Home(
        urgent=urgent,
        boxes=waiting,
        sums=sums(hours),
        charts=tuple(drawn(one) for one in [*bars, *([by_day(days, today)] if days else [])]),
    )


async def _urgent(
    connection: AsyncConnection, actor: Actor, now: datetime
) -> Sequence[UrgentNotice]:
    """Give the urgent notices of others that an approver has not marked read."""
    if not actor.may_somewhere(Action.NEWS_APPROVE):
        return ()
    offices = actor.offices(Action.NEWS_APPROVE)
    return await urgent_unseen(connection, offices, actor.officer.id, now - TOLD_WITHIN)
