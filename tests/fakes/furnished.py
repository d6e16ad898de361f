"""What an earlier start of the program left: reading the content and indexing it takes seconds.

All workers of a test run share it; who asks first makes it, and the others wait that long.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final

from bot.conversation.opening import open_desk
from bot.settings import Settings
from bot.storage.database import Database, create_database
from bot.storage.migrate import migrate
from bot.storage.opening import open_database
from knowledge.content import content_fingerprint, load_snapshot
from knowledge.lexicon import Lexicon
from knowledge.library import KnowledgeBase
from knowledge.models import Snapshot
from knowledge.packing import Packed, mark_of
from knowledge.repository import SqlSnapshotStore
from knowledge.shelf import NAME, FileShelf
from knowledge.testing import make_procedure
from knowledge.topics import topics_of

_NAMED: Final = "FURNISHED_BY_TESTS"
# The process that starts the workers makes it, tells them its name, and removes it at its end.
_TOLD = os.environ.get(_NAMED)  # noqa: TID251 - what workers inherit
_OWN = tempfile.TemporaryDirectory(prefix="furnished-", ignore_cleanup_errors=True)
EARLIER: Final = Path(_TOLD or _OWN.name)
os.environ[_NAMED] = str(EARLIER)  # noqa: TID251 - the same
SHIPPED: Final = "shipped"
LITTLE: Final = Snapshot(procedures=(make_procedure(),))


class SharedShelf:
    """Keeps every index of a test run under its mark; implements ``IndexShelf``."""

    def __init__(self) -> None:
        self._building: dict[str, IO[str]] = {}

    def take(self, mark: str) -> Packed | None:
        """Give what is there; who gets nothing puts it, and whoever asks meanwhile waits."""
        shelf = self.beside(mark)
        lock = (shelf.folder / "lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        values = shelf.take(mark)
        if values is None:
            self._building[mark] = lock
        else:
            lock.close()
        return values

    def put(self, mark: str, values: Packed) -> None:
        self.beside(mark).put(mark, values)
        self._building.pop(mark).close()

    def beside(self, mark: str) -> FileShelf:
        """Give the shelf of one mark, as a data folder has it."""
        folder = EARLIER / mark
        folder.mkdir(exist_ok=True)
        return FileShelf(folder)

    def lay(self, snapshot: Snapshot, folder: Path) -> None:
        """Put the index of ``snapshot`` into a data folder, unless it has one."""
        mark = mark_of(topics_of(snapshot))
        kept = self.beside(mark).folder / NAME
        if not kept.exists():
            KnowledgeBase.build(snapshot, Lexicon.load(), self)
        # A new index takes over the name and leaves what others read as it is.
        if not (folder / NAME).exists():
            os.link(kept, folder / NAME)


SHELF: Final = SharedShelf()
open_shelved = partial(open_desk, shelf=SHELF)


def furnish(folder: Path) -> Path:
    """Put the embedded database with the shipped content into ``folder``, unless there is one."""
    return _copied(EARLIER / SHIPPED, folder, load_snapshot)


def furnish_little(folder: Path) -> Path:
    """Put one that tells ``LITTLE`` into ``folder``: the program starts and answers sooner."""
    return _copied(EARLIER / "little", folder, lambda: LITTLE)


def _copied(earlier: Path, folder: Path, content: Callable[[], Snapshot]) -> Path:
    """Copy what is ``earlier`` into ``folder``; who comes first publishes the content there."""
    made, wanted = (Settings(data_dir=one).embedded_file for one in (earlier, folder))
    with _alone():
        if not earlier.exists():
            snapshot = content()
            # In a thread of its own, for those who come with a running loop.
            with ThreadPoolExecutor(1) as aside:
                aside.submit(asyncio.run, _publish(earlier, snapshot)).result()
            SHELF.lay(snapshot, earlier)
    if not wanted.exists():
        shutil.copyfile(made, wanted)
    if not (folder / NAME).exists():
        os.link(earlier / NAME, folder / NAME)
    return wanted


def shaped(file: Path) -> Path:
    """Put an empty database in this release's shape at ``file``, unless there is one.

    Gives ``file``. Moving one there takes a third of a second.
    """
    made = EARLIER / "empty.sqlite3"
    with _alone():
        if not made.exists():
            with ThreadPoolExecutor(1) as aside:
                aside.submit(asyncio.run, _shape(made)).result()
    if not file.exists():
        shutil.copyfile(made, file)
    return file


def settled(folder: Path, **environment: str) -> Settings:
    """Give settings for a data folder with an empty database in this release's shape."""
    settings = Settings.from_env({"DATA_DIR": str(folder), **environment})
    shaped(settings.embedded_file)
    return settings


@contextmanager
def _alone() -> Iterator[None]:
    with (EARLIER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@asynccontextmanager
async def telling_little(database: Database, folder: Path) -> AsyncIterator[None]:
    """Publish little in place of the shipped content, with its index in the data ``folder``.

    It starts sooner, all else is the same.
    """
    await SqlSnapshotStore(database).publish_content(LITTLE, name=content_fingerprint())
    SHELF.lay(LITTLE, folder)
    yield


async def _shape(file: Path) -> None:
    database = create_database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    await database.close()


async def _publish(folder: Path, snapshot: Snapshot) -> None:
    async with open_database(Settings(data_dir=folder)) as database:
        await SqlSnapshotStore(database).publish_content(snapshot, name=content_fingerprint())
