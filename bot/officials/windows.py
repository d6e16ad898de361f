"""How long after their last message a citizen may be written to unasked, by channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from broadcasts.routes import CS_FREE, CS_WINDOW, ZALO


class Route(StrEnum):
    """What writing to a citizen now would mean: ``PAID`` costs the office, ``CLOSED`` fails."""

    FREE = "free"
    PAID = "paid"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How long after the last message writing is ``free``, and how long possible at all."""

    free: timedelta
    open: timedelta


Windows = Mapping[str, Window]
# Zalo: consulting messages of an official account, free for a while, refused later (errors -230
# and -232); how long stands in broadcasts/data/routes.toml. Other channels have no window.
WINDOWS: Final[Windows] = MappingProxyType({ZALO: Window(free=CS_FREE, open=CS_WINDOW)})


def route(
    channel: str, last_heard: datetime | None, now: datetime, windows: Windows = WINDOWS
) -> Route:
    """Tell how a citizen of ``channel`` heard last at ``last_heard`` can be reached ``now``."""
    window = windows.get(channel)
    if window is None:
        return Route.FREE
    if last_heard is None or now - last_heard >= window.open:
        return Route.CLOSED
    return Route.FREE if now - last_heard < window.free else Route.PAID
