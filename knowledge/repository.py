"""The stores of the knowledge package over SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from uuid import uuid4

import orjson
from sqlalchemy import RowMapping, Select, Table, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge import rows
from knowledge.layers import EditChange, Layers, OfficeEdit
from knowledge.models import Snapshot
from knowledge.portal_records import PortalChange, PortalRecord, SyncRun
from knowledge.record_edits import RecordEdit, RecordKind
from knowledge.tables import (
    knowledge_content,
    knowledge_state,
    office_edit_changes,
    office_edits,
    portal_changes,
    portal_procedures,
    record_edits,
)

_CONTENT: Final = select(knowledge_content).order_by("kind", "position")
_PORTAL: Final = select(portal_procedures).order_by("code")
_EDITS: Final = select(office_edits).order_by("office", "code")
_RECORDS: Final = select(record_edits).order_by("office", "kind", "ref")
Found = Sequence[RowMapping]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was read last, and the marks of its content and of the portal's records."""

    content: str | None = None
    portal: str | None = None
    layers: Layers = field(default_factory=Layers)


class Transactions(Protocol):
    """Opens the database's transactions."""

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction that only reads."""
        ...

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a transaction that commits at the end and rolls back on an error."""
        ...


class SqlSnapshotStore:
    """``SnapshotStore`` and ``PortalStore`` in tables."""

    def __init__(self, database: Transactions) -> None:
        """Work in the transactions of ``database``."""
        self._database = database
        self._known = _Known()

    async def version(self) -> str:
        """Give the name of the published snapshot."""
        async with self._database.reading() as connection:
            return await _value(connection, "version")

    async def load(self, office: str = "") -> Snapshot:
        """Give the snapshot as ``office`` tells it."""
        return (await self.layers()).snapshot(office)

    async def layers(self) -> Layers:
        """Give everything stored; the version is read first, the rows in another thread.

        Shipped content and the portal's records seldom change: while they are the same they are
        those given before.
        """
        async with self._database.reading() as connection:
            state = await _marks(connection)
            known = self._known
            same_content = state["content"] == known.content
            same_portal = state["portal"] == known.portal
            content = None if same_content else await _read(connection, _CONTENT)
            portal = None if same_portal else await _read(connection, _PORTAL)
            edits = await _read(connection, _EDITS)
            records = await _read(connection, _RECORDS)
        layers = await asyncio.to_thread(
            _layers_of, state["version"], known.layers, content, portal, edits, records
        )
        self._known = _Known(content=state["content"], portal=state["portal"], layers=layers)
        return layers

    async def content_name(self) -> str:
        """Give the name of the shipped content."""
        async with self._database.reading() as connection:
            return await _value(connection, "content")

    async def publish_content(self, content: Snapshot, *, name: str) -> bool:
        """Store the shipped content when its name differs; the row of the name is the lock."""
        async with self._database.writing() as connection:
            if not await _put(connection, "content", name):
                return False
            await connection.execute(delete(knowledge_content))
            await _insert(connection, knowledge_content, rows.content_rows(content))
            await _publish(connection)
        return True

    async def save_edits(self, edits: Iterable[OfficeEdit], *, at: datetime) -> None:
        """Store edits in place of earlier ones."""
        await self._save(office_edits, [rows.edit_row(edit, at) for edit in edits])

    async def save_records(self, edits: Iterable[RecordEdit], *, at: datetime) -> None:
        """Store edits to other records in place of earlier ones."""
        await self._save(record_edits, [rows.record_row(edit, at) for edit in edits])

    async def _save(self, table: Table, new: list[dict[str, Any]]) -> None:
        """Store the rows of edits, note what differs and publish."""
        key = list(table.primary_key.columns)
        async with self._database.writing() as connection:
            # First, so that no other process changes an edit between reading and replacing it.
            await _publish(connection)
            earlier = await _fields_of(connection, table, new)
            said = [
                earlier.get(tuple(edit[one.name] for one in key), rows.NO_FIELDS) for edit in new
            ]
            noted = [
                rows.edit_change_row(before, edit)
                for before, edit in zip(said, new, strict=True)
                if before != edit["fields"]
            ]
            await _insert(connection, office_edit_changes, noted)
            if new:
                same = (one == bindparam(f"its_{one.name}") for one in key)
                replaced = [{f"its_{one.name}": edit[one.name] for one in key} for edit in new]
                await connection.execute(delete(table).where(*same), replaced)
            kept = [edit for edit in new if edit["fields"] != rows.NO_FIELDS]
            await _insert(connection, table, kept)

    async def hold(self) -> None:
        """Let no other publish until this transaction ends; only in one that is open already."""
        async with self._database.writing() as connection:
            version = select(knowledge_state).where(knowledge_state.c.name == "version")
            await connection.execute(version.with_for_update())

    async def stated(self, office: str, kind: RecordKind, ref: str) -> Mapping[str, Any]:
        """Give what an office states of one record, as plain values; empty when nothing."""
        if kind is RecordKind.PROCEDURE:
            told = office_edits.c
            wanted = select(told.fields).where(told.office == office, told.code == ref)
        else:
            said = record_edits.c
            wanted = select(said.fields).where(
                said.office == office, said.kind == kind, said.ref == ref
            )
        async with self._database.reading() as connection:
            found = (await connection.execute(wanted)).scalar()
        fields: dict[str, Any] = orjson.loads(found or rows.NO_FIELDS)
        return fields

    async def edit_changes(self, office: str, code: str) -> Sequence[EditChange]:
        """Give how an edit changed."""
        told = office_edit_changes.c
        noted = select(office_edit_changes).where(told.office == office, told.code == code)
        async with self._database.reading() as connection:
            found = await connection.execute(noted.order_by("id"))
            return list(map(rows.edit_change_of, found.mappings()))

    async def portal_records(self) -> Sequence[PortalRecord]:
        """Give every record of the portal."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(portal_procedures).order_by("code"))
            return rows.portal_records_of(found.mappings().all())

    async def sync_run(self) -> SyncRun | None:
        """Give the unfinished walk."""
        async with self._database.reading() as connection:
            text = await _value(connection, "sync")
        return rows.run_of(text) if text else None

    async def save_portal(
        self,
        records: Iterable[PortalRecord] = (),
        *,
        run: SyncRun | None,
        changes: Iterable[PortalChange] = (),
        publish: bool = False,
    ) -> None:
        """Store records, changes and progress together."""
        new = [rows.portal_row(record) for record in records]
        async with self._database.writing() as connection:
            await connection.execute(
                delete(portal_procedures).where(
                    portal_procedures.c.code.in_([row["code"] for row in new])
                )
            )
            await _insert(connection, portal_procedures, new)
            if new:
                await _put(connection, "portal", uuid4().hex)
            await _insert(connection, portal_changes, list(map(rows.change_row, changes)))
            await _put(connection, "sync", rows.run_text(run) if run else "")
            if publish:
                await _publish(connection)

    async def portal_changes(self, at: datetime) -> Sequence[PortalChange]:
        """Give what one walk changed."""
        noted = select(portal_changes).where(portal_changes.c.at == at.astimezone(UTC))
        async with self._database.reading() as connection:
            found = await connection.execute(noted.order_by("id"))
            return list(map(rows.change_of, found.mappings()))


def _layers_of(
    version: str,
    known: Layers,
    content: Found | None,
    portal: Found | None,
    edits: Found,
    records: Found,
) -> Layers:
    return Layers(
        content=known.content if content is None else rows.content_of(content),
        portal=known.portal if portal is None else tuple(rows.portal_records_of(portal)),
        edits=tuple(map(rows.edit_of, edits)),
        records=tuple(map(rows.record_of, records)),
        version=version,
    )


async def _read(connection: AsyncConnection, wanted: Select[Any]) -> Found:
    found: Found = (await connection.execute(wanted)).mappings().all()
    return found


async def _marks(connection: AsyncConnection) -> dict[str, str]:
    """Give what changes with the publication, the content and the portal's records."""
    names = ("version", "content", "portal")
    told = select(knowledge_state.c.name, knowledge_state.c.value)
    found = await connection.execute(told.where(knowledge_state.c.name.in_(names)))
    return dict.fromkeys(names, "") | {row.name: row.value for row in found}


async def _insert(connection: AsyncConnection, table: Table, new: list[dict[str, Any]]) -> None:
    if new:
        await connection.execute(insert(table), new)


async def _fields_of(
    connection: AsyncConnection, table: Table, edits: Iterable[Mapping[str, Any]]
) -> dict[tuple[str, ...], str]:
    """Give the stored fields of every edit of the same records, by its key."""
    *_, about = key = list(table.primary_key.columns)
    named = {edit[about.name] for edit in edits}
    found = await connection.execute(select(*key, table.c.fields).where(about.in_(named)))
    return {tuple(edit[:-1]): edit.fields for edit in found}


async def _publish(connection: AsyncConnection) -> None:
    await _put(connection, "version", uuid4().hex)


async def _value(connection: AsyncConnection, name: str) -> str:
    wanted = select(knowledge_state.c.value).where(knowledge_state.c.name == name)
    return (await connection.execute(wanted)).scalar() or ""


async def _put(connection: AsyncConnection, name: str, value: str) -> bool:
    """Set a value and tell whether it differed; others wait until this transaction ends."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    wish = dialect.insert(knowledge_state).values(name=name, value=value)
    set_ = wish.on_conflict_do_update(
        index_elements=["name"], set_={"value": value}, where=knowledge_state.c.value != value
    )
    done = await connection.execute(set_.returning(knowledge_state.c.name))
    return done.first() is not None
