"""Calls of a provider that are larger than an ordinary request: few at once, only signed ones.

What Zalo signed must not be refused for its size: it would be told again, and the webhook switched
off. A tag put on thousands of followers names each of them in one call. Its head must tell its
length, as Zalo's and a proxy's do: so it is known before a byte is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from aiohttp import web

from bot.web.callers import address_of
from bot.web.keys import HOUSE, LARGE_CALLS
from bot.web.ports import Door
from bot.web.seats import Seat, Seats

# Bytes: the ids of some 45,000 people. A larger call is refused, since memory is bounded.
LARGEST: Final = 1_048_576
# Each is held in memory until it is proved and kept; who finds no place is told to call again.
MOST: Final = 8
PER_ADDRESS: Final = 4


def places() -> Seats:
    """Give the places of large calls."""
    return Seats(each=MOST, per_address=PER_ADDRESS, total=MOST)


@contextmanager
def room_for(request: web.Request, door: Door) -> Iterator[web.Request]:
    """Give the request to read a call of; a large one that looks signed has room, and a place.

    Raises:
        Refusal: it is large and no place is free.
    """
    size = request.content_length or 0
    ordinary = size <= request.app[HOUSE].settings.body_limit
    if ordinary or size > LARGEST or not door.looks_signed(request.headers):
        yield request
        return
    with request.app[LARGE_CALLS].take("", address_of(request), kind=Seat.WAIT):
        yield request.clone(client_max_size=LARGEST)
