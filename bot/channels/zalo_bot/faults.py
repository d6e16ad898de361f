"""What can go wrong in a call of the Bot Platform, and what it means for a message.

No fault holds the token, the address of a call (the token stands in it) or a body of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from bot.channels.errors import SendCode, SendError
from bot.channels.zalo.faults import harmless

SILENT: Final = frozenset({SendCode.UNREACHABLE, SendCode.MISCONFIGURED, SendCode.UNCERTAIN})
# The numbers of docs.zaloplatforms.com/docs/BOT, and whether the call surely was not carried out.
# 403 is told as “internal server error”, of which nobody knows how far it came.
CODES: Final[Mapping[int, tuple[SendCode, bool]]] = {
    HTTPStatus.BAD_REQUEST: (SendCode.REFUSED, False),
    HTTPStatus.UNAUTHORIZED: (SendCode.MISCONFIGURED, True),
    HTTPStatus.FORBIDDEN: (SendCode.UNCERTAIN, False),
    HTTPStatus.NOT_FOUND: (SendCode.MISCONFIGURED, True),
    HTTPStatus.REQUEST_TIMEOUT: (SendCode.UNCERTAIN, False),
    HTTPStatus.TOO_MANY_REQUESTS: (SendCode.RATE_LIMITED, True),
}


class BotFault(Exception):
    """A call of the Bot Platform did not do what it was to do."""


class BotRefused(BotFault):
    """The Bot Platform said no, by a number."""

    def __init__(self, number: int, words: str = "") -> None:
        """Keep the ``number`` and their words, without whatever may be a token."""
        self.number = number
        super().__init__(f"{number} {harmless(words)}".strip())


class BotUnreachable(BotFault):
    """There was no answer; ``never_left`` tells that the call surely did not arrive."""

    def __init__(self, why: str, *, never_left: bool) -> None:
        """Keep ``why`` in one word: a kind of error or a status."""
        super().__init__(f"{why}{', never left' if never_left else ''}")
        self.never_left = never_left


class OddAnswer(BotFault):
    """Something answered, but not as the Bot Platform does; what became of the call is open."""

    def __init__(self, why: str) -> None:
        """Keep ``why`` in a few words, and nothing of the answer."""
        super().__init__(why)


def meaning(fault: BotFault) -> SendError:
    """Say what ``fault`` means for the message that was being sent."""
    match fault:
        case BotRefused(number=number):
            code, again = CODES.get(number, _unknown(number))
            return SendError(code, str(fault), retryable=again)
        case BotUnreachable(never_left=True):
            return SendError(SendCode.UNREACHABLE, str(fault), retryable=True)
        case _:
            return SendError(SendCode.UNCERTAIN, str(fault), retryable=False)


def asked(fault: BotFault) -> SendError:
    """Say what ``fault`` means for a question, which may be asked again whatever became of it."""
    if isinstance(fault, OddAnswer):
        return SendError(SendCode.MISCONFIGURED, str(fault), retryable=True)
    told = meaning(fault)
    if told.code is SendCode.UNCERTAIN:
        return SendError(SendCode.UNREACHABLE, str(fault), retryable=True)
    return told


def status_fault(status: int) -> BotFault:
    """Say what an answer means that is none of theirs, by its status (RFC 9110, section 15).

    A wrong token is answered so as well. 503 tells that the call was not taken up; any other
    fault of a server leaves it open. A redirection is not followed: the token would go along.
    """
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return BotUnreachable(f"HTTP {status}", never_left=True)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return BotUnreachable(f"HTTP {status}", never_left=False)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return BotRefused(status)
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        return BotRefused(HTTPStatus.UNAUTHORIZED, f"HTTP {status}")
    return OddAnswer(f"HTTP {status}, no answer of the Bot Platform")


def _unknown(number: int) -> tuple[SendCode, bool]:
    known = HTTPStatus.BAD_REQUEST <= number < HTTPStatus.INTERNAL_SERVER_ERROR
    return (SendCode.REFUSED if known else SendCode.UNCERTAIN), False
