"""The last moment of a call on our side: from letting it go to the line it takes a while.

The names of what happens to a request are those of https://www.encode.io/httpcore/extensions/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import httpx

from bot.channels.pace.turn import Turn

AT_THE_LINE: Final = "send_request_headers.started"
ON_THE_LINE: Final = "send_request_body.complete"
_TURN: Final[ContextVar[Turn | None]] = ContextVar("turn", default=None)


class Recalled(Exception):
    """The provider asked for silence before the call was on the line; it never left."""


@contextmanager
def following(turn: Turn) -> Iterator[None]:
    """Have the call made within keep ``turn``, which is over when the call is on the line."""
    token = _TURN.set(turn)
    try:
        yield
    finally:
        _TURN.reset(token)


async def watch(request: httpx.Request) -> None:
    """Follow a request that has a turn; a hook of the HTTP client."""
    turn = _TURN.get()
    if turn is None:
        return

    async def trace(event: str, _: Mapping[str, Any]) -> None:
        if event.endswith(AT_THE_LINE) and turn.is_recalled:
            raise Recalled
        if event.endswith(ON_THE_LINE):
            turn.over()

    request.extensions = {**request.extensions, "trace": trace}
