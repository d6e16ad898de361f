"""Whether a provider answers, as last seen, told in the log without filling it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

import structlog

FIRST_REMINDER: Final = 30.0
LONGEST_SILENCE: Final = 3600.0
log = structlog.get_logger()


class Line:
    """One way to or from a provider: it works, or it has a fault.

    A fault is logged when it appears or becomes another, then after half a minute, after twice
    that, and so on up to once an hour; its end is logged once.
    """

    def __init__(self, channel: str, way: str, *, now: Callable[[], float] = monotonic) -> None:
        """Start as working; ``now`` gives seconds."""
        self.fault = ""
        self._names = {"channel": channel, "way": way}
        self._now = now
        self._since = 0.0
        self._silence = FIRST_REMINDER
        self._speaks_at = 0.0

    def fails(self, fault: str, detail: str = "") -> None:
        """Note that it does not work now."""
        now = self._now()
        if fault != self.fault:
            self._since = now if not self.fault else self._since
            self.fault = fault
            self._silence = FIRST_REMINDER
        elif now < self._speaks_at:
            return
        else:
            self._silence = min(self._silence * 2, LONGEST_SILENCE)
        self._speaks_at = now + self._silence
        log.warning(
            "channel_fails",
            **self._names,
            fault=fault,
            detail=detail,
            for_seconds=round(now - self._since),
        )

    def works(self) -> None:
        """Note that it works now."""
        if not self.fault:
            return
        log.info(
            "channel_works_again", **self._names, after_seconds=round(self._now() - self._since)
        )
        self.fault = ""
