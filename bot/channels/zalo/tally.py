"""What is counted of an account's calls: refusals by number, and that a call was taken again.

A mark is ``host:number:feature``, or ``took:host:feature``. The feature is the end of the call's
path; one that is paid for says so, as free ones tell nothing of the money. Zalo's numbers are few,
whatever else is told for one counts as ``other``: so there are never many marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.channels.zalo.codes import Code, Kind, meaning
from bot.channels.zalo.hosts import Host

# Counts a mark of an account.
Tally = Callable[[str, str], None]
TOOK: Final = "took"
PAID: Final = "+paid"
OTHER: Final = "other"
REPLIES: Final = "message/cs"
# Quota is used up, no Cloud Account, no money in it.
UNPAID: Final = frozenset({-211, -320, -321})
LARGEST: Final = 99_999
# What must be set right by a person before anything like it is taken.
STUCK: Final = frozenset({Kind.OPERATOR, Kind.HUMAN})


def counts_nothing(_oa: str, _mark: str) -> None:
    """Count nothing."""


def feature_of(path: str, *, paid: bool = False) -> str:
    """Give what a call is about."""
    return "/".join(path.rsplit("/", 2)[-2:]) + (PAID if paid else "")


def refused_mark(code: Code, feature: str) -> str:
    """Name a refusal."""
    told = code.number if abs(code.number) <= LARGEST else OTHER
    return f"{code.host}:{told}:{feature}"


def taken_mark(host: Host, feature: str) -> str:
    """Name that a call was taken."""
    return f"{TOOK}:{host}:{feature}"


class Marked(Protocol):
    """A mark, and when it was counted last."""

    @property
    def mark(self) -> str:
        """What was counted."""
        ...

    @property
    def last_at(self) -> datetime:
        """When last."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was refused, and when last."""

    code: Code
    feature: str
    at: datetime


def refusals(marks: Iterable[Marked], since: datetime) -> list[Refusal]:
    """Give what was refused from ``since`` on, the newest first."""
    found = [one for one in map(refusal, marks) if one and one.at >= since]
    return sorted(found, key=lambda one: one.at, reverse=True)


def stuck_of(marks: Iterable[Marked], since: datetime) -> list[Refusal]:
    """Give what a person has to set right: refused from ``since`` on and not taken later."""
    known = list(marks)
    taken = {one.mark: one.last_at for one in known}
    found = [one for one in refusals(known, since) if one.code.kind in STUCK]
    return [
        one for one in found if taken.get(taken_mark(one.code.host, one.feature), since) <= one.at
    ]


def is_unpaid(marks: Iterable[Marked]) -> bool:
    """Tell whether nobody paid for a reply, of the package or at its price, and none since."""
    known, features = list(marks), {REPLIES, REPLIES + PAID}
    taken = {one.mark: one.last_at for one in known}.get(taken_mark(Host.API, REPLIES + PAID))
    refused = [one for one in map(refusal, known) if one and one.code.number in UNPAID]
    return any(one.feature in features and (taken is None or one.at > taken) for one in refused)


def refusal(one: Marked) -> Refusal | None:
    """Read one mark; nothing where it counts something else."""
    host, _, rest = one.mark.partition(":")
    number, _, feature = rest.partition(":")
    if host not in set(Host) or not number.removeprefix("-").isdigit():
        return None
    code = meaning(Host(host), int(number), f"/v2.0/{feature}")
    return Refusal(code=code, feature=feature, at=one.last_at)
