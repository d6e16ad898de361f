"""The cookies of the console: sent over https or to this machine only, read by no script."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from aiohttp import web

DOOR_SECONDS: Final = 3600
DEVICE_SECONDS: Final = 180 * 86_400
RANDOM_BYTES: Final = 32
LONGEST: Final = 128
LASTS: Final = {"console-door": DOOR_SECONDS, "console-device": DEVICE_SECONDS}


class Cookie(StrEnum):
    """What a browser keeps for us: who is signed in, a form before that, that it was here."""

    SESSION = "console"
    DOOR = "console-door"
    DEVICE = "console-device"


def hash_of(token: str) -> str:
    """Give the hash under which a token is kept; the token itself stands nowhere."""
    return sha256(token.encode()).hexdigest()


def fresh_token() -> str:
    """Make a token nobody can guess, fit for cookies, links and forms."""
    return secrets.token_urlsafe(RANDOM_BYTES)


@dataclass(frozen=True, slots=True)
class Cookies:
    """Gives and takes cookies; ``plain`` is for a network without https, as the settings allow."""

    plain: bool = False

    def read(self, request: web.Request, cookie: Cookie) -> str:
        """Give what the browser keeps, empty when it keeps nothing one of ours could be."""
        value = request.cookies.get(self._name(cookie), "")
        return value if len(value) <= LONGEST else ""

    def give(self, response: web.StreamResponse, cookie: Cookie, value: str) -> None:
        """Let the browser keep ``value``; a session lasts until the browser is closed."""
        response.set_cookie(
            self._name(cookie),
            value,
            max_age=LASTS.get(cookie),
            path="/",
            secure=not self.plain,
            httponly=True,
            samesite="Lax",
        )

    def take(self, response: web.StreamResponse, cookie: Cookie) -> None:
        """Let the browser forget."""
        response.del_cookie(
            self._name(cookie), path="/", secure=not self.plain, httponly=True, samesite="Lax"
        )

    def _name(self, cookie: Cookie) -> str:
        # With this beginning no other host or path can have set it.
        return str(cookie) if self.plain else f"__Host-{cookie}"
