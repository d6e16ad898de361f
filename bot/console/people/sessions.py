"""Sessions: how they begin, what makes them sure, how the officer ends them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.casework.deeds import Acting, acting
from bot.channels.typed import clean
from bot.console.actor import Actor
from bot.console.cookies import fresh_token, hash_of
from bot.console.people.doorway import Caller, CameIn, Doorway
from bot.console.people.naming import deed_of
from bot.officials.models import Grant, Officer, OfficerId, Role, Session, Stage
from bot.storage.session_rows import begin_session, end_other_sessions, end_session

LASTS: Final[Mapping[Stage, timedelta]] = {
    Stage.SECOND: timedelta(minutes=5),
    Stage.ENROL: timedelta(minutes=30),
    Stage.FULL: timedelta(hours=12),
}
NAME_BITS: Final = 53  # as many as a number of JSON holds
LONGEST_AGENT: Final = 160


def stage_of(officer: Officer, grants: tuple[Grant, ...]) -> Stage:
    """Give how far a password alone leads: administrators need a second factor in any case."""
    if officer.second_factor:
        return Stage.SECOND
    rules = any(grant.role is Role.ADMINISTRATOR for grant in grants)
    return Stage.ENROL if rules else Stage.FULL


async def begin(doing: Acting, officer: OfficerId, stage: Stage, caller: Caller) -> str:
    """Begin a session of somebody who just proved who they are; give its token."""
    token = fresh_token()
    session = Session(
        id=secrets.randbits(NAME_BITS),
        officer=officer,
        stage=stage,
        began_at=doing.now,
        seen_at=doing.now,
        until=doing.now + LASTS[stage],
        address=caller.address,
        agent=clean(caller.agent)[:LONGEST_AGENT],
        sure_at=doing.now,
    )
    await begin_session(doing.connection, session, hash_of(token))
    return token


async def renew(doing: Acting, session: Session, caller: Caller) -> CameIn | None:
    """Put a whole session with a new token in the place of ``session``, if that still stands.

    A token known before somebody proved more of themselves is worth nothing afterwards.
    """
    if not await end_session(doing.connection, session.id, session.officer):
        return None
    token = await begin(doing, session.officer, Stage.FULL, caller)
    return CameIn(token=token, stage=Stage.FULL)


async def leave(doorway: Doorway, actor: Actor) -> None:
    """End the actor's own session."""
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        if await end_session(doing.connection, actor.session.id, actor.officer.id):
            doing.did(deed_of(actor.officer, "signed_out"))


async def end(doorway: Doorway, actor: Actor, session: int) -> bool:
    """End one of the actor's own sessions; tell whether it was one and still open."""
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        ended = await end_session(doing.connection, session, actor.officer.id)
        if ended:
            doing.did(deed_of(actor.officer, "session_ended"))
    return ended


async def end_others(doorway: Doorway, actor: Actor) -> int:
    """End every session of the actor but this one, and give their number."""
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        ended = await end_other_sessions(doing.connection, actor.officer.id, but=actor.session.id)
        if ended:
            doing.did(deed_of(actor.officer, "sessions_ended", after={"sessions": ended}))
    return ended
