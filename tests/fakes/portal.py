"""The National portal's three calls on loopback, answered from records made here, ill on demand.

``python -m tests.fakes.portal`` serves a catalogue to try ``bot knowledge sync`` by hand.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aiohttp import web

from knowledge.portal import CATALOGUE, DETAIL, PROVINCES
from knowledge.ports import CataloguePage

FIREWALL_PAGE = "<html><body>Request blocked. Support ID: 123</body></html>"
PROVINCE_NAMES = {"01": "Thành phố Hà Nội", "46": "Thành phố Huế", "52": "Tỉnh Gia Lai"}


class Illness(StrEnum):
    """What may be wrong with one answer."""

    FIREWALL = "firewall"
    SERVER_ERROR = "server_error"
    BUSY = "busy"
    CLIENT_ERROR = "client_error"
    SLOW = "slow"
    DROPPED = "dropped"
    SAME_PAGE = "same_page"
    ODD_SHAPE = "odd_shape"


def a_row(code: str, name: str = "", **changes: Any) -> dict[str, Any]:
    """A catalogue row in the portal's shape."""
    return {
        "id": f"id-{code}",
        "name": name or f"Thủ tục số {code}",
        "code": code,
        "codeNotation": code,
        "categories": ["Hộ tịch"],
        "categoryIds": ["c-1"],
        "departments": ["Ủy ban nhân dân cấp xã"],
        "departmentPromulgate": "Bộ Tư pháp",
        "departmentPromulgateId": "d-1",
        "formalityTargetType": ["Công dân Việt Nam"],
        "state": "ACTIVE",
        "type": "STANDARD",
        **changes,
    }


def a_detail(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The detail of a row in the portal's shape."""
    method = {
        "submissionMethod": "DIRECT",
        "processingTime": 3,
        "processingTimeUnit": "WORKING_DAY",
        "description": "",
        "fees": [{"type": "FEE", "value": 8000, "description": "8.000 đồng/bản"}],
    }
    return {
        "id": row["id"],
        "code": row["code"],
        "name": row["name"],
        "isWard": True,
        "isProvince": False,
        "isMinistry": False,
        "isFullProcess": True,
        "isOfflineOnly": False,
        "executionMethods": [method],
        "cases": [{"processingDay": {"qty": 3, "type": "WORKING_DAY"}}],
        "executionCases": [
            {
                "name": "",
                "profileComponents": [{"name": "- Tờ khai;", "originalQty": 1, "copyQty": 0}],
            }
        ],
        "legalBasisesDetails": [{"code": "60/2014/QH13 ", "name": "Luật Hộ tịch"}],
        "resultsDetails": [{"code": "KQ1", "name": "Trích lục"}],
        "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
        "updatedAt": 1776271651733,
        **changes,
    }


@dataclass
class FakePortal:
    """A portal with ``rows``; ``ills`` says what befalls the next answers, ``asked`` what came."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    details: dict[str, dict[str, Any]] = field(default_factory=dict)
    ills: deque[Illness | None] = field(default_factory=deque)
    asked: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    total: int | None = None
    retry_after: str = ""
    url: str = ""
    slowness: float = 5.0
    last_page: dict[str, Any] = field(default_factory=dict)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _, _ in self.asked)

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[FakePortal]:
        app = web.Application()
        for path, answer in (
            (CATALOGUE, self._catalogue),
            (DETAIL, self._detail),
            (PROVINCES, self._provinces),
        ):
            app.router.add_post(path, self._ailing(path, answer))
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def _ailing(self, path: str, answer: Any) -> Any:
        async def handle(request: web.Request) -> web.StreamResponse:
            body = await request.json()
            self.asked.append((path, body, dict(request.headers)))
            self.heard.set()
            ill = self.ills.popleft() if self.ills else None
            return await self._fall_ill(ill, request) or web.json_response(
                {"code": "OK", "data": self._shape(ill, answer(body)), "message": ""}, status=201
            )

        return handle

    async def _fall_ill(
        self, ill: Illness | None, request: web.Request
    ) -> web.StreamResponse | None:
        if ill is Illness.FIREWALL:
            return web.Response(text=FIREWALL_PAGE, content_type="text/html")
        if ill is Illness.SERVER_ERROR:
            return web.json_response({"message": "bad gateway"}, status=502)
        if ill is Illness.BUSY:
            return web.Response(status=503, headers={"Retry-After": self.retry_after})
        if ill is Illness.CLIENT_ERROR:
            return web.json_response({"code": "NOT_FOUND", "message": "no"}, status=404)
        if ill is Illness.SLOW:
            await asyncio.sleep(self.slowness)
        if ill is Illness.DROPPED and request.transport:
            request.transport.close()
        return None

    def _shape(self, ill: Illness | None, data: dict[str, Any]) -> Any:
        if ill is Illness.ODD_SHAPE:
            return {
                "items": "?",
                "rows": "?",
                "executionMethods": "?",
                "code": data.get("code"),
            }
        if ill is Illness.SAME_PAGE and self.last_page:
            return self.last_page
        self.last_page = data
        return data

    def _catalogue(self, body: dict[str, Any]) -> dict[str, Any]:
        ids = [row["id"] for row in self.rows]
        start = ids.index(body["lastId"]) + 1 if body["lastId"] else 0
        page = self.rows[start : start + body["limit"]]
        total = len(self.rows) if self.total is None else self.total
        return {"items": page, "total": total, "lastId": page[-1]["id"] if page else ""}

    def _detail(self, body: dict[str, Any]) -> dict[str, Any]:
        (row,) = (row for row in self.rows if row["id"] == body["id"])
        return self.details.get(row["code"]) or a_detail(row)

    def _provinces(self, _body: dict[str, Any]) -> dict[str, Any]:
        rows = [{"id": code, "name": name, "code": code} for code, name in PROVINCE_NAMES.items()]
        return {"rows": rows}


class Killed(BaseException):
    """The process is gone in the middle of a call; nothing catches it."""


@dataclass
class PortalAtHand:
    """The same portal without a network, in small pages; dies at the call number ``dies_at``."""

    portal: FakePortal
    page_size: int = 5
    dies_at: int | None = None
    calls: int = 0

    async def page(self, cursor: str) -> CataloguePage:
        self._call()
        data = self.portal._catalogue({"lastId": cursor, "limit": self.page_size})
        return CataloguePage(rows=data["items"], cursor=data["lastId"], total=data["total"])

    async def detail(self, portal_id: str) -> Mapping[str, Any]:
        self._call()
        return self.portal._detail({"id": portal_id})

    async def provinces(self) -> Mapping[str, str]:
        self._call()
        return {name: code for code, name in PROVINCE_NAMES.items()}

    def _call(self) -> None:
        self.calls += 1
        if self.calls == self.dies_at:
            raise Killed


def a_catalogue(size: int) -> list[dict[str, Any]]:
    """Rows of many procedures."""
    return [a_row(f"1.{number:06}") for number in range(1, size + 1)]


async def _serve(port: int, size: int) -> None:
    async with FakePortal(rows=a_catalogue(size)).serving(port) as portal:
        print(f"PORTAL_URL={portal.url}")  # noqa: T201 - a program
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(port=9100, size=300))
