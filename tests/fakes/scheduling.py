"""Which worker of ``pytest -n`` runs which test."""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# They share a browser or dear counts, or start programs, which want a core for themselves.
KEPT_TOGETHER: Final = frozenset({"browser", "golden", "journeys"})
# Their tests share what takes seconds to fill.
FILES_KEPT_TOGETHER: Final = frozenset({"tests/integration/console/test_queries.py"})


class RoomScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps the tests of some rooms and files on one worker and begins with them.

    It spreads all others.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file in FILES_KEPT_TOGETHER:
            return file
        _, room, *deeper = file.split("/")
        # Of one folder: a room of many tests would keep one worker when all others have ended.
        return "/".join((room, *deeper[:-1])) if room in KEPT_TOGETHER else nodeid

    def mark_test_complete(
        self, node: WorkerController, item_index: int, duration: float = 0
    ) -> None:
        """Note what has ended, and forget a unit that has: all that is kept is counted each time.

        There are as many units as tests, and counting them took seconds.
        """
        super().mark_test_complete(node, item_index, duration)
        units = self.assigned_work[node]
        scope = self._split_scope(self.registered_collections[node][item_index])
        if all(units[scope].values()):
            del units[scope]
