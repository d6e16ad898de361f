"""Use case: officers change their own password."""

from __future__ import annotations

from collections.abc import Iterable

from bot.casework.deeds import acting
from bot.console.actor import Actor
from bot.console.people.doorway import Caller, CameIn, Doorway
from bot.console.people.naming import deed_of
from bot.console.people.sessions import renew
from bot.officials.passwords import PasswordFault, faults
from bot.storage.credential_rows import password_hash_of, set_password
from bot.storage.link_rows import drop_links
from bot.storage.session_rows import end_other_sessions


async def change_password(
    doorway: Doorway, actor: Actor, password: str, caller: Caller, *, names: Iterable[str] = ()
) -> CameIn | tuple[PasswordFault, ...] | None:
    """Set the actor's new password, end their other sessions and give this one a new token.

    That the old password was typed just now is for the caller to ask (``make_sure``). Give the
    new session, what is wrong with the password, or nothing when the session ended meanwhile.
    ``names`` are those of the office.
    """
    found = faults(password, actor.officer.login, (actor.officer.name, *names))
    if found:
        return found
    async with doorway.database.reading() as connection:
        old = await password_hash_of(connection, actor.officer.id)
    if await doorway.hasher.verify(old, password):
        return (PasswordFault.SAME,)
    new = await doorway.hasher.hash(password)
    async with acting(doorway.database, doorway.clock, actor.by) as doing:
        others = await end_other_sessions(doing.connection, actor.officer.id, but=actor.session.id)
        came = await renew(doing, actor.session, caller)
        if came:
            await set_password(doing.connection, actor.officer.id, new, at=doing.now)
            await drop_links(doing.connection, actor.officer.id)
            doing.did(deed_of(actor.officer, "password_set", after={"sessions": others}))
    return came
