"""What offices have set, as rows; a version tells every process that something changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import uuid4

import orjson
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import Role
from bot.officials.office_entries import Entry, Stood, Value
from bot.storage.console_tables import standing, standing_state, trial_guests
from bot.storage.database import Database
from bot.storage.people_tables import grants, officers
from bot.storage.upserts import insert_into
from bot.storage.zalo_account_rows import offices_of_accounts

VERSION: Final = "version"


class SqlStandingStore:
    """``StandingStore`` over the tables."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    async def version(self) -> str:
        """Give what changes with every change."""
        async with self._database.reading() as connection:
            return await known_version(connection)

    async def load(self) -> Stood:
        """Give everything set."""
        async with self._database.reading() as connection:
            return await load_standing(connection)


async def standing_version(connection: AsyncConnection) -> str:
    """Give what changes with every change; empty before the first."""
    wanted = select(standing_state.c.value).where(standing_state.c.name == VERSION)
    return (await connection.execute(wanted)).scalar() or ""


async def known_version(connection: AsyncConnection) -> str:
    """Give what changes with every change, and with whose account is whose."""
    return _version(await standing_version(connection), await offices_of_accounts(connection))


def _version(changes: str, accounts: Mapping[str, str]) -> str:
    told = orjson.dumps(accounts, option=orjson.OPT_SORT_KEYS) if accounts else b""
    return changes + (sha256(told).hexdigest() if told else "")


async def load_entries(connection: AsyncConnection) -> tuple[Entry, ...]:
    """Give what the offices have set, without whom it concerns."""
    rows = await connection.execute(select(standing.c.office, standing.c.key, standing.c.value))
    return tuple(
        Entry(office=row.office, key=row.key, value=orjson.loads(row.value)) for row in rows
    )


async def load_standing(connection: AsyncConnection) -> Stood:
    """Give everything set; the version is read first, so that a change between is seen again."""
    changes, accounts = await standing_version(connection), await offices_of_accounts(connection)
    entries = await load_entries(connection)
    guests = await connection.execute(select(trial_guests.c.conversation))
    return Stood(
        version=_version(changes, accounts),
        entries=entries,
        guests=tuple(guests.scalars()),
        posts=await _posts(connection),
        accounts=accounts,
    )


async def _posts(connection: AsyncConnection) -> frozenset[tuple[Role, str]]:
    wanted = (
        select(grants.c.role, grants.c.office)
        .join(officers, officers.c.id == grants.c.officer)
        .where(officers.c.active.is_(True), grants.c.role.in_(list(Role)))
        .distinct()
    )
    return frozenset((Role(row.role), row.office) for row in await connection.execute(wanted))


async def put_standing(
    connection: AsyncConnection, entries: Iterable[Entry], *, at: datetime, change: int | None
) -> None:
    """Write entries over those of the same office and key; an empty value takes one away."""
    for entry in entries:
        await connection.execute(
            delete(standing).where(standing.c.office == entry.office, standing.c.key == entry.key)
        )
        if entry.value:
            await connection.execute(
                standing.insert().values(
                    office=entry.office,
                    key=entry.key,
                    value=orjson.dumps(entry.value, option=orjson.OPT_SORT_KEYS).decode(),
                    since=at,
                    change=change,
                )
            )
    await renew_version(connection)


async def find_standing(connection: AsyncConnection, office: str, key: str) -> Value:
    """Give what an office itself has set under a key; an empty object when nothing."""
    wanted = select(standing.c.value).where(standing.c.office == office, standing.c.key == key)
    found = (await connection.execute(wanted)).scalar()
    return orjson.loads(found) if found else {}


async def add_guest(
    connection: AsyncConnection, conversation: str, office: str, *, at: datetime
) -> None:
    """Make a conversation a guest of the trial; once is enough."""
    guest = insert_into(trial_guests, connection.dialect).values(
        conversation=conversation, office=office, label="", added_at=at
    )
    await connection.execute(guest.on_conflict_do_nothing(index_elements=["conversation"]))
    await renew_version(connection)


async def renew_version(connection: AsyncConnection) -> None:
    """Tell every process that something changed."""
    wish = insert_into(standing_state, connection.dialect).values(name=VERSION, value=uuid4().hex)
    await connection.execute(
        wish.on_conflict_do_update(index_elements=["name"], set_={"value": wish.excluded.value})
    )
