"""Who may approve which change: one rule for who decides and for whom it waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.officials.changes import Change, ChangeKind
from bot.officials.models import OfficerId
from bot.officials.permissions import Action
from bot.officials.publishing_rights import DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """An officer before the changes that wait.

    ``reach`` gives the offices at which each action is open to them, ``None`` for all. At those of
    ``strict`` nobody approves what they made themselves.
    """

    officer: OfficerId
    reach: Mapping[Action, Collection[str] | None]
    strict: Collection[str]

    def may_publish(self, change: Change) -> bool:
        """Tell whether such a change is theirs to publish or to take back."""
        if change.needs not in self.reach:
            return False
        offices = self.reach[change.needs]
        return offices is None or change.office in offices

    def is_own(self, change: Change) -> bool:
        """Tell whether they made it where somebody else is to approve it."""
        return change.author == self.officer and change.office in self.strict

    def may_undo_alone(self, change: Change) -> bool:
        """Tell whether they may take it back at once: not what one person alone took back.

        Settings other than days go by no approval, so nobody has to agree to undoing them either.
        """
        approved = change.kind is not ChangeKind.SETTING or change.ref.startswith(DAYS)
        return not (approved and change.taken_back_alone and change.office in self.strict)

    def may_approve(self, change: Change) -> bool:
        """Tell whether it waits for them, if it waits."""
        return self.may_publish(change) and not self.is_own(change)
