"""Headers that tell a browser how little it may do with what we send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from aiohttp import hdrs, web

from bot.settings import BadSettings

ORIGIN_SHAPE: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")
POLICY: Final = "Content-Security-Policy"
EVERYWHERE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
SEALED: Final = {
    POLICY: "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


async def guard(_: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on a response about to leave; only the pages bring a policy of their own."""
    if POLICY not in response.headers:
        response.headers.update(SEALED)
    for name, value in EVERYWHERE.items():
        response.headers.setdefault(name, value)
    # The version of the server helps only those who look for an old one.
    response.headers.popall(hdrs.SERVER, None)


def page_policy(embed_origins: str) -> Mapping[str, str]:
    """Give the policy of a page: its own files only, framed by itself and ``embed_origins``.

    Raises:
        BadSettings: an origin is no ``https://host`` or ``http://host:port``.
    """
    ancestors = " ".join(["'self'", *_origins(embed_origins)])
    return {
        POLICY: (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; "
            f"frame-ancestors {ancestors}; require-trusted-types-for 'script'"
        )
    }


def _origins(listed: str) -> list[str]:
    origins = listed.replace(",", " ").split()
    for origin in origins:
        if not ORIGIN_SHAPE.fullmatch(origin):
            raise BadSettings(
                f"EMBED_ORIGINS (đang là {origin!r}): "
                "ghi các địa chỉ dạng https://ten-mien, cách nhau bằng dấu phẩy"
            )
    return origins
