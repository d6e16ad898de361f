"""Calls over HTTP to somebody who acts upon them: what came back, and what surely never left.

Neither an address nor a header stands in an error: tokens are in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came back, whatever it is."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class NothingCame(Exception):
    """There was no answer; ``never_left`` tells that the call surely did not arrive."""

    def __init__(self, why: str, *, never_left: bool) -> None:
        """Keep ``why`` in one word: the kind of error."""
        super().__init__(why)
        self.why = why
        self.never_left = never_left


class TooMuchCame(Exception):
    """The answer is longer than any that is waited for."""


class Exchange:
    """One session over HTTP: redirects are not followed, cookies not kept."""

    def __init__(self, connector: Callable[[], aiohttp.BaseConnector], *, most_bytes: int) -> None:
        """Connect by ``connector`` when first asked to; answers have ``most_bytes`` at most."""
        self._connector = connector
        self._most_bytes = most_bytes
        self._line: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._line is not None:
            await self._line.close()
            self._line = None

    async def call(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        connecting: float,
        **sent: Any,  # noqa: ANN401 - the library's
    ) -> Came:
        """Make a call of ``seconds`` at most, ``connecting`` of them until there is a connection.

        Raises:
            NothingCame: the line broke or was slow.
            TooMuchCame: the answer has no end.
        """
        course = SimpleNamespace(left=False)
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=min(connecting, seconds))
        try:
            async with self._session.request(
                method,
                url,
                timeout=timeout,
                allow_redirects=False,
                trace_request_ctx=course,
                **sent,
            ) as answer:
                body = await self._body_of(answer)
                return Came(status=answer.status, headers=answer.headers, body=body)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            # Not the error itself: it holds the address.
            why = type(error).__name__
        raise NothingCame(why, never_left=not course.left)

    @property
    def _session(self) -> aiohttp.ClientSession:
        """The one session, opened by the first call: without a running loop there is none."""
        if self._line is None:
            trace = aiohttp.TraceConfig()
            trace.on_request_headers_sent.append(_left)
            self._line = aiohttp.ClientSession(
                connector=self._connector(),
                cookie_jar=aiohttp.DummyCookieJar(),
                trace_configs=[trace],
            )
        return self._line

    async def _body_of(self, answer: aiohttp.ClientResponse) -> bytes:
        read = bytearray()
        async for chunk in answer.content.iter_any():
            read += chunk
            if len(read) > self._most_bytes:
                raise TooMuchCame
        return bytes(read)


async def _left(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    _sent: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    """Note that a call is on the line; what broke before never left."""
    context.trace_request_ctx.left = True
