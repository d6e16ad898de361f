"""What a provider answers, and which ending that gives a delivery: rules without a clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from broadcasts.models import DeliveryId, DeliveryStatus, RunId, SubscriberStatus

MOST_ATTEMPTS: Final = 6
FIRST_REST: Final = timedelta(seconds=10)
LONGEST_REST: Final = timedelta(minutes=10)
# While a way is shut no try is spent, for so long from the run's beginning; as for replies. Later,
# as when a run rested over a weekend, each counts like any other.
KEEP_TRYING: Final = timedelta(hours=24)


class Fault(StrEnum):
    """Why a message did not go out; the words of the channels.

    ``NOT_READY``: nothing was called yet, what is to be sent is still being made.
    """

    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    NO_TURN = "no_turn"
    NO_FILE = "no_file"
    BLOCKED = "blocked"
    GONE = "gone"
    MIGRATED = "migrated"
    REFUSED = "refused"
    MISCONFIGURED = "misconfigured"
    CONFLICT = "conflict"
    UNCERTAIN = "uncertain"
    WINDOW_CLOSED = "window_closed"
    NO_QUOTA = "no_quota"
    NIGHT = "night"
    NOT_READY = "not_ready"


class Skip(StrEnum):
    """Why a row was not to be sent any more, beside the reader's own status."""

    REMOVED = "removed"
    CANCELLED = "cancelled"
    NO_ROUTE = "no_route"
    # A web reader is written to under a message of theirs, and has none left.
    NO_MAILBOX = "no_mailbox"


# The process that sent it died before it wrote down what became of it.
LOST: Final = "lost"
# The way is shut for everybody for a while: no reader's try is spent.
SHUT: Final = frozenset(
    {Fault.UNREACHABLE, Fault.RATE_LIMITED, Fault.NO_TURN, Fault.NO_FILE, Fault.MISCONFIGURED}
)
# This row has to wait while others go on; no try is spent either.
LATER: Final = frozenset({Fault.NOT_READY, Fault.NIGHT, Fault.NO_QUOTA})
MARKS: Final = {
    Fault.BLOCKED: SubscriberStatus.BLOCKED,
    Fault.GONE: SubscriberStatus.DEAD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one call came to; without a ``fault`` it was sent.

    ``retryable`` only when the message surely never left. ``retry_after`` is the provider's wish
    in seconds. ``moved_to`` is the address that took the place of the old one.
    """

    fault: Fault | None = None
    external_id: str = ""
    retryable: bool = False
    retry_after: float = 0.0
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What becomes of a row that was begun.

    ``PENDING`` surely never left: it is sent again after ``rest``; ``spent`` when that counts as a
    try. ``reader`` is what its subscriber is from now on, ``moved_to`` their new address.
    """

    delivery: DeliveryId
    run: RunId
    status: DeliveryStatus
    code: str = ""
    external_id: str = ""
    rest: timedelta = timedelta()
    spent: bool = True
    reader: SubscriberStatus | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What is known of a row when its call ends.

    ``attempts`` counts this one, ``code`` is the fault before it, ``since`` how long ago its run
    began.
    """

    delivery: DeliveryId
    run: RunId
    attempts: int
    code: str
    since: timedelta


def ending(tried: Tried, answer: Answer) -> Ending:
    """Give the ending that ``answer`` means."""
    fault = answer.fault
    told = Ending(delivery=tried.delivery, run=tried.run, status=DeliveryStatus.SENT)
    if fault is None:
        return replace(told, external_id=answer.external_id)
    again = replace(told, status=DeliveryStatus.PENDING, code=fault)
    if fault is Fault.MIGRATED and answer.moved_to and tried.code != Fault.MIGRATED:
        return replace(again, moved_to=answer.moved_to)
    if answer.retryable and _may_go_on(tried, fault):
        rest = max(timedelta(seconds=answer.retry_after), _rest(tried, fault))
        return replace(again, rest=rest, spent=not _is_free(tried, fault))
    lost = DeliveryStatus.UNCERTAIN if fault is Fault.UNCERTAIN else DeliveryStatus.FAILED
    return replace(told, status=lost, code=fault, reader=MARKS.get(fault))


def _may_go_on(tried: Tried, fault: Fault) -> bool:
    return _is_free(tried, fault) or tried.attempts < MOST_ATTEMPTS


def _is_free(tried: Tried, fault: Fault) -> bool:
    return fault in SHUT | LATER and tried.since < KEEP_TRYING


def _rest(tried: Tried, fault: Fault) -> timedelta:
    if _is_free(tried, fault):
        # How long the way is shut is the lane's matter; how long a row waits is not.
        return FIRST_REST / 2 if fault in LATER else timedelta()
    doublings = max(tried.attempts - 1, 0)
    return min(timedelta(seconds=FIRST_REST.total_seconds() * 2.0**doublings), LONGEST_REST)
