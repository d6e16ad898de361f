"""Use cases: a second factor is set up, its recovery codes made anew, or it is taken away."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from bot.casework.deeds import Acting, acting
from bot.console.actor import Actor
from bot.console.people.doorway import Caller, CameIn, Doorway, Refused
from bot.console.people.naming import deed_of
from bot.console.people.second_factor import code_counted, go_on
from bot.officials.models import Officer
from bot.officials.totp import (
    NO_STEP,
    RECOVERY_BYTES,
    RECOVERY_CODES,
    SECRET_BYTES,
    matching_step,
    recovery_code,
    recovery_digest,
)
from bot.storage.credential_rows import (
    SecondFactor,
    drop_second_factor,
    second_factor_of,
    set_recovery,
    set_second_factor,
)
from bot.storage.session_rows import end_other_sessions, end_sessions

ENROLMENT: Final = b"second factor"


def secret_to_enrol(session_token: str) -> bytes:
    """Give the secret a session offers for setting up: the same each time it is looked at.

    Worked out of the token, it is stored nowhere before it is proved; the token ends with that.
    """
    return hmac.digest(session_token.encode(), ENROLMENT, sha256)[:SECRET_BYTES]


async def set_up(
    doorway: Doorway, actor: Actor, session_token: str, code: str, caller: Caller
) -> tuple[CameIn, tuple[str, ...]] | Refused:
    """Take the second factor into use once a first code proves it; give new recovery codes.

    The session goes on as a whole one with a new token; all others of the officer end.
    """
    key = await code_counted(doorway, actor, caller)
    if isinstance(key, Refused):
        return key
    secret = secret_to_enrol(session_token)
    step = matching_step(secret, code, doorway.clock.now(), NO_STEP)
    if step is None:
        return Refused()
    codes = _fresh_codes()
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        ended = await end_other_sessions(doing.connection, actor.officer.id, but=actor.session.id)
        came = await go_on(doing, actor, caller, key)
        if came is None:
            return Refused()
        second = SecondFactor(
            secret=doorway.seal.close(secret, actor.officer.id),
            step=step,
            recovery=_digests(codes, actor.officer),
        )
        await set_second_factor(doing.connection, actor.officer.id, second)
        doing.did(deed_of(actor.officer, "second_on", after={"sessions": ended}))
    return came, codes


async def renew_codes(doorway: Doorway, actor: Actor) -> tuple[str, ...]:
    """Give new recovery codes in the place of the old; none without a second factor.

    That the password was typed just now is the way's rule.
    """
    codes = _fresh_codes()
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        second = await second_factor_of(doing.connection, actor.officer.id)
        digests = _digests(codes, actor.officer)
        if second is None or not await set_recovery(
            doing.connection, actor.officer.id, digests, instead=second.recovery
        ):
            return ()
        doing.did(deed_of(actor.officer, "codes_renewed"))
    return codes


async def still_good(doorway: Doorway, actor: Actor, codes: Iterable[str]) -> tuple[str, ...]:
    """Give those of ``codes`` that are recovery codes of the actor and not used yet."""
    async with doorway.database.reading() as connection:
        second = await second_factor_of(connection, actor.officer.id)
    kept = frozenset(second.recovery if second else ())
    return tuple(code for code in codes if recovery_digest(code, actor.officer.id) in kept)


async def reset_second_factor(doing: Acting, officer: Officer, *, reason: str = "") -> int:
    """Take an officer's second factor away and end all sessions; give how many there were.

    For somebody who lost telephone and codes. An administrator must set it up anew to work.
    """
    await drop_second_factor(doing.connection, officer.id)
    ended = await end_sessions(doing.connection, officer.id)
    doing.did(deed_of(officer, "second_reset", after={"sessions": ended}, note=reason))
    return ended


def _fresh_codes() -> tuple[str, ...]:
    return tuple(recovery_code(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def _digests(codes: tuple[str, ...], officer: Officer) -> tuple[str, ...]:
    return tuple(recovery_digest(code, officer.id) for code in codes)
