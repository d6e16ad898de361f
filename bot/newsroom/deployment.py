"""What whoever runs the program lets news do, for all its offices alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from bot.channels.zalo.calls import room
from bot.messages import Priority
from bot.settings.zalo import ZaloSettings
from broadcasts.models import Route

MINUTE: Final = 60
BY_ACCOUNT: Final = (Route.ZALO_CS, Route.ZALO_TEMPLATE, Route.ZALO_ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """By channels that are ``muted`` no news goes; ``calls`` a minute may one line make, by ways.

    A line is an account of Zalo, or the one bot of its Bot Platform.
    """

    muted: frozenset[str] = frozenset()
    calls: Mapping[Route, int] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: ZaloSettings) -> Self:
        """Read what the environment says."""
        by_account = dict.fromkeys(BY_ACCOUNT, settings.zalo_rate)
        return cls(
            muted=settings.muted_channels,
            calls={**by_account, Route.ZALO_BOT: settings.zalo_bot_rate},
        )

    def paces(self, accounts: int) -> Mapping[Route, float]:
        """Give how many calls a second news may make, where ``accounts`` go side by side.

        What they leave to replies is not counted.
        """
        lines = {**dict.fromkeys(BY_ACCOUNT, accounts), Route.ZALO_BOT: 1}
        return {
            route: room(calls, Priority.BROADCAST) * lines[route] / MINUTE
            for route, calls in self.calls.items()
            if lines[route]
        }


# Nothing is held back, and lines go at what their ways usually allow.
UNBOUND: Final = Deployment()
