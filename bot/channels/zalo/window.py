"""What may be said to somebody now, and who pays for it: a rule without a clock.

Zalo takes messages for seven days from a person's last act, without a price for two of them, and
then perhaps only so many (docs.zaloplatforms.com/docs/OA, consulting messages). How long stands in
broadcasts/data/routes.toml.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from broadcasts.routes import CS_FREE, CS_WINDOW

# What is begun now may arrive so much later, where a window may have closed.
ON_THE_WAY: Final = timedelta(minutes=1)
# To whom so much was said within ``LATELY`` nothing more is said that costs the office: what they
# say opens the free messages again, and whoever floods us must not use up everybody's package.
MOST_LATELY: Final = 30
LATELY: Final = timedelta(days=1)


class Purse(StrEnum):
    """What a message is taken from; ``NO_QUOTA`` may change.

    ``CLOSED`` changes only by their own act, and ``ENOUGH`` is what was said to them.
    """

    FREE = "free"
    PACKAGE = "package"
    PAID = "paid"
    NO_QUOTA = "no_quota"
    ENOUGH = "enough"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Tell whether a message may go."""
        return self is Purse.FREE or self.costs

    @property
    def costs(self) -> bool:
        """Tell whether the office pays for it, or has."""
        return self in {Purse.PACKAGE, Purse.PAID}


class Paying(StrEnum):
    """Beyond free messages: none, those of the package, or others for a price too."""

    OFF = "off"
    PACKAGE = "package"
    PAY = "pay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The office's bounds: free replies after one word (0: as many as one likes), and paying."""

    free_replies: int
    paying: Paying


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of somebody: their last act, what was said since, why nothing reaches them.

    Who left is refused (-213) until they write again.
    """

    interacted_at: datetime | None = None
    left_at: datetime | None = None
    replies: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Messages left to the account; nothing where it was not told."""

    package: int | None = None
    paid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the next message is taken from, until when, and since which act of theirs."""

    purse: Purse
    until: datetime | None = None
    since: datetime | None = None


UNTOLD: Final = Left()
SHUT: Final = Opening(purse=Purse.CLOSED)


def opening(person: Person, left: Left, policy: Policy, now: datetime) -> Opening:
    """Decide what the next message to ``person`` would be taken from."""
    if person.interacted_at is None or person.state:
        return SHUT
    if person.left_at is not None and person.left_at >= person.interacted_at:
        return SHUT
    closes = person.interacted_at + CS_WINDOW - ON_THE_WAY
    if now >= closes:
        return SHUT
    costs_from = person.interacted_at + CS_FREE - ON_THE_WAY
    unbounded = policy.free_replies == 0
    if now < costs_from and (unbounded or person.replies < policy.free_replies):
        return Opening(purse=Purse.FREE, until=costs_from, since=person.interacted_at)
    purse = _bought(left, policy.paying)
    return Opening(purse=purse, until=closes, since=person.interacted_at)


def _bought(left: Left, paying: Paying) -> Purse:
    if paying is Paying.OFF:
        return Purse.NO_QUOTA
    if left.package is None or left.package > 0:
        return Purse.PACKAGE
    if paying is Paying.PAY and (left.paid is None or left.paid > 0):
        return Purse.PAID
    return Purse.NO_QUOTA


def bounded(found: Opening, said_lately: int) -> Opening:
    """Take nothing that costs for whom that much was said to ``LATELY``."""
    if found.purse.costs and said_lately >= MOST_LATELY:
        return replace(found, purse=Purse.ENOUGH)
    return found
