"""Lists of readers at work: read and stored beside the loop, one by one, while pages look on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aiohttp import web

from bot.console import file_work
from bot.console.file_work import FilesAtWork, Sort
from bot.console.knowledge.importing import Handed
from bot.newsroom.reader_file import UnreadableList, read_readers
from bot.newsroom.reader_lists import Taken


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


LISTS: Final = Sort(file="list.csv", fault=UnreadableList, rows=_lines)
READER_LISTS = web.AppKey("reader_lists", FilesAtWork[Taken])


async def stop_lists(app: web.Application) -> None:
    """Leave what is under way when the console is put away."""
    await app[READER_LISTS].stop()


def looked_at(handed: Handed) -> None:
    """Look whether a file begins as a list does; it blocks.

    Raises:
        UnreadableList: it does not; the message says in Vietnamese what to do.
    """
    file_work.looked_at(LISTS, handed, lambda path: next(iter(read_readers(path, ())), None))
