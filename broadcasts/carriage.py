"""What one message of each way holds; stands in ``data/routes.toml`` with its sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from broadcasts.models import Route
from broadcasts.routes import DATA, WAYS_OF


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """What one message holds; see the head of ``routes.toml``."""

    most: int
    text: int | None = None
    beside: int | None = None
    picture_bytes: int = 0
    file_bytes: int = 0
    buttons: int = 0
    by_address: bool = False
    alone_bytes: int = 0
    alone: tuple[str, ...] = ()

    def takes_alone(self, name: str, size: int) -> bool:
        """Tell whether a file of this name and size may be a message of its own."""
        ending = name.rpartition(".")[2].lower()
        return ending in self.alone and size <= self.alone_bytes

    def takes(self, size: int, *, is_picture: bool) -> bool:
        """Tell whether a picture or a file of ``size`` bytes may go with a message."""
        limit = self.picture_bytes if is_picture else self.file_bytes
        # Of a file that is made when it is fetched no size is known before.
        return limit > 0 and size <= limit

    def has_room_beside(self, units: int) -> bool:
        """Tell whether a text so long fits beside a picture or a file."""
        return self.beside is None or units <= self.beside


@cache
def carriage() -> Mapping[Route, Carriage]:
    """Give what one message of each way holds."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {route: _read(rows[route]["carries"]) for route in Route}


def _read(row: Mapping[str, Any]) -> Carriage:
    told = {name: value for name, value in row.items() if name != "source"}
    return Carriage(**told | {"alone": tuple(row.get("alone", ()))})


def replies_of(channel: str) -> Carriage:
    """Give what one reply to somebody on ``channel`` holds: its best way to one person."""
    return carriage()[WAYS_OF[channel][0]]
