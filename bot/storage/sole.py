"""One process serves an embedded database; the operating system frees the lock when it dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.errors import AlreadyServed

try:
    import fcntl
except ImportError:  # a system without file locks is trusted to start one process
    fcntl = None  # type: ignore[assignment]


@contextmanager
def serving_alone(file: Path) -> Iterator[None]:
    """Hold the lock ``file`` through the block; it holds the number of the process.

    Raises:
        AlreadyServed: another process holds it; the message is that process's number.
    """
    with file.open("a+", encoding="ascii") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.seek(0)
                raise AlreadyServed(lock.read().strip()) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield
