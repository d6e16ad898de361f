"""Taking a plan's draft away with all that was laid out for it."""

from __future__ import annotations

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import broadcasts
from bot.storage.plan_rows import PlanStatus
from bot.storage.plan_tables import evidence, plan_entries, plans, slots


async def is_leaned_on(connection: AsyncConnection, plan: int) -> bool:
    """Tell whether evidence or a text for the news belongs to an entry of a plan, or to a slot."""
    mine = select(plan_entries.c.id).where(plan_entries.c.plan == plan)
    times = select(slots.c.id).where(slots.c.entry.in_(mine))
    shown = exists().where(evidence.c.entry.in_(mine))
    written = exists().where(or_(broadcasts.c.entry.in_(mine), broadcasts.c.slot.in_(times)))
    return bool((await connection.execute(select(shown | written))).scalar())


async def remove_draft(connection: AsyncConnection, plan: int) -> bool:
    """Delete a draft, its entries and the times people set for them; tell whether it was one."""
    draft = (plans.c.id == plan, plans.c.status == PlanStatus.DRAFT)
    if not (await connection.execute(delete(plans).where(*draft))).rowcount:
        return False
    mine = select(plan_entries.c.id).where(plan_entries.c.plan == plan)
    await connection.execute(delete(slots).where(slots.c.entry.in_(mine)))
    await connection.execute(delete(plan_entries).where(plan_entries.c.plan == plan))
    return True
