"""Under which ids providers know stored files, as rows: one for each bot, way and content."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.uploads import Upload
from bot.storage.broadcast_tables import uploads
from bot.storage.upserts import insert_into

U = uploads.c


async def known_upload(connection: AsyncConnection, upload: Upload, now: datetime) -> str:
    """Give the provider's id of a file; empty when there is none that still lasts."""
    wanted = select(U.known_as).where(_is(upload))
    if upload.lasts < inf:
        wanted = wanted.where(U.made_at > now - timedelta(seconds=upload.lasts))
    return str((await connection.execute(wanted)).scalar() or "")


async def keep_upload(
    connection: AsyncConnection, upload: Upload, known_as: str, *, at: datetime
) -> None:
    """Keep the provider's id of a file in place of an earlier one."""
    row = insert_into(uploads, connection.dialect).values(
        bot=upload.bot,
        kind=upload.kind,
        digest=upload.digest,
        name=upload.name,
        known_as=known_as,
        made_at=at,
    )
    await connection.execute(
        row.on_conflict_do_update(
            index_elements=["bot", "kind", "digest", "name"],
            set_={"known_as": known_as, "made_at": at},
        )
    )


async def drop_upload(connection: AsyncConnection, upload: Upload, known_as: str) -> None:
    """Drop an id that counts no more."""
    await connection.execute(delete(uploads).where(_is(upload), U.known_as == known_as))


def _is(upload: Upload) -> ColumnElement[bool]:
    return and_(
        U.bot == upload.bot,
        U.kind == upload.kind,
        U.digest == upload.digest,
        U.name == upload.name,
    )
