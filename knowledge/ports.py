"""What the knowledge package needs from storage."""

from __future__ import annotations

from typing import Protocol

from knowledge.models import Snapshot


class SnapshotStore(Protocol):
    """Holds the published content; several processes may read it, one publishes at a time."""

    async def version(self) -> str:
        """Give the name of the published snapshot, empty when nothing is published yet."""
        ...

    async def load(self) -> Snapshot:
        """Give the published snapshot.

        For each procedure the office's own edit, else our card, else the portal's record.
        """
        ...

    async def publish_content(self, content: Snapshot) -> bool:
        """Store the shipped content when it differs from what is stored; tell whether it did.

        Never touches what an office edited or the portal sent. One transaction.
        """
        ...
