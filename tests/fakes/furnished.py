"""A data folder as an earlier start of the program left it: reading the content takes seconds."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.opening import open_database
from knowledge.content import content_fingerprint
from knowledge.models import Snapshot
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import make_procedure

_EARLIER = tempfile.TemporaryDirectory(prefix="furnished-", ignore_cleanup_errors=True)


def furnish(folder: Path) -> Path:
    """Put the embedded database with the shipped content into ``folder``, unless there is one."""
    made, wanted = (Settings(data_dir=one).embedded_file for one in (Path(_EARLIER.name), folder))
    if not made.exists():
        # In a thread of its own, for those who come with a running loop.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, _publish(made.parent)).result()
    if not wanted.exists():
        shutil.copyfile(made, wanted)
    return wanted


@asynccontextmanager
async def telling_little(database: Database) -> AsyncIterator[None]:
    """Publish little in place of the shipped content: it starts sooner, all else is the same."""
    little = Snapshot(procedures=(make_procedure(),))
    await SqlSnapshotStore(database).publish_content(little, name=content_fingerprint())
    yield


async def _publish(folder: Path) -> None:
    async with open_database(Settings(data_dir=folder)) as database:
        await publish_shipped(SqlSnapshotStore(database))
