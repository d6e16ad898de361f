"""Calls of a provider that are larger than an ordinary request: few at once, only signed ones.

What Zalo signed must not be refused for its size: it would be told again, and the webhook switched
off. A tag put on thousands of followers names each of them in one call. Where its head tells its
length a place is taken before a byte is read; where a proxy passes it on in chunks, once it has
grown large.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from typing import Final

from aiohttp import web

from bot.web.bodies import read_body, reading
from bot.web.callers import address_of
from bot.web.keys import HOUSE, LARGE_CALLS
from bot.web.ports.mail import Door
from bot.web.seats import Seat, Seats

# Bytes: the ids of some 45,000 people. A larger call is refused, since memory is bounded.
LARGEST: Final = 1_048_576
# Each is held in memory until it is proved and kept; who finds no place is told to call again.
MOST: Final = 8
PER_ADDRESS: Final = 4


def places() -> Seats:
    """Give the places of large calls."""
    return Seats(each=MOST, per_address=PER_ADDRESS, total=MOST)


@asynccontextmanager
async def body_of(request: web.Request, door: Door) -> AsyncIterator[bytes]:
    """Give the body of a call; a large one keeps its place until it is kept.

    Raises:
        Refusal: it is large and no place is free; else as ``read_body``.
    """
    if request.content_length is None and door.looks_signed(request.headers):
        with ExitStack() as place:
            yield await _growing(request, place)
        return
    with _room_for(request, door) as roomy:
        yield await read_body(roomy)


async def _growing(request: web.Request, place: ExitStack) -> bytes:
    """Read a call of unknown length; once it is large it takes a place."""
    held, ordinary = bytearray(), request.app[HOUSE].settings.body_limit
    async with reading(request):
        while chunk := await request.content.readany():
            if len(held) <= ordinary < len(held) + len(chunk):
                place.enter_context(_place(request))
            held += chunk
            if len(held) > LARGEST:
                raise web.HTTPRequestEntityTooLarge(max_size=LARGEST, actual_size=len(held))
    return bytes(held)


def _place(request: web.Request) -> AbstractContextManager[None]:
    return request.app[LARGE_CALLS].take("", address_of(request), kind=Seat.WAIT)


@contextmanager
def _room_for(request: web.Request, door: Door) -> Iterator[web.Request]:
    """Give the request to read a call of; a large one that looks signed has room, and a place.

    Raises:
        Refusal: it is large and no place is free.
    """
    size = request.content_length or 0
    ordinary = size <= request.app[HOUSE].settings.body_limit
    if ordinary or size > LARGEST or not door.looks_signed(request.headers):
        yield request
        return
    with _place(request):
        yield request.clone(client_max_size=LARGEST)
