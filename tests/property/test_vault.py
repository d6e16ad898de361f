"""A vault gives back what it was given, at its place alone, and notices every bit that changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault import Damaged, Keyring, UnknownKey, Unopenable, Vault
from bot.vault.keyring import new_key

OLD, NEW, OTHER = new_key("2026a"), new_key("2026b"), new_key("2026c")
VAULT = Vault(Keyring.parse(OLD))
ROTATED = Vault(Keyring.parse(f"{NEW},{OLD}"))
PLACES = st.text(max_size=40)


@given(st.text() | st.binary(), PLACES)
def test_what_was_sealed_opens_at_its_place(words: str | bytes, place: str) -> None:
    plain = words.encode() if isinstance(words, str) else words
    for sealing, opening in ((VAULT, VAULT), (VAULT, ROTATED), (ROTATED, ROTATED)):
        assert opening.open(sealing.seal(words, place), place) == plain


@given(st.binary(max_size=64), PLACES, PLACES)
def test_at_another_place_it_is_refused(words: bytes, place: str, other: str) -> None:
    sealed = VAULT.seal(words, place)
    if place != other:
        with pytest.raises(Damaged):
            VAULT.open(sealed, other)


def test_every_bit_that_changed_and_every_missing_byte_is_noticed() -> None:
    sealed = ROTATED.seal("0912 345 678", "cases|contact|1")
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unopenable):
            ROTATED.open(bytes(changed), "cases|contact|1")
    for length in range(len(sealed)):
        with pytest.raises(Unopenable):
            ROTATED.open(sealed[:length], "cases|contact|1")


def test_a_key_that_was_taken_away_is_named_and_another_of_its_name_opens_nothing() -> None:
    sealed = VAULT.seal("mật", "p")
    with pytest.raises(UnknownKey, match="2026a"):
        Vault(Keyring.parse(OTHER)).open(sealed, "p")
    with pytest.raises(Damaged):
        Vault(Keyring.parse(new_key("2026a"))).open(sealed, "p")


def test_the_same_words_are_never_sealed_alike_and_show_nothing() -> None:
    several = {VAULT.seal("Nguyễn Văn An", "p") for _ in range(50)}
    assert len(several) == 50
    assert not any("Văn".encode() in one for one in several)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_digest_finds_the_same_words_for_the_same_purpose_alone(words: str, other: str) -> None:
    assert VAULT.digest(words, "phone") == VAULT.digest(words, "phone")
    assert (VAULT.digest(words, "phone") == VAULT.digest(other, "phone")) == (words == other)
    assert VAULT.digest(words, "phone") != VAULT.digest(words, "name")
    assert len(VAULT.digest(words, "phone")) == 64


def test_what_an_older_key_digested_is_found_after_a_new_one_came() -> None:
    assert VAULT.digest("0912345678", "phone") in ROTATED.digests("0912345678", "phone")
    assert ROTATED.digest("0912345678", "phone") == ROTATED.digests("0912345678", "phone")[0]
    assert VAULT.digest("0912345678", "phone") != ROTATED.digest("0912345678", "phone")
