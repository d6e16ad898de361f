"""The sealed inbox as rows: items, and who may open those of an office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.sealed import Decision, ItemId, Reader, SealedItem
from bot.storage.feedback_person_tables import sealed_items, sealed_readers
from bot.storage.upserts import insert_into

# All that is told of an item without opening it.
_HEAD: Final = (
    sealed_items.c.id,
    sealed_items.c.office,
    sealed_items.c.anchor,
    sealed_items.c.received_at,
    sealed_items.c.opened,
    sealed_items.c.decision,
    sealed_items.c.decided_at,
    sealed_items.c.erase_at,
)


async def appoint(connection: AsyncConnection, reader: Reader, by: int) -> None:
    """Let one officer alone open the items of an office from now on."""
    told = {
        "officer": reader.officer,
        "document": reader.document,
        "appointed_by": by,
        "at": reader.at,
    }
    wish = insert_into(sealed_readers, connection.dialect).values(office=reader.office, **told)
    await connection.execute(wish.on_conflict_do_update(index_elements=["office"], set_=told))


async def dismiss(connection: AsyncConnection, office: str) -> None:
    """Let nobody open the items of an office; nothing is put into it any more."""
    await connection.execute(delete(sealed_readers).where(sealed_readers.c.office == office))


async def reader_of(connection: AsyncConnection, office: str) -> Reader | None:
    """Give who may open the items of an office."""
    wanted = select(sealed_readers).where(sealed_readers.c.office == office)
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return None
    return Reader(office=row.office, officer=row.officer, document=row.document, at=row.at)


async def offices_read_by(connection: AsyncConnection, officer: int) -> tuple[str, ...]:
    """Give the offices whose sealed inbox is an officer's to read."""
    wanted = select(sealed_readers.c.office).where(sealed_readers.c.officer == officer)
    return tuple((await connection.execute(wanted.order_by(sealed_readers.c.office))).scalars())


async def count_undecided(connection: AsyncConnection, office: str) -> int:
    """Count what waits for the reader."""
    waiting = (sealed_items.c.office == office, sealed_items.c.decision == Decision.NONE)
    return int((await connection.execute(select(func.count()).where(*waiting))).scalar_one())


async def items_of(
    connection: AsyncConnection, office: str, *, before: int | None, limit: int
) -> Sequence[SealedItem]:
    """Give the newest items of an office, older than the one numbered ``before``."""
    wanted = select(*_HEAD).where(sealed_items.c.office == office)
    if before is not None:
        wanted = wanted.where(sealed_items.c.id < before)
    newest = wanted.order_by(sealed_items.c.id.desc()).limit(limit)
    return [_item(row) for row in await connection.execute(newest)]


async def find_item(
    connection: AsyncConnection, item: ItemId, *, hold: bool = False
) -> SealedItem | None:
    """Give an item by its number; ``hold`` it, and nobody decides meanwhile."""
    wanted = select(*_HEAD).where(sealed_items.c.id == item)
    if hold:
        wanted = wanted.with_for_update()
    row = (await connection.execute(wanted)).one_or_none()
    return None if row is None else _item(row)


async def sealed_words(connection: AsyncConnection, item: ItemId) -> bytes:
    """Give the sealed words of an item that is there, and count that they were."""
    counted = (
        update(sealed_items)
        .where(sealed_items.c.id == item)
        .values(opened=sealed_items.c.opened + 1)
        .returning(sealed_items.c.words_sealed)
    )
    return bytes((await connection.execute(counted)).scalar_one())


async def decide(
    connection: AsyncConnection,
    item: ItemId,
    decision: Decision,
    *,
    at: datetime,
    erase_at: datetime,
) -> None:
    """Write what was decided, and when the item is erased."""
    told = {"decision": decision, "decided_at": at, "erase_at": erase_at}
    await connection.execute(update(sealed_items).where(sealed_items.c.id == item).values(told))


async def erase_decided(
    connection: AsyncConnection, now: datetime, limit: int
) -> tuple[tuple[ItemId, str], ...]:
    """Erase items whose time is over; give which they were, and whose."""
    over = select(sealed_items.c.id).where(sealed_items.c.erase_at <= now).limit(limit)
    gone = (
        delete(sealed_items)
        .where(sealed_items.c.id.in_(over))
        .returning(sealed_items.c.id, sealed_items.c.office)
    )
    return tuple((ItemId(row.id), row.office) for row in await connection.execute(gone))


def _item(row: Any) -> SealedItem:  # noqa: ANN401 - a row of eight columns
    return SealedItem(
        id=ItemId(row.id),
        office=row.office,
        anchor=row.anchor,
        received_at=row.received_at,
        opened=row.opened,
        decision=Decision(row.decision),
        decided_at=row.decided_at,
        erase_at=row.erase_at,
    )
