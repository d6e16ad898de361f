"""Who receives news and of which kinds, as one address knows it of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from broadcasts.composing.kinds import URGENT, kinds
from broadcasts.models import SubscriberStatus

OTHER: Final = "khac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Where an address stands, and the topics it chose; none mean all.

    What is stored tells besides since when (UTC) it is so, and whether news go to another address
    of the same person.
    """

    status: SubscriberStatus
    topics: tuple[str, ...] = ()
    since: datetime | None = field(default=None, compare=False)
    elsewhere: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of news to choose: its code (letters and ``_``, up to 24), and how it is called."""

    code: str
    label: str


def followed(kind: str, *, urgent: bool) -> tuple[str, ...]:
    """Give whose choice a text of ``kind`` goes by; nothing where it goes to everybody."""
    return () if urgent else tuple(one.code for one in topics() if one.code == kind)


def topics() -> tuple[Topic, ...]:
    """Give the kinds of news a reader may choose; urgent ones and the rest go to everybody."""
    return tuple(
        Topic(code, kind.name) for code, kind in kinds().items() if code not in {URGENT, OTHER}
    )
