"""Calls for an account that no office has: they wait a while, together, and then go.

A consent may be coming back just now. They are no failures, so they keep nobody else waiting: an
account that was switched off may have thousands of followers whose calls still come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.arrival_rows import ClaimedArrival, put_off_untried, settle_arrivals

FIRST_PAUSE: Final = timedelta(seconds=5)
# What is older was not meant for us.
LONGEST: Final = timedelta(minutes=10)


async def wait_for_an_office(
    connection: AsyncConnection, strays: Sequence[ClaimedArrival], now: datetime
) -> Sequence[ClaimedArrival]:
    """Have calls looked at again later, the later the older they are; give those that went.

    Of an office that is not here nothing is kept.
    """
    gone, waiting = [], defaultdict(list)
    for one in strays:
        age = now - one.arrival.received_at
        if age >= LONGEST:
            gone.append(one)
        else:
            waiting[_pause(age)].append(one.id)
    if gone:
        await settle_arrivals(connection, [one.id for one in gone])
    for pause, numbers in waiting.items():
        await put_off_untried(connection, numbers, now, pause)
    return gone


def _pause(age: timedelta) -> timedelta:
    """Give one of few pauses, so that few statements put off many calls."""
    pause = FIRST_PAUSE
    while pause * 2 <= age:
        pause *= 2
    return pause
