"""It is noon in Vietnam whenever a test runs: ways that are closed at night stay open.

Clocks are left alone, as a database and an emulator count by them too; another zone is laid before
that of the machine (PYTHONTZPATH) for one process of the program.
"""

from __future__ import annotations

import struct
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.clock import SystemClock

ZONE: Final = "Asia/Ho_Chi_Minh"
OWN: Final = timedelta(hours=7)
NOON: Final = timedelta(hours=12)
NAME: Final = b"+XX\0"


def until_noon() -> timedelta:
    """Give how far from now the noon of today is in Vietnam, before or behind."""
    local = SystemClock().now() + OWN
    return NOON - timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)


def local_noon(folder: Path, ahead: timedelta) -> dict[str, str]:
    """Lay the zone into ``folder``, ``ahead`` of the real one; give the environment with it."""
    file = folder / "zones" / ZONE
    file.parent.mkdir(parents=True)
    file.write_bytes(_zone(OWN + ahead))
    return {"PYTHONTZPATH": str(folder / "zones")}


def _zone(offset: timedelta) -> bytes:
    """Write a zone without changes in the format of RFC 8536, version 1."""
    counts = (0, 0, 0, 0, 1, len(NAME))
    return (
        struct.pack(">4s16x6l", b"TZif", *counts)
        + struct.pack(">lbB", round(offset.total_seconds()), 0, 0)
        + NAME
    )
