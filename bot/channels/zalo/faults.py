"""What can go wrong in a call of Zalo, and what it means for the message that was being sent.

No fault holds a token, a body of ours or a person's id: of Zalo's words long figures are hidden.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from bot.channels.errors import SendCode, SendError
from bot.channels.typed import clean
from bot.channels.zalo.codes import Code, Kind
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.limits import NO_LIMITS, Limits

# Seconds; calls are counted anew each minute.
MINUTE: Final = 60.0
# Seconds until an article or a quota is asked for again.
SOON: Final = 5.0
LONGEST_WORDS: Final = 200
# Ids and telephones have more digits, tokens more letters, than anything an operator needs.
LONG_FIGURE: Final = re.compile(r"\d{6,}")
LONG_NAME: Final = re.compile(r"[A-Za-z0-9_\-]{25,}")
WAITS: Final = {Kind.BACK_OFF: MINUTE, Kind.POLL: SOON}


class ZaloFault(Exception):
    """A call of Zalo did not do what it was to do."""

    limits: Limits = NO_LIMITS


class ZaloRefused(ZaloFault):
    """Zalo answered with an error number: the call surely was not carried out."""

    def __init__(self, code: Code, words: str = "", *, limits: Limits = NO_LIMITS) -> None:
        """Keep what the number means and Zalo's own words, long figures hidden."""
        self.code = code
        self.words = harmless(words)
        self.limits = limits
        told = f" {self.words}" if self.words else ""
        super().__init__(f"{code.host} {code.number}:{told} ({code.says})")


class ZaloUnreachable(ZaloFault):
    """There was no answer of Zalo's; ``never_left`` tells that it surely did not get the call.

    ``is_flood`` tells that a server in between said there were too many.
    """

    def __init__(self, why: str, *, host: Host, never_left: bool, is_flood: bool = False) -> None:
        """Keep ``why`` in one word: a kind of error or a status."""
        super().__init__(f"{host} {why}{', never left' if never_left else ''}")
        self.why = why
        self.never_left = never_left
        self.is_flood = is_flood


class OddAnswer(ZaloFault):
    """Something answered, but not as Zalo does; with ``refused`` it did not take the call."""

    def __init__(self, why: str, *, host: Host, refused: bool = False) -> None:
        """Keep ``why`` in a few words, and nothing of the answer."""
        super().__init__(f"{host} {why}")
        self.why = why
        self.refused = refused


class NoToken(ZaloFault):
    """An account has no access token now; nothing was called.

    ``why`` is a word of ``TokenFault`` or of ``AccountStatus``.
    """

    def __init__(self, why: str) -> None:
        """Keep ``why`` in one word."""
        super().__init__(f"no token: {why}")
        self.why = why


class Crowded(ZaloFault):
    """There was no room among the calls of this minute, nor is any soon; nothing was called."""

    def __init__(self, wait: float) -> None:
        """Keep for how many seconds there surely is none."""
        super().__init__(f"no turn for {wait:.1f} s")
        self.wait = wait


def meaning(fault: ZaloFault) -> SendError:
    """Say what ``fault`` means for the message that was being sent.

    ``retryable`` only when Zalo surely did not take it. Who has a better way than waiting, such as
    a new token, goes by ``ZaloRefused.code.kind`` first.
    """
    match fault:
        case ZaloRefused(code=code):
            wait = WAITS.get(code.kind)
            again = code.retryable
            return SendError(code.send, str(fault), retryable=again, retry_after=wait)
        case ZaloUnreachable(is_flood=True):
            told = str(fault)
            return SendError(SendCode.RATE_LIMITED, told, retryable=True, retry_after=MINUTE)
        case ZaloUnreachable(never_left=True):
            return SendError(SendCode.UNREACHABLE, str(fault), retryable=True)
        case Crowded(wait=wait):
            return SendError(SendCode.NO_TURN, str(fault), retryable=True, retry_after=wait)
        case OddAnswer(refused=True) | NoToken():
            return SendError(SendCode.MISCONFIGURED, str(fault), retryable=True)
        case _:
            return SendError(SendCode.UNCERTAIN, str(fault), retryable=False)


def harmless(words: str) -> str:
    """Give Zalo's words as they may be logged: no long figure, nothing that may be a token."""
    shown = LONG_NAME.sub("…", LONG_FIGURE.sub("…", clean(words)))
    return " ".join(shown.split())[:LONGEST_WORDS]


def status_fault(status: int, host: Host) -> ZaloFault:
    """Say what an answer means that is none of Zalo's, by its status (RFC 9110, section 15).

    503 and 429 tell that the call was not taken up; any other fault of a server leaves it open.
    A redirection is not followed: the token would go along.
    """
    why = f"HTTP {status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ZaloUnreachable(why, host=host, never_left=True, is_flood=True)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        taken_up = status != HTTPStatus.SERVICE_UNAVAILABLE
        return ZaloUnreachable(why, host=host, never_left=not taken_up)
    refused = status >= HTTPStatus.MULTIPLE_CHOICES
    return OddAnswer(why, host=host, refused=refused)
