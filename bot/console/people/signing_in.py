"""Use case: somebody signs in with a login and a password, or proves once more who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Row

from bot.casework.deeds import Acting, acting
from bot.console.actor import Actor
from bot.console.people.attempts import NOBODY, counted
from bot.console.people.devices import remember
from bot.console.people.doorway import Caller, CameIn, Doorway, Refused
from bot.console.people.naming import deed_of, of_caller
from bot.console.people.sessions import begin, stage_of
from bot.officials.models import OfficerId, Stage
from bot.officials.throttle import Tried
from bot.storage.credential_rows import note_sign_in
from bot.storage.officer_rows import find_login, grants_of, officer_of
from bot.storage.session_rows import set_sure
from bot.storage.throttle_rows import forget_attempts

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """What a password was held against, and what the attempt is counted under."""

    row: Row[Any]
    key: str
    kept: str


async def sign_in(doorway: Doorway, login: str, password: str, caller: Caller) -> CameIn | Refused:
    """Let somebody in as far as a password leads.

    A login nobody has, one switched off and a wrong password take the same path and end the same.
    """
    proof = await _proved(doorway, login, password, caller)
    if isinstance(proof, Refused):
        return proof
    officer = officer_of(proof.row)
    async with acting(doorway.database, doorway.clock, of_caller(officer, caller)) as doing:
        if not await _confirmed(doing, proof):
            return Refused()
        grants = (await grants_of(doing.connection, [officer.id]))[officer.id]
        stage = stage_of(officer, grants)
        token = await begin(doing, officer.id, stage, caller)
        device = await remember(doing, officer.id, caller) if stage is Stage.FULL else ""
        # The attempt that succeeded was counted too.
        failures = await forget_attempts(doing.connection, proof.key) - 1
        doing.did(deed_of(officer, "signed_in", after={"stage": stage, "failures": failures}))
    return CameIn(token=token, stage=stage, device=device)


async def make_sure(
    doorway: Doorway, actor: Actor, password: str, caller: Caller
) -> Refused | None:
    """Ask an officer's password once more, so that dangerous acts are open for some minutes."""
    proof = await _proved(doorway, actor.officer.login, password, caller)
    if isinstance(proof, Refused):
        return proof
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        await forget_attempts(doing.connection, proof.key)
        await set_sure(doing.connection, actor.session.id, now=doing.now)
    return None


async def _proved(doorway: Doorway, login: str, password: str, caller: Caller) -> _Proof | Refused:
    login = login.strip().lower()
    async with doorway.database.reading() as connection:
        row = await find_login(connection, login)
    officer = OfficerId(row.id) if row else NOBODY
    key = await counted(doorway, Tried.PASSWORD, officer=officer, login=login, caller=caller)
    if isinstance(key, Refused):
        log.info("sign_in_waits", officer=officer, seconds=key.wait.total_seconds())
        return key
    stored = row.password_hash if row and row.active else ""
    if not await doorway.hasher.verify(stored, password) or row is None:
        log.info("sign_in_refused", officer=officer, address=caller.address)
        return Refused()
    outdated = doorway.hasher.outdated(stored)
    return _Proof(
        row=row, key=key, kept=await doorway.hasher.hash(password) if outdated else stored
    )


async def _confirmed(doing: Acting, proof: _Proof) -> bool:
    """Tell whether the account is still what the password was held against."""
    return await note_sign_in(
        doing.connection,
        OfficerId(proof.row.id),
        proved=proof.row.password_hash,
        kept=proof.kept,
        at=doing.now,
    )
