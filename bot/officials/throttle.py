"""How long who guesses must wait: not at all at first, then twice as long each time.

Counted for one account or one known device, never for a network address: a whole office stands
behind one. Whoever waits is told for how long; nobody is shut out for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

FREE_FAILURES: Final = 5
FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(minutes=15)
FORGOTTEN_AFTER: Final = timedelta(hours=24)
# By then the longest wait is reached; a larger power would only be a larger number.
_DOUBLINGS: Final = 8


class Tried(StrEnum):
    """What is given to come in."""

    PASSWORD = "password"  # noqa: S105 - a name
    CODE = "code"


def wait(failures: int) -> timedelta:
    """Give how long to wait after so many failures in a row."""
    if failures < FREE_FAILURES:
        return timedelta()
    doubled: int = 2 ** min(failures - FREE_FAILURES, _DOUBLINGS)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """How often somebody failed to come into an account lately, and when the last time was.

    What was counted before its officer came in is not among them, nor what is a day old.
    """

    failures: int
    last_at: datetime
    blocked_until: datetime

    @property
    def many(self) -> bool:
        """Tell whether that is more than somebody forgets a password."""
        return self.failures >= FREE_FAILURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The failures of one key, when the last of them was, and until when nothing is heard."""

    failures: int
    last_at: datetime
    blocked_until: datetime

    def left(self, now: datetime) -> timedelta:
        """Give how long is still to be waited, nothing when one may try."""
        left = max(self.blocked_until - now, timedelta())
        # A clock that was put back must shut nobody out for longer than was said.
        return min(left, wait(self.failures))


def after_failure(count: Count | None, now: datetime) -> Count:
    """Count one more; a day after the last, those before are forgotten."""
    fresh = count is None or now - count.last_at >= FORGOTTEN_AFTER
    failures = 1 if count is None or fresh else count.failures + 1
    return Count(failures=failures, last_at=now, blocked_until=now + wait(failures))
