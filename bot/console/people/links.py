"""One-time links: the way to a first password, and to a new one when the old is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.casework.deeds import Acting, acting
from bot.console.cookies import fresh_token, hash_of
from bot.console.people.doorway import Caller, Doorway
from bot.console.people.naming import deed_of, of_caller
from bot.officials.models import Officer, OfficerId, Purpose
from bot.officials.passwords import PasswordFault, faults
from bot.storage.credential_rows import set_password
from bot.storage.device_rows import forget_devices
from bot.storage.link_rows import NewLink, OpenLink, add_link, drop_links, find_link, use_link
from bot.storage.officer_rows import find_officer
from bot.storage.session_rows import end_sessions

LASTS: Final[Mapping[Purpose, timedelta]] = {
    Purpose.FIRST: timedelta(hours=1),
    Purpose.INVITE: timedelta(hours=48),
    Purpose.RESET: timedelta(hours=2),
}
PATH: Final = "/console/link"


async def make_link(
    doing: Acting, officer: Officer, purpose: Purpose, *, by: OfficerId | None, reason: str = ""
) -> tuple[str, datetime]:
    """Make an officer's only link and give its path, to be shown once, and its end.

    The password keeps its worth until the link is used.
    """
    token, until = fresh_token(), doing.now + LASTS[purpose]
    link = NewLink(
        token_hash=hash_of(token),
        officer=officer.id,
        purpose=purpose,
        made_at=doing.now,
        made_by=by,
        until=until,
    )
    await add_link(doing.connection, link)
    told = {"purpose": purpose, "until": until.isoformat()}
    doing.did(deed_of(officer, "link_made", after=told, note=reason))
    return f"{PATH}?t={token}", until


async def look(doorway: Doorway, token: str) -> OpenLink | None:
    """Give the link of a token while it may be used; looking does not use it.

    Messengers open links to show a preview of them.
    """
    async with doorway.database.reading() as connection:
        return await find_link(connection, hash_of(token), now=doorway.clock.now())


async def set_by_link(
    doorway: Doorway, token: str, password: str, caller: Caller, *, names: Iterable[str] = ()
) -> OpenLink | tuple[PasswordFault, ...] | None:
    """Use a link to set a password, and end all else that leads into the account.

    Give the link when it is done, what is wrong with the password when it is not good enough,
    nothing when the link cannot be used any more. ``names`` are those of the office.
    """
    link = await look(doorway, token)
    if link is None:
        return None
    found = faults(password, link.login, (link.name, *names))
    if found:
        return found
    stored = await doorway.hasher.hash(password)
    return link if await _set(doorway, link, hash_of(token), stored, caller) else None


async def _set(
    doorway: Doorway, link: OpenLink, token_hash: str, stored: str, caller: Caller
) -> bool:
    async with doorway.database.reading() as connection:
        officer = await find_officer(connection, link.officer)
    if officer is None:
        return False
    async with acting(doorway.database, doorway.clock, of_caller(officer, caller)) as doing:
        if not await use_link(doing.connection, token_hash, now=doing.now):
            return False
        await set_password(doing.connection, officer.id, stored, at=doing.now)
        ended = await end_sessions(doing.connection, officer.id)
        await drop_links(doing.connection, officer.id)
        await forget_devices(doing.connection, officer.id)
        told = {"purpose": link.purpose, "sessions": ended}
        doing.did(deed_of(officer, "link_used", after=told))
    return True
