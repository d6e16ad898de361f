"""Officers and their grants as rows; every process hears of others by the standing's version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import EVERYWHERE, Grant, Officer, OfficerId, Role
from bot.storage.people_tables import grants, officers
from bot.storage.standing_rows import renew_version
from bot.storage.upserts import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOfficer:
    """Somebody who gets an account; the login is folded already."""

    login: str
    name: str
    title: str = ""
    office: str


async def add_officer(
    connection: AsyncConnection, new: NewOfficer, *, at: datetime, by: OfficerId | None = None
) -> OfficerId:
    """Write a new officer without password and give the id.

    Raises:
        IntegrityError: the login is taken.
    """
    made = insert(officers).values(**asdict(new), made_at=at, made_by=by).returning(officers.c.id)
    return OfficerId((await connection.execute(made)).scalar_one())


async def set_grants(
    connection: AsyncConnection,
    officer: OfficerId,
    wanted: Iterable[tuple[Role, str]],
    *,
    at: datetime,
    by: OfficerId | None = None,
) -> None:
    """Make ``wanted`` the officer's grants, each a role and an office's code, and no others."""
    await connection.execute(delete(grants).where(grants.c.officer == officer))
    rows = [
        {"officer": officer, "role": role, "office": office, "granted_at": at, "granted_by": by}
        for role, office in dict.fromkeys(wanted)
    ]
    if rows:
        await connection.execute(insert(grants), rows)
    await renew_version(connection)


async def add_grant(
    connection: AsyncConnection, grant: Grant, *, at: datetime, by: OfficerId | None = None
) -> bool:
    """Write one more grant; tell whether it was not there yet."""
    wish = insert_into(grants, connection.dialect).values(
        **asdict(grant), granted_at=at, granted_by=by
    )
    await renew_version(connection)
    return (await connection.execute(wish.on_conflict_do_nothing())).rowcount == 1


async def drop_grant(connection: AsyncConnection, grant: Grant) -> None:
    """Take one grant away."""
    same = (grants.c[name] == value for name, value in asdict(grant).items())
    await connection.execute(delete(grants).where(*same))
    await renew_version(connection)


async def lock_keys(connection: AsyncConnection) -> frozenset[OfficerId]:
    """Give the active administrators of the whole deployment, locked until the transaction ends.

    Two of them who switch each other off at once so come one after the other.
    """
    holders = (
        select(officers.c.id)
        .join(grants, grants.c.officer == officers.c.id)
        .where(
            grants.c.role == Role.ADMINISTRATOR,
            grants.c.office == EVERYWHERE,
            officers.c.active.is_(True),
        )
        .order_by(officers.c.id)
        .with_for_update()
    )
    return frozenset(OfficerId(row.id) for row in await connection.execute(holders))


async def lock_officer(connection: AsyncConnection, officer: OfficerId) -> Officer | None:
    """Give one officer, locked until the transaction ends."""
    wanted = select(officers).where(officers.c.id == officer).with_for_update()
    row = (await connection.execute(wanted)).first()
    return officer_of(row) if row else None


async def change_officer(
    connection: AsyncConnection, officer: OfficerId, values: Mapping[str, str]
) -> None:
    """Write other particulars of an account."""
    await connection.execute(update(officers).where(officers.c.id == officer).values(values))


async def all_officers(connection: AsyncConnection) -> tuple[Officer, ...]:
    """Give every account there is, by login."""
    rows = await connection.execute(select(officers).order_by(officers.c.login))
    return tuple(map(officer_of, rows))


async def find_officer(connection: AsyncConnection, officer: OfficerId) -> Officer | None:
    """Give one officer."""
    row = (await connection.execute(select(officers).where(officers.c.id == officer))).first()
    return officer_of(row) if row else None


async def count_at(connection: AsyncConnection) -> dict[str, int]:
    """Give how many active officers work at each office that has any."""
    counted = (
        select(officers.c.office, func.count().label("number"))
        .where(officers.c.active.is_(True))
        .group_by(officers.c.office)
    )
    return {row.office: row.number for row in await connection.execute(counted)}


async def find_login(connection: AsyncConnection, login: str) -> Row[Any] | None:
    """Give the whole row of a login, password hash and all, or nothing."""
    return (await connection.execute(select(officers).where(officers.c.login == login))).first()


async def grants_of(
    connection: AsyncConnection, people: Sequence[OfficerId]
) -> dict[OfficerId, tuple[Grant, ...]]:
    """Give the grants of each of ``people``."""
    rows = await connection.execute(
        select(grants).where(grants.c.officer.in_(people)).order_by(grants.c.office, grants.c.role)
    )
    found: dict[OfficerId, tuple[Grant, ...]] = dict.fromkeys(people, ())
    for row in rows:
        found[row.officer] += (grant_of(row),)
    return found


_ACTIVE_GRANTS: Final = (
    select(officers.c.id, grants)
    .outerjoin(grants, grants.c.officer == officers.c.id)
    .where(officers.c.active, officers.c.id.in_(bindparam("people", expanding=True)))
    .order_by(officers.c.id, grants.c.office, grants.c.role)
)


async def active_grants(
    connection: AsyncConnection, people: Sequence[OfficerId]
) -> dict[OfficerId, tuple[Grant, ...]]:
    """Give the grants of those of ``people`` whose accounts are there and switched on."""
    found: dict[OfficerId, tuple[Grant, ...]] = {}
    for row in await connection.execute(_ACTIVE_GRANTS, {"people": people}):
        granted = () if row.officer is None else (grant_of(row),)
        found[OfficerId(row.id)] = found.get(row.id, ()) + granted
    return found


async def switch(
    connection: AsyncConnection, officer: OfficerId, *, on: bool, at: datetime
) -> bool:
    """Switch an account on or off; tell whether it was the other way before."""
    done = await connection.execute(
        update(officers)
        .where(officers.c.id == officer, officers.c.active.is_(not on))
        .values(active=on, off_at=None if on else at)
    )
    await renew_version(connection)
    return done.rowcount == 1


def officer_of(row: Row[Any]) -> Officer:
    """Read an officer's row."""
    return Officer(
        id=OfficerId(row.id),
        login=row.login,
        name=row.name,
        title=row.title,
        office=row.office,
        active=row.active,
        second_factor=bool(row.totp_secret),
    )


def grant_of(row: Row[Any]) -> Grant:
    """Read a grant's row."""
    return Grant(officer=OfficerId(row.officer), role=Role(row.role), office=row.office)
