"""One-time links as rows: kept by the hash of their token, used once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId, Purpose
from bot.storage.people_tables import links, officers


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link about to be made, and by whom."""

    token_hash: str
    officer: OfficerId
    purpose: Purpose
    made_at: datetime
    made_by: OfficerId | None
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink:
    """A link that may still be used, and whose it is."""

    officer: OfficerId
    login: str
    name: str
    office: str
    purpose: Purpose
    until: datetime


async def add_link(connection: AsyncConnection, link: NewLink) -> None:
    """Write a link; it replaces those of the officer that were not used."""
    await drop_links(connection, link.officer)
    await connection.execute(insert(links).values(**asdict(link)))


async def find_link(
    connection: AsyncConnection, token_hash: str, *, now: datetime
) -> OpenLink | None:
    """Give the link of a token while it may be used, of an officer not switched off."""
    wanted = (
        select(
            links.c.officer,
            links.c.purpose,
            links.c.until,
            officers.c.login,
            officers.c.name,
            officers.c.office,
        )
        .join(officers, officers.c.id == links.c.officer)
        .where(
            links.c.token_hash == token_hash,
            links.c.used_at.is_(None),
            links.c.until > now,
            officers.c.active.is_(True),
        )
    )
    row = (await connection.execute(wanted)).first()
    if row is None:
        return None
    return OpenLink(
        officer=OfficerId(row.officer),
        login=row.login,
        name=row.name,
        office=row.office,
        purpose=Purpose(row.purpose),
        until=row.until,
    )


async def use_link(connection: AsyncConnection, token_hash: str, *, now: datetime) -> bool:
    """Mark a link as used; of two who try at once, one does."""
    used = await connection.execute(
        update(links)
        .where(links.c.token_hash == token_hash, links.c.used_at.is_(None), links.c.until > now)
        .values(used_at=now)
    )
    return used.rowcount == 1


async def drop_links(connection: AsyncConnection, officer: OfficerId) -> int:
    """Make an officer's unused links worthless and give their number."""
    gone = delete(links).where(links.c.officer == officer, links.c.used_at.is_(None))
    return (await connection.execute(gone)).rowcount
