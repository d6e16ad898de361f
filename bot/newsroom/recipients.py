"""Who gets a run's news, as the offices have set it: planned, or foretold before it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.realm import Realm
from bot.newsroom.zalo_ways import zalo_ways
from bot.storage import recipient_rows
from bot.storage.broadcast_rows import find_version
from bot.storage.run_rows import Run
from broadcasts.models import Audience, Route
from broadcasts.routes import Forecast

ONE_EACH: Final[Mapping[Route, int]] = {}


def planner(realm: Realm, at: datetime) -> Callable[[AsyncConnection, Run], Awaitable[int]]:
    """Give what writes the ledger of a run that begins ``at`` a moment."""

    async def plan(connection: AsyncConnection, run: Run) -> int:
        version = await find_version(connection, run.broadcast, run.version)
        if version is None:
            raise AssertionError("a run has the version it sends")
        offices = realm.reached(version.audience)
        ways = await zalo_ways(connection, realm, realm.ways(run.office, offices), offices, at=at)
        return await recipient_rows.plan_deliveries(
            connection,
            run.id,
            version.audience,
            offices=offices,
            at=at,
            ways=ways,
        )

    return plan


async def forecast(  # noqa: PLR0913 - what is told of a run, each by its name
    connection: AsyncConnection,
    realm: Realm,
    audience: Audience,
    *,
    office: str,
    at: datetime,
    urgent: bool = False,
    messages: Mapping[Route, int] = ONE_EACH,
) -> Forecast:
    """Tell what news of ``office`` that begins ``at`` a moment would take.

    ``messages`` are of how many it consists by a way, where it is more than one.
    """
    offices = realm.reached(audience)
    ways = await zalo_ways(connection, realm, realm.ways(office, offices), offices, at=at)
    return await recipient_rows.forecast(
        connection,
        audience,
        offices=offices,
        at=at,
        ways=replace(ways, messages=messages),
        quiet=None if urgent else realm.quiet(office),
    )
