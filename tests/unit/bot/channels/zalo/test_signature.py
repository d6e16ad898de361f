"""Zalo's calls are proved on their raw bytes; nothing else is, and nothing old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.errors import ForgedWebhook, StaleWebhook
from bot.channels.zalo.signature import (
    HEADER,
    Prefix,
    Proved,
    Signature,
    timestamp_of,
)

APP, ACCOUNT = "4567890123456789012", "1234567890123456789"
SECRETS = ("of-the-webhook", "of-the-app")
AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
STAMP = str(int(AT.timestamp() * 1000))
HOURS = timedelta(hours=13)
BODY = (
    f'{{"event_name":"user_send_text","timestamp":"{STAMP}","message":{{"text":"chào"}}}}'.encode()
)
BOTH = (Prefix.APP, Prefix.ACCOUNT)


def _mac(start: str, body: bytes, stamp: str, secret: str) -> str:
    return sha256(start.encode() + body + stamp.encode() + secret.encode()).hexdigest()


def _proved(
    body: bytes,
    mac: str,
    *,
    now: datetime = AT,
    prefixes: Sequence[Prefix] = BOTH,
    secrets: Sequence[str] = SECRETS,
) -> Proved:
    signature = Signature(APP, secrets, prefixes, window=HOURS)
    return signature.proved(body, {HEADER: mac}, accounts=(ACCOUNT,), now=now)


@pytest.mark.parametrize("secret", [0, 1])
@pytest.mark.parametrize(("prefix", "start"), [(Prefix.APP, APP), (Prefix.ACCOUNT, ACCOUNT)])
@pytest.mark.parametrize("wrapped", ["{}", "mac={}", " mac={} ", "MAC={}"])
def test_which_pair_matched_is_told(prefix: Prefix, start: str, secret: int, wrapped: str) -> None:
    mac = _mac(start, BODY, STAMP, SECRETS[secret])
    for written in (mac, mac.upper()):
        found = _proved(BODY, wrapped.format(written))
        assert found == Proved(at=AT, prefix=prefix, secret=secret)
        assert found.mark == f"signature:{prefix}:{secret}"


def test_a_pair_that_is_not_allowed_proves_nothing() -> None:
    mac = _mac(ACCOUNT, BODY, STAMP, SECRETS[1])
    with pytest.raises(ForgedWebhook):
        _proved(BODY, mac, prefixes=[Prefix.APP])
    with pytest.raises(ForgedWebhook):
        _proved(BODY, mac, secrets=SECRETS[:1])
    with pytest.raises(ForgedWebhook):
        _proved(BODY, _mac(APP, BODY, STAMP, ""), secrets=("",))


@given(at=st.integers(0, len(BODY) - 1), by=st.integers(1, 255))
def test_a_changed_byte_proves_nothing(at: int, by: int) -> None:
    changed = bytearray(BODY)
    changed[at] = (changed[at] + by) % 256
    with pytest.raises(ForgedWebhook):
        _proved(bytes(changed), _mac(APP, BODY, STAMP, SECRETS[0]))


@given(mac=st.text(max_size=80))
def test_a_forged_header_proves_nothing(mac: str) -> None:
    with pytest.raises(ForgedWebhook):
        _proved(BODY, mac)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"{", b'{"timestamp":null}', b"[" * 9999])
def test_a_body_without_a_moment_proves_nothing(body: bytes) -> None:
    with pytest.raises(ForgedWebhook):
        _proved(body, _mac(APP, body, "", SECRETS[0]))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"1763614800000"', "1763614800000"),
        ("1763614800000", "1763614800000"),
        ("1.7636148e12", "1.7636148e12"),
        ("1763614800000.0", "1763614800000.0"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("true", ""),
        ("{}", ""),
    ],
)
def test_the_moment_is_read_sign_by_sign(written: str, read: str) -> None:
    assert timestamp_of(f'{{"timestamp":{written}}}'.encode()) == read


@pytest.mark.parametrize(
    ("now", "is_proved"),
    [
        (AT + HOURS, True),
        (AT + HOURS + timedelta(milliseconds=1), False),
        (AT - timedelta(minutes=10), True),
        (AT - timedelta(minutes=10, milliseconds=1), False),
    ],
)
def test_a_call_overheard_long_ago_is_stale(now: datetime, is_proved: bool) -> None:
    mac = _mac(APP, BODY, STAMP, SECRETS[0])
    if is_proved:
        assert _proved(BODY, mac, now=now).at == AT
        return
    with pytest.raises(StaleWebhook):
        _proved(BODY, mac, now=now)


@pytest.mark.parametrize("stamp", ["1763614800", "99999999999999999", "1.7e12", "x"])
def test_a_moment_in_another_writing_is_stale(stamp: str) -> None:
    body = f'{{"timestamp":"{stamp}"}}'.encode()
    with pytest.raises(StaleWebhook):
        _proved(body, _mac(APP, body, stamp, SECRETS[0]))
