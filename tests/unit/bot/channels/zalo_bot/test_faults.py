"""What each answer of the Bot Platform means for a message, and that it tells no secret."""

from __future__ import annotations

import pytest

from bot.channels.errors import SendCode
from bot.channels.zalo_bot.faults import (
    BotFault,
    BotRefused,
    BotUnreachable,
    OddAnswer,
    asked,
    meaning,
    status_fault,
)
from tests.fakes.zalo_bot import TOKEN


@pytest.mark.parametrize(
    ("fault", "code", "again"),
    [
        (BotRefused(400, "bad request"), SendCode.REFUSED, False),
        (BotRefused(401), SendCode.MISCONFIGURED, True),
        (BotRefused(403, "internal server error"), SendCode.UNCERTAIN, False),
        (BotRefused(404), SendCode.MISCONFIGURED, True),
        (BotRefused(408), SendCode.UNCERTAIN, False),
        (BotRefused(413), SendCode.REFUSED, False),
        (BotRefused(429), SendCode.RATE_LIMITED, True),
        (BotRefused(500), SendCode.UNCERTAIN, False),
        (BotUnreachable("ClientConnectorError", never_left=True), SendCode.UNREACHABLE, True),
        (BotUnreachable("TimeoutError", never_left=False), SendCode.UNCERTAIN, False),
        (OddAnswer("no answer of theirs"), SendCode.UNCERTAIN, False),
        (status_fault(200), SendCode.UNCERTAIN, False),
        (status_fault(302), SendCode.MISCONFIGURED, True),
        (status_fault(403), SendCode.MISCONFIGURED, True),
        (BotRefused(429, "quota"), SendCode.RATE_LIMITED, True),
        (status_fault(502), SendCode.UNCERTAIN, False),
        (status_fault(503), SendCode.UNREACHABLE, True),
    ],
    ids=lambda one: repr(one) if isinstance(one, BotFault) else str(one),
)
def test_only_what_surely_was_not_taken_goes_again(
    fault: BotFault, code: SendCode, again: bool
) -> None:
    told = meaning(fault)
    assert (told.code, told.retryable) == (code, again)
    # A question may always be asked again, but where its words are wrong.
    assert asked(fault).retryable is (code is not SendCode.REFUSED)


def test_an_answer_that_is_none_of_theirs_tells_by_its_status_alone() -> None:
    told = status_fault(429)
    assert meaning(told).code is SendCode.RATE_LIMITED


def test_their_words_are_kept_short_and_without_the_token() -> None:
    told = str(meaning(BotRefused(400, f"no bot {TOKEN}\nat /bot{TOKEN}/x " + "a b " * 500)))
    secret = TOKEN.partition(":")[2]
    assert secret not in told
    assert "no bot" in told
    assert len(told) < 300
