"""Which worker of ``pytest -n`` runs which test."""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling

# They share a browser or dear counts, or start programs, which want a core for themselves.
KEPT_TOGETHER: Final = frozenset({"browser", "golden", "journeys"})


class RoomScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps the tests of some rooms on one worker and begins with them; spreads all others."""

    def _split_scope(self, nodeid: str) -> str:
        _, room, *deeper = nodeid.partition("::")[0].split("/")
        # Of one folder: a room of many tests would keep one worker when all others have ended.
        return "/".join((room, *deeper[:-1])) if room in KEPT_TOGETHER else nodeid
