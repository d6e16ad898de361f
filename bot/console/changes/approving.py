"""What may be done with a change by who looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.console.changes.reading import Told
from bot.officials.approving import Approver
from bot.officials.changes import Change, ChangeStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """What the officer who looks may do with a change.

    ``own`` one is for somebody else to approve; what is for ``others`` they may not approve.
    Taking back what was taken back by one person ``waits`` for another.
    """

    approve: bool = False
    send_back: bool = False
    withdraw: bool = False
    undo: bool = False
    own: bool = False
    others: bool = False
    waits: bool = False


def buttons(by: Approver, one: Change, ahead: Iterable[Told], *, stale: bool = False) -> Buttons:
    """Give what ``by`` may do with a change; ``ahead`` are others of the same thing that wait.

    A ``stale`` one would not be put in force, so it is not offered.
    """
    publishes, waits = by.may_publish(one), one.status is ChangeStatus.WAITING
    return Buttons(
        approve=waits and by.may_approve(one) and not stale,
        send_back=waits and by.may_approve(one),
        withdraw=(publishes or one.author == by.officer)
        and one.may_become(ChangeStatus.WITHDRAWN),
        undo=publishes
        and one.may_become(ChangeStatus.UNDONE)
        and all(other.change.undoes != one.id for other in ahead),
        own=waits and publishes and by.is_own(one),
        others=waits and not publishes,
        waits=not by.may_undo_alone(one),
    )
