"""What may be done with a change by who looks at it, and else by whom."""

from __future__ import annotations

from dataclasses import dataclass

from bot.console.words import say
from bot.officials.approving import Approver
from bot.officials.changes import Change, ChangeStatus
from bot.officials.models import Role
from bot.officials.permissions import permissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """What the officer who looks may do with a change.

    ``own`` one is for somebody else to approve; what is for ``others`` they may not approve.
    """

    approve: bool = False
    withdraw: bool = False
    undo: bool = False
    own: bool = False
    others: bool = False


def buttons(by: Approver, one: Change) -> Buttons:
    """Give what ``by`` may do with a change."""
    publishes, waits = by.may_publish(one), one.status is ChangeStatus.WAITING
    return Buttons(
        approve=waits and by.may_approve(one),
        withdraw=(publishes or one.author == by.officer)
        and one.may_become(ChangeStatus.WITHDRAWN),
        undo=publishes and one.may_become(ChangeStatus.UNDONE),
        own=waits and publishes and by.is_own(one),
        others=waits and not publishes,
    )


def approvers(one: Change, office: str) -> str:
    """Tell who approves a change of ``office``, whose name that is."""
    roles = permissions()[one.needs]
    named = ", ".join(say(f"roles.{role}") for role in Role if role in roles)
    return say("changes.approved_by", roles=named, office=office)
