"""A reader's address as pages show it: as much of it as tells two apart."""

from __future__ import annotations

from bot.storage.reader_rows import KEPT_SIGNS


def masked(address: str) -> str:
    """Give the end of an address."""
    return f"…{address[-KEPT_SIGNS:]}" if len(address) > KEPT_SIGNS else address
