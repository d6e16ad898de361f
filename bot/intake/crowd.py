"""How many call just now: in a crowd its thanks are due before anything else is done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

# So many calls within so many seconds are a crowd. Fewer cost no time worth mentioning, and
# nobody's answer waits for them.
CROWD: Final = 25
WHILE: Final = 0.5


class Crowd:
    """Counts who is served at the door, and who came lately."""

    def __init__(self, *, now: Callable[[], float] = monotonic) -> None:
        """Start with nobody there; ``now`` gives seconds."""
        self._now = now
        self._came_at: deque[float] = deque(maxlen=CROWD)
        self._inside = 0

    @contextmanager
    def served(self) -> Iterator[None]:
        """Count one as long as they are served."""
        self._came_at.append(self._now())
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    @property
    def is_there(self) -> bool:
        """Tell whether there is a crowd: that many are inside, or came lately."""
        if self._inside >= CROWD:
            return True
        return len(self._came_at) == CROWD and self._now() - self._came_at[0] < WHILE
