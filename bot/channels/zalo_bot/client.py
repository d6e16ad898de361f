"""The HTTP side of the Bot Platform: JSON by POST to ``/bot<token>/<method>``.

Source: docs.zaloplatforms.com/docs/BOT. Each call has a connection of its own: at some messages a
minute that costs nothing, and none is ever lost to a line that was closed while it lay idle.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import aiohttp
import orjson

from bot.channels.exchange import Came, Exchange, NothingCame, TooMuchCame
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


class BotClient:
    """Calls the Bot Platform as one bot."""

    def __init__(self, token: str, *, base_url: str, seconds: float = ANSWER_SECONDS) -> None:
        """Call ``base_url`` as the bot of ``token``; connects nowhere yet.

        A call lasts ``seconds`` at most where nothing else is said.
        """
        self._calls = f"{base_url}/bot{token}"
        self._seconds = seconds
        self._exchange = Exchange(
            lambda: aiohttp.TCPConnector(force_close=True), most_bytes=MOST_BYTES
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._exchange.close()

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

    async def _raw(self, method: str, body: bytes, seconds: float) -> Came:
        try:
            return await self._exchange.call(
                "POST",
                f"{self._calls}/{method}",
                seconds=seconds,
                connecting=CONNECT_SECONDS,
                data=body,
                headers={"Content-Type": "application/json"},
            )
        except NothingCame as nothing:
            raise BotUnreachable(nothing.why, never_left=nothing.never_left) from nothing
        except TooMuchCame:
            raise OddAnswer("too long an answer") from None


def _result(raw: Came) -> Any:  # noqa: ANN401 - any JSON
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
