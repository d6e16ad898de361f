"""Files that people put in, as they leave again: never run, never taken for anything else."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from aiohttp import hdrs, web

# What a browser may show within a page; all else is kept.
SHOWN_INSIDE: Final = frozenset({"image/jpeg", "image/png"})


def stored_file(
    content: bytes, name: str, media: str, *, cached: str, shown: bool = True
) -> web.Response:
    """Give a stored file under its own name; ``cached`` is the Cache-Control it leaves with.

    One not to be ``shown`` is kept by the browser, whatever it is.
    """
    kept = "inline" if shown and media in SHOWN_INSIDE else "attachment"
    return web.Response(
        body=content,
        content_type=media,
        headers={
            hdrs.CONTENT_DISPOSITION: f"{kept}; filename*=UTF-8''{quote(name, safe='')}",
            hdrs.CACHE_CONTROL: cached,
        },
    )
