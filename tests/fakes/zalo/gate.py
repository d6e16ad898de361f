"""Every call comes in here: the line's faults, the token, the rate, and the envelope around it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from tests.fakes.zalo.breaking import broken, cut
from tests.fakes.zalo.errors import Host, Refused, text_of
from tests.fakes.zalo.ledger import Answer, Refusal
from tests.fakes.zalo.people import Account, Json
from tests.fakes.zalo.rates import Rates
from tests.fakes.zalo.weather import Break
from tests.fakes.zalo.world import World

# Kinds the rate of an OA does not count.
BY_TEMPLATE: Final = frozenset({"template"})


@dataclass
class Call:
    """One call under way; ``args`` is its JSON, of the body or of the parameter ``data``."""

    request: web.Request
    host: Host
    kind: str
    account: Account
    args: Json = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[Any]]


class Gate:
    """Wraps what the rooms answer into what a caller sees of Zalo."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.rates = Rates(world.clock, world.rules)

    def opens(self, host: Host, kind: str, handler: Handler) -> Callable[[web.Request], Any]:
        """Serve ``handler`` to whoever has a token."""

        async def served(request: web.Request) -> web.StreamResponse:
            return await self.passed(request, host, kind, lambda: self._answer(
                request, host, kind, handler,
            ))  # fmt: skip

        return served

    async def passed(
        self, request: web.Request, host: Host, kind: str, answer: Callable[[], Awaitable[Any]]
    ) -> web.StreamResponse:
        """Let the weather befall a call before and after it is answered."""
        path = request.path.removeprefix(f"/{host}")
        names = frozenset({"*", kind, path, str(host)})
        self._world.ledger.calls[kind] += 1
        how = self._world.weather.breaking(names)
        if how is Break.BEFORE:
            return cut(request)
        await asyncio.sleep(self._world.weather.delay(names))
        if how is Break.SERVER_ERROR:
            return web.Response(status=502, text="Bad Gateway")
        answered: web.StreamResponse = await answer()
        return broken(request, answered, how) if how else answered

    async def _answer(
        self, request: web.Request, host: Host, kind: str, handler: Handler
    ) -> web.Response:
        account: Account | None = None
        try:
            account = self._admit(request, host)
            self._count(host, kind, account)
            self._befall(request, host, kind)
            call = Call(request, host, kind, account, await _arguments(request, host))
            body = {"error": 0, "message": "Success", **_data(await handler(call))}
            self.note(kind, account.oa_id)
        except Refused as refused:
            body = self.refusal(host, kind, refused, account.oa_id if account else "")
        headers = self.rates.headers(account) if account else {}
        return web.json_response(body, headers=headers)

    def refusal(self, host: Host, kind: str, refused: Refused, oa_id: str = "") -> Json:
        """Note a refusal and put it into words."""
        says = refused.says or text_of(host, refused.code)
        self._world.ledger.refusals.append(Refusal(
            at=self._world.clock.now(), host=host, kind=kind, oa_id=oa_id,
            code=refused.code, says=says, foreseen=refused.foreseen,
        ))  # fmt: skip
        self.note(kind, oa_id, refused.code, says)
        return {"error": refused.code, "message": says}

    def note(self, kind: str, oa_id: str = "", code: int = 0, says: str = "") -> None:
        """Note how a call ended."""
        at = self._world.clock.now()
        self._world.ledger.last.append(Answer(at=at, kind=kind, oa_id=oa_id, code=code, says=says))

    def _befall(self, request: web.Request, host: Host, kind: str) -> None:
        path = request.path.removeprefix(f"/{host}")
        code = self._world.weather.code(frozenset({"*", kind, path, str(host)}))
        if code is not None:
            raise Refused(code)

    def _admit(self, request: web.Request, host: Host) -> Account:
        """Whose token it is."""
        invalid, expired = (-124, -124) if host is Host.BUSINESS else (-216, -220)
        sent = request.headers.get("access_token", "")
        token = self._world.tokens.get(sent)
        if token is None:
            raise Refused(invalid, foreseen="" if sent else "a token belongs into the header")
        now = self._world.clock.now().timestamp()
        if token.died:
            # A call that was on its way while the pair was changed could not know.
            late = now - token.died_at > 5 and token.died == "refreshed"
            raise Refused(expired, foreseen="a refreshed pair replaced this token" if late else "")
        if now >= token.until:
            raise Refused(expired, foreseen="expires_in told when the token ends")
        self._prove(request, host, sent, token.account)
        _check_state(token.account)
        return token.account

    def _prove(self, request: web.Request, host: Host, token: str, account: Account) -> None:
        if not account.app.wants_proof:
            return
        proof = hmac.new(account.app.secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(request.headers.get("appsecret_proof", ""), proof):
            raise Refused(-1241 if host is Host.BUSINESS else -242)

    def _count(self, host: Host, kind: str, account: Account) -> None:
        by_oa = host is Host.API and kind not in BY_TEMPLATE
        self.rates.count(account, by_oa=by_oa)


def _check_state(account: Account) -> None:
    """What an operator has to mend; the order is ours."""
    for wrong, code in (
        (account.disabled, -204),
        (not account.app.active, -209),
        (not account.app.registered, -212),
        (not account.granted, -223),
        (not account.verified, -221),
        (not account.can_link, -224),
    ):
        if wrong:
            raise Refused(code)


async def _arguments(request: web.Request, host: Host) -> Json:
    if request.method == "GET" and host is Host.BUSINESS:
        return dict(request.query)
    if request.method == "GET":
        return _read(request.query.get("data", "{}"))
    if request.content_type == "application/json":
        return _read(await request.read())
    if request.content_type == "multipart/form-data":
        return {}
    raise Refused(-201, "The body is neither JSON nor a form", foreseen="the shape of a call")


def _read(text: str | bytes) -> Json:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(-201, "The arguments are no JSON object", foreseen="the shape of a call")
    return found


class Whole(dict[str, Any]):
    """An answer with more members than ``data``."""


def _data(found: Any) -> Json:
    if isinstance(found, Whole):
        return found
    return {} if found is None else {"data": found}
