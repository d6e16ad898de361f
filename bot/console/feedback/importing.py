"""Exports of a hotline as files at work: what one is, and how its cases are filed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.feedback.times import CLOCKWORK
from bot.console.file_work.at_work import FilesAtWork
from bot.console.file_work.sorts import Sort
from bot.console.keys import CONSOLE
from bot.console.words import say
from bot.feedback.hotline.fates import Imported
from bot.feedback.hotline.judging import Fate
from bot.feedback.hotline.reading import Export
from bot.handling.filing import Filing
from bot.handling.importing import Importing
from bot.handling.sealing import Seals
from bot.storage.import_rows import Counts, Import
from knowledge.tabular.grid import UnreadableFile
from knowledge.tabular.sheet_rows import row_marks, sheet_rows

CASE_FILES = web.AppKey("case_files", FilesAtWork[Imported])


def _read(path: Path, now: datetime) -> Iterable[object]:
    return Export(path.name, now).rows(sheet_rows(path))


EXPORTS: Final = Sort(file="export.xlsx", fault=UnreadableFile, rows=row_marks, read=_read)


def importing(
    request: web.Request, actor: Actor, file: Import, /, *, note: str, dry_run: bool
) -> Importing:
    """File the cases of an export at its office."""
    house = request.app[CONSOLE]
    return Importing(
        database=house.database.unhurried(),
        clock=house.clock,
        by=actor.by,
        filing=Filing(Seals(house.vaults.data), request.app[CLOCKWORK]),
        office=file.office,
        name=file.name,
        note=note,
        dry_run=dry_run,
    )


def counts_of(done: Imported) -> Counts:
    """Give the counts that are kept with the file."""
    return Counts(
        new=done.of(Fate.NEW),
        changed=0,
        unchanged=done.of(Fate.KNOWN),
        faults=done.of(Fate.FAULTY),
    )


def why_closed(request: web.Request, office: str) -> str:
    """Tell why an office cannot be handed an export; who sends a case is kept encrypted."""
    if not office:
        return say("case_imports.no_office")
    return "" if request.app[CONSOLE].vaults.data is not None else say("case_entry.no_keys")
