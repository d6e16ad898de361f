"""The HTTP side of Zalo: what goes over the line, and whether it surely did not.

The token goes in a header of that name; a question's arguments go as JSON in the one parameter
``data``, of templates each by its name; files go as multipart. Source: the OA Open API v3,
docs.zaloplatforms.com/docs/OA.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

import aiohttp
import orjson

from bot.channels.exchange import Exchange, NothingCame, TooMuchCame
from bot.channels.zalo.answers import Answered, Raw, read_answer
from bot.channels.zalo.faults import OddAnswer, ZaloUnreachable
from bot.channels.zalo.hosts import Host, Hosts
from bot.channels.zalo.limits import Limits
from bot.channels.zalo.shapes import Json

# As many as wait for an answer when 90 a minute of several accounts take seconds each.
CONNECTIONS: Final = 64
# The longest answers are lists of 100 templates.
MOST_BYTES: Final = 2 * 1024 * 1024
TOKEN_HEADER: Final = "access_token"  # noqa: S105 - a name
PROOF_HEADER: Final = "appsecret_proof"
SECRET_HEADER: Final = "secret_key"  # noqa: S105 - a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds for a whole call, by what it is.

    Tokens are waited for longer: an answer given up may cost the account's consent. Yet shorter
    than a server keeps a transaction that does nothing, see bot/storage/server.py.
    """

    connect: float = 5.0
    answer: float = 15.0
    upload: float = 60.0
    grant: float = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    method: str
    host: Host
    path: str
    headers: Mapping[str, str]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to be brought to Zalo."""

    name: str
    media: str
    content: bytes = field(repr=False)


class ZaloClient:
    """Calls Zalo for one app; which account is meant, the token tells."""

    def __init__(
        self,
        hosts: Hosts,
        *,
        secret: str,
        proves: bool = False,
        patience: Patience | None = None,
    ) -> None:
        """Call ``hosts``; ``secret`` is the app's. Connects nowhere yet.

        With ``proves`` each call with a token shows that we know the secret.
        """
        self._hosts = hosts
        self._secret = secret
        self._proves = proves
        self._patience = patience or Patience()
        self._exchange = Exchange(
            lambda: aiohttp.TCPConnector(limit=CONNECTIONS), most_bytes=MOST_BYTES
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._exchange.close()

    async def get(
        self, path: str, asked: Json | None = None, *, token: str, host: Host = Host.API
    ) -> Answered:
        """Ask; see ``_call`` for what is raised."""
        asks = _parameters(asked, host) if asked is not None else None
        return await self._call(self._to("GET", host, path, token), params=asks)

    async def post(self, path: str, told: Json, *, token: str, host: Host = Host.API) -> Answered:
        """Tell ``told`` as JSON; see ``_call`` for what is raised."""
        call = self._to("POST", host, path, token, **{"Content-Type": "application/json"})
        return await self._call(call, data=orjson.dumps(told))

    async def upload(
        self, path: str, file: Upload, *, token: str, host: Host = Host.API
    ) -> Answered:
        """Bring a file; see ``_call`` for what is raised."""
        # The name as browsers write it: quoted, citizens would see it full of per cents.
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", file.content, filename=file.name, content_type=file.media)
        call = self._to("POST", host, path, token)
        return await self._call(replace(call, seconds=self._patience.upload), data=form)

    async def grant(self, path: str, told: Mapping[str, str]) -> Answered:
        """Ask for tokens with the app's secret; see ``_call`` for what is raised."""
        call = _Call(
            method="POST",
            host=Host.OAUTH,
            path=path,
            headers={SECRET_HEADER: self._secret},
            seconds=self._patience.grant,
        )
        return await self._call(call, data=dict(told))

    def _to(self, method: str, host: Host, path: str, token: str, **headers: str) -> _Call:
        shown = {TOKEN_HEADER: token, **headers}
        if self._proves:
            proof = hmac.new(self._secret.encode(), token.encode(), sha256)
            shown[PROOF_HEADER] = proof.hexdigest()
        seconds = self._patience.answer
        return _Call(method=method, host=host, path=path, headers=shown, seconds=seconds)

    async def _call(self, call: _Call, **sent: Any) -> Answered:  # noqa: ANN401 - the library's
        """Make a call and read its answer.

        Raises:
            ZaloRefused: Zalo said no; the call was not carried out.
            ZaloUnreachable: there was no answer; it tells whether the call surely never left.
            OddAnswer: something else answered.
        """
        return read_answer(await self._raw(call, sent), call.host, call.path)

    async def _raw(self, call: _Call, sent: Mapping[str, Any]) -> Raw:
        try:
            came = await self._exchange.call(
                call.method,
                self._hosts.url(call.host, call.path),
                seconds=call.seconds,
                connecting=self._patience.connect,
                headers=call.headers,
                **sent,
            )
        except NothingCame as nothing:
            raise ZaloUnreachable(
                nothing.why, host=call.host, never_left=nothing.never_left
            ) from nothing
        except TooMuchCame:
            raise OddAnswer("too long", host=call.host) from None
        return Raw(status=came.status, body=came.body, limits=Limits.read(came.headers))


def _parameters(asked: Json, host: Host) -> Mapping[str, str]:
    """Put a question's arguments as each host reads them: by name, or all as one."""
    if host is Host.BUSINESS:
        return {name: str(value) for name, value in asked.items()}
    return {"data": orjson.dumps(asked).decode()}
