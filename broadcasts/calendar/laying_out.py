"""What to do with the slots an entry has when its times are proposed anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from broadcasts.calendar.proposing import Proposal
from broadcasts.calendar.standing import Slot, SlotStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What is to be made, what moves to another day, and what is no longer asked for."""

    new: tuple[tuple[Proposal, SlotStatus], ...]
    moved: tuple[tuple[Slot, Proposal], ...]
    gone: tuple[Slot, ...]


def laid_out(slots: Sequence[Slot], proposed: Iterable[Proposal], *, since: date) -> Layout:
    """Bring ``slots`` to what is ``proposed``; what a person touched, or did, stays as it is.

    What was over before ``since``, when the plan was entered, is unrecorded and not late.
    """
    wanted = {(one.span, one.number): one for one in proposed}
    kept = {(one.span, one.number): one for one in slots}
    free = [one for one in slots if one.status is SlotStatus.OPEN and not one.by_hand]
    return Layout(
        new=tuple(
            (one, SlotStatus.UNRECORDED if one.last_on < since else SlotStatus.OPEN)
            for key, one in wanted.items()
            if key not in kept
        ),
        moved=tuple(
            (slot, wish)
            for slot in free
            if (wish := wanted.get((slot.span, slot.number))) and _differs(slot, wish)
        ),
        gone=tuple(one for one in free if (one.span, one.number) not in wanted),
    )


def _differs(slot: Slot, wish: Proposal) -> bool:
    return (slot.due_on, slot.last_on, slot.flag) != (wish.due_on, wish.last_on, wish.flag)
