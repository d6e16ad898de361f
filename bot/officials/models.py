"""The words for officers: accounts, grants, sessions, one-time links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

OfficerId = NewType("OfficerId", int)
# The office code that stands for every office of the deployment.
EVERYWHERE = ""


class Role(StrEnum):
    """What somebody is at an office; the table of permissions says what that allows."""

    PREPARER = "preparer"
    APPROVER = "approver"
    SECRETARIAT = "secretariat"
    ADMINISTRATOR = "administrator"
    LEADER = "leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role at an office, and so at all offices below it."""

    officer: OfficerId
    role: Role
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody with an account; switched off (``active`` false) when they leave, never deleted.

    ``login`` is folded: ``a-z0-9._-``, 3 to 64 signs. ``title`` is what citizens may see.
    ``office`` is where they work; what they may do comes of their grants alone.
    """

    id: OfficerId
    login: str
    name: str
    title: str
    office: str
    active: bool
    second_factor: bool


class Stage(StrEnum):
    """How far somebody has come in: the second factor due, to be set up, or all done."""

    SECOND = "second"
    ENROL = "enrol"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in on one device; ``id`` is its public name, the token is never kept.

    ``sure_at`` is when the password was typed last, for acts that need to be sure of it.
    """

    id: int
    officer: OfficerId
    stage: Stage
    began_at: datetime
    seen_at: datetime
    until: datetime
    address: str
    agent: str
    sure_at: datetime | None


class Purpose(StrEnum):
    """What a one-time link is for: the first administrator, somebody invited, a lost password."""

    FIRST = "first"
    INVITE = "invite"
    RESET = "reset"
