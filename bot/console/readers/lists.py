"""Lists of readers as files at work: what one is, and whom it may reach when it is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.file_work.at_work import FilesAtWork
from bot.console.file_work.sorts import Sort
from bot.console.keys import CONSOLE
from bot.newsroom.reader_file import UnreadableList, read_readers
from bot.newsroom.reader_lists import Taken, Taking
from bot.officials.models import EVERYWHERE
from bot.storage.import_rows import Import

READER_LISTS = web.AppKey("reader_lists", FilesAtWork[Taken])


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def _read(path: Path, _: datetime) -> Iterable[object]:
    return read_readers(path, ())


LISTS: Final = Sort(file="list.csv", fault=UnreadableList, rows=_lines, read=_read)


def taking(
    request: web.Request, actor: Actor, file: Import, /, *, note: str, dry_run: bool
) -> Taking:
    """Let a list reach the readers of its office and below it, nobody else's."""
    house = request.app[CONSOLE]
    everywhere = file.office == EVERYWHERE
    offices = actor.tree.codes if everywhere else actor.tree.branch(file.office)
    return Taking(
        database=house.database.unhurried(),
        clock=house.clock,
        by=actor.by,
        offices=offices,
        reach=None if everywhere else offices,
        office=file.office,
        name=file.name,
        note=note,
        dry_run=dry_run,
    )
