"""All that the page of one case shows beside the case itself: each kind in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case, CaseId, Event
from bot.feedback.moves import CaseState
from bot.officials.models import OfficerId
from bot.storage.case_rows import event_of
from bot.storage.case_tab_rows import NOT_TOLD
from bot.storage.conflict_rows import not_of
from bot.storage.feedback_tables import cases, events, feedback_files, followers, notices, units
from bot.storage.notice_rows import NoticeStatus
from bot.storage.people_tables import officers
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.zalo_waiting_rows import waits_for_quota

LOST: Final = (OutboxStatus.FAILED, OutboxStatus.UNCERTAIN)
# Not yet given to the channel: by the outbox, and by the notice itself.
LEAVING: Final = (OutboxStatus.CREATED, OutboxStatus.SENDING)
GOING: Final = (NoticeStatus.DUE, NoticeStatus.PAYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the case's record leaves out; ``sealed`` are the columns in which something is kept."""

    unit: str
    officer: str
    entered_by: str
    left_minutes: int | None
    due_set: bool
    closes_at: datetime | None
    reason: str
    factor: str
    followers: int
    sealed: frozenset[str]

    @property
    def has_contact(self) -> bool:
        """Tell whether who sent it left a way besides the chat: else nobody can call."""
        return "contact_sealed" in self.sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing done to a case; ``name`` is the officer's who did it."""

    event: Event
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """A public step somebody has not heard of; ``own`` if it is who sent the case.

    One that ``waits`` goes by itself once the account can pay for it; another that ``goes`` is on
    its way.
    """

    version: int
    conversation: str
    channel: str
    own: bool
    status: NoticeStatus
    reason: str
    at: datetime
    waits: bool = False
    goes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo of a case; one of no ``size`` is still to be fetched."""

    id: int
    media: str
    size: int
    version: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A case that is answered with another, or that others are answered with."""

    id: CaseId
    reference: str
    state: CaseState


async def details_of(connection: AsyncConnection, case: CaseId) -> Details:
    """Give what the case's record leaves out."""
    sealed = ("words_sealed", "place_sealed", "contact_sealed")
    by, entered = officers.alias("by"), officers.alias("entered")
    wanted = (
        select(
            func.coalesce(units.c.name, "").label("unit"),
            func.coalesce(by.c.name, "").label("officer"),
            func.coalesce(entered.c.name, "").label("entered_by"),
            *(cases.c[name] for name in ("left_minutes", "due_set", "closes_at", "reason")),
            cases.c.factor,
            *(cases.c[name].is_not(None).label(name) for name in sealed),
            select(func.count())
            .where(followers.c.case == case)
            .scalar_subquery()
            .label("followers"),
        )
        .outerjoin(units, units.c.id == cases.c.unit)
        .outerjoin(by, by.c.id == cases.c.officer)
        .outerjoin(entered, entered.c.id == cases.c.entered_by)
        .where(cases.c.id == case)
    )
    row = (await connection.execute(wanted)).one()
    kept = frozenset(name for name in sealed if getattr(row, name))
    told = {name: getattr(row, name) for name in Details.__slots__ if name != "sealed"}
    return Details(**told, sealed=kept)


async def sealed_of(connection: AsyncConnection, case: CaseId, column: str) -> bytes | None:
    """Give what is sealed in one of the columns of a case."""
    found = await connection.execute(select(cases.c[column]).where(cases.c.id == case))
    sealed: bytes | None = found.scalar_one()
    return sealed


async def sealed_words_of(connection: AsyncConnection, case: CaseId) -> Mapping[int, bytes]:
    """Give a citizen's later words as they are sealed, by the version of their event."""
    wanted = select(events.c.version, events.c.text_sealed).where(
        events.c.case == case, events.c.text_sealed.is_not(None)
    )
    return {row.version: row.text_sealed for row in await connection.execute(wanted)}


async def history_of(connection: AsyncConnection, case: CaseId) -> tuple[Told, ...]:
    """Give what was done to a case in its order, each with who did it."""
    wanted = (
        select(events, func.coalesce(officers.c.name, "").label("called"))
        .outerjoin(officers, officers.c.id == events.c.by)
        .where(events.c.case == case)
        .order_by(events.c.version)
    )
    rows = await connection.execute(wanted)
    return tuple(Told(event=event_of(row), name=row.called) for row in rows)


async def not_told(connection: AsyncConnection, case: Case) -> tuple[NotTold, ...]:
    """Give the public steps of a case that somebody has not heard of, the oldest first."""
    said = notices.c.status == NoticeStatus.SAID
    lost, waits = and_(said, outbox.c.status.in_(LOST)), and_(said, waits_for_quota())
    goes = or_(notices.c.status.in_(GOING), and_(said, outbox.c.status.in_(LEAVING)))
    wanted = (
        select(notices, waits.label("waits"), goes.label("goes"))
        .outerjoin(outbox, outbox.c.id == notices.c.outbox)
        .where(notices.c.case == case.id, or_(notices.c.status.in_(NOT_TOLD), lost, goes))
        .order_by(notices.c.version, notices.c.conversation)
    )
    own = case.address.conversation if case.address else ""
    return tuple(
        NotTold(
            version=row.version,
            conversation=row.conversation,
            channel=row.channel,
            own=row.conversation == own,
            status=NoticeStatus(row.status),
            reason=row.reason,
            at=row.at,
            waits=bool(row.waits),
            goes=bool(row.goes),
        )
        for row in await connection.execute(wanted)
    )


async def photos_shown(connection: AsyncConnection, case: CaseId) -> tuple[Photo, ...]:
    """Give the photos of a case without what is in them; identity papers are not among them."""
    citizens = (feedback_files.c.made_by.is_(None), feedback_files.c.papers.is_not(True))
    kept = (feedback_files.c.case == case, *citizens)
    names = [feedback_files.c[name] for name in Photo.__slots__]
    rows = await connection.execute(select(*names).where(*kept).order_by(feedback_files.c.id))
    return tuple(Photo(**{name: getattr(row, name) for name in Photo.__slots__}) for row in rows)


async def joined_to(
    connection: AsyncConnection, reader: OfficerId, case: Case
) -> Sequence[Joined]:
    """Give the case this one is answered with, or those that are answered with it.

    Those that complain of the ``reader`` are not among them.
    """
    with_it = cases.c.main == case.id if case.main is None else cases.c.id == case.main
    names = (cases.c.id, cases.c.reference, cases.c.state)
    wanted = select(*names).where(with_it, not_of(reader, cases.c.id))
    rows = await connection.execute(wanted.order_by(cases.c.id).limit(100))
    return [
        Joined(id=CaseId(row.id), reference=row.reference, state=CaseState(row.state))
        for row in rows
    ]
