"""When somebody is told how much of a case's working time is used, and who: officer, head, leader.

Shares are of the working minutes from receipt to the due moment, without those in which the clock
stood still. A closed office uses none, so nobody is alarmed over Tết.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.feedback.working import WorkingTime


class Told(StrEnum):
    """Who hears of it; each later one as well as those before."""

    OFFICER = "officer"
    HEAD = "head"
    LEADER = "leader"


SHARES: Final = {50: Told.OFFICER, 80: Told.HEAD, 100: Told.LEADER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The share of the time, in per cent, that is used from ``at`` on."""

    share: int
    at: datetime

    @property
    def told(self) -> tuple[Told, ...]:
        """Who hears of it."""
        return tuple(one for share, one in SHARES.items() if share <= self.share)


def next_alert(
    time: WorkingTime, begin: datetime, due: datetime, *, paused: int = 0, alerted: int = 0
) -> Alert | None:
    """Give the next alert of a case whose clock runs; nothing after the last one.

    ``paused`` are the working minutes it stood still so far, ``alerted`` the share told of last.
    Shares that the same moment reaches are one alert, the highest.
    """
    whole = time.minutes_between(begin, due) - paused
    coming = [
        Alert(share=share, at=_reached(time, begin, due, whole - -(-whole * share // 100)))
        for share in SHARES
        if share > alerted
    ]
    same = [one for one in coming if one.at == coming[0].at]
    return same[-1] if same else None


def _reached(time: WorkingTime, begin: datetime, due: datetime, left: int) -> datetime:
    found = time.minutes_before(due, left) if left > 0 else due
    return max(found or begin, begin)
