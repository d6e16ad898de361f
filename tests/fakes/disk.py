"""Embedded databases of the tests' own processes go on before the disk has what they wrote.

Nobody cuts the power of these tests: what a killed process wrote is kept by the system. The
programs they start wait for the disk as always, and so do the benchmarks.
"""

from __future__ import annotations

from bot.storage import database


def wait_for_no_disk() -> None:
    """Let every embedded database opened from now on in this process go on at once."""
    waiting = database.SQLITE_PRAGMAS
    told = tuple(one.replace("synchronous = FULL", "synchronous = OFF") for one in waiting)
    setattr(database, "SQLITE_PRAGMAS", told)  # noqa: B010 - final for everybody else
