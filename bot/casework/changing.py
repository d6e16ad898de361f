"""Use cases: wish a change, decide about it, take it back; each with its deed in the audit.

Whoever calls asks first whether the officer may (``officials.changes.publishing_action``), and
renews what citizens are told from once the transaction is through.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.beside import contradicted
from bot.casework.clashing import joined
from bot.casework.deeds import Acting
from bot.casework.publishing import PLACES
from bot.clock import VIETNAM
from bot.officials.audit import Deed
from bot.officials.changes import (
    Change,
    ChangeStatus,
    Clash,
    Refusal,
    Verdict,
    Wish,
    meeting,
    undo_of,
)
from bot.officials.field_marks import Fields, Token, token_of
from bot.officials.fields_merging import Merge, differing, merged
from bot.officials.models import OfficerId
from bot.storage.change_rows import (
    add_change,
    fields_text,
    find_change,
    is_undone_ahead,
    move_change,
    scheduled_of,
)

DEEDS: Final = {
    ChangeStatus.WAITING: "change_proposed",
    ChangeStatus.SCHEDULED: "change_scheduled",
    ChangeStatus.PUBLISHED: "change_published",
    ChangeStatus.RETURNED: "change_returned",
    ChangeStatus.WITHDRAWN: "change_withdrawn",
    ChangeStatus.UNDONE: "change_undone",
    ChangeStatus.ENDED: "change_ended",
}
ENDINGS: Final = {
    Verdict.RETURN: ChangeStatus.RETURNED,
    Verdict.WITHDRAW: ChangeStatus.WITHDRAWN,
}


async def propose(
    acting: Acting, wish: Wish, *, token: Token, publish: bool
) -> Change | Clash | Refusal:
    """Put a wish in force, or on its day, or before who may ``publish`` it.

    ``token`` is what the form was filled from (``officials.changes.token_of``). A clash stores
    nothing, nor does what would say otherwise than what is approved for the same days.

    Raises:
        ValueError: a value does not fit its field; nothing is stored.
    """
    place = PLACES[wish.kind]
    if publish:
        await place.hold(acting.connection)
    now = await place.stated(acting.connection, wish.office, wish.ref)
    after = await joined(acting.connection, place, wish, now, token)
    if isinstance(after, Clash):
        return after
    if not differing(now, after):
        return Refusal.UNCHANGED
    status = ChangeStatus.WAITING
    if publish:
        status = _published(wish.valid_from, _today(acting))
    if status is ChangeStatus.SCHEDULED and await met_ahead(acting.connection, wish, now, after):
        return Refusal.MEETS
    change = await _added(acting, wish, now, after, status=status)
    if status is ChangeStatus.PUBLISHED:
        await place.write(acting, change)
    _tell(acting, change, status, wish.reason)
    return change


async def decide(
    acting: Acting, change: int, verdict: Verdict, reason: str = "", *, four_eyes: bool = False
) -> Change | Clash | Refusal:
    """Publish, return or withdraw a change that is not in force yet.

    What is over already nobody publishes; with ``four_eyes`` nobody their own. One that clashes
    with what was published meanwhile, or is approved for the same days, goes back to its author.
    """
    found = await find_change(acting.connection, change)
    if found is None:
        return Refusal.DECIDED
    if verdict is Verdict.PUBLISH:
        if four_eyes and found.author == acting.by.officer:
            return Refusal.OWN
        if found.valid_until is not None and found.valid_until < _today(acting):
            return Refusal.OVER
        if _published(found.valid_from, _today(acting)) is ChangeStatus.SCHEDULED:
            return await _scheduled(acting, found, reason)
        return await put_in_force(acting, found, reason)
    return await _moved(acting, found, ENDINGS[verdict], reason)


async def undo(
    acting: Acting, change: int, reason: str, *, four_eyes: bool = False
) -> Change | Refusal:
    """Take a change in force back, by a new one, at once: a harmful word waits for nobody.

    With ``four_eyes`` what one alone took back comes back only when somebody else approves.
    """
    found = await find_change(acting.connection, change)
    if found is None or not found.may_become(ChangeStatus.UNDONE):
        return Refusal.DECIDED
    if not (four_eyes and found.taken_back_alone):
        return await take_back(acting, found, ChangeStatus.UNDONE, reason)
    # Whoever presses at the same moment waits, and sees what waits by then.
    await PLACES[found.kind].hold(acting.connection)
    undoing = await _undoing(acting, found, reason)
    if isinstance(undoing, Change):
        _tell(acting, undoing, ChangeStatus.WAITING, reason)
    return undoing


async def put_in_force(acting: Acting, change: Change, reason: str) -> Change | Clash | Refusal:
    """Publish a change that waited for somebody, or for its day.

    What is in force already is closed without being published; a day off beside which the office
    has another by now goes on waiting.
    """
    place = PLACES[change.kind]
    await place.hold(acting.connection)
    now = await place.stated(acting.connection, change.office, change.ref)
    join = merged(change.before, change.after, now)
    if join.clashing:
        return await _clashed(acting, change, now, join, reason)
    told = replace(change, before=now, after=place.checked(join.fields))
    if not told.fields:
        await _moved(acting, told, ChangeStatus.WITHDRAWN, reason)
        return Refusal.UNCHANGED
    if await contradicted(acting.connection, told):
        return Refusal.OVERLAPS
    done = await _moved(acting, told, ChangeStatus.PUBLISHED, reason)
    if isinstance(done, Change):
        await place.write(acting, done)
        await _end_undone(acting, done)
    return done


async def met_ahead(
    connection: AsyncConnection, thing: Wish | Change, before: Fields, after: Fields
) -> tuple[str, ...]:
    """Give the fields for which something else is approved for days on which ``after`` holds."""
    days = (thing.valid_from, thing.valid_until)
    ahead = await scheduled_of(connection, thing.kind, thing.office, thing.ref)
    own = thing.id if isinstance(thing, Change) else None
    met = {name for one in ahead if one.id != own for name in meeting(before, after, days, one)}
    return tuple(sorted(met))


async def _scheduled(acting: Acting, change: Change, reason: str) -> Change | Clash | Refusal:
    """Let an approved change wait for its day, unless something else is to be told then."""
    await PLACES[change.kind].hold(acting.connection)
    met = await met_ahead(acting.connection, change, change.before, change.after)
    if met:
        join = Merge(fields=change.after, clashing=met)
        return await _clashed(acting, change, change.before, join, reason)
    return await _moved(acting, change, ChangeStatus.SCHEDULED, reason)


async def _clashed(
    acting: Acting, change: Change, theirs: Fields, join: Merge, reason: str
) -> Clash:
    """Send a change back to its author: somebody else has changed the same fields."""
    clashing = replace(change, clashing=join.clashing)
    await _moved(acting, clashing, ChangeStatus.RETURNED, reason)
    return Clash(
        seen=change.before,
        mine=change.after,
        theirs=theirs,
        merged=join.fields,
        clashing=join.clashing,
        beneath=False,
        token=token_of(theirs),
    )


async def take_back(
    acting: Acting, change: Change, status: ChangeStatus, reason: str
) -> Change | Refusal:
    """Let ``change`` end as ``status``: what it said is told as before, unless edited since."""
    place = PLACES[change.kind]
    await place.hold(acting.connection)
    undoing = await _undoing(acting, change, reason, ends=status)
    if isinstance(undoing, Change):
        await place.write(acting, undoing)
        _tell(acting, undoing, status, reason)
    return undoing


async def _undoing(
    acting: Acting, change: Change, reason: str, *, ends: ChangeStatus | None = None
) -> Change | Refusal:
    """Add the change that tells all as without ``change``; it waits unless ``change`` ``ends``."""
    place = PLACES[change.kind]
    now = await place.stated(acting.connection, change.office, change.ref)
    before = undo_of(change, now)
    if before is None:
        return Refusal.EDITED
    if ends and not await move_change(acting.connection, change, ends):
        return Refusal.DECIDED
    wish = Wish(
        kind=change.kind,
        office=change.office,
        ref=change.ref,
        title=change.title,
        fields=before,
        reason=reason,
        batch=change.batch,
    )
    after = place.checked(before)
    if ends is None and await is_undone_ahead(acting.connection, change, after):
        return Refusal.AHEAD
    status = ChangeStatus.PUBLISHED if ends else ChangeStatus.WAITING
    return await _added(acting, wish, now, after, status=status, undoes=change.id)


async def _end_undone(acting: Acting, undoing: Change) -> None:
    """Let what a change undoes that was approved just now be undone."""
    if undoing.undoes is None:
        return
    undone = await find_change(acting.connection, undoing.undoes)
    if undone is not None and undone.may_become(ChangeStatus.UNDONE):
        await move_change(acting.connection, undone, ChangeStatus.UNDONE)


async def _added(
    acting: Acting,
    wish: Wish,
    before: Fields,
    after: Fields,
    *,
    status: ChangeStatus,
    undoes: int | None = None,
) -> Change:
    number = await add_change(
        acting.connection,
        wish,
        before=before,
        after=after,
        token=token_of(before, wish.beneath),
        status=status,
        author=_officer(acting),
        at=acting.now,
        undoes=undoes,
    )
    made = await find_change(acting.connection, number)
    if made is None:
        raise AssertionError("a row just written is there")
    return made


async def _moved(
    acting: Acting, change: Change, status: ChangeStatus, reason: str
) -> Change | Refusal:
    if not change.may_become(status):
        return Refusal.DECIDED
    by, why = _officer(acting), reason
    if status is ChangeStatus.PUBLISHED and by is None:
        # The clock only keeps the day that somebody decided on.
        by, why = change.decided_by, change.decision
    decided = {"decided_by": by, "decided_at": acting.now, "decision": why}
    states = {
        "before": fields_text(change.before),
        "after": fields_text(change.after),
        "clashing": ",".join(change.clashing),
    }
    if not await move_change(acting.connection, change, status, **decided, **states):
        return Refusal.DECIDED
    _tell(acting, change, status, reason)
    return replace(
        change,
        status=status,
        decided_by=by,
        decided_at=acting.now,
        decision=why,
    )


def _tell(acting: Acting, change: Change, status: ChangeStatus, reason: str) -> None:
    names = change.fields
    acting.did(
        Deed(
            action=DEEDS[status],
            office=change.office,
            kind=change.kind,
            subject=change.ref,
            before={name: change.before[name] for name in names if name in change.before},
            after={name: change.after[name] for name in names if name in change.after}
            | {"change": change.id},
            note=reason,
        )
    )


def _published(valid_from: date | None, today: date) -> ChangeStatus:
    ahead = valid_from is not None and valid_from > today
    return ChangeStatus.SCHEDULED if ahead else ChangeStatus.PUBLISHED


def _today(acting: Acting) -> date:
    return acting.now.astimezone(VIETNAM).date()


def _officer(acting: Acting) -> OfficerId | None:
    return None if acting.by.officer is None else OfficerId(acting.by.officer)
