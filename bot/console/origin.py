"""Whether a form comes from a page of ours: where it was sent from, and its token."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

from aiohttp import web

from bot.console.keys import CONSOLE


def form_token(secret: str) -> str:
    """Give the token that a form carries for the holder of a cookie, worked out of its value."""
    made = hmac.digest(secret.encode(), b"csrf", hashlib.sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")


def is_token_of(secret: str, token: str) -> bool:
    """Tell whether the token is that of the cookie ``secret``; without a cookie none is."""
    return bool(secret) and hmac.compare_digest(form_token(secret).encode(), token.encode())


def is_from_here(request: web.Request) -> bool:
    """Tell whether the browser says that a page of ours sent the request, as far as it says it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or _host(origin) in _ours(request)


def _ours(request: web.Request) -> set[str]:
    public = request.app[CONSOLE].settings.public_url
    return {request.host, _host(public)} - {""}


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
