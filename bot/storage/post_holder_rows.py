"""Who holds a role for an office: the officers nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import EVERYWHERE, OfficerId, Role
from bot.storage.people_tables import grants, officers


async def all_holders(
    connection: AsyncConnection, roles: Sequence[Role], line: Sequence[str]
) -> frozenset[OfficerId]:
    """Give the active officers with one of ``roles`` at any office of a ``line``."""
    rows = await connection.execute(_holders(roles, line))
    return frozenset(OfficerId(row.officer) for row in rows)


async def nearest_holders(
    connection: AsyncConnection, roles: Sequence[Role], line: Sequence[str]
) -> frozenset[OfficerId]:
    """Give the active officers with one of ``roles`` at the nearest office that has any.

    ``line`` are an office and those above it, the nearest first.
    """
    rows = (await connection.execute(_holders(roles, line))).all()
    near = next((code for code in (*line, EVERYWHERE) if any(r.office == code for r in rows)), "")
    return frozenset(OfficerId(row.officer) for row in rows if row.office == near)


def _holders(roles: Sequence[Role], line: Sequence[str]) -> Select[Any]:
    return (
        select(grants.c.officer, grants.c.office)
        .join(officers, officers.c.id == grants.c.officer)
        .where(
            grants.c.role.in_(roles),
            grants.c.office.in_([*line, EVERYWHERE]),
            officers.c.active.is_(True),
        )
    )
