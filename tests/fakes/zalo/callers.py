"""A plain caller of the emulator: what curl would send, with no client of the program."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, FormData

from tests.fakes.zalo.fake import FakeZalo
from tests.fakes.zalo.people import Json, Person


@dataclass
class Caller:
    """Calls with one access token and ``more`` headers; ``headers`` are the last answer's."""

    fake: FakeZalo
    session: ClientSession
    token: str
    more: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    async def post(self, path: str, body: Any, *, host: str = "api") -> Json:
        return await self._call("POST", host, path, json=body)

    async def get(self, path: str, *, host: str = "api", **data: Any) -> Json:
        """Ask with one parameter ``data`` of JSON."""
        query = {"data": json.dumps(data)} if data else {}
        return await self._call("GET", host, path, params=query)

    async def asks(self, path: str, **query: str) -> Json:
        """Ask the business host, with plain parameters."""
        return await self._call("GET", "business", path, params=query)

    async def cs(self, person: Person, message: Json) -> Json:
        body = {"recipient": {"user_id": person.user_id}, "message": message}
        return await self.post("/v3.0/oa/message/cs", body)

    async def upload(self, kind: str, name: str, content: bytes) -> Json:
        return await self.upload_to(f"/v2.0/oa/upload/{kind}", name, content)

    async def upload_to(self, path: str, name: str, content: bytes) -> Json:
        form = FormData()
        form.add_field("file", content, filename=name)
        return await self._call("POST", "api", path, data=form)

    async def tokens(self, secret: str | None = None, **fields: str) -> Json:
        headers = {"secret_key": self.fake.app.secret if secret is None else secret}
        body = {"app_id": self.fake.app.app_id, **fields}
        url = f"{self.fake.oauth_url}/v4/oa/access_token"
        async with self.session.post(url, data=body, headers=headers) as answer:
            found: Json = await answer.json()
            return found

    async def _call(self, method: str, host: str, path: str, **body: Any) -> Json:
        url = f"{self.fake.url}/{host}{path}"
        headers = {"access_token": self.token, **self.more}
        async with self.session.request(method, url, headers=headers, **body) as answer:
            assert answer.status == 200
            self.headers = dict(answer.headers)
            found: Json = await answer.json()
            return found


@asynccontextmanager
async def calling(fake: FakeZalo) -> AsyncIterator[Caller]:
    """A caller with a token of the first OA."""
    async with ClientSession() as session:
        yield Caller(fake, session, fake.mint()["access_token"])
