"""Headers that tell a browser how little it may do with what we send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from aiohttp import hdrs, web

POLICY: Final = "Content-Security-Policy"
FEATURES: Final = "Permissions-Policy"


def _features(places: str = "") -> str:
    return f"camera=(), microphone=(), geolocation=({places}), payment=()"


EVERYWHERE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    FEATURES: _features(),
}
SEALED: Final = {
    POLICY: "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


async def guard(_: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on a response about to leave."""
    seal(response)
    # The version of the server helps only those who look for an old one.
    response.headers.popall(hdrs.SERVER, None)


def seal(response: web.StreamResponse) -> None:
    """Tell a browser how little it may do; only the pages bring a policy of their own."""
    if POLICY not in response.headers:
        response.headers.update(SEALED)
    for name, value in EVERYWHERE.items():
        response.headers.setdefault(name, value)


def page_policy(embed_origins: Iterable[str]) -> Mapping[str, str]:
    """Give the policy of a page: its own files only, framed by itself and ``embed_origins``."""
    return {POLICY: own_files_only(" ".join(["'self'", *embed_origins]))}


def chat_policy(embed_origins: Iterable[str]) -> Mapping[str, str]:
    """Give the policy of the chat page: there a citizen may show where something is."""
    return {**page_policy(embed_origins), FEATURES: _features(places="self")}


def own_files_only(ancestors: str) -> str:
    """Give a policy by which a page loads files of ours alone; ``ancestors`` may frame it."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}; require-trusted-types-for 'script'"
    )
