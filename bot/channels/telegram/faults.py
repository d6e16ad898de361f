"""What Telegram's refusals mean for a message; their texts are not promised, so read loosely."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.errors import SendCode, SendError

NEVER_LEFT: Final = (
    httpx.PoolTimeout,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
FLOOD_PAUSE: Final = 5
GONE_WORDS: Final = ("chat not found", "user is deactivated", "peer_id_invalid")
# A gateway that gave up waiting does not know what became of the call.
UNCLEAR: Final = frozenset({HTTPStatus.GATEWAY_TIMEOUT})


class ServerDown(NetworkError):
    """Telegram answered that it could not do its work; the message was not taken."""


class Courier(HTTPXRequest):
    """The HTTP side of the bot: tells a server that is down from a call that got lost."""

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the library's
        """Do the call; see ``HTTPXRequest``.

        Raises:
            ServerDown: the answer was 5xx.
            RetryAfter: the answer was 429; without a number of seconds we choose one.
        """
        status, body = await super().do_request(*args, **options)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in UNCLEAR:
            raise ServerDown(f"HTTP {status}")
        if status == HTTPStatus.TOO_MANY_REQUESTS and b'"retry_after"' not in body:
            raise RetryAfter(FLOOD_PAUSE)
        return status, body


def meaning(error: TelegramError) -> SendError:  # noqa: PLR0911 - a table
    """Say what ``error`` means for the message that was being sent."""
    detail = error.message
    match error:
        case RetryAfter():
            return SendError(SendCode.RATE_LIMITED, retryable=True, retry_after=_seconds(error))
        case InvalidToken():
            return SendError(SendCode.MISCONFIGURED, detail, retryable=True)
        case Forbidden() | BadRequest() | ChatMigrated():
            return SendError(_refusal(error), detail, retryable=False)
        case Conflict():
            return SendError(SendCode.CONFLICT, detail, retryable=True)
        case ServerDown():
            return SendError(SendCode.UNREACHABLE, detail, retryable=True)
        case NetworkError() if isinstance(error.__cause__, NEVER_LEFT):
            cause = type(error.__cause__).__name__
            return SendError(SendCode.UNREACHABLE, cause, retryable=True)
        case _:
            return SendError(SendCode.UNCERTAIN, type(error).__name__, retryable=False)


def _refusal(error: TelegramError) -> SendCode:
    said = error.message.lower()
    if isinstance(error, ChatMigrated) or any(words in said for words in GONE_WORDS):
        return SendCode.GONE
    return SendCode.BLOCKED if isinstance(error, Forbidden) else SendCode.REFUSED


def _seconds(error: RetryAfter) -> float:
    # The library is on its way from seconds to a timedelta.
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
