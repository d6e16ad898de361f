"""The HTTP side of the Bot Platform: JSON by POST to ``/bot<token>/<method>``.

Source: docs.zaloplatforms.com/docs/BOT. Each call has a connection of its own: at some messages a
minute that costs nothing, and none is ever lost to a line that was closed while it lay idle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, Final

import aiohttp
import orjson

from bot.channels.shapes import word
from bot.channels.zalo_bot.faults import (
    BotFault,
    BotRefused,
    BotUnreachable,
    OddAnswer,
    status_fault,
)

# Seconds.
ANSWER_SECONDS: Final = 15.0
CONNECT_SECONDS: Final = 5.0
# One update holds 2,000 signs and some addresses.
MOST_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Raw:
    status: int
    body: bytes = field(repr=False)


class BotClient:
    """Calls the Bot Platform as one bot."""

    def __init__(self, token: str, *, base_url: str, seconds: float = ANSWER_SECONDS) -> None:
        """Call ``base_url`` as the bot of ``token``; connects nowhere yet.

        A call lasts ``seconds`` at most where nothing else is said.
        """
        self._calls = f"{base_url}/bot{token}"
        self._seconds = seconds
        self._line: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._line is not None:
            await self._line.close()
            self._line = None

    async def call(
        self, method: str, told: Mapping[str, object] | None = None, *, seconds: float = 0.0
    ) -> Any:  # noqa: ANN401 - any JSON
        """Make a call, with ``seconds`` more than usual, and give its result.

        Raises:
            BotRefused: they said no, by a number.
            BotUnreachable: there was no answer; it tells whether the call surely never left.
            OddAnswer: something else answered.
        """
        raw = await self._raw(method, orjson.dumps(told or {}), self._seconds + seconds)
        return _result(raw)

    @property
    def _session(self) -> aiohttp.ClientSession:
        """The one session, opened by the first call: without a running loop there is none."""
        if self._line is None:
            trace = aiohttp.TraceConfig()
            trace.on_request_headers_sent.append(_left)
            self._line = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"Content-Type": "application/json"},
                trace_configs=[trace],
            )
        return self._line

    async def _raw(self, method: str, body: bytes, seconds: float) -> _Raw:
        course = SimpleNamespace(left=False)
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        try:
            async with self._session.post(
                f"{self._calls}/{method}",
                data=body,
                timeout=timeout,
                allow_redirects=False,
                trace_request_ctx=course,
            ) as answer:
                return _Raw(answer.status, await _bytes_of(answer))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            # Not the error itself: it holds the address, and in it the token.
            why = type(error).__name__
        raise BotUnreachable(why, never_left=not course.left)


async def _left(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    _sent: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    """Note that a call is on the line; what broke before never left."""
    context.trace_request_ctx.left = True


async def _bytes_of(answer: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for piece in answer.content.iter_any():
        read += piece
        if len(read) > MOST_BYTES:
            raise OddAnswer("too long an answer")
    return bytes(read)


def _result(raw: _Raw) -> Any:  # noqa: ANN401 - any JSON
    try:
        told = orjson.loads(raw.body)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("ok"), bool):
        raise status_fault(raw.status)
    if not told["ok"]:
        raise _refused(told, raw.status)
    if not HTTPStatus.OK <= raw.status < HTTPStatus.MULTIPLE_CHOICES:
        raise status_fault(raw.status)
    return told.get("result")


def _refused(told: Mapping[str, object], status: int) -> BotFault:
    """Read a refusal; its number stands in the body, and where it does not the status counts."""
    number = told.get("error_code")
    is_number = type(number) is int and 0 < number < 1000  # noqa: PLR2004 - as statuses are
    return BotRefused(int(str(number)) if is_number else status, word(told, "description"))
