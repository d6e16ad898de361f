"""Use cases: accounts are made, changed, given roles, switched off and on; each leaves its deed.

Every one runs in the caller's ``acting`` and is refused with ``Barred`` where the keeper may not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy.exc import IntegrityError

from bot.casework.deeds import Acting
from bot.errors import BotError
from bot.officials.audit import Deed
from bot.officials.keeping import Bar, Barred, Keeper, Person, is_key
from bot.officials.models import Grant, OfficerId
from bot.officials.permissions import Action, offices_for
from bot.storage import officer_rows
from bot.storage.link_rows import drop_links
from bot.storage.officer_rows import NewOfficer
from bot.storage.session_rows import end_sessions
from bot.storage.takeover_rows import release


class NoSuchOfficer(BotError):
    """Nobody has that account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What may be changed of an account; the login stays, since the past names it."""

    name: str
    title: str
    office: str


async def add(acting: Acting, keeper: Keeper, new: NewOfficer) -> OfficerId:
    """Make an account without password and roles.

    Raises:
        Barred: the office is outside, or the login is taken.
    """
    keeper.require([new.office])
    try:
        async with acting.connection.begin_nested():
            made = await officer_rows.add_officer(
                acting.connection, new, at=acting.now, by=keeper.officer
            )
    except IntegrityError as taken:
        raise Barred(Bar.LOGIN) from taken
    acting.did(replace(_deed("officer_added", made, new.office), after=asdict(new)))
    return made


async def change(acting: Acting, keeper: Keeper, officer: OfficerId, to: Particulars) -> bool:
    """Change name, title or office, one's own too; tell whether that was a change.

    Raises:
        Barred: the officer works or has a role outside, or would work there.
        NoSuchOfficer: there is none.
    """
    person = await _found(acting, officer)
    keeper.require_all_of(person)
    keeper.require([to.office])
    known = person.officer
    before = {name: getattr(known, name) for name in Particulars.__slots__}
    after = asdict(to)
    if before == after:
        return False
    await officer_rows.change_officer(acting.connection, officer, after)
    acting.did(
        replace(_deed("officer_changed", officer, known.office), before=before, after=after)
    )
    return True


async def give(acting: Acting, keeper: Keeper, grant: Grant) -> bool:
    """Give a role at an office; tell whether that was new. The officer has to sign in anew.

    Raises:
        Barred: it is one's own account, or the office is outside.
        NoSuchOfficer: there is none.
    """
    person = await _found(acting, grant.officer)
    keeper.require_other(person)
    keeper.require([person.officer.office, grant.office])
    if not await officer_rows.add_grant(
        acting.connection, grant, at=acting.now, by=keeper.officer
    ):
        return False
    await end_sessions(acting.connection, grant.officer)
    acting.did(replace(_deed("granted", grant.officer, grant.office), after=_told(grant)))
    return True


async def take(acting: Acting, keeper: Keeper, grant: Grant) -> bool:
    """Take a role away; tell whether it was there. The officer has to sign in anew.

    Talks they hold where they may not any more are over with it.

    Raises:
        Barred: it is one's own account, the office is outside, or nobody would hold the key.
        NoSuchOfficer: there is none.
    """
    keys = await officer_rows.lock_keys(acting.connection)
    person = await _found(acting, grant.officer)
    keeper.require_other(person)
    keeper.require([person.officer.office, grant.office])
    if grant not in person.grants:
        return False
    if is_key(grant):
        _require_another_key(keys, grant.officer)
    await officer_rows.drop_grant(acting.connection, grant)
    left = [one for one in person.grants if one != grant]
    reach = offices_for(left, Action.TALKS_TAKE, keeper.tree)
    if reach is not None:
        await release(acting.connection, grant.officer, acting.now, but=reach)
    await end_sessions(acting.connection, grant.officer)
    acting.did(replace(_deed("revoked", grant.officer, grant.office), before=_told(grant)))
    return True


async def switch_off(acting: Acting, keeper: Keeper, officer: OfficerId, reason: str) -> bool:
    """Switch an account off, end its sessions and its talks; its roles stay for the record.

    Tells whether it was on.

    Raises:
        Barred: it is one's own account, reaches further, or nobody else would hold the key.
        NoSuchOfficer: there is none.
    """
    keys = await officer_rows.lock_keys(acting.connection)
    person = await entrusted(acting, keeper, officer)
    if officer in keys:
        _require_another_key(keys, officer)
    if not await officer_rows.switch(acting.connection, officer, on=False, at=acting.now):
        return False
    await end_sessions(acting.connection, officer)
    await drop_links(acting.connection, officer)
    await release(acting.connection, officer, acting.now)
    acting.did(replace(_deed("officer_off", officer, person.officer.office), note=reason))
    return True


async def switch_on(acting: Acting, keeper: Keeper, officer: OfficerId, reason: str) -> bool:
    """Switch an account on again; tell whether it was off.

    Raises:
        Barred: it is one's own account, or reaches further than the keeper.
        NoSuchOfficer: there is none.
    """
    person = await entrusted(acting, keeper, officer)
    if not await officer_rows.switch(acting.connection, officer, on=True, at=acting.now):
        return False
    acting.did(replace(_deed("officer_on", officer, person.officer.office), note=reason))
    return True


async def end_all_sessions(acting: Acting, keeper: Keeper, officer: OfficerId) -> int:
    """End every session of another officer and give their number.

    Raises:
        Barred: it is one's own account, or reaches further than the keeper.
        NoSuchOfficer: there is none.
    """
    person = await entrusted(acting, keeper, officer)
    ended = await end_sessions(acting.connection, officer)
    deed = _deed("sessions_ended", officer, person.officer.office)
    acting.did(replace(deed, after={"sessions": ended}))
    return ended


async def entrusted(acting: Acting, keeper: Keeper, officer: OfficerId) -> Person:
    """Give another's account to do with it what lets somebody in or keeps them out.

    Raises:
        Barred: it is one's own, or reaches further than the keeper.
        NoSuchOfficer: there is none.
    """
    person = await _found(acting, officer)
    keeper.require_other(person)
    keeper.require_all_of(person)
    return person


async def _found(acting: Acting, officer: OfficerId) -> Person:
    found = await officer_rows.lock_officer(acting.connection, officer)
    if found is None:
        raise NoSuchOfficer
    granted = await officer_rows.grants_of(acting.connection, [officer])
    return Person(officer=found, grants=granted[officer])


def _require_another_key(keys: frozenset[OfficerId], officer: OfficerId) -> None:
    if not keys - {officer}:
        raise Barred(Bar.LAST)


def _deed(action: str, officer: OfficerId, office: str) -> Deed:
    return Deed(action=action, office=office, kind="officer", subject=str(officer))


def _told(grant: Grant) -> Mapping[str, str]:
    return {"role": grant.role, "at": grant.office}
