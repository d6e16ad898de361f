"""Consent and tokens (OAuth v4): single-use codes, PKCE, and a chain of single-use refreshes.

Numbers of the errors are not published, but for -14002 and -14003; the others are ours.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from aiohttp import web

from tests.fakes.zalo.errors import Host, Refused
from tests.fakes.zalo.gate import Gate
from tests.fakes.zalo.grants import Code, Refresh, challenge_of
from tests.fakes.zalo.people import Account, App, Json
from tests.fakes.zalo.world import Token, World

NOT_ACTIVE: Final = -14002
WRONG_CALLBACK: Final = -14003
WRONG_APP: Final = -14004
WRONG_SECRET: Final = -14005
WRONG_CODE: Final = -14006
WRONG_VERIFIER: Final = -14007
WRONG_REFRESH: Final = -118


class OAuth:
    """The host that gives out tokens."""

    def __init__(self, world: World, gate: Gate) -> None:
        self._world = world
        self._gate = gate
        self.codes: dict[str, Code] = {}
        self.refreshes: dict[str, Refresh] = {}
        # Pairs made so far, exchanged or refreshed.
        self.made = 0

    async def token(self, request: web.Request) -> web.StreamResponse:
        """POST /v4/oa/access_token."""
        fields = {key: str(value) for key, value in (await request.post()).items()}
        kind = "refresh" if fields.get("grant_type") == "refresh_token" else "exchange"

        async def answer() -> web.Response:
            return web.json_response(self._answer(request, kind, fields))

        return await self._gate.passed(request, Host.OAUTH, kind, answer)

    def consent(self, account: Account, challenge: str) -> str:
        """The code a person's consent gives, to redeem within ten minutes."""
        code = secrets.token_urlsafe(48)
        until = self._ends(self._world.rules.code_lasts)
        self.codes[code] = Code(account, challenge, until)
        return code

    def mint(self, account: Account) -> Json:
        """Make a pair, as an exchange does and the API Explorer of the developer page."""
        rules = self._world.rules
        access, refresh = secrets.token_urlsafe(96), secrets.token_urlsafe(96)
        self._world.tokens[access] = Token(account, self._ends(rules.access_lasts))
        until = self._ends(rules.refresh_lasts)
        self.refreshes[refresh] = Refresh(account, access, until)
        self.made += 1
        seconds = str(int(rules.access_lasts.total_seconds()))
        return {"access_token": access, "refresh_token": refresh, "expires_in": seconds}

    def refuse(self, account: Account) -> None:
        """Take every refresh token of an OA back, as a changed callback address does."""
        for refresh in self.refreshes.values():
            refresh.refused = refresh.refused or refresh.account is account

    def forgive(self) -> None:
        """Take again what was refused or revoked, of all OAs, but what a refresh replaced."""
        for refresh in self.refreshes.values():
            refresh.refused = False
        for token in self._revoked():
            token.died = ""

    @property
    def revoking(self) -> bool:
        """Whether an access token that nothing replaced is worth nothing."""
        return bool(self._revoked())

    @property
    def refusing(self) -> bool:
        """Whether a refresh token that was not used yet is refused."""
        return any(one.refused and not one.used for one in self.refreshes.values())

    def revoke(self, account: Account) -> None:
        """Kill the access tokens of an OA without a word."""
        for token in self._world.tokens.values():
            if token.account is account:
                token.died = token.died or "revoked"

    def save(self, app: App, callback: str, challenge: str) -> None:
        """Save what a consent needs on the developer page; another address voids all grants."""
        if app.callback not in {"", callback}:
            for account in self._world.accounts.values():
                if account.app is app:
                    self.refuse(account)
                    self.revoke(account)
        app.callback, app.challenge = callback, challenge

    def _revoked(self) -> list[Token]:
        tokens = self._world.tokens.values()
        return [one for one in tokens if one.died == "revoked" and not one.died_at]

    def link_fault(self, query: Mapping[str, str]) -> Refused | None:
        """What is wrong with a consent link, if anything."""
        app = self._world.apps.get(query.get("app_id", ""))
        if app is None:
            return Refused(WRONG_APP, name="Invalid app id")
        if not app.active:
            return Refused(NOT_ACTIVE, name="App is not active")
        saved = self._world.rules.saved_consent
        if saved and not _is_saved(app, query):
            return Refused(WRONG_CALLBACK, name="Invalid redirect uri")
        lacking = not query.get("redirect_uri") or not query.get("code_challenge")
        return Refused(WRONG_CALLBACK, name="Invalid redirect uri") if lacking else None

    def _answer(self, request: web.Request, kind: str, fields: dict[str, str]) -> Json:
        try:
            self._befall(kind)
            app = self._app(request, fields)
            made = self._refreshed if kind == "refresh" else self._redeem
            pair = made(app, fields)
            self._gate.note(kind)
        except Refused as refused:
            self._gate.refusal(Host.OAUTH, kind, refused)
            return self.fault(refused)
        return pair

    @staticmethod
    def fault(refused: Refused) -> Json:
        """An error of this host, which has other members than those of the two others."""
        return {
            "error": refused.code,
            "error_name": refused.name or "Invalid request",
            "error_description": refused.says,
        }

    def _befall(self, kind: str) -> None:
        code = self._world.weather.code(frozenset({"*", kind, str(Host.OAUTH)}))
        if code is not None:
            raise Refused(code, name="Asked for by the test")

    def _app(self, request: web.Request, fields: dict[str, str]) -> App:
        if request.content_type != "application/x-www-form-urlencoded":
            raise Refused(WRONG_APP, name="Invalid content type", foreseen="the shape of a call")
        app = self._world.apps.get(fields.get("app_id", ""))
        if app is None:
            raise Refused(WRONG_APP, name="Invalid app id")
        if not hmac.compare_digest(request.headers.get("secret_key", ""), app.secret):
            raise Refused(WRONG_SECRET, name="Invalid secret key")
        return app

    def _redeem(self, app: App, fields: dict[str, str]) -> Json:
        if fields.get("grant_type") != "authorization_code":
            raise Refused(WRONG_CODE, name="Invalid grant type", foreseen="the shape of a call")
        code = self.codes.get(fields.get("code", ""))
        if code is None or code.account.app is not app:
            raise Refused(WRONG_CODE, name="Invalid authorization code")
        if code.used or self._now() >= code.until:
            raise Refused(WRONG_CODE, name="Authorization code expired")
        if challenge_of(fields.get("code_verifier", "")) != code.challenge:
            raise Refused(WRONG_VERIFIER, name="Invalid code verifier")
        code.used = True
        code.account.granted = True
        return self.mint(code.account)

    def _refreshed(self, app: App, fields: dict[str, str]) -> Json:
        refresh = self.refreshes.get(fields.get("refresh_token", ""))
        if refresh is None or refresh.account.app is not app or refresh.refused:
            raise Refused(WRONG_REFRESH, name="Invalid refresh token")
        if refresh.used:
            code = self._world.rules.used_refresh_code
            raise Refused(code, name="Invalid refresh token", foreseen="it was used before")
        if self._now() >= refresh.until:
            raise Refused(WRONG_REFRESH, name="Refresh token expired")
        refresh.used = True
        old = self._world.tokens[refresh.access]
        old.died, old.died_at = old.died or "refreshed", self._now()
        return self.mint(refresh.account)

    def _now(self) -> float:
        return self._world.clock.now().timestamp()

    def _ends(self, lasts: timedelta) -> float:
        return self._now() + lasts.total_seconds()


def _is_saved(app: App, query: Mapping[str, str]) -> bool:
    sent = query.get("redirect_uri"), query.get("code_challenge")
    return sent == (app.callback, app.challenge)
