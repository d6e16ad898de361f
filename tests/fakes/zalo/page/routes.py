"""The addresses of the pages, mounted beside the three hosts."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.fake import FakeZalo
from tests.fakes.zalo.page.acts import ACTS, Form
from tests.fakes.zalo.page.desk import Desk
from tests.fakes.zalo.page.look import page, script, stylesheet
from tests.fakes.zalo.page.timeline import timeline
from tests.fakes.zalo.people import Account, Json
from tests.fakes.zalo.rare import RARE

# Who is there from the beginning; more may come.
CITIZENS: Final = {
    "1": ("Nguyễn Văn Nam", "84912345671"),
    "2": ("Trần Thị Lan", "84912345672"),
    "3": ("Lê Văn Hùng", "84912345673"),
    "4": ("Phạm Thị Mai", "84912345674"),
}
EVENTS_SHOWN: Final = 50


class Page:
    """The pages over one emulator; ``tabs`` are named in the head of each, and may be added to."""

    def __init__(self, fake: FakeZalo, environment: dict[str, str]) -> None:
        self._fake = fake
        self._environment = environment
        self._desk = Desk(fake)
        self._events: dict[str, Event] = {}
        self.tabs: list[tuple[str, str]] = [
            ("Người dân", "/page/citizen"),
            ("OA Manager", "/page/manager"),
            ("Trang nhà phát triển", "/page/developer"),
            ("Đồng hồ và lời gọi", "/page/calls"),
            ("Sự cố", "/page/troubles"),
        ]

    def mount(self, app: web.Application) -> None:
        """Serve the pages with an emulator."""
        router = app.router
        router.add_get("/", self._first)
        router.add_get("/page.css", stylesheet)
        router.add_get("/page.js", script)
        for side in ("citizen", "manager"):
            router.add_get(f"/page/{{side:{side}}}", self._anybody)
            router.add_get(f"/page/{{side:{side}}}/{{oa}}/{{key}}", self._chat)
        router.add_post("/page/{side:citizen|manager}/{oa}/{key}", self._act)
        router.add_get("/page/kept/{oa}/{key}/{message}/{kind}/{place}", self._kept)
        router.add_get("/page/{name:developer|calls|troubles}", self._workshop)
        router.add_post("/page/{name:developer|calls|troubles}", self._work)

    async def _first(self, _request: web.Request) -> web.Response:
        raise web.HTTPFound("/page/citizen")

    async def _anybody(self, request: web.Request) -> web.Response:
        """Take whoever was asked for, or the first."""
        oa = request.query.get("oa") or self._fake.oa.oa_id
        key = request.query.get("key", "").strip() or "1"
        raise web.HTTPFound(f"/page/{request.match_info['side']}/{oa}/{key}")

    async def _chat(self, request: web.Request) -> web.Response:
        citizen, side = self._citizen(request), request.match_info["side"]
        rows = timeline(citizen, self._events, self._fake.articles.by_id)
        part = "live.html" if "part" in request.query else "chat.html"
        return self._page(part, f"/page/{side}", citizen=citizen, side=side, rows=rows, rare=RARE)

    async def _act(self, request: web.Request) -> web.Response:
        citizen, form = self._citizen(request), await Form.of(request)
        act = ACTS.get(form["act"])
        event = await act(citizen, form) if act else None
        if event:
            self._note(event)
        raise web.HTTPSeeOther(request.path)

    def _note(self, event: Event) -> None:
        """Remember what became of a message, to show it beside it."""
        known = event.told.get("message", {}).get("msg_id")
        if known:
            self._events[known] = event

    async def _kept(self, request: web.Request) -> web.Response:
        """A picture or a file the OA sent."""
        citizen, asked = self._citizen(request), request.match_info
        for seen in citizen.shown:
            if seen.message_id == asked["message"]:
                place = int(asked["place"])
                if asked["kind"] == "image":
                    return web.Response(body=seen.images[place], content_type="image/png")
                name, content = seen.files[place]
                headers = {
                    "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"
                }
                return web.Response(body=content, headers=headers)
        raise web.HTTPNotFound

    async def _workshop(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        events = list(self._fake.webhooks.events)[::-1][:EVENTS_SHOWN]
        told: Json = {"pair": self._desk.pair, "events": events, "consent": self._consent_link()}
        told["proof"] = self._desk.proof
        part = "log.html" if "part" in request.query else f"{name}.html"
        return self._page(part, f"/page/{name}", environment=self._environment, **told)

    async def _work(self, request: web.Request) -> web.Response:
        await self._desk.do(await Form.of(request))
        raise web.HTTPSeeOther(request.path)

    def _consent_link(self) -> str:
        """The link the developer page makes of what is saved there."""
        app = self._fake.app
        query = {"app_id": app.app_id, "redirect_uri": app.callback}
        if not app.callback or not app.challenge:
            return ""
        return self._fake.consent.link(query | {"code_challenge": app.challenge})

    def _page(self, name: str, tab: str, **told: Any) -> web.Response:
        accounts = list(self._fake.world.accounts.values())
        return page(
            name, fake=self._fake, tabs=self.tabs, tab=tab, accounts=accounts,
            people=CITIZENS, troubles=self._desk.troubles, **told,
        )  # fmt: skip

    def _citizen(self, request: web.Request) -> Citizen:
        key = request.match_info["key"]
        name, phone = CITIZENS.get(key, (f"Người dân {key}", ""))
        return self._fake.citizen(key, self._account(request), name=name, phone=phone)

    def _account(self, request: web.Request) -> Account:
        account = self._fake.world.accounts.get(request.match_info["oa"])
        if account is None:
            raise web.HTTPNotFound
        return account
