"""What each kind of change is written into: one place per kind, read, held and written alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.officials.changes import Change, ChangeKind
from bot.officials.field_marks import Fields, plain
from bot.officials.models import EVERYWHERE
from bot.officials.office_entries import Entry
from bot.storage.change_rows import stated_before
from bot.storage.standing_rows import find_standing, put_standing, renew_version
from bot.storage.within import Within
from knowledge.layers import OfficeEdit
from knowledge.record_edits import RecordEdit, RecordKind
from knowledge.repository import SqlSnapshotStore
from knowledge.rows import edit_fields


class Place(Protocol):
    """Where the changes of one kind are kept; everything happens in the caller's transaction."""

    async def hold(self, connection: AsyncConnection) -> None:
        """Let nobody else publish here until the transaction ends."""
        ...

    async def stated(self, connection: AsyncConnection, office: str, ref: str) -> Fields:
        """Give what ``office`` states now, empty when nothing."""
        ...

    async def once_stated(
        self, connection: AsyncConnection, office: str, ref: str
    ) -> Sequence[Fields]:
        """Give all that ``office`` ever stated, the newest last."""
        ...

    def checked(self, fields: Mapping[str, Any]) -> Fields:
        """Give ``fields`` as they will stand.

        Raises:
            ValueError: a value does not fit its field.
        """
        ...

    async def write(self, acting: Acting, change: Change) -> None:
        """Let what ``change`` states be told from now on; every process hears of it."""
        ...


class Knowledge:
    """Cards, guides, hotlines and offices: what an office states over what is shipped."""

    def __init__(self, kind: RecordKind) -> None:
        """Keep records of one kind."""
        self._kind = kind

    async def hold(self, connection: AsyncConnection) -> None:
        """Let nobody else publish knowledge."""
        await SqlSnapshotStore(Within(connection)).hold()

    async def stated(self, connection: AsyncConnection, office: str, ref: str) -> Fields:
        """Give the office's edit."""
        store = SqlSnapshotStore(Within(connection))
        return self.checked(await store.stated(self._teller(office), self._kind, ref))

    async def once_stated(
        self, connection: AsyncConnection, office: str, ref: str
    ) -> Sequence[Fields]:
        """Give every state of the edit."""
        store = SqlSnapshotStore(Within(connection))
        changes = await store.edit_changes(self._teller(office), ref)
        return [plain(one.after) for one in changes if one.kind is self._kind]

    def checked(self, fields: Mapping[str, Any]) -> Fields:
        """Give the fields with the types of the record, as plain values."""
        return dict(plain(self._typed(plain(dict(fields)))))

    async def write(self, acting: Acting, change: Change) -> None:
        """Put the edit in place of the earlier one."""
        store = SqlSnapshotStore(Within(acting.connection))
        told = self._typed(change.after)
        office = self._teller(change.office)
        if self._kind is RecordKind.PROCEDURE:
            edit = OfficeEdit(office=office, code=change.ref, fields=told)
            await store.save_edits([edit], at=acting.now)
            return
        record = RecordEdit(office=office, kind=self._kind, ref=change.ref, fields=told)
        await store.save_records([record], at=acting.now)

    def _teller(self, office: str) -> str:
        # The data of offices are the same for all of them.
        return EVERYWHERE if self._kind is RecordKind.OFFICE else office

    def _typed(self, fields: Fields) -> dict[str, Any]:
        return edit_fields(self._kind, fields)


class Settings:
    """What offices set beside their knowledge; ``ref`` is the setting's key."""

    async def hold(self, connection: AsyncConnection) -> None:
        """Let nobody else set anything."""
        await renew_version(connection)

    async def stated(self, connection: AsyncConnection, office: str, ref: str) -> Fields:
        """Give the value."""
        return await find_standing(connection, office, ref)

    async def once_stated(
        self, connection: AsyncConnection, office: str, ref: str
    ) -> Sequence[Fields]:
        """Give every value there was."""
        return await stated_before(connection, ChangeKind.SETTING, office, ref)

    def checked(self, fields: Mapping[str, Any]) -> Fields:
        """Give the value as plain values."""
        return dict(plain(dict(fields)))

    async def write(self, acting: Acting, change: Change) -> None:
        """Set the value; an empty one goes back to what is shipped."""
        entry = Entry(office=change.office, key=change.ref, value=change.after)
        await put_standing(acting.connection, [entry], at=acting.now, change=change.id)


PLACES: Final[Mapping[ChangeKind, Place]] = {
    ChangeKind.PROCEDURE: Knowledge(RecordKind.PROCEDURE),
    ChangeKind.GUIDE: Knowledge(RecordKind.GUIDE),
    ChangeKind.HOTLINE: Knowledge(RecordKind.HOTLINE),
    ChangeKind.OFFICE: Knowledge(RecordKind.OFFICE),
    ChangeKind.SETTING: Settings(),
}
