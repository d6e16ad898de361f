"""Who acts: an officer signed in, and what that officer may do where."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import BotError
from bot.officials.audit import LONGEST_ACTOR, By
from bot.officials.models import Grant, Officer, Session
from bot.officials.permissions import Action, may, offices_for
from bot.officials.tree import OfficeTree


class Forbidden(BotError):
    """The officer works there but was not given this to do."""

    def __init__(self, action: Action, office: str) -> None:
        """Name what was refused and where."""
        super().__init__(f"{action} @ {office}")
        self.action = action
        self.office = office


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An officer in a session, coming from ``address``."""

    officer: Officer
    grants: tuple[Grant, ...]
    session: Session
    address: str
    tree: OfficeTree

    @property
    def by(self) -> By:
        """Who the audit names: the login too, since two may have one name."""
        told = f"{self.officer.name} ({self.officer.login})"
        return By(officer=self.officer.id, actor=told[:LONGEST_ACTOR], address=self.address)

    def may(self, action: Action, office: str) -> bool:
        """Tell whether the officer may do this at ``office``."""
        return may(self.grants, action, office, self.tree)

    def may_somewhere(self, action: Action) -> bool:
        """Tell whether there is any office at which the officer may do this."""
        offices = self.offices(action)
        return offices is None or bool(offices)

    def offices(self, action: Action) -> frozenset[str] | None:
        """Give the offices at which the officer may do this; ``None`` stands for all."""
        return offices_for(self.grants, action, self.tree)

    def works_at(self, office: str) -> bool:
        """Tell whether ``office`` lies in the officer's own branch, whatever may be done there."""
        return any(self.tree.covers(grant.office, office) for grant in self.grants)

    def require(self, action: Action, office: str) -> None:
        """Go on only when the officer may do this at ``office``.

        Raises:
            Forbidden: that was not given to this officer.
        """
        if not self.may(action, office):
            raise Forbidden(action, office)
