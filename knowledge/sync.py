"""Use case: walk through the National portal's catalogue and note what is new, changed or gone.

Every answer is stored together with how far the walk has come, so a killed walk goes on where it
stood. All that one walk notes carries the moment the walk began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from knowledge.catalogue import shipped_words
from knowledge.details import WrongDetail
from knowledge.errors import CatalogueDoubted, PortalRefused, PortalUnavailable, RowFault
from knowledge.portal_records import ChangeKind, PortalChange, PortalRecord, SyncRun
from knowledge.portal_roll import Roll
from knowledge.ports import CataloguePage, Portal, PortalStore

GOES_STALE: Final = timedelta(hours=24)
MOST_PAGES: Final = 2_000
MOST_ROWS: Final = 20_000
SPARE_ROWS: Final = 100
MOST_REFUSED_IN_A_ROW: Final = 10


class Phase(StrEnum):
    """What a walk is busy with."""

    CATALOGUE = "catalogue"
    DETAILS = "details"


class Watch(Protocol):
    """Looks on while a walk goes, and may end it by raising."""

    async def step(self, phase: Phase, done: int, total: int) -> None:
        """Hear that ``done`` of ``total`` are stored."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a walk found.

    ``changes`` are those in force; ``unconfirmed`` counts procedures met for the first time in a
    catalogue not read to its end: nobody is told of them.
    ``faults`` are places that could not be read, ``remarks`` what is odd in the catalogue itself.
    ``doubt`` says why no withdrawal, or nothing of the catalogue, was believed; ``stopped`` why
    the walk ended early, empty when it did not. Both empty means that all asked for is done.
    """

    started_at: datetime
    total: int
    seen: int
    changes: Sequence[PortalChange]
    unconfirmed: int
    details_read: int
    details_left: int
    faults: Sequence[RowFault]
    remarks: Sequence[RowFault]
    doubt: str
    stopped: str

    def of(self, kind: ChangeKind) -> list[PortalChange]:
        """Give the changes of one kind."""
        return [change for change in self.changes if change.kind is kind]


async def sync(
    portal: Portal,
    store: PortalStore,
    *,
    at: datetime,
    watch: Watch,
    details: bool = True,
    limit: int | None = None,
) -> SyncReport:
    """Walk the whole catalogue, then read the details of what changed, at most ``limit``.

    An unfinished walk of the last day is continued. Blocked or refused, the walk stops, keeps what
    it has and says so in the report; it can be continued. What no walk met before is published
    only when the catalogue was read to its end. One that cannot be true is told as a doubt, and
    nothing of it is published. The caller sees to it that one runs.
    """
    walk = _Walk(portal, store, watch)
    stopped, believed = "", True
    await walk.begin(at)
    try:
        await walk.read_catalogue()
        if details:
            await walk.read_details(limit)
    except (PortalUnavailable, PortalRefused) as error:
        stopped = str(error)
    except CatalogueDoubted as error:
        believed = False
        walk.disbelieve(str(error))
    await store.save_portal(run=walk.run if stopped else None, publish=believed)
    return await walk.report(stopped)


class _Walk:
    run: SyncRun
    roll: Roll

    def __init__(self, portal: Portal, store: PortalStore, watch: Watch) -> None:
        self._portal = portal
        self._store = store
        self._watch = watch
        self._doubt = ""
        self._visited: set[str] = set()
        self._details_read = 0
        self._rows = 0

    async def begin(self, at: datetime) -> None:
        unfinished = await self._store.sync_run()
        fresh = unfinished is not None and at - unfinished.started_at < GOES_STALE
        self.run = unfinished if unfinished and fresh else SyncRun(started_at=at)
        await self._store.save_portal(run=self.run)
        records = await self._store.portal_records()
        self.roll = Roll(records, at=self.run.started_at, words=shipped_words())

    async def read_catalogue(self) -> None:
        if self.run.catalogue_done:
            return
        self.roll.words = shipped_words().with_provinces(await self._portal.provinces())
        for _ in range(MOST_PAGES):
            page = await self._page()
            await self._keep_page(page)
            if not page.rows or not page.cursor or page.cursor in self._visited:
                break
        if not self.roll.seen:
            raise CatalogueDoubted("danh mục không có thủ tục nào")
        confirmed = [] if self.roll.cut_short(self.run.total) else self.roll.confirmed()
        (records, changes), self._doubt = self.roll.vanished(self.run.total)
        self.run = replace(self.run, catalogue_done=True)
        await self._store.save_portal([*confirmed, *records], run=self.run, changes=changes)

    async def _page(self) -> CataloguePage:
        self._visited.add(self.run.cursor)
        try:
            return await self._portal.page(self.run.cursor)
        except PortalRefused:
            if not self.run.cursor:
                raise
            # The cursor of a continued walk may be forgotten over there: begin the catalogue anew.
            self._visited = {""}
            return await self._portal.page("")

    def disbelieve(self, why: str) -> None:
        """Tell why nothing this walk first brought is published."""
        self._doubt = why

    def _check(self, page: CataloguePage) -> None:
        """Doubt a catalogue whose size is absurd, or that gives far more rows than it says."""
        if not 0 <= page.total <= MOST_ROWS:
            raise CatalogueDoubted(f"danh mục ghi có {page.total} thủ tục")
        self._rows += len(page.rows)
        total = page.total or self.run.total
        if self._rows > min(MOST_ROWS, total * 2 + SPARE_ROWS if total else MOST_ROWS):
            raise CatalogueDoubted(f"danh mục ghi {total} thủ tục mà đã trả {self._rows} dòng")

    async def _keep_page(self, page: CataloguePage) -> None:
        self._check(page)
        records, changes = self.roll.meet(page.rows)
        total = page.total or self.run.total
        self.run = replace(self.run, cursor=page.cursor, total=total)
        await self._store.save_portal(records, run=self.run, changes=changes)
        await self._watch.step(Phase.CATALOGUE, self.roll.seen, total)

    async def read_details(self, limit: int | None) -> None:
        wanted = self.roll.wanting_details()[:limit]
        refused = 0
        for number, record in enumerate(wanted, start=1):
            read = await self._read_detail(record)
            refused = 0 if read or record.detail_failed_at else refused + 1
            if refused == MOST_REFUSED_IN_A_ROW:
                raise PortalUnavailable(f"{refused} chi tiết liền nhau không dùng được")
            await self._watch.step(Phase.DETAILS, number, len(wanted))

    async def _read_detail(self, record: PortalRecord) -> bool:
        try:
            records, changes = self.roll.read_detail(
                record, await self._portal.detail(record.portal_id)
            )
        except (PortalRefused, WrongDetail) as error:
            records, changes = self.roll.refuse_detail(record, str(error))
        read = not records[0].detail_failed_at
        self._details_read += read
        await self._store.save_portal(records, run=self.run, changes=changes)
        return read

    async def report(self, stopped: str) -> SyncReport:
        unconfirmed = {record.code for record in self.roll.unconfirmed()}
        changes = await self._store.portal_changes(self.run.started_at)
        return SyncReport(
            started_at=self.run.started_at,
            total=self.run.total,
            seen=self.roll.seen,
            changes=[change for change in changes if change.code not in unconfirmed],
            unconfirmed=len(unconfirmed),
            details_read=self._details_read,
            details_left=len(self.roll.wanting_details()),
            faults=tuple(self.roll.faults),
            remarks=tuple(self.roll.remarks),
            doubt=self._doubt,
            stopped=stopped,
        )
