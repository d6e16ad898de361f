"""Use case: who gave the password gives the second factor, or a code kept for want of it."""

from __future__ import annotations

import hmac
from dataclasses import replace

import structlog

from bot.casework.deeds import Acting, acting
from bot.console.actor import Actor
from bot.console.people.attempts import counted
from bot.console.people.devices import remember
from bot.console.people.doorway import Caller, CameIn, Doorway, Reason, Refused
from bot.console.people.naming import deed_of
from bot.console.people.sealing import Unreadable
from bot.console.people.sessions import renew
from bot.officials.models import Officer
from bot.officials.throttle import Tried
from bot.officials.totp import matching_step, recovery_digest, was_used
from bot.storage.credential_rows import SecondFactor, second_factor_of, set_recovery, use_step
from bot.storage.throttle_rows import forget_attempts

log = structlog.get_logger()


async def give_code(doorway: Doorway, actor: Actor, code: str, caller: Caller) -> CameIn | Refused:
    """Let somebody in whose password was right, by the code their application shows."""
    key = await code_counted(doorway, actor, caller)
    if isinstance(key, Refused):
        return key
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        second = await second_factor_of(doing.connection, actor.officer.id)
        step = _step(doorway, actor.officer, second, code)
        if isinstance(step, Refused):
            return step
        if not await use_step(doing.connection, actor.officer.id, step):
            return Refused(reason=Reason.USED)
        came = await go_on(doing, actor, caller, key)
        if came:
            told = {"stage": came.stage, "second": "code"}
            doing.did(deed_of(actor.officer, "signed_in", after=told))
    return came or Refused()


async def give_recovery_code(
    doorway: Doorway, actor: Actor, code: str, caller: Caller
) -> CameIn | Refused:
    """Let somebody in by one of the codes they kept on paper, which is used up by it."""
    key = await code_counted(doorway, actor, caller)
    if isinstance(key, Refused):
        return key
    digest = recovery_digest(code, actor.officer.id)
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        second = await second_factor_of(doing.connection, actor.officer.id)
        kept = second.recovery if second else ()
        left = tuple(one for one in kept if not hmac.compare_digest(one, digest))
        fits = len(left) < len(kept)
        if not fits or not await set_recovery(
            doing.connection, actor.officer.id, left, instead=kept
        ):
            return Refused()
        came = await go_on(doing, actor, caller, key)
        if came:
            told = {"stage": came.stage, "second": "recovery", "left": len(left)}
            doing.did(deed_of(actor.officer, "recovery_used", after=told))
    return replace(came, codes_left=len(left)) if came else Refused()


async def code_counted(doorway: Doorway, actor: Actor, caller: Caller) -> str | Refused:
    """Count an attempt with a code; give what it is counted under, or how long to wait."""
    officer = actor.officer
    return await counted(
        doorway, Tried.CODE, officer=officer.id, login=officer.login, caller=caller
    )


async def go_on(doing: Acting, actor: Actor, caller: Caller, key: str) -> CameIn | None:
    """Turn the session into a whole one on a device known from now on, if it still stands."""
    came = await renew(doing, actor.session, caller)
    if came is None:
        return None
    await forget_attempts(doing.connection, key)
    return replace(came, device=await remember(doing, actor.officer.id, caller))


def _step(
    doorway: Doorway, officer: Officer, second: SecondFactor | None, code: str
) -> int | Refused:
    if second is None:
        return Refused()
    try:
        secret = doorway.seal.open(second.secret, officer.id)
    except Unreadable:
        log.error("second_factor_unreadable", officer=officer.id)  # noqa: TRY400 - no secret of it
        return Refused(reason=Reason.UNREADABLE)
    now = doorway.clock.now()
    step = matching_step(secret, code, now, second.step)
    if step is not None:
        return step
    used = was_used(secret, code, now, second.step)
    return Refused(reason=Reason.USED if used else Reason.WRONG)
