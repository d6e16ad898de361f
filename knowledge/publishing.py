"""Use case: bring the shipped content files into the store, once for each state of the files."""

from __future__ import annotations

import asyncio
from pathlib import Path

from knowledge.content import CONTENT_ROOT, content_fingerprint, load_snapshot
from knowledge.ports import SnapshotStore


async def publish_shipped(store: SnapshotStore, root: Path = CONTENT_ROOT) -> bool:
    """Publish the files under ``root`` when they are others than those published; tell whether.

    Reading the files takes seconds, comparing their fingerprint does not.

    Raises:
        knowledge.errors.InvalidSnapshot: a file or record is faulty; nothing is published.
    """
    name = await asyncio.to_thread(content_fingerprint, root)
    if await store.content_name() == name:
        return False
    return await store.publish_content(await asyncio.to_thread(load_snapshot, root), name=name)
