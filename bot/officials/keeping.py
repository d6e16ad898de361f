"""Who may change whose account: inside one's own branch, never one's own, never the last key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import BotError
from bot.officials.models import EVERYWHERE, Grant, Officer, OfficerId, Role
from bot.officials.permissions import Action, may
from bot.officials.tree import OfficeTree


class Bar(StrEnum):
    """Why an account may not be changed."""

    OWN = "own"
    OUTSIDE = "outside"
    LAST = "last"
    LOGIN = "login_taken"


class Barred(BotError):
    """An account may not be changed so; ``bar`` says why."""

    def __init__(self, bar: Bar) -> None:
        """Name what stands against it."""
        super().__init__(bar)
        self.bar = bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account with its roles."""

    officer: Officer
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Who keeps accounts; without ``officer`` it is the command line, which reaches all."""

    officer: OfficerId | None
    grants: tuple[Grant, ...] = ()
    tree: OfficeTree

    def reaches(self, office: str) -> bool:
        """Tell whether accounts of ``office`` are kept by this keeper."""
        if self.officer is None:
            return True
        return may(self.grants, Action.PEOPLE_MANAGE, office, self.tree)

    def reaches_all_of(self, officer: Officer, grants: Iterable[Grant]) -> bool:
        """Tell whether an account reaches no further than this keeper.

        Who makes a link to an account can come in by it: the link of somebody with a role
        elsewhere would be a way there.
        """
        return all(map(self.reaches, (officer.office, *(grant.office for grant in grants))))

    def require(self, offices: Iterable[str]) -> None:
        """Refuse what lies outside.

        Raises:
            Barred: one of ``offices`` is not kept by this keeper.
        """
        if not all(self.reaches(office) for office in offices):
            raise Barred(Bar.OUTSIDE)

    def require_other(self, person: Person) -> None:
        """Refuse one's own account.

        Raises:
            Barred: it is one's own.
        """
        if person.officer.id == self.officer:
            raise Barred(Bar.OWN)

    def require_all_of(self, person: Person) -> None:
        """Refuse an account that reaches further than this keeper.

        Raises:
            Barred: the officer works or has a role outside.
        """
        if not self.reaches_all_of(person.officer, person.grants):
            raise Barred(Bar.OUTSIDE)


def is_key(grant: Grant) -> bool:
    """Tell whether a role is that of an administrator of the whole deployment; one must stay."""
    return grant.role is Role.ADMINISTRATOR and grant.office == EVERYWHERE
