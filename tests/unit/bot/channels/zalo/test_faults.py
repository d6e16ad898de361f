"""What a fault means for a message, and that no fault tells a secret."""

from __future__ import annotations

import pytest

from bot.channels.errors import SendCode
from bot.channels.zalo import codes
from bot.channels.zalo.answers import Raw, read_answer
from bot.channels.zalo.faults import (
    OddAnswer,
    ZaloFault,
    ZaloRefused,
    ZaloUnreachable,
    harmless,
    meaning,
    status_fault,
)
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.limits import Limits

API = Host.API


def _refused(number: int) -> ZaloRefused:
    return ZaloRefused(codes.meaning(API, number), "words")


@pytest.mark.parametrize(
    ("fault", "code", "retryable", "wait"),
    [
        (_refused(-32), SendCode.RATE_LIMITED, True, 60.0),
        (_refused(-213), SendCode.BLOCKED, False, None),
        (_refused(-230), SendCode.WINDOW_CLOSED, False, None),
        (_refused(-216), SendCode.MISCONFIGURED, True, None),
        (_refused(-200), SendCode.REFUSED, True, None),
        (_refused(-99999), SendCode.REFUSED, True, None),
        (_refused(-214), SendCode.NO_FILE, True, 5.0),
        (ZaloUnreachable("x", host=API, never_left=True), SendCode.UNREACHABLE, True, None),
        (ZaloUnreachable("y", host=API, never_left=False), SendCode.UNCERTAIN, False, None),
        (OddAnswer("z", host=API), SendCode.UNCERTAIN, False, None),
        (status_fault(429, API), SendCode.RATE_LIMITED, True, 60.0),
        (status_fault(500, API), SendCode.UNCERTAIN, False, None),
        (status_fault(502, API), SendCode.UNCERTAIN, False, None),
        (status_fault(503, API), SendCode.UNREACHABLE, True, None),
        (status_fault(504, API), SendCode.UNCERTAIN, False, None),
        (status_fault(403, API), SendCode.MISCONFIGURED, True, None),
        (status_fault(302, API), SendCode.MISCONFIGURED, True, None),
        (status_fault(200, API), SendCode.UNCERTAIN, False, None),
    ],
    ids=str,
)
def test_a_fault_has_one_meaning(
    fault: ZaloFault, code: SendCode, retryable: bool, wait: float | None
) -> None:
    told = meaning(fault)
    assert (told.code, told.retryable, told.retry_after) == (code, retryable, wait)


def test_of_zalos_words_nothing_stays_that_may_be_a_secret_or_a_person() -> None:
    token = "fOXSD-4VpMmbKVaBqrfFVvqZ4M5oLKbPcTqFBciyZ3y8"
    told = harmless(f"Bad\x00 user_id\n 2468458835296197922 of 84912345678 by {token}")
    assert told == "Bad user_id … of … by …"
    assert len(harmless("á " * 999)) == 200


@pytest.mark.parametrize(
    ("body", "number", "words"),
    [
        (b'{"error":-216,"message":"Access token is invalid"}', -216, "Access token is invalid"),
        (b'{"error":"-216","message":7}', -216, ""),
        (b'{"error":-14003,"error_name":"Invalid","error_reason":""}', -14003, "Invalid"),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_refusal_is_one_whatever_the_status(
    status: int, body: bytes, number: int, words: str
) -> None:
    limits = Limits(limit=100, remain=0)
    with pytest.raises(ZaloRefused) as raised:
        read_answer(Raw(status=status, body=body, limits=limits), API, "/x")
    assert (raised.value.code.number, raised.value.words) == (number, words)
    assert raised.value.limits == limits


@pytest.mark.parametrize(("status", "never_left"), [(429, True), (502, False), (503, True)])
def test_what_a_server_in_between_says_in_its_body_is_no_refusal_of_zalos(
    status: int, *, never_left: bool
) -> None:
    body = b'{"error":%d,"message":"Service Unavailable"}' % status
    with pytest.raises(ZaloUnreachable) as raised:
        read_answer(Raw(status=status, body=body), API, "/x")
    assert raised.value.never_left is never_left


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"7", b"{}", b'{"error":null}', b'{"error":true}', b'{"error":{}}',
     b'{"data":{}}', b"[" * 9999, b'{"error":"' + b"9" * 50 + b'"}'],
)  # fmt: skip
def test_what_is_no_answer_of_zalos_leaves_open_what_became_of_the_call(body: bytes) -> None:
    with pytest.raises(OddAnswer) as raised:
        read_answer(Raw(status=200, body=body), API, "/x")
    assert meaning(raised.value).code is SendCode.UNCERTAIN


def test_an_answer_is_read_leniently() -> None:
    told = read_answer(Raw(status=200, body=b'{"error":0,"message":"Success"}'), API, "/x")
    assert (told.data, told.rows) == ({}, ())
    listed = read_answer(Raw(status=200, body=b'{"error":"0","data":["a"]}'), API, "/x")
    assert (listed.data, listed.rows) == ({}, ["a"])


def test_tokens_come_without_an_error() -> None:
    body = b'{"access_token":"a","refresh_token":"b","expires_in":"90000"}'
    told = read_answer(Raw(status=200, body=body), Host.OAUTH, "/v4/oa/access_token")
    assert told.whole["access_token"] == "a"
    assert "access_token" not in repr(told)
    with pytest.raises(OddAnswer):
        read_answer(Raw(status=200, body=body), API, "/x")
