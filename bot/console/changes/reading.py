"""Changes with the names of who made and decided them, as lists and one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.actor import Actor
from bot.console.changes.difference import Difference, differences, named
from bot.console.fields import OneOf, Ticked
from bot.console.lists import Asked
from bot.console.words import say
from bot.officials.approving import Approver
from bot.officials.changes import Change, ChangeKind, ChangeStatus
from bot.officials.permissions import Action
from bot.officials.publishing_rights import DAYS
from bot.storage.approval_rows import approvable
from bot.storage.change_rows import change_of
from bot.storage.console_tables import changes
from bot.storage.paging import SIZE, Order, Page, listed, within_days
from bot.storage.people_tables import officers

author = officers.alias("author")
decider = officers.alias("decider")
NAMED: Final = (
    select(changes, author.c.name.label("author_name"), decider.c.name.label("decider_name"))
    .outerjoin(author, author.c.id == changes.c.author)
    .outerjoin(decider, decider.c.id == changes.c.decided_by)
)
NEWEST: Final = Order(by=changes.c.id, unique=changes.c.id)
TONES: Final = {
    ChangeStatus.WAITING: "warn",
    ChangeStatus.SCHEDULED: "quiet",
    ChangeStatus.PUBLISHED: "good",
    ChangeStatus.RETURNED: "bad",
    ChangeStatus.WITHDRAWN: "quiet",
    ChangeStatus.UNDONE: "quiet",
    ChangeStatus.ENDED: "quiet",
}


class Shown(StrEnum):
    """Which changes a list shows; ``FOR_ME`` those that wait for who looks."""

    ALL = "all"
    FOR_ME = "for_me"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChanges(Asked):
    """What the list of changes may be asked; ``mine`` leaves only one's own."""

    status: Annotated[Shown, OneOf(Shown)] = Shown.WAITING
    kind: Annotated[ChangeKind | None, OneOf(ChangeKind)] = None
    mine: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change with who made and who decided it, in words."""

    change: Change
    author: str
    decider: str

    @property
    def kind(self) -> str:
        """What is changed."""
        return say(f"changes.kind_{self.change.kind}")

    @property
    def status(self) -> str:
        """Where it stands."""
        return say(f"changes.status_{self.change.status}")

    @property
    def scheduled(self) -> bool:
        """Whether it was approved and waits for its day only."""
        return self.change.status is ChangeStatus.SCHEDULED

    @property
    def tone(self) -> str:
        """How its status looks."""
        return TONES[self.change.status]

    @property
    def differences(self) -> Sequence[Difference]:
        """What it does, field by field."""
        return differences(self.change.kind, self.change.before, self.change.after)

    @property
    def decision(self) -> str:
        """Why it was decided so: in words of ours where others had changed the same meanwhile."""
        clashed = named(self.change.kind, self.change.clashing)
        met = say("changes.met", fields=clashed) if clashed else ""
        if self.change.status is ChangeStatus.WITHDRAWN and not self.change.fields:
            met = say("changes.was_in_force")
        return " ".join(filter(None, (met, self.change.decision)))

    @property
    def fields(self) -> str:
        """What it touches, in one line."""
        return ", ".join(one.field for one in self.differences)


async def find(connection: AsyncConnection, number: int) -> Told | None:
    """Give one change."""
    row = (await connection.execute(NAMED.where(changes.c.id == number))).first()
    return told_of(row) if row else None


async def list_changes(
    connection: AsyncConnection,
    actor: Actor,
    by: Approver,
    asked: AskedChanges,
    *,
    size: int = SIZE,
) -> Page[Told]:
    """Give the changes that ``actor`` may see and that are asked for, the newest first."""
    query = NAMED.where(*_conditions(actor, by, asked))
    return (await listed(connection, query, NEWEST, after=asked.page, size=size)).turned(told_of)


async def history(
    connection: AsyncConnection, kind: ChangeKind, office: str, ref: str, *, size: int = 20
) -> Page[Told]:
    """Give the newest changes of one thing."""
    query = NAMED.where(changes.c.kind == kind, changes.c.office == office, changes.c.ref == ref)
    return (await listed(connection, query, NEWEST, size=size)).turned(told_of)


async def overdue(connection: AsyncConnection, actor: Actor, today: date) -> Sequence[Told]:
    """Give what should have ended but was edited again since, so that the clock left it."""
    query = NAMED.where(
        _seen_by(actor),
        changes.c.status == ChangeStatus.PUBLISHED,
        changes.c.valid_until != "",
        changes.c.valid_until < today.isoformat(),
    )
    return [told_of(row) for row in await connection.execute(query.order_by(changes.c.id))]


def _conditions(actor: Actor, by: Approver, asked: AskedChanges) -> Sequence[ColumnElement[bool]]:
    told = changes.c
    conditions = [_seen_by(actor), *within_days(told.made_at, asked.from_, asked.to)]
    if asked.office:
        conditions.append(told.office == asked.office)
    if asked.status is Shown.FOR_ME:
        conditions += [told.status == ChangeStatus.WAITING, approvable(by)]
    elif asked.status is not Shown.ALL:
        conditions.append(told.status == asked.status)
    if asked.kind:
        conditions.append(told.kind == asked.kind)
    if asked.mine:
        conditions.append(told.author == actor.officer.id)
    if asked.text:
        words = asked.text
        conditions.append(
            or_(
                told.title.icontains(words, autoescape=True),
                told.ref.icontains(words, autoescape=True),
                told.reason.icontains(words, autoescape=True),
            )
        )
    return conditions


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Give ``seeing_action`` as a condition on rows."""
    told = changes.c
    setting = (told.kind == ChangeKind.SETTING) & ~told.ref.startswith(DAYS)
    return or_(
        setting & _at(actor.offices(Action.SETTINGS_SEE)),
        ~setting & _at(actor.offices(Action.KNOWLEDGE_SEE)),
    )


def _at(offices: Collection[str] | None) -> ColumnElement[bool]:
    return changes.c.office.is_not(None) if offices is None else changes.c.office.in_(offices)


def told_of(row: Row[Any]) -> Told:
    """Read a row of ``NAMED``."""
    return Told(
        change=change_of(row), author=row.author_name or "", decider=row.decider_name or ""
    )
