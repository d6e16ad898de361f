"""What became of one thing, with the names of those who changed it and decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.changes import Change, ChangeKind
from bot.storage.change_rows import change_of
from bot.storage.console_tables import changes
from bot.storage.people_tables import officers

SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A change with who wanted it and who decided; empty for what the clock or a command did."""

    change: Change
    author: str
    decider: str


async def history_of(
    connection: AsyncConnection, kind: ChangeKind, office: str, ref: str
) -> tuple[Noted, ...]:
    """Give the changes of one thing, the newest first, in one statement."""
    deciders = officers.alias("deciders")
    wanted = (
        select(changes, officers.c.name.label("author_name"), deciders.c.name.label("decider"))
        .outerjoin(officers, officers.c.id == changes.c.author)
        .outerjoin(deciders, deciders.c.id == changes.c.decided_by)
        .where(changes.c.kind == kind, changes.c.office == office, changes.c.ref == ref)
        .order_by(changes.c.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        Noted(change=change_of(row), author=row.author_name or "", decider=row.decider or "")
        for row in await connection.execute(wanted)
    )
