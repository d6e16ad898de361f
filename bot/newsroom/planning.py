"""Use case: an issued plan taken in, put in force, its entries mended; each remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage import plan_rows
from bot.storage.plan_rows import (
    LONGEST_TITLE,
    Head,
    Issued,
    PlanStatus,
    StoredEntry,
    StoredPlan,
)
from broadcasts.errors import BroadcastError
from broadcasts.plans.comparing import Difference, Stored, Words, differences, flat
from broadcasts.plans.models import Plan
from knowledge.text import fold

# The beginning of the codes of the flags that ask for a part of the head.
_ASKED: Final = {"number": "number_", "issued_on": "date_", "issuer": "issuer_", "title": "title_"}
# How the audit calls the parts.
_AUDITED: Final = {
    "number": "sign",
    "issued_on": "issued_on",
    "issuer": "issuer",
    "title": "heading",
}


class NoSuchPlan(BroadcastError):
    """There is no such plan or entry."""


class PlanMoved(BroadcastError):
    """Somebody else moved the plan on meanwhile."""


class Outcome(StrEnum):
    """What became of a document that was handed in.

    ``ASKED``: another version is stored and in force, or people worked on it, or what is stored
    calls itself otherwise; nothing was stored.
    """

    STORED = "stored"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of a document, the plan that stands now, and what differs from before."""

    outcome: Outcome
    plan: int
    differences: tuple[Difference, ...] = ()


async def take_in(acting: Acting, plan: Plan, issued: Issued, *, replace: bool = False) -> TakenIn:
    """Store a plan as a draft.

    The same document again changes nothing. Another document for the same office and year takes
    the place of a draft nobody worked on; a plan in force, one with people's edits, or one of
    another name gives way only with ``replace``, and stays readable; it counts until the new one
    is put in force.
    """
    known = await plan_rows.plans_of(acting.connection, issued.office, plan.year)
    if not known:
        return TakenIn(outcome=Outcome.STORED, plan=await _store(acting, plan, issued))
    same = next((one for one in known if one.digest == issued.digest), None)
    if same:
        return TakenIn(outcome=Outcome.UNCHANGED, plan=same.id)
    before = known[0]
    stored = [_stored(one) for one in await plan_rows.entries_of(acting.connection, before.id)]
    told = differences(stored, plan.entries)
    by_hand = "by_hand" in before.head or any(one.by_hand for one in stored)
    worked_on = before.status is PlanStatus.IN_FORCE or by_hand
    if (worked_on or _is_another(before, plan)) and not replace:
        return TakenIn(outcome=Outcome.ASKED, plan=before.id, differences=told)
    if before.status is PlanStatus.DRAFT:
        await _move(acting, before, PlanStatus.REPLACED, "plan_replaced")
    made = await _store(acting, plan, issued)
    return TakenIn(outcome=Outcome.REPLACED, plan=made, differences=told)


async def put_in_force(acting: Acting, plan: int, *, reason: str = "") -> StoredPlan:
    """Let a draft count; the plan that counted for its office and year is replaced.

    Raises:
        NoSuchPlan: there is none.
        PlanMoved: it is no draft any more.
    """
    found = await _found(acting, plan)
    for other in await plan_rows.plans_of(acting.connection, found.office, found.year):
        if other.status is PlanStatus.IN_FORCE:
            await _move(acting, other, PlanStatus.REPLACED, "plan_replaced")
    if found.status is not PlanStatus.DRAFT:
        raise PlanMoved("Kế hoạch không còn là bản nháp; hãy tải lại trang.")
    await _move(acting, found, PlanStatus.IN_FORCE, "plan_in_force", reason)
    return found


async def mend_head(acting: Acting, plan: int, head: Head, *, seen: bool = False) -> None:
    """Write what a person read in the document: number, day, issuer, title.

    A flag that asked for what is stated now is gone, and once they are ``seen`` every flag is.

    Raises:
        NoSuchPlan: there is none.
    """
    found = await _found(acting, plan)
    before, after = asdict(_head(found)), asdict(head)
    flags = [one for one in found.head["flags"] if not (seen or _answered(one["code"], head))]
    if before == after and len(flags) == len(found.head["flags"]):
        return
    await plan_rows.edit_head(acting.connection, plan, head, flags)
    changed = {name for name in after if before[name] != after[name]}
    acting.did(
        Deed(
            action="plan_mended",
            office=found.office,
            kind="plan",
            subject=str(plan),
            before={_AUDITED[name]: before[name] for name in changed},
            after={_AUDITED[name]: after[name] for name in changed},
        )
    )


def _is_another(stored: StoredPlan, plan: Plan) -> bool:
    """Tell whether both have a name, and neither it nor the number is the same."""
    if not (stored.title and plan.title) or (plan.number and stored.number == plan.number):
        return False
    return fold(stored.title) != fold(plan.title[:LONGEST_TITLE])


def _head(plan: StoredPlan) -> Head:
    return Head(number=plan.number, issued_on=plan.issued_on, issuer=plan.issuer, title=plan.title)


def _answered(flag: str, head: Head) -> bool:
    """Tell whether what a flag asked for is stated."""
    return any(flag.startswith(asks) and getattr(head, name) for name, asks in _ASKED.items())


async def mend_entry(
    acting: Acting, entry: int, fields: Mapping[str, Any], *, reason: str = ""
) -> None:
    """Write what a person set of an entry: words, units, timing (as JSON), officer, flags seen to.

    Raises:
        NoSuchPlan: there is no such entry.
    """
    found = await plan_rows.find_entry(acting.connection, entry)
    if found is None:
        raise NoSuchPlan("Không có mục kế hoạch này.")
    plan = await _found(acting, found.plan)
    before = asdict(found)
    changed = {name: told for name, told in fields.items() if before[name] != told}
    if not changed:
        return
    await plan_rows.edit_entry(acting.connection, entry, changed, at=acting.now)
    acting.did(
        Deed(
            action="entry_mended",
            office=plan.office,
            kind="plan",
            subject=str(plan.id),
            before={"entry": entry, **{name: before[name] for name in changed}},
            after={"entry": entry, **changed},
            note=reason,
        )
    )


async def _store(acting: Acting, plan: Plan, issued: Issued) -> int:
    by = acting.by.officer
    made = await plan_rows.add_plan(acting.connection, plan, issued, at=acting.now, by=by)
    acting.did(
        Deed(
            action="plan_imported",
            office=issued.office,
            kind="plan",
            subject=str(made),
            after={
                "year": plan.year,
                "sign": plan.number or "",
                "heading": plan.title,
                "digest": issued.digest,
                "entries": len(flat(plan.entries)),
            },
        )
    )
    return made


async def _move(
    acting: Acting, plan: StoredPlan, status: PlanStatus, action: str, reason: str = ""
) -> None:
    if not await plan_rows.set_status(acting.connection, plan.id, plan.status, status):
        raise PlanMoved("Kế hoạch vừa được người khác thay đổi; hãy tải lại trang.")
    acting.did(
        Deed(
            action=action,
            office=plan.office,
            kind="plan",
            subject=str(plan.id),
            before={"status": plan.status},
            after={"status": status, "year": plan.year},
            note=reason,
        )
    )


async def _found(acting: Acting, plan: int) -> StoredPlan:
    found = await plan_rows.find_plan(acting.connection, plan)
    if found is None:
        raise NoSuchPlan("Không có kế hoạch này.")
    return found


def _stored(entry: StoredEntry) -> Stored:
    words = Words(
        content=entry.content,
        time_text=entry.time_text,
        lead=entry.lead,
        cooperating=entry.cooperating,
        forms=entry.forms,
        note=entry.note,
    )
    return Stored(no=entry.no, words=words, by_hand=entry.edited_at is not None)
