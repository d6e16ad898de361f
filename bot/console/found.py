"""What the address of a request names, as its resolver found it."""

from __future__ import annotations

from typing import TypeVar

from aiohttp import web

from bot.console.keys import VISIT

T = TypeVar("T")


def found(request: web.Request, kind: type[T]) -> T:
    """Give what the address names, a ``kind``; another is a fault of ours."""
    thing = request[VISIT].thing
    if not isinstance(thing, kind):
        raise TypeError(f"{request.path} names a {type(thing).__name__}, no {kind.__name__}")
    return thing
