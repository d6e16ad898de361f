"""Rows of the audit's chain: appended under the head's lock, read in their order.

Nothing here changes or deletes an entry, and the database refuses it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, Text, bindparam, insert, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.audit import BEGINNING, Anchor, AuditEntry, By, Deed, entry_after
from bot.storage.console_tables import audit_entries, audit_head
from bot.storage.upserts import insert_into

HEAD: Final = 1
# What a moment that cannot be read counts as; no entry has it.
UNREADABLE: Final = datetime.min.replace(tzinfo=UTC)
_AT: Final = type_coerce(audit_entries.c.at, Text)
_HEAD: Final = select(audit_head).where(audit_head.c.id == HEAD)
_HELD_HEAD: Final = _HEAD.with_for_update()
_TOLD: Final = {one: bindparam(f"entry_{one.name}", type_=one.type) for one in audit_entries.c}
_ENTRY: Final = insert(audit_entries).values(_TOLD)
_MOVE: Final = (
    update(audit_head)
    .where(audit_head.c.id == HEAD)
    .values({name: _TOLD[audit_entries.c[name]] for name in ("seq", "hash", "at")})
)
_LAST_ENTRY: Final = _ENTRY.add_cte(_MOVE.cte("moved"))


def entries() -> Select[Any]:
    """Select entries in the shape ``entry_of`` reads."""
    others = [one for one in audit_entries.c if one.name not in {"at", "subject_kind"}]
    return select(*others, _AT.label("at"), audit_entries.c.subject_kind.label("kind"))


def entry_of(row: Row[Any]) -> AuditEntry:
    """Give the entry of a row, one whose moment was made unreadable too."""
    told = {name: getattr(row, name) for name in AuditEntry.__slots__}
    return AuditEntry(**{**told, "at": _moment(row.at)})


async def append(
    connection: AsyncConnection, deeds: Sequence[Deed], *, at: datetime, by: By
) -> None:
    """Put ``deeds`` at the end of the chain.

    Must be the transaction's last statement: the head stays locked until it commits, and every
    other writer waits for it.
    """
    anchor = await _locked_head(connection, at)
    rows: list[dict[str, Any]] = []
    for deed in deeds:
        entry = entry_after(anchor, deed, at=at, by=by)
        anchor = Anchor(seq=entry.seq, hash=entry.hash)
        rows.append(_row(entry))
    await _write(connection, rows)


async def _write(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    *before, last = rows
    if before:
        await connection.execute(_ENTRY, before)
    if connection.dialect.name == "sqlite":
        await connection.execute(_ENTRY, last)
        await connection.execute(_MOVE, last)
    else:
        # In one statement: everybody waits for the head as long as this lasts.
        await connection.execute(_LAST_ENTRY, last)


async def head(connection: AsyncConnection) -> Anchor:
    """Give where the chain stands by its head."""
    return _anchor((await connection.execute(_HEAD)).first())


async def following(
    connection: AsyncConnection, seq: int | None, limit: int
) -> tuple[AuditEntry, ...]:
    """Give up to ``limit`` entries after ``seq``, in order; from the very first where ``None``."""
    wanted = entries().order_by(audit_entries.c.seq).limit(limit)
    if seq is not None:
        wanted = wanted.where(audit_entries.c.seq > seq)
    return tuple(entry_of(row) for row in await connection.execute(wanted))


async def entry(connection: AsyncConnection, seq: int) -> AuditEntry | None:
    """Give the entry with number ``seq``, ``None`` where there is none."""
    row = (await connection.execute(entries().where(audit_entries.c.seq == seq))).first()
    return None if row is None else entry_of(row)


async def _locked_head(connection: AsyncConnection, at: datetime) -> Anchor:
    row = (await connection.execute(_HELD_HEAD)).first()
    if row is None:
        await _make_head(connection, at)
        row = (await connection.execute(_HELD_HEAD)).one()
    return _anchor(row)


async def _make_head(connection: AsyncConnection, at: datetime) -> None:
    """Make the head of an empty chain, or of one that lost it: it goes on where it ends."""
    last = entries().order_by(audit_entries.c.seq.desc()).limit(1)
    anchor = _anchor((await connection.execute(last)).first())
    made = insert_into(audit_head, connection.dialect).values(
        id=HEAD, seq=anchor.seq, hash=anchor.hash, at=at
    )
    await connection.execute(made.on_conflict_do_nothing())


def _anchor(row: Row[Any] | None) -> Anchor:
    return BEGINNING if row is None else Anchor(seq=row.seq, hash=row.hash)


def _row(entry: AuditEntry) -> dict[str, Any]:
    told = {f"entry_{name}": getattr(entry, name) for name in AuditEntry.__slots__}
    return {**told, "entry_subject_kind": told.pop("entry_kind")}


def _moment(stored: object) -> datetime:
    """Read what the database gave for a moment: PostgreSQL's as it is, SQLite's words."""
    if isinstance(stored, datetime):
        # Its infinities come without a zone.
        return stored if stored.tzinfo else UNREADABLE
    try:
        return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC)
    except ValueError:
        return UNREADABLE
