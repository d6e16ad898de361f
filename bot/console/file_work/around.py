"""Where the page of a file stands, and the addresses beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console.file_work.use import Use
from bot.console.redirects import address
from bot.console.resolvers import in_path
from bot.console.words import say
from bot.storage.import_rows import Import


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What surrounds the page of a file: the way back, its own address, where it is dropped.

    At ``files`` another is handed in.
    """

    way_back: Sequence[tuple[str, str]]
    here: str
    drop: str
    files: str


def around_of(request: web.Request, use: Use[Any], file: Import) -> Around:
    """Give where the page of a file stands, and its other addresses."""
    number = str(file.id)
    files = address(request, f"{use.room}.overview", {"office": in_path(file.office)})
    above, title = use.above
    return Around(
        way_back=[(address(request, above), say(title)), (files, say(use.words.title))],
        here=address(request, f"{use.room}.outcome", id=number),
        drop=address(request, f"{use.room}.drop", id=number),
        files=files,
    )
