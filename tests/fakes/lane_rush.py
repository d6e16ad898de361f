"""A broadcast as it is really sent, by the lane over its ledger, while citizens ask."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from time import monotonic

from prometheus_client import CollectorRegistry

from bot.bell import Bell
from bot.channels.telegram.channel import TelegramChannel
from bot.clock import SystemClock
from bot.delivery.broadcasting import senders_of
from bot.delivery.ledger import SqlLedger
from bot.delivery.shelf import SqlShelf
from bot.metrics import Metrics
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from broadcasts.delivery.lane import Lane
from broadcasts.models import Route
from tests.fakes.news import a_run
from tests.fakes.rush import Crowd, Rush, answering


class Always:
    """Hours that are never quiet."""

    def quiet_until(self, office: str, at: datetime) -> None:
        """Give no end: there is no beginning."""


async def lane_rush(database: Database, channel: TelegramChannel, crowd: Crowd) -> Rush:
    """Send one run to more people than the rate lets pass in so long."""
    clock = SystemClock()
    people = [str(crowd.first + one) for one in range(int(crowd.seconds * crowd.per_second * 1.1))]
    await a_run(database, people, began_at=clock.now() - timedelta(minutes=1))
    shelf = SqlShelf(database, clock)
    sender = senders_of([channel], shelf, Metrics.on(CollectorRegistry()))[Route.TELEGRAM]
    ledger = SqlLedger(database, Owner(name="rush"), clock=clock, bell=Bell())
    lane = Lane(Route.TELEGRAM, sender, ledger, clock=clock, hours=Always())
    # The first turn opens the connections.
    await lane.round()
    seen = Rush(began=monotonic())
    seen.ended = seen.began + crowd.seconds
    async with asyncio.TaskGroup() as both:
        both.create_task(answering(channel, crowd, seen))
        while monotonic() < seen.ended:  # noqa: ASYNC110 - as the engine does
            await asyncio.sleep(min(await lane.round(), max(seen.ended - monotonic(), 0)))
    await lane.leave()
    return seen
