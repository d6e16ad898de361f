"""The page on which whoever manages an OA lets an app work for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from tests.fakes.zalo.oauth import OAuth
from tests.fakes.zalo.page.look import page
from tests.fakes.zalo.world import World

PERMISSION: Final = "/v4/oa/permission"
ASKED: Final = ("app_id", "redirect_uri", "code_challenge", "state")


class Consent:
    """Asks which OA, and sends the person back with a code."""

    def __init__(self, world: World, oauth: OAuth) -> None:
        self._world = world
        self._oauth = oauth

    def link(self, query: Mapping[str, str]) -> str:
        """The address of the page for these parameters."""
        return f"{self._world.url}/oauth{PERMISSION}?{urlencode(query)}"

    async def show(self, request: web.Request) -> web.Response:
        fault = self._oauth.link_fault(request.query)
        asked = {name: request.query.get(name, "") for name in ASKED}
        accounts = [
            one for one in self._world.accounts.values() if one.app.app_id == asked["app_id"]
        ]
        body = {"fault": self._oauth.fault(fault) if fault else None, "asked": asked}
        return page("consent.html", accounts=accounts, **body)

    async def give(self, request: web.Request) -> web.Response:
        fields = {key: str(value) for key, value in (await request.post()).items()}
        fault = self._oauth.link_fault(fields)
        account = self._world.accounts.get(fields.get("oa_id", ""))
        if fault or account is None or account.app.app_id != fields["app_id"]:
            return page("consent.html", fault=self._oauth.fault(fault) if fault else {}, asked={})
        code = self._oauth.consent(account, fields["code_challenge"])
        back = {"code": code, "oa_id": account.oa_id}
        back |= {"state": fields["state"]} if fields.get("state") else {}
        joint = "&" if "?" in fields["redirect_uri"] else "?"
        raise web.HTTPFound(f"{fields['redirect_uri']}{joint}{urlencode(back)}")
