"""Sessions as rows: found by the hash of their token, with the officer and the grants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import Grant, Officer, OfficerId, Role, Session, Stage
from bot.storage.officer_rows import officer_of
from bot.storage.people_tables import grants, officers, sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody who came in: who, how far, and what they may do."""

    session: Session
    officer: Officer
    grants: tuple[Grant, ...]


async def find_session(
    connection: AsyncConnection, token_hash: str, *, now: datetime, idle: timedelta
) -> Entered | None:
    """Give who a token belongs to, in one statement; nothing when it ended or lay idle.

    Officers switched off have no sessions that count.
    """
    wanted = (
        select(
            officers,
            *(column.label(f"session_{column.name}") for column in sessions.c),
            grants.c.role,
            grants.c.office.label("at_office"),
        )
        .join(officers, officers.c.id == sessions.c.officer)
        .outerjoin(grants, grants.c.officer == sessions.c.officer)
        .where(
            sessions.c.token_hash == token_hash,
            sessions.c.until > now,
            sessions.c.seen_at > now - idle,
            officers.c.active.is_(True),
        )
    )
    rows = (await connection.execute(wanted)).all()
    if not rows:
        return None
    granted = tuple(
        Grant(officer=OfficerId(row.id), role=Role(row.role), office=row.at_office)
        for row in rows
        if row.role is not None
    )
    return Entered(session=_session(rows[0]), officer=officer_of(rows[0]), grants=granted)


def _session(row: Row[Any]) -> Session:
    told = row._mapping  # noqa: SLF001 - a row's public name for it
    return Session(
        id=told["session_id"],
        officer=OfficerId(told["session_officer"]),
        stage=Stage(told["session_stage"]),
        began_at=told["session_began_at"],
        seen_at=told["session_seen_at"],
        until=told["session_until"],
        address=told["session_address"],
        agent=told["session_agent"],
        sure_at=told["session_sure_at"],
    )


async def begin_session(connection: AsyncConnection, session: Session, token_hash: str) -> None:
    """Write a session under the hash of its token."""
    await connection.execute(
        insert(sessions).values(
            token_hash=token_hash,
            id=session.id,
            officer=session.officer,
            stage=session.stage,
            began_at=session.began_at,
            seen_at=session.seen_at,
            until=session.until,
            address=session.address,
            agent=session.agent,
            sure_at=session.sure_at,
        )
    )


async def touch_session(connection: AsyncConnection, session: int, *, now: datetime) -> None:
    """Write that a session was used, so that it does not lie idle."""
    await connection.execute(update(sessions).where(sessions.c.id == session).values(seen_at=now))


async def set_sure(connection: AsyncConnection, session: int, *, now: datetime) -> None:
    """Write that the password was typed in this session."""
    await connection.execute(update(sessions).where(sessions.c.id == session).values(sure_at=now))


async def sessions_of(
    connection: AsyncConnection, officer: OfficerId, *, now: datetime, idle: timedelta
) -> tuple[Session, ...]:
    """Give the sessions of an officer that count, the one used last first."""
    columns = (column.label(f"session_{column.name}") for column in sessions.c)
    wanted = (
        select(*columns)
        .where(
            sessions.c.officer == officer, sessions.c.until > now, sessions.c.seen_at > now - idle
        )
        .order_by(sessions.c.seen_at.desc(), sessions.c.id)
    )
    return tuple(map(_session, await connection.execute(wanted)))


async def end_session(connection: AsyncConnection, session: int, officer: OfficerId) -> bool:
    """End one session of an officer; tell whether there was one."""
    done = await connection.execute(
        delete(sessions).where(sessions.c.id == session, sessions.c.officer == officer)
    )
    return done.rowcount == 1


async def end_other_sessions(connection: AsyncConnection, officer: OfficerId, *, but: int) -> int:
    """End every session of an officer but the one with the public name ``but``."""
    others = sessions.c.officer == officer, sessions.c.id != but
    return (await connection.execute(delete(sessions).where(*others))).rowcount


async def end_sessions(connection: AsyncConnection, officer: OfficerId) -> int:
    """End every session of an officer and give their number."""
    return (
        await connection.execute(delete(sessions).where(sessions.c.officer == officer))
    ).rowcount
