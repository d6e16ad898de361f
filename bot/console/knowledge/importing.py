"""Trying an office's table: read in a thread, one at a time, and weighed against what is told."""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.console.words import say
from bot.errors import BotError
from bot.officials.field_marks import mark_of
from knowledge.layers import Layers
from knowledge.office_table import read_table
from knowledge.row_checks import Allowed
from knowledge.stated import TableReading
from knowledge.tabular.grid import UnreadableFile
from knowledge.weighing import Weighing, weigh

# Tables whose outcome is kept in memory, and those that may be read or wait for it.
KEPT: Final = 4
MOST_WAITING: Final = 3
# Seconds a form that hands a table in waits for one that is quickly read, and a page after it.
AT_ONCE: Final = 1.5
PATIENCE: Final = 0.3
SUFFIX: Final = re.compile(r"\.[a-z]{1,5}", re.ASCII)
STEM: Final = "bang"


class Busy(BotError):
    """Too many tables wait to be read."""


class NoTable(BotError):
    """The file cannot be used; the message says in Vietnamese what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file as it was handed in: the name it had there, and what is in it."""

    name: str
    body: bytes

    @property
    def digest(self) -> str:
        """Give what tells it from every other file."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """For which office, against which publication, on which day, and what is said yes to."""

    office: str
    version: str
    day: date
    new: bool = False
    rename: bool = False

    @property
    def allowed(self) -> Allowed:
        """Give what is said yes to, and what the page calls saying so."""
        return Allowed(
            new=self.new,
            rename=self.rename,
            say_new=say("imports.hint_new"),
            say_rename=say("imports.hint_rename"),
        )


Key = tuple[str, str, Question]


class Trials:
    """Tells what tables would do."""

    def __init__(self) -> None:
        """Begin with none."""
        self._one = asyncio.Lock()
        self._making: dict[Key, asyncio.Task[Weighing]] = {}
        self._kept: dict[Key, Weighing] = {}

    async def tried(
        self, handed: Handed, asked: Question, layers: Layers, *, wait: float | None = None
    ) -> Weighing | None:
        """Tell what ``handed`` would do, from memory where that was told lately.

        It is waited for ``wait`` seconds; where it takes longer it goes on, and nothing is given.

        Raises:
            Busy: too many wait already.
            NoTable: it cannot be used.
        """
        key = (handed.digest, handed.name, asked)
        if key in self._kept:
            return self._kept[key]
        making = self._making.get(key)
        if making is None:
            if len(self._making) >= MOST_WAITING:
                raise Busy
            making = asyncio.create_task(self._made(handed, asked, layers))
            self._making[key] = making
            making.add_done_callback(partial(self._keep, key))
        await asyncio.wait([making], timeout=wait)
        return making.result() if making.done() else None

    async def stop(self) -> None:
        """Leave what is being read."""
        making = list(self._making.values())
        for one in making:
            one.cancel()
        await asyncio.gather(*making, return_exceptions=True)

    async def _made(self, handed: Handed, asked: Question, layers: Layers) -> Weighing:
        async with self._one:
            return await asyncio.to_thread(_weighed, handed, asked, layers)

    def _keep(self, key: Key, made: asyncio.Task[Weighing]) -> None:
        """Keep what was made for who asks again; a file that cannot be used is read anew then."""
        del self._making[key]
        if made.cancelled() or made.exception() is not None:
            return
        while len(self._kept) >= KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = made.result()


TRIALS = web.AppKey("trials", Trials)


async def stop_trials(app: web.Application) -> None:
    """Leave what is being read when the console is put away."""
    await app[TRIALS].stop()


def mark(weighing: Weighing) -> str:
    """Give what tells two outcomes apart: what an officer saw is what is taken."""
    return mark_of([weighing.rows, [[edit.code, dict(edit.fields)] for edit in weighing.edits]])


def _weighed(handed: Handed, asked: Question, layers: Layers) -> Weighing:
    return weigh(_read(handed, asked.day), layers, asked.office, allowed=asked.allowed)


def _read(handed: Handed, day: date) -> TableReading:
    suffix = Path(handed.name).suffix.lower()
    name = STEM + (suffix if SUFFIX.fullmatch(suffix) else "")
    with tempfile.TemporaryDirectory() as folder:
        # Under a name of ours: theirs may be none that a disk can hold.
        file = Path(folder) / name
        file.write_bytes(handed.body)
        try:
            return read_table(file, seen=day)
        except UnreadableFile as fault:
            raise NoTable(str(fault).replace(name, handed.name, 1)) from fault
