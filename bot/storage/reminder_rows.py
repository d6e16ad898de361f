"""Who answers for slots still open, in which chat they are told, and what they were told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcasts
from bot.storage.people_tables import officers
from bot.storage.plan_tables import plan_entries, plans, reminders, slots
from bot.storage.slot_rows import slot_from
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.calendar.reminding import ReminderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A slot that is still open, with who answers for it and what its entry says."""

    slot: Slot
    officer: int
    office: str
    content: str


async def open_until(connection: AsyncConnection, day: date) -> tuple[Open, ...]:
    """Give the open slots due by ``day`` for which an active officer answers, late ones first.

    Where an entry names nobody, the author of the broadcast written for the slot answers for it.
    """
    answers = func.coalesce(plan_entries.c.officer, broadcasts.c.author)
    wanted = (
        select(slots, answers.label("officer"), plans.c.office, plan_entries.c.content)
        .join(plan_entries, plan_entries.c.id == slots.c.entry)
        .join(plans, plans.c.id == plan_entries.c.plan)
        .outerjoin(broadcasts, broadcasts.c.id == slots.c.broadcast)
        .join(officers, officers.c.id == answers)
        .where(
            plans.c.status == "in_force",
            officers.c.active,
            slots.c.status == SlotStatus.OPEN,
            slots.c.due_on <= day.isoformat(),
        )
        .order_by(slots.c.last_on, slots.c.id)
    )
    return tuple(
        Open(slot=slot_from(row), officer=row.officer, office=row.office, content=row.content)
        for row in (await connection.execute(wanted)).all()
    )


async def reminded_of(
    connection: AsyncConnection, slot_ids: Iterable[int]
) -> frozenset[tuple[int, int, str]]:
    """Give what was told: slot, officer, kind."""
    told = select(reminders.c.slot, reminders.c.officer, reminders.c.kind)
    rows = await connection.execute(told.where(reminders.c.slot.in_(list(slot_ids))))
    return frozenset((row.slot, row.officer, row.kind) for row in rows)


async def told_since(connection: AsyncConnection, moment: datetime) -> frozenset[int]:
    """Give the officers who were told something from ``moment`` on."""
    wanted = select(reminders.c.officer).where(reminders.c.made_at >= moment)
    return frozenset((await connection.execute(wanted)).scalars())


async def note_reminders(
    connection: AsyncConnection,
    officer: int,
    told: Iterable[tuple[int, ReminderKind]],
    *,
    outbox: int | None,
    at: datetime,
) -> None:
    """Note of what an officer was told, and in which row of the outbox it stands."""
    rows = [
        {"slot": slot, "officer": officer, "kind": kind, "made_at": at, "outbox": outbox}
        for slot, kind in told
    ]
    await connection.execute(insert(reminders), rows)
