"""News on the public page, as rows: put up, taken down, read by anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_rows import version_of
from bot.storage.broadcast_tables import broadcast_versions, posts
from bot.storage.database import Database
from bot.storage.file_rows import FileHead, file_content, file_heads
from bot.storage.paging import AnyRow, Query
from bot.storage.upserts import insert_into
from broadcasts.posts import Post, PostedFile

_UP: Final[Query] = (
    select(posts.c.office, posts.c.posted_at, posts.c.changed_at, broadcast_versions)
    .join(
        broadcast_versions,
        (broadcast_versions.c.broadcast == posts.c.broadcast)
        & (broadcast_versions.c.version == posts.c.version),
    )
    .where(posts.c.taken_down_at.is_(None))
)


async def put_up(
    connection: AsyncConnection, broadcast: int, version: int, office: str, *, at: datetime
) -> bool:
    """Show a version on the public page, in place of an earlier one, from its first day on.

    Tell whether it was not shown already.
    """
    wish = insert_into(posts, connection.dialect).values(
        broadcast=broadcast,
        version=version,
        office=office,
        posted_at=at,
        changed_at=at,
        taken_down_at=None,
    )
    done = await connection.execute(
        wish.on_conflict_do_update(
            index_elements=["broadcast"],
            set_={"version": version, "changed_at": at, "taken_down_at": None},
            where=or_(posts.c.version != version, posts.c.taken_down_at.is_not(None)),
        )
    )
    return done.rowcount == 1


async def take_down(connection: AsyncConnection, broadcast: int, *, at: datetime) -> bool:
    """Show it no more; tell whether it was shown."""
    done = await connection.execute(
        update(posts)
        .where(posts.c.broadcast == broadcast, posts.c.taken_down_at.is_(None))
        .values(taken_down_at=at, changed_at=at)
    )
    return done.rowcount == 1


async def posted_version(connection: AsyncConnection, broadcast: int) -> int | None:
    """Give which version stands on the public page; nothing when none does."""
    wanted = select(posts.c.version).where(
        posts.c.broadcast == broadcast, posts.c.taken_down_at.is_(None)
    )
    found: int | None = (await connection.execute(wanted)).scalar()
    return found


class SqlNewsBoard:
    """``bot.web.ports.public.NewsBoard`` over the tables."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    async def changed_at(self) -> datetime | None:
        """Give when anything was put up or taken down last."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(func.max(posts.c.changed_at)))
            moment: datetime | None = found.scalar()
        return moment

    async def newest(self, *, before: int = 0, limit: int) -> tuple[Post, ...]:
        """Give the newest posts; with ``before`` those that stand behind that one."""
        wanted = _UP.order_by(posts.c.posted_at.desc(), posts.c.broadcast.desc()).limit(limit)
        async with self._database.reading() as connection:
            if before:
                mark = select(posts.c.posted_at).where(posts.c.broadcast == before)
                at = (await connection.execute(mark)).scalar()
                if at is None:
                    return ()
                wanted = wanted.where(
                    or_(
                        posts.c.posted_at < at,
                        (posts.c.posted_at == at) & (posts.c.broadcast < before),
                    )
                )
            return await _read(connection, (await connection.execute(wanted)).all())

    async def post(self, number: int) -> Post | None:
        """Give one post that is up."""
        async with self._database.reading() as connection:
            rows = await connection.execute(_UP.where(posts.c.broadcast == number))
            found = await _read(connection, rows.all())
        return found[0] if found else None

    async def content(self, post: int, file: int) -> tuple[PostedFile, bytes] | None:
        """Give a file of a post that is up; nobody reads others by their number."""
        shown = await self.post(post)
        if shown is None:
            return None
        of_it = (*filter(None, [shown.picture]), *shown.files)
        head = next((one for one in of_it if one.id == file), None)
        if head is None:
            return None
        async with self._database.reading() as connection:
            content = await file_content(connection, file)
        return None if content is None else (head, content)


async def _read(connection: AsyncConnection, rows: Sequence[AnyRow]) -> tuple[Post, ...]:
    versions = [(row, version_of(row).text) for row in rows]
    wanted = {
        file for _, text in versions for file in (*text.files, *filter(None, [text.picture]))
    }
    heads = await file_heads(connection, wanted) if wanted else {}
    return tuple(
        Post(
            id=row.broadcast,
            office=row.office,
            title=text.title,
            body=text.body,
            posted_at=row.posted_at,
            changed_at=row.changed_at,
            buttons=text.buttons,
            picture=next(_files(heads, filter(None, [text.picture])), None),
            depicted=text.depicted,
            files=tuple(_files(heads, text.files)),
        )
        for row, text in versions
    )


def _files(heads: dict[int, FileHead], ids: Iterable[int]) -> Iterator[PostedFile]:
    for one in ids:
        if head := heads.get(one):
            yield PostedFile(id=head.id, name=head.name, media=head.media, size=head.size)
