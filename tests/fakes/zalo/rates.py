"""Calls a minute, of each OA and of each app.

Zalo resets its minutes; when they begin is not published, so that any sixty seconds count here.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import Final

from tests.fakes.zalo.clock import Clock
from tests.fakes.zalo.errors import APP_RATE, Refused
from tests.fakes.zalo.people import Account
from tests.fakes.zalo.rules import Rules

MINUTE: Final = 60.0


class Rates:
    """A log of the last minute for each who calls; refused calls count as well."""

    def __init__(self, clock: Clock, rules: Rules) -> None:
        self._clock = clock
        self._rules = rules
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        # The most calls any OA made within a minute.
        self.most: int = 0

    def count(self, account: Account, *, by_oa: bool) -> None:
        """Count a call; raises Refused (-32) when it is one too many."""
        over_app = self._over(f"app {account.app.app_id}", self._rules.app_rate)
        over_oa = by_oa and self._over(f"oa {account.oa_id}", self._rules.oa_rate)
        if over_app:
            raise Refused(-32, APP_RATE, foreseen="the rate of the app is known")
        if over_oa:
            raise Refused(-32, foreseen="the rate of the OA is told with every answer")

    def headers(self, account: Account) -> dict[str, str]:
        """What is left to the OA in this minute."""
        left = self._rules.oa_rate - len(self._log(f"oa {account.oa_id}"))
        limit = {"X-RateLimit-Limit": str(self._rules.oa_rate)}
        return limit | {self._rules.remaining_header: str(max(left, 0))}

    def _over(self, who: str, limit: int) -> bool:
        log = self._log(who)
        log.append(self._clock.now().timestamp())
        if who.startswith("oa "):
            self.most = max(self.most, len(log))
        return len(log) > limit

    def _log(self, who: str) -> deque[float]:
        log = self._calls[who]
        now = self._clock.now().timestamp()
        while log and log[0] <= now - MINUTE:
            log.popleft()
        # Of a time to come, before the clock was put back.
        while log and log[-1] > now:
            log.pop()
        return log
