"""Whether a form comes from a page of ours: where it was sent from, and its token."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.console.keys import CONSOLE

LOCAL: Final = "localhost"
# Whatever else a client writes there, browsers and we might read differently.
HOST: Final = re.compile(r"[0-9A-Za-z.:\[\]-]+", re.ASCII)


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
    if origin is None:
        return True
    asked_by = _host(origin)
    return asked_by == _public(request) != "" or (
        asked_by == request.host and is_address(request.host)
    )


def is_known_here(request: web.Request) -> bool:
    """Tell whether pages under the host that was asked for can send forms, as far as we know.

    A proxy may ask for another host than the browser did; ``PUBLIC_URL`` is for that too.
    """
    return _public(request) != "" or is_address(request.host)


def own_origin(request: web.Request) -> str:
    """Give where links that are handed on lead: ``PUBLIC_URL``, else the address asked for.

    Empty where a name was asked for that may be anybody's.
    """
    if public := request.app[CONSOLE].settings.public_url:
        return public
    return f"{request.scheme}://{request.host}" if is_known_here(request) else ""


def is_address(host: str) -> bool:
    """Tell whether a host is this machine or an address, which leads to one machine alone.

    A name may be anybody's who lets it lead here; which one is ours ``PUBLIC_URL`` says.
    """
    if not HOST.fullmatch(host):
        return False
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == LOCAL or bool(ip_address(name))
    except ValueError:
        return False


def _public(request: web.Request) -> str:
    return _host(request.app[CONSOLE].settings.public_url)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
