"""Passwords as Argon2id: right ones fit, nobody's never do, and the machine is not swamped."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher, extract_parameters

from bot.console.people.hashing import NOBODY, ArgonHasher

PASSWORD = "thuyền về bến cũ"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


async def test_the_profile_is_the_second_of_rfc_9106_and_fits_only_the_password() -> None:
    hasher = ArgonHasher()
    stored = await hasher.hash(PASSWORD)
    told = extract_parameters(stored)
    assert (told.type.name, told.time_cost, told.memory_cost, told.parallelism) == (
        "ID", 3, 65536, 4,
    )  # fmt: skip
    assert (told.salt_len, told.hash_len) == (16, 32)
    assert await hasher.verify(stored, unicodedata.normalize("NFD", PASSWORD))
    assert not await hasher.verify(stored, PASSWORD.upper())
    assert not hasher.outdated(stored)


async def test_nobodys_password_costs_as_much_and_fits_nothing() -> None:
    hasher = ArgonHasher()
    assert extract_parameters(hasher._nobody) == extract_parameters(await hasher.hash("x"))
    assert not await hasher.verify(NOBODY, "")
    assert not await hasher.verify("no hash at all", PASSWORD)


async def test_what_was_made_by_older_rules_fits_and_is_outdated() -> None:
    stored = QUICK.hash(PASSWORD)
    assert await ArgonHasher().verify(stored, PASSWORD)
    assert ArgonHasher().outdated(stored)
