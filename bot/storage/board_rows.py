"""What everybody may read of cases, as rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.board.releases import AskedReleases, Release
from bot.storage.daily_rows import midnight
from bot.storage.feedback_tables import releases
from bot.storage.release_rows import release_of

C: Final = releases.c
SHOWN: Final = (C.released_at.is_not(None), C.withdrawn_at.is_(None))


async def newest_releases(
    connection: AsyncConnection, offices: Collection[str], asked: AskedReleases, limit: int
) -> tuple[Release, ...]:
    """Give what stands on the boards of some offices, the latest answers first."""
    about: list[ColumnElement[bool]] = [*SHOWN, C.office.in_(offices)]
    if asked.topic:
        about.append(C.topic == asked.topic)
    if asked.year:
        first, after = (midnight(date(year, 1, 1)) for year in (asked.year, asked.year + 1))
        about += [C.answered_at >= first, C.answered_at < after]
    if asked.before:
        mark = select(C.answered_at).where(C.case == asked.before).scalar_subquery()
        about.append(or_(C.answered_at < mark, and_(C.answered_at == mark, C.case < asked.before)))
    wanted = select(releases).where(*about).order_by(C.answered_at.desc(), C.case.desc())
    rows: Any = await connection.execute(wanted.limit(limit))
    return tuple(map(release_of, rows))
