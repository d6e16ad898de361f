"""Where a slot stands on a day, and how far the quota of each span is met; never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from broadcasts.calendar.proposing import SlotFlag
from broadcasts.timing import Period

SOON: Final = timedelta(days=7)


class SlotStatus(StrEnum):
    """What a person said of a slot.

    ``UNRECORDED`` was over before its plan was entered: nobody is blamed for what nobody asked.
    """

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One time that an entry is to be done, as the office keeps it.

    ``by_hand`` when a person made it or chose its day.
    """

    id: int
    entry: int
    span: Period
    number: int
    due_on: date
    last_on: date
    status: SlotStatus
    by_hand: bool = False
    flag: SlotFlag = SlotFlag.NONE
    done_on: date | None = None
    broadcast: int | None = None
    note: str = ""


class Standing(StrEnum):
    """What a slot is on a day; late and due soon go by the last day on which it is in time."""

    DONE = "done"
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    UNRECORDED = "unrecorded"
    LATE = "late"
    DUE_SOON = "due_soon"
    AHEAD = "ahead"


def standing(slot: Slot, today: date) -> Standing:
    """Tell what ``slot`` is ``today``."""
    match slot.status:
        case SlotStatus.DONE:
            late = slot.done_on is not None and slot.done_on > slot.last_on
            return Standing.DONE_LATE if late else Standing.DONE
        case SlotStatus.DROPPED:
            return Standing.DROPPED
        case SlotStatus.UNRECORDED:
            return Standing.UNRECORDED
        case SlotStatus.OPEN if slot.last_on < today:
            return Standing.LATE
        case SlotStatus.OPEN:
            return Standing.DUE_SOON if slot.last_on <= today + SOON else Standing.AHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many slots a span has, and how many of them are done; dropped ones are not asked for."""

    span: Period
    planned: int
    done: int
    late: int

    @property
    def met(self) -> bool:
        """Tell whether all that is asked for is done."""
        return self.done >= self.planned


def quotas(slots: Iterable[Slot], today: date) -> tuple[Quota, ...]:
    """Count the slots of one entry by their spans, in order."""
    by_span: dict[Period, list[Standing]] = {}
    for slot in slots:
        by_span.setdefault(slot.span, []).append(standing(slot, today))
    return tuple(_counted(span, by_span[span]) for span in sorted(by_span))


def _counted(span: Period, found: list[Standing]) -> Quota:
    left_out = found.count(Standing.DROPPED) + found.count(Standing.UNRECORDED)
    return Quota(
        span=span,
        planned=len(found) - left_out,
        done=found.count(Standing.DONE) + found.count(Standing.DONE_LATE),
        late=found.count(Standing.LATE),
    )
