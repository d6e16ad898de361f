"""Use case: a plan's draft that was read by mistake is dropped, or read again for its own year."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.newsroom.planning import NoSuchPlan, Outcome, PlanMoved, TakenIn, take_in
from bot.officials.audit import Deed
from bot.storage import plan_rows
from bot.storage.draft_rows import is_leaned_on, remove_draft
from bot.storage.file_rows import forget_file
from bot.storage.plan_rows import Issued, StoredPlan
from broadcasts.errors import BroadcastError
from broadcasts.plans.models import Plan


class PlanInUse(BroadcastError):
    """Evidence or a text for the news hangs on an entry of the draft."""


async def drop(acting: Acting, plan: int, *, reason: str) -> None:
    """Delete a draft with its entries, and its file where nothing else shows it.

    Raises:
        NoSuchPlan: there is none.
        PlanInUse: people showed or wrote something for it.
        PlanMoved: it is no draft: what counts, or counted, stays.
    """
    found = await plan_rows.find_plan(acting.connection, plan)
    if found is None:
        raise NoSuchPlan("Không có kế hoạch này.")
    if await is_leaned_on(acting.connection, plan):
        raise PlanInUse("Kế hoạch này đã có minh chứng hoặc bản tin kèm theo, không bỏ được.")
    if not await remove_draft(acting.connection, plan):
        raise PlanMoved("Chỉ bỏ được bản đọc chưa áp dụng.")
    if found.file is not None:
        await forget_file(acting.connection, found.file)
    acting.did(_dropped(found, reason))


async def read_again(acting: Acting, draft: StoredPlan, plan: Plan, *, reason: str) -> TakenIn:
    """Store ``plan``, the document of ``draft`` read for another year, in the draft's place.

    Where the plan of that year has to be asked about first, the draft stays and so does that plan.

    Raises:
        NoSuchPlan, PlanInUse, PlanMoved: as for ``drop``.
    """
    issued = Issued(office=draft.office, digest=draft.digest, file=draft.file)
    taken = await take_in(acting, plan, issued)
    if taken.outcome is not Outcome.ASKED:
        await drop(acting, draft.id, reason=reason)
    return taken


def _dropped(plan: StoredPlan, reason: str) -> Deed:
    return Deed(
        action="plan_dropped",
        office=plan.office,
        kind="plan",
        subject=str(plan.id),
        before={
            "status": plan.status,
            "year": plan.year,
            "sign": plan.number,
            "heading": plan.title,
            "digest": plan.digest,
        },
        note=reason,
    )
