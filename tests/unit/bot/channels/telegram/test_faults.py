"""Each refusal of Telegram has one meaning, and what may have arrived is never tried again."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.errors import LONGEST_WISH, NotFetched, SendCode
from bot.channels.telegram.faults import ServerDown, meaning


def _because(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


def _named(value: object) -> str | None:
    return f"{value!r} from {value.__cause__!r}" if isinstance(value, TelegramError) else None


@pytest.mark.parametrize(
    ("error", "code", "retryable"),
    [
        (RetryAfter(7), SendCode.RATE_LIMITED, True),
        (Forbidden("Forbidden: bot was blocked by the user"), SendCode.BLOCKED, False),
        (Forbidden("Forbidden: bot can't initiate conversation"), SendCode.BLOCKED, False),
        (Forbidden("Forbidden: user is deactivated"), SendCode.GONE, False),
        (BadRequest("Chat not found"), SendCode.GONE, False),
        (BadRequest("PEER_ID_INVALID"), SendCode.GONE, False),
        (ChatMigrated(-100), SendCode.MIGRATED, False),
        (BadRequest("Message is too long"), SendCode.REFUSED, False),
        (BadRequest("BUTTON_DATA_INVALID"), SendCode.REFUSED, False),
        (InvalidToken("Unauthorized"), SendCode.MISCONFIGURED, True),
        (Conflict("terminated by other getUpdates request"), SendCode.CONFLICT, True),
        (ServerDown("HTTP 502"), SendCode.UNREACHABLE, True),
        (_because(NetworkError("x"), httpx.ConnectError("x")), SendCode.UNREACHABLE, True),
        (_because(TimedOut(), httpx.ConnectTimeout("x")), SendCode.UNREACHABLE, True),
        (_because(TimedOut(), httpx.PoolTimeout("x")), SendCode.UNREACHABLE, True),
        (_because(NetworkError("x"), httpx.ProxyError("x")), SendCode.UNREACHABLE, True),
        (_because(TimedOut(), httpx.ReadTimeout("x")), SendCode.UNCERTAIN, False),
        (_because(NetworkError("x"), httpx.ReadError("x")), SendCode.UNCERTAIN, False),
        (_because(NetworkError("x"), httpx.RemoteProtocolError("x")), SendCode.UNCERTAIN, False),
        (NetworkError("Gateway Timeout (504)"), SendCode.UNCERTAIN, False),
        (TelegramError("Invalid server response"), SendCode.UNCERTAIN, False),
    ],
    ids=_named,
)
def test_a_refusal_has_one_meaning(error: TelegramError, code: SendCode, retryable: bool) -> None:
    fault = meaning(error)
    assert (fault.code, fault.retryable) == (code, retryable)


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_the_wished_pause_is_kept_in_seconds(wait: int | timedelta) -> None:
    assert meaning(RetryAfter(wait)).retry_after == 7


def test_a_chat_that_moved_tells_where_to() -> None:
    assert meaning(ChatMigrated(-1001234567890)).moved_to == "-1001234567890"


def test_no_provider_can_wish_us_silent_for_good() -> None:
    assert meaning(RetryAfter(10**9)).retry_after == LONGEST_WISH
    assert NotFetched(SendCode.RATE_LIMITED, retry_after=10**9).retry_after == LONGEST_WISH
