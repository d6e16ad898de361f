"""What can go wrong with plans and news; the words are those an official reads."""

from __future__ import annotations


class BroadcastError(Exception):
    """The root of this package's errors; its message is Vietnamese and says what to do."""
