"""Use case: the cases of a hotline's export are filed here, each once.

What is good in a file is kept, whatever else is wrong in it. Stored in parts, so that citizens
are answered meanwhile: who takes it again after a crash stores the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import acting
from bot.casework.file_deeds import FileDeeds
from bot.clock import VIETNAM, Clock
from bot.feedback.hotline.fates import Imported, RowFate
from bot.feedback.hotline.judging import Fate, Judged, judged
from bot.feedback.hotline.moments import Moment
from bot.feedback.hotline.reading import Export
from bot.feedback.hotline.rows import HotlineRow, RowFault
from bot.feedback.limits import Grade
from bot.feedback.models import Place, Source
from bot.feedback.reference import new_reference
from bot.feedback.regimes import regime_of
from bot.handling.filing import Filing, Told, as_case
from bot.officials.audit import By
from bot.storage.database import Database
from bot.storage.outer_rows import claim_outers, known_outers, tie_outers
from knowledge.tabular.sheet_rows import sheet_rows

PART: Final = 100
DEEDS: Final = FileDeeds("cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """Takes exports over for an office; with ``dry_run`` nothing is stored.

    The audit tells ``name`` (the file's own when empty) and ``note``.
    """

    database: Database
    clock: Clock
    by: By
    filing: Filing
    office: str
    name: str = ""
    note: str = ""
    dry_run: bool = False
    progress: Callable[[int], None] = lambda _: None

    def watched(self, progress: Callable[[int], None]) -> Importing:
        """Tell ``progress`` how many rows were seen."""
        return replace(self, progress=progress)

    async def take(self, path: Path) -> Imported:
        """Take over what is good in a file, and tell what became of each row.

        Raises:
            UnreadableFile: it is no export.
        """
        done, seen = Imported(), dict[str, int]()
        export = Export(self.name or path.name, self.clock.now())
        rows = map(_judged, export.rows(sheet_rows(path)))
        opened = self.database.reading if self.dry_run else self.database.writing
        # In a thread, since citizens are answered by this loop meanwhile.
        while part := await asyncio.to_thread(lambda: list(islice(rows, PART))):
            fresh = list(_once(part, done, seen))
            async with opened() as connection:
                await self._take_part(connection, fresh, done)
            self.progress(len(done.fates))
            if not self.dry_run:
                await self.database.let_others_write()
        done.unknown = export.unknown
        done.fates.sort(key=lambda one: one.row)
        if not self.dry_run:
            async with acting(self.database, self.clock, self.by) as doing:
                DEEDS.taken(doing, self.office, self._told(path, done), self.note)
        return done

    def _told(self, path: Path, done: Imported) -> Mapping[str, object]:
        return {**done.counts, "name": self.name or path.name}

    async def _take_part(
        self, connection: AsyncConnection, fresh: Sequence[Judged], done: Imported
    ) -> None:
        new = await self._new(connection, {one.row.outer for one in fresh})
        told = {one.row.outer: self._case(one) for one in fresh if one.row.outer in new}
        if not self.dry_run:
            await self._file(connection, told)
        for row in (one.row for one in fresh):
            case = told.get(row.outer)
            if case is None:
                done.fates.append(RowFate(row.row, Fate.KNOWN))
            else:
                done.fates.append(RowFate(row.row, Fate.NEW, dues=self._dues(row, case)))

    async def _new(self, connection: AsyncConnection, outers: set[str]) -> frozenset[str]:
        if self.dry_run:
            known = await known_outers(connection, self.office, Source.IMPORT, outers)
            return frozenset(outers - known)
        return await claim_outers(connection, self.office, Source.IMPORT, outers, self.clock.now())

    async def _file(self, connection: AsyncConnection, told: Mapping[str, Told]) -> None:
        """File the cases of a part by their numbers elsewhere, by a statement for each table."""
        filed = list(told.values())
        rows = await asyncio.to_thread(lambda: list(map(self._row, filed)))
        numbers = await self.filing.file_all(connection, filed, rows)
        tied = {outer: numbers[one.reference] for outer, one in told.items()}
        await tie_outers(connection, self.office, Source.IMPORT, tied)

    def _row(self, told: Told) -> Mapping[str, Any]:
        """Give a case's row; who hears of time that runs out does not hear of a thousand late."""
        row, now = self.filing.row(told), self.clock.now()
        return row | {"alert_at": None} if row["due_at"] and row["due_at"] <= now else row

    def _case(self, one: Judged) -> Told:
        row = one.row
        return Told(
            office=self.office,
            reference=new_reference(),
            kind=one.kind,
            regime=regime_of(one.kind, one.topic).id,
            topic=one.topic,
            words=row.words,
            at=row.received,
            grade=Grade.URGENT if one.urgent else Grade.SIMPLE,
            urgent=one.urgent,
            place=Place(words=row.place, hamlet=row.hamlet),
            source=Source.IMPORT,
            entered_by=self.by.officer,
            anonymous=row.contact.is_empty,
            contact=row.contact,
            inside=one.inside,
        )

    def _dues(self, row: HotlineRow, told: Told) -> tuple[str, str] | None:
        """Give the export's day and ours where they are not the same; ours may be none."""
        if row.due is None:
            return None
        due = self.filing.clockwork.begun(as_case(told)).due_at
        ours = Moment(due.astimezone(VIETNAM), is_day=row.due.is_day).spoken if due else ""
        return None if ours == row.due.spoken else (row.due.spoken, ours)


Line = Judged | list[RowFault]


def _judged(line: HotlineRow | list[RowFault]) -> Line:
    return line if isinstance(line, list) else judged(line)


def _once(part: Sequence[Line], done: Imported, seen: dict[str, int]) -> Iterator[Judged]:
    """Give the rows that become cases: of each number the first."""
    for one in part:
        if isinstance(one, list):
            done.fates.append(RowFate(one[0].row, Fate.FAULTY, faults=tuple(one)))
        elif one.fate is not Fate.NEW:
            done.fates.append(RowFate(one.row.row, one.fate))
        elif (first := seen.setdefault(one.row.outer, one.row.row)) != one.row.row:
            done.fates.append(RowFate(one.row.row, Fate.DOUBLE, first=first))
        else:
            yield one
