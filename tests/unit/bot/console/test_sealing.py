"""Secrets in the database: sealed with a key, each for one officer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.console.people.sealing import Seal, Unreadable

KEY, OTHER = SecretStr("k" * 32), SecretStr("o" * 32)
SECRET = b"12345678901234567890"


@given(st.binary(max_size=64), st.integers(1, 2**53))
def test_what_was_closed_opens(secret: bytes, officer: int) -> None:
    for seal in (Seal(KEY), Seal(None)):
        assert seal.open(seal.close(secret, officer), officer) == secret


def test_sealed_it_says_nothing_and_opens_for_nobody_else() -> None:
    stored = Seal(KEY).close(SECRET, 1)
    assert SECRET.decode() not in stored
    assert len(stored) <= 255
    for seal, officer in ((Seal(OTHER), 1), (Seal(None), 1), (Seal(KEY), 2)):
        with pytest.raises(Unreadable):
            seal.open(stored, officer)


def test_what_was_stored_before_there_was_a_key_stays_readable() -> None:
    assert Seal(KEY).open(Seal(None).close(SECRET, 1), 1) == SECRET


@pytest.mark.parametrize("stored", ["", "sealed:x", "plain:?", "nothing of ours"])
def test_what_is_spoilt_is_unreadable(stored: str) -> None:
    with pytest.raises(Unreadable):
        Seal(KEY).open(stored, 1)
