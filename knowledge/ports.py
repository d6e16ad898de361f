"""What the knowledge package needs from storage and from the National portal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from knowledge.layers import EditChange, Layers, OfficeEdit
from knowledge.models import Snapshot
from knowledge.packing import Packed
from knowledge.portal_records import PortalChange, PortalRecord, SyncRun
from knowledge.record_edits import RecordEdit


class SnapshotStore(Protocol):
    """Holds the published content; several processes may read it, one publishes at a time."""

    async def version(self) -> str:
        """Give the name of the published snapshot, empty when nothing is published yet.

        It differs after every publication, so that another process knows when to load again.
        """
        ...

    async def load(self, office: str = "") -> Snapshot:
        """Give the published snapshot as ``office`` (a code; empty for all) tells it.

        For each procedure the office's own edit, else our card, else the portal's record.
        """
        ...

    async def layers(self) -> Layers:
        """Give everything stored, layer by layer; the version is never newer than the layers."""
        ...

    async def content_name(self) -> str:
        """Give the name under which the shipped content was published, empty before the first."""
        ...

    async def publish_content(self, content: Snapshot, *, name: str) -> bool:
        """Store the shipped content unless it is published under this name; tell whether it was.

        Never touches what an office edited or the portal sent. One transaction.
        """
        ...

    async def save_edits(self, edits: Iterable[OfficeEdit], *, at: datetime) -> None:
        """Store edits in place of earlier ones; one without fields takes the earlier one back.

        Each that differs from the earlier is noted beside it, so that nothing is lost. Publishes.
        One transaction.
        """
        ...

    async def save_records(self, edits: Iterable[RecordEdit], *, at: datetime) -> None:
        """Store edits to guides, hotlines and offices, as ``save_edits`` does those of cards."""
        ...

    async def edit_changes(self, office: str, code: str) -> Sequence[EditChange]:
        """Give every change of what ``office`` said of the records of that code or ref.

        The first comes first.
        """
        ...


class IndexShelf(Protocol):
    """Keeps one built index from one start to the next."""

    def take(self, mark: str) -> Packed | None:
        """Give what was last put under ``mark``, if it is still whole."""
        ...

    def put(self, mark: str, values: Packed) -> None:
        """Keep ``values`` under ``mark`` in place of all else; never fails."""
        ...


class PortalStore(Protocol):
    """Holds what the portal showed and how far the one walk through it has come."""

    async def portal_records(self) -> Sequence[PortalRecord]:
        """Give every record, the withdrawn ones too."""
        ...

    async def sync_run(self) -> SyncRun | None:
        """Give the unfinished walk, if there is one."""
        ...

    async def save_portal(
        self,
        records: Iterable[PortalRecord] = (),
        *,
        run: SyncRun | None,
        changes: Iterable[PortalChange] = (),
        publish: bool = False,
    ) -> None:
        """Store records by code, note changes and the walk's progress; ``None`` ends the walk.

        One transaction, so a killed walk goes on where it stood.
        """
        ...

    async def portal_changes(self, at: datetime) -> Sequence[PortalChange]:
        """Give what the walk begun at ``at`` changed, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """One page of the portal's catalogue; ``cursor`` leads to the next, empty after the last."""

    rows: Sequence[Mapping[str, Any]]
    cursor: str
    total: int


class Portal(Protocol):
    """The National portal's public catalogue.

    Every call is polite (one at a time, with pauses) and repeats itself when blocked.

    Raises:
        PortalUnavailable: blocked or out of reach, also after the repeats; try again later.
        PortalRefused: the portal answered that it will not; repeating does not help.
    """

    async def page(self, cursor: str) -> CataloguePage:
        """Give the page after ``cursor``; empty begins."""
        ...

    async def detail(self, portal_id: str) -> Mapping[str, Any]:
        """Give the whole record of one procedure."""
        ...

    async def provinces(self) -> Mapping[str, str]:
        """Give each province's two-digit code by its name."""
        ...
