"""Consent and tokens, OAuth v4 of Zalo with PKCE (RFC 7636).

The current pages say that the callback and the challenge are saved with the app and that Zalo
makes the link; older programs build it anew for each request. So the pair is a fixed one, or one
for each request, as the settings say; the link is built the same way.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from bot.channels.zalo.answers import Answered
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.faults import OddAnswer
from bot.channels.zalo.hosts import Host, Hosts
from bot.channels.zalo.pairs import Pair
from bot.channels.zalo.shapes import number, word

PERMISSION: Final = "/v4/oa/permission"
TOKENS: Final = "/v4/oa/access_token"
# As long as a code that comes back may be exchanged.
CONSENT_LASTS: Final = timedelta(minutes=10)
# Three months, in their shortest form.
REFRESH_LASTS: Final = timedelta(days=89)
# Where nothing sensible is told of it: as older documents have it.
ACCESS_LASTS: Final = timedelta(hours=1)
LONGEST_ACCESS: Final = timedelta(days=30)
_VERIFIER_BYTES: Final = 32


def new_verifier() -> str:
    """Make a verifier of 43 signs."""
    return secrets.token_urlsafe(_VERIFIER_BYTES)


def new_state() -> str:
    """Make what tells a consent that comes back from one that somebody else began."""
    return secrets.token_urlsafe(_VERIFIER_BYTES)


def challenge_of(verifier: str) -> str:
    """Give what is shown of ``verifier`` beforehand: base64url of its SHA-256, unpadded."""
    return urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()


class OAuth:
    """Consents and tokens of one app."""

    def __init__(self, client: ZaloClient, hosts: Hosts, app: str) -> None:
        """Ask through ``client`` for the app whose id is ``app``."""
        self._client = client
        self._hosts = hosts
        self._app = app

    def link(self, *, callback: str, verifier: str, state: str = "") -> str:
        """Give where an account's administrator consents; ``callback`` must be the one saved."""
        asked = {
            "app_id": self._app,
            "redirect_uri": callback,
            "code_challenge": challenge_of(verifier),
            **({"state": state} if state else {}),
        }
        return f"{self._hosts.url(Host.OAUTH, PERMISSION)}?{urlencode(asked)}"

    async def exchange(self, code: str, verifier: str) -> Pair:
        """Give the first pair for a ``code``, which counts once and ten minutes long.

        Raises:
            ZaloFault: see ``ZaloClient``; a code that was exchanged already is refused.
        """
        told = {"code": code, "code_verifier": verifier, "grant_type": "authorization_code"}
        return _pair(await self._client.grant(TOKENS, {"app_id": self._app, **told}))

    async def refresh(self, refresh: str) -> Pair:
        """Give the next pair; ``refresh`` and what came with it are dead from then on.

        Raises:
            ZaloFault: see ``ZaloClient``.
        """
        told = {"refresh_token": refresh, "grant_type": "refresh_token"}
        return _pair(await self._client.grant(TOKENS, {"app_id": self._app, **told}))


def _pair(answered: Answered) -> Pair:
    told = answered.whole
    access, refresh = word(told, "access_token"), word(told, "refresh_token")
    if not access or not refresh:
        raise OddAnswer("no tokens", host=Host.OAUTH)
    seconds = number(told.get("expires_in"))
    lasts = timedelta(seconds=min(seconds, LONGEST_ACCESS.total_seconds())) if seconds else None
    return Pair(
        access=access,
        refresh=refresh,
        lasts=lasts if lasts and lasts > timedelta() else ACCESS_LASTS,
    )
