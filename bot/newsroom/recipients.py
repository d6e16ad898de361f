"""Who gets a run's news, as the offices have set it: planned, or foretold before it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.realm import Realm
from bot.storage import recipient_rows
from bot.storage.broadcast_rows import find_version
from bot.storage.run_rows import Run
from broadcasts.models import Audience
from broadcasts.routes import Forecast


def planner(realm: Realm, at: datetime) -> Callable[[AsyncConnection, Run], Awaitable[int]]:
    """Give what writes the ledger of a run that begins ``at`` a moment."""

    async def plan(connection: AsyncConnection, run: Run) -> int:
        version = await find_version(connection, run.broadcast, run.version)
        if version is None:
            raise AssertionError("a run has the version it sends")
        offices = realm.reached(version.audience)
        return await recipient_rows.plan_deliveries(
            connection,
            run.id,
            version.audience,
            offices=offices,
            at=at,
            ways=realm.ways(run.office, offices),
        )

    return plan


async def forecast(
    connection: AsyncConnection,
    realm: Realm,
    audience: Audience,
    *,
    office: str,
    at: datetime,
    urgent: bool = False,
) -> Forecast:
    """Tell what news of ``office`` that begins ``at`` a moment would take."""
    offices = realm.reached(audience)
    return await recipient_rows.forecast(
        connection,
        audience,
        offices=offices,
        at=at,
        ways=realm.ways(office, offices),
        quiet=None if urgent else realm.quiet(office),
    )
