"""How long the web waits for those who say nothing; tests are less patient."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Times in seconds.

    ``head`` bounds a whole head and the pause between two requests of a connection; it is longer
    than proxies keep theirs (nginx: 60), so that none sends into a closed one. ``body`` bounds a
    whole body, ``upload`` one that holds a photo, ``linger`` what still comes of one already
    answered. ``idle`` ends a stream without replies, which the page opens anew by itself.
    ``heartbeat`` lies between two signs of life on a stream.
    """

    head: float = 75.0
    body: float = 20.0
    upload: float = 180.0
    linger: float = 5.0
    idle: float = 300.0
    heartbeat: float = 15.0
