"""Use cases: write a text, edit it, drop it.

An edit of what others have seen begins anew: another version, a draft, with no approval and no
schedule. Runs that go out already go on with the version they were approved with.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.casework.deeds import Acting
from bot.newsroom.airing import call_off_readings
from bot.newsroom.realm import Realm
from bot.newsroom.refusing import Refused, Unready
from bot.newsroom.telling import held, moved, officer_of, require, tell
from bot.officials.models import EVERYWHERE
from bot.storage import run_rows
from bot.storage.broadcast_rows import (
    add_broadcast,
    find_broadcast,
    office_of_plan,
    put_version,
)
from bot.storage.occurrence_rows import occurrences_of
from bot.storage.schedule_rows import cancel_schedules
from bot.storage.slot_broadcast_rows import tie_broadcast, untie_broadcast
from broadcasts.approval import Act, Refusal
from broadcasts.composing.checking import Draft, check
from broadcasts.composing.kinds import URGENT
from broadcasts.composing.likeness import digest
from broadcasts.models import BroadcastId, RunStatus
from broadcasts.texts import Broadcast, Step, Version, Wish

# What even a draft may not have; all else may be mended until it is submitted.
AT_ONCE: Final = frozenset(
    {"kind", "topic", "audience", "signs"}
    | {"title_long", "body_long", "depicted_long", "button_label", "buttons_many"}
)


async def create(acting: Acting, realm: Realm, wish: Wish, *, note: str = "") -> Broadcast:
    """Write a new draft; of an urgent one ``note`` tells why it is.

    Raises:
        Refused: the audience or the plan's entry lies outside the office, another text is
            written for the slot, or it is of the urgent kind and not marked urgent.
        Unready: it is of no kind, for nobody, or too long to be kept.
    """
    await _require_whole(acting, realm, wish)
    author = officer_of(acting)
    number = await add_broadcast(acting.connection, wish, author=author, at=acting.now)
    await put_version(acting.connection, _version(acting, wish, number, 1))
    made = await _found(acting, number)
    await _tie(acting, number, None, wish.slot)
    told = {"kind": wish.kind, "urgent": wish.urgent, "heading": wish.text.title}
    await tell(acting, made, Step.WRITTEN, version=1, after=told, note=note)
    return made


async def edit(
    acting: Acting, realm: Realm, number: int, wish: Wish, *, seen: datetime | None = None
) -> Broadcast:
    """Write a text anew; ``seen`` is the ``changed_at`` of what the form was filled from.

    The office and the urgency stay as they were.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it was dropped, somebody else has changed it meanwhile, it would reach outside,
            another text is written for the slot, or it is of the urgent kind and not urgent.
        Unready: it is of no kind, for nobody, or too long to be kept.
    """
    broadcast, _, text = await held(acting, number)
    require(text, Act.EDIT, acting)
    if seen is not None and seen != broadcast.changed_at:
        raise Refused(Refusal.ELSEWHERE)
    wish = replace(wish, office=broadcast.office, urgent=broadcast.urgent)
    await _require_whole(acting, realm, wish)
    version = text.edited_version
    await put_version(acting.connection, _version(acting, wish, broadcast.id, version))
    await _tie(acting, broadcast.id, broadcast.slot, wish.slot)
    told = {"kind": wish.kind, "title": wish.text.title, "entry": wish.entry, "slot": wish.slot}
    await moved(acting, broadcast, text, Act.EDIT, version=version, **told)
    called_off = await call_off(acting, broadcast.id)
    await call_off_readings(acting, broadcast)
    after = {"kind": wish.kind, "heading": wish.text.title, "schedules": called_off}
    await tell(acting, broadcast, Step.EDITED, version=version, after=after)
    return await _found(acting, broadcast.id)


async def drop(acting: Acting, number: int, note: str = "") -> Broadcast:
    """Put a text aside for good; its schedules are cancelled.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it was dropped before.
    """
    broadcast, _, text = await held(acting, number)
    require(text, Act.DROP, acting)
    await moved(acting, broadcast, text, Act.DROP)
    after = {"schedules": await call_off(acting, broadcast.id)}
    await call_off_readings(acting, broadcast, note)
    await tell(acting, broadcast, Step.DROPPED, version=broadcast.version, after=after, note=note)
    return await _found(acting, broadcast.id)


async def call_off(acting: Acting, broadcast: BroadcastId) -> int:
    """Cancel what was to go out and has not begun; give how many schedules."""
    cancelled = await cancel_schedules(acting.connection, broadcast)
    for one in await occurrences_of(acting.connection, broadcast):
        if one.status is RunStatus.MISSED:
            await run_rows.cancel(acting.connection, one.run, acting.now)
    return len(cancelled)


async def _require_whole(acting: Acting, realm: Realm, wish: Wish) -> None:
    values = realm.values(wish.office) | dict(wish.variables)
    draft = Draft(kind=wish.kind, text=wish.text, audience=wish.audience, variables=values)
    wrong = [one for one in check(draft) if one.code in AT_ONCE]
    if wrong:
        raise Unready(wrong)
    # What looks urgent and is not would wait for an approver and for the morning.
    if wish.kind == URGENT and not wish.urgent:
        raise Refused(Refusal.UNMARKED)
    inside = (realm.tree.covers(wish.office, one) for one in wish.audience.offices)
    if wish.office == EVERYWHERE or wish.office not in realm.tree.codes or not all(inside):
        raise Refused(Refusal.OUTSIDE)
    if wish.entry is None and wish.slot is None:
        return
    # A commune carries out its province's plan, and a province tells what its communes planned.
    planned = await office_of_plan(acting.connection, entry=wish.entry, slot=wish.slot)
    near = planned is not None and (
        realm.tree.covers(planned, wish.office) or realm.tree.covers(wish.office, planned)
    )
    if not near:
        raise Refused(Refusal.OUTSIDE)


async def _tie(
    acting: Acting, broadcast: BroadcastId, before: int | None, slot: int | None
) -> None:
    """Let a time of the plan be done with this text, and with no other."""
    if before is not None and before != slot:
        await untie_broadcast(acting.connection, before, broadcast)
    if slot is not None and not await tie_broadcast(acting.connection, slot, broadcast):
        raise Refused(Refusal.TAKEN)


def _version(acting: Acting, wish: Wish, broadcast: BroadcastId, number: int) -> Version:
    return Version(
        broadcast=broadcast,
        number=number,
        text=wish.text,
        audience=wish.audience,
        variables=wish.variables,
        digest=digest(wish.text),
        author=officer_of(acting),
        made_at=acting.now,
        frozen_at=None,
    )


async def _found(acting: Acting, number: BroadcastId) -> Broadcast:
    found = await find_broadcast(acting.connection, number)
    if found is None:
        raise AssertionError("a row just written is there")
    return found
