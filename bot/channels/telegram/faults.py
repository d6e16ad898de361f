"""What Telegram's refusals mean for a message; their texts are not promised, so read loosely."""

from __future__ import annotations

import json
import ssl
from functools import cache
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

from bot.channels.errors import LONGEST_WISH, SendCode, SendError
from bot.channels.telegram.leaving import watch

NEVER_LEFT: Final = (
    httpx.PoolTimeout,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
FLOOD_PAUSE: Final = 5
PARTICULARS: Final = ("retry_after", "migrate_to_chat_id")
SILENT: Final = frozenset({SendCode.UNREACHABLE, SendCode.MISCONFIGURED, SendCode.UNCERTAIN})
GONE_WORDS: Final = ("chat not found", "user is deactivated", "peer_id_invalid")
# The provider knows a file no more by the id it once gave.
LOST_FILE: Final = ("wrong file identifier", "wrong remote file", "wrong file_id")
# A gateway that gave up waiting does not know what became of the call.
UNCLEAR: Final = frozenset({HTTPStatus.GATEWAY_TIMEOUT})


class ServerDown(NetworkError):
    """Telegram answered that it could not do its work; the message was not taken."""


class OddAnswer(TelegramError):
    """Something answered, but not as the Bot API does: what became of the call is unknown."""

    def __init__(self) -> None:
        """Keep nothing of the answer: it may hold a citizen's words."""
        super().__init__("no answer of the Bot API")


@cache
def trust() -> ssl.SSLContext:
    """Read the certificates of those who vouch for servers, once: it takes a while."""
    return httpx.create_ssl_context()


class Courier(HTTPXRequest):
    """The HTTP side of the bot: tells a server that is down from a call that got lost.

    No answer, however malformed, raises anything but a ``TelegramError``.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the library's
        """Take the options of ``HTTPXRequest``."""
        kept = {"event_hooks": {"request": [watch]}, "verify": trust()}
        super().__init__(**options, httpx_kwargs=kept)

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401 - the library's
        """Do the call; see ``HTTPXRequest``.

        Raises:
            ServerDown: the answer was 5xx.
            RetryAfter: the answer was 429; without a number of seconds we choose one.
            OddAnswer: the answer was 2xx and held no result.
        """
        status, body = await super().do_request(*args, **options)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in UNCLEAR:
            raise ServerDown(f"HTTP {status}")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise RetryAfter(self._wish(body))
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            answer = self.parse_json_payload(body)
            if answer.get("ok") is not True or "result" not in answer:
                raise OddAnswer
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; of a refusal's particulars only those of the promised shape stay.

        Raises:
            OddAnswer: it is no JSON object.
        """
        try:
            answer = json.loads(payload.decode(errors="replace"))
        except (ValueError, RecursionError) as error:
            raise OddAnswer from error
        if not isinstance(answer, dict):
            raise OddAnswer
        words = answer.get("description")
        return answer | {
            "description": words if isinstance(words, str) else "",
            "parameters": _particulars(answer.get("parameters")),
        }

    def _wish(self, body: bytes) -> int:
        try:
            told: dict[str, int] = self.parse_json_payload(body)["parameters"]
        except OddAnswer:
            return FLOOD_PAUSE
        return told.get("retry_after", FLOOD_PAUSE)


def _particulars(told: object) -> dict[str, int]:
    """Shapes are those of core.telegram.org/bots/api#responseparameters."""
    if not isinstance(told, dict):
        return {}
    kept = {name: told[name] for name in PARTICULARS if isinstance(told.get(name), int | float)}
    wish = kept.pop("retry_after", 0)
    return kept | ({"retry_after": int(min(wish, LONGEST_WISH))} if wish > 0 else {})


def meaning(error: TelegramError) -> SendError:  # noqa: PLR0911 - a table
    """Say what ``error`` means for the message that was being sent."""
    detail = error.message
    match error:
        case RetryAfter():
            return SendError(SendCode.RATE_LIMITED, retryable=True, retry_after=_seconds(error))
        case InvalidToken():
            return SendError(SendCode.MISCONFIGURED, detail, retryable=True)
        case ChatMigrated():
            return SendError(
                SendCode.MIGRATED, detail, retryable=False, moved_to=str(error.new_chat_id)
            )
        case Forbidden() | BadRequest():
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


def asked(error: TelegramError) -> SendError:
    """Say what ``error`` means for a question, which may be asked again whatever became of it."""
    if isinstance(error, OddAnswer):
        return SendError(SendCode.MISCONFIGURED, "this is no Bot API server", retryable=True)
    return meaning(error)


def _refusal(error: TelegramError) -> SendCode:
    said = error.message.lower()
    if any(words in said for words in GONE_WORDS):
        return SendCode.GONE
    return SendCode.BLOCKED if isinstance(error, Forbidden) else SendCode.REFUSED


def _seconds(error: RetryAfter) -> float:
    # The library is on its way from seconds to a timedelta.
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
