"""Files kept in memory with their fingerprint, so that serving one touches no disk."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Final, Self

from aiohttp import ETag, hdrs, web

KEPT_FOR_A_YEAR: Final = "public, max-age=31536000, immutable"
ASKED_EACH_TIME: Final = "no-cache"
CONTENT_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file of the page in both its forms, plain and packed."""

    body: bytes
    packed: bytes
    content_type: str
    fingerprint: str

    @classmethod
    def of(cls, text: str | bytes, suffix: str) -> Self:
        """Make the asset of a text, or a picture, whose kind the ``suffix`` tells."""
        body = text.encode() if isinstance(text, str) else text
        return cls(
            body=body,
            packed=gzip.compress(body, mtime=0),
            content_type=CONTENT_TYPES[suffix],
            fingerprint=sha256(body).hexdigest()[:16],
        )


@cache
def read_assets(folder: Path) -> Mapping[str, Asset]:
    """Read and pack every file of ``folder`` by its name, once for as long as the program runs."""
    return {
        path.name: Asset.of(path.read_bytes(), path.suffix) for path in sorted(folder.iterdir())
    }


def give_asset(
    request: web.Request, asset: Asset, *, status: HTTPStatus = HTTPStatus.OK
) -> web.Response:
    """Give the file, packed when the browser can unpack it, or say that it has not changed."""
    response = web.Response(status=status)
    response.etag = ETag(value=asset.fingerprint, is_weak=True)
    response.headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
    named = request.query.get("v") == asset.fingerprint
    response.headers[hdrs.CACHE_CONTROL] = KEPT_FOR_A_YEAR if named else ASKED_EACH_TIME
    if any(tag.value == asset.fingerprint for tag in request.if_none_match or ()):
        response.set_status(HTTPStatus.NOT_MODIFIED)
        return response
    _fill(response, asset, packed="gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, ""))
    return response


def _fill(response: web.Response, asset: Asset, *, packed: bool) -> None:
    response.content_type = asset.content_type
    if not asset.content_type.endswith("png"):
        response.charset = "utf-8"
    response.body = asset.packed if packed else asset.body
    if packed:
        response.headers[hdrs.CONTENT_ENCODING] = "gzip"
