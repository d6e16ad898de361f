"""Settings with who set them and why, for those who look; and the trial's guests."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import orjson
from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.office_entries import Entry
from bot.storage.console_tables import changes, standing, trial_guests
from bot.storage.people_tables import officers
from bot.storage.standing_rows import renew_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Entry):
    """One thing an office has set; ``name`` is whoever did, empty when no account did."""

    since: datetime
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody in the trial; ``id`` tells them apart without telling who they are."""

    channel: str
    id: str
    label: str
    added_at: datetime


async def settings_of(
    connection: AsyncConnection, offices: Collection[str], *kinds: str
) -> tuple[Setting, ...]:
    """Give what ``offices`` have set of some kinds of keys (``wording``), in order of the keys."""
    wanted = (
        select(standing, changes.c.reason, officers.c.name)
        .outerjoin(changes, changes.c.id == standing.c.change)
        .outerjoin(officers, officers.c.id == changes.c.author)
        .where(standing.c.office.in_(list(offices)), or_(*map(_of_kind, kinds)))
        .order_by(standing.c.key, standing.c.office)
    )
    return tuple(
        Setting(
            office=row.office,
            key=row.key,
            value=orjson.loads(row.value),
            since=row.since,
            name=row.name or "",
            reason=row.reason or "",
        )
        for row in await connection.execute(wanted)
    )


def _of_kind(kind: str) -> ColumnElement[bool]:
    return or_(standing.c.key == kind, standing.c.key.startswith(f"{kind}:", autoescape=True))


async def guests_of(connection: AsyncConnection, office: str) -> tuple[Guest, ...]:
    """Give the guests of an office's trial, the newest first."""
    wanted = (
        select(trial_guests)
        .where(trial_guests.c.office == office)
        .order_by(trial_guests.c.added_at.desc())
    )
    return tuple(
        Guest(
            channel=row.conversation.partition(":")[0],
            id=guest_id(row.conversation),
            label=row.label,
            added_at=row.added_at,
        )
        for row in await connection.execute(wanted)
    )


def guest_id(conversation: str) -> str:
    """Give what names a guest on a page: a conversation's key is a secret."""
    return sha256(b"guest:" + conversation.encode()).hexdigest()[:16]


async def find_guest(connection: AsyncConnection, office: str, guest: str) -> str:
    """Give the conversation of a guest, empty when there is no such guest."""
    wanted = select(trial_guests.c.conversation).where(trial_guests.c.office == office)
    keys = (await connection.execute(wanted)).scalars()
    return next((key for key in keys if guest_id(key) == guest), "")


async def label_guest(connection: AsyncConnection, office: str, guest: str, label: str) -> bool:
    """Note who a guest is; tell whether there is such a guest."""
    key = await find_guest(connection, office, guest)
    wish = update(trial_guests).where(trial_guests.c.conversation == key).values(label=label)
    return bool(key) and (await connection.execute(wish)).rowcount == 1


async def remove_guest(connection: AsyncConnection, office: str, guest: str) -> bool:
    """Take somebody out of the trial; tell whether there was such a guest."""
    key = await find_guest(connection, office, guest)
    if not key:
        return False
    await connection.execute(delete(trial_guests).where(trial_guests.c.conversation == key))
    await renew_version(connection)
    return True
