"""When a way is open by the clock; decided before a call, so that none is refused for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from broadcasts.models import Route
from broadcasts.routes import Quiet, rules

# Not all accounts of the country may knock in the first minute of the day.
AFTER_OPENING: Final = timedelta(minutes=5)
SPREAD_SECONDS: Final = 600


def closed_for(route: Route, at: datetime, delivery: int) -> timedelta:
    """Give how long ``delivery`` waits for its way to open; nothing while it is open."""
    rule = rules()[route]
    if rule.opens is None or rule.closes is None:
        return timedelta()
    opens = Quiet(begins=rule.closes, ends=rule.opens).over(at)
    if opens <= at:
        return timedelta()
    return opens - at + AFTER_OPENING + timedelta(seconds=delivery % SPREAD_SECONDS)
