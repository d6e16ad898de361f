"""For tests, ours and others': a store in memory and builders of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from knowledge.layers import EditChange, Layers, OfficeEdit
from knowledge.lexicon import Lexicon
from knowledge.models import Level, Procedure, ProcedureCode, Snapshot, Source
from knowledge.portal_records import PortalChange, PortalRecord, SyncRun
from knowledge.record_edits import RecordEdit, RecordKind

SEEN: Final = date(2026, 7, 18)


class OursAlone(Lexicon):
    """The language data without what no office answers, which would be indexed too."""

    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        """Give none."""
        return {}

    def danger(self) -> Mapping[str, Sequence[str]]:
        """Give none."""
        return {}


def make_procedure(
    code: str = "1.001193",
    name: str = "Đăng ký khai sinh",
    **changes: Any,  # noqa: ANN401
) -> Procedure:
    """Build a procedure that says only what it must, and ``changes``."""
    plain = Procedure(
        code=ProcedureCode(code),
        official_name=name,
        everyday_name=name,
        sector="Hộ tịch",
        level=Level.COMMUNE,
        source=Source(name="Nguồn thử", seen=SEEN),
    )
    return replace(plain, **changes)


class InMemorySnapshotStore:
    """``SnapshotStore`` and ``PortalStore`` that forget at the end."""

    def __init__(self) -> None:
        """Begin empty."""
        self._name = ""
        self._content = Snapshot()
        self._edits: dict[tuple[str, str], OfficeEdit] = {}
        self._records: dict[tuple[str, RecordKind, str], RecordEdit] = {}
        self._edit_changes: list[EditChange] = []
        self._portal: dict[str, PortalRecord] = {}
        self._changes: list[PortalChange] = []
        self._run: SyncRun | None = None
        self._publications = 0

    async def version(self) -> str:
        """Give the name of the published snapshot."""
        return str(self._publications or "")

    async def load(self, office: str = "") -> Snapshot:
        """Give the snapshot as ``office`` tells it."""
        return (await self.layers()).snapshot(office)

    async def layers(self) -> Layers:
        """Give everything stored."""
        return Layers(
            content=self._content,
            portal=tuple(await self.portal_records()),
            edits=tuple(self._edits[key] for key in sorted(self._edits)),
            records=tuple(self._records[key] for key in sorted(self._records)),
            version=await self.version(),
        )

    async def content_name(self) -> str:
        """Give the name of the shipped content."""
        return self._name

    async def publish_content(self, content: Snapshot, *, name: str) -> bool:
        """Keep the shipped content when its name differs."""
        if name == self._name:
            return False
        self._name = name
        self._content = replace(content, version="")
        self._publications += 1
        return True

    async def save_edits(self, edits: Iterable[OfficeEdit], *, at: datetime) -> None:
        """Keep edits in place of earlier ones, and what these said."""
        for edit in edits:
            earlier = self._edits.pop((edit.office, edit.code), None)
            self._note(edit.office, RecordKind.PROCEDURE, edit.code, (earlier, edit), at)
            if edit.fields:
                self._edits[edit.office, edit.code] = edit
        self._publications += 1

    async def save_records(self, edits: Iterable[RecordEdit], *, at: datetime) -> None:
        """Keep edits to other records in place of earlier ones, and what these said."""
        for edit in edits:
            key = edit.office, edit.kind, edit.ref
            earlier = self._records.pop(key, None)
            self._note(*key, (earlier, edit), at)
            if edit.fields:
                self._records[key] = edit
        self._publications += 1

    def _note(
        self,
        office: str,
        kind: RecordKind,
        code: str,
        edits: tuple[OfficeEdit | RecordEdit | None, OfficeEdit | RecordEdit],
        at: datetime,
    ) -> None:
        before, after = (edit.fields if edit else {} for edit in edits)
        if before != after:
            self._edit_changes.append(
                EditChange(at=at, office=office, code=code, kind=kind, before=before, after=after)
            )

    async def edit_changes(self, office: str, code: str) -> Sequence[EditChange]:
        """Give how an edit changed."""
        return [one for one in self._edit_changes if (one.office, one.code) == (office, code)]

    async def portal_records(self) -> Sequence[PortalRecord]:
        """Give every record of the portal."""
        return [self._portal[code] for code in sorted(self._portal)]

    async def sync_run(self) -> SyncRun | None:
        """Give the unfinished walk."""
        return self._run

    async def save_portal(
        self,
        records: Iterable[PortalRecord] = (),
        *,
        run: SyncRun | None,
        changes: Iterable[PortalChange] = (),
        publish: bool = False,
    ) -> None:
        """Keep records, changes and progress."""
        self._portal |= {record.code: record for record in records}
        self._changes.extend(changes)
        self._run = run
        self._publications += publish

    async def portal_changes(self, at: datetime) -> Sequence[PortalChange]:
        """Give what one walk changed."""
        return [change for change in self._changes if change.at == at]
