"""Everything the first page shows, read in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.charts import Drawing, drawn
from bot.console.home.figures import DAYS, Sums, by_channel, by_day, by_hour, sums
from bot.console.home.waiting import Box, Portal, boxes
from bot.officials.approving import Approver
from bot.officials.permissions import Action
from bot.storage.database import Database
from bot.storage.figure_rows import DayCount, turns_of_day, turns_of_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What waits, the sums of the day, and the charts that have something to show."""

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
        waiting = await boxes(connection, actor, by, now, portal)
        hours = await turns_of_day(connection, today, offices=offices)
        earlier = await turns_of_days(
            connection,
            today - timedelta(days=DAYS - 1),
            today - timedelta(days=1),
            offices=offices,
        )
    days = [
        *earlier,
        *(DayCount(day=today, outcome=one.outcome, turns=one.turns) for one in hours),
    ]
    bars = [by_hour(hours), by_channel(hours)] if hours else []
    return Home(
        boxes=waiting,
        sums=sums(hours),
        charts=tuple(drawn(one) for one in [*bars, *([by_day(days, today)] if days else [])]),
    )
