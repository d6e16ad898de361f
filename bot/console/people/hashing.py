"""Passwords as Argon2id, worked out in a thread, one at a time."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.officials.passwords import canonical

NOBODY: Final = ""
Made = TypeVar("Made")


class Hasher(Protocol):
    """Turns a password into what may be stored, and holds one against it.

    However a keyboard composes its marks, a password is the same one.
    """

    async def hash(self, password: str) -> str:
        """Give what is stored of ``password``; another text each time."""
        ...

    async def verify(self, stored: str, password: str) -> bool:
        """Tell whether ``stored`` was made of ``password``.

        ``NOBODY`` is made of none, and to find that out takes as long.
        """
        ...

    def outdated(self, stored: str) -> bool:
        """Tell whether ``stored`` should be made anew by today's rules."""
        ...


class ArgonHasher:
    """Argon2id with the library's profile, the second of RFC 9106, 4."""

    def __init__(self, argon: PasswordHasher | None = None) -> None:
        """Make room for one at a time; how many may wait is the porch's."""
        self._argon = argon or PasswordHasher()
        # 64 MiB in four lanes, which keep four processors busy: two at a time would end no sooner.
        self._room = asyncio.Lock()
        self._nobody = _hash_of_nothing(self._argon)

    async def hash(self, password: str) -> str:
        """Work out a hash."""
        return await self._apart(lambda: self._argon.hash(canonical(password)))

    async def verify(self, stored: str, password: str) -> bool:
        """Hold a password against a hash, or for nobody's against one that nothing fits."""

        def fits() -> bool:
            try:
                return self._argon.verify(stored or self._nobody, canonical(password))
            except (VerificationError, InvalidHashError):
                return False

        return await self._apart(fits)

    def outdated(self, stored: str) -> bool:
        """Tell whether the profile of ``stored`` is another than today's."""
        return self._argon.check_needs_rehash(stored)

    async def _apart(self, work: Callable[[], Made]) -> Made:
        async with self._room:
            return await asyncio.to_thread(work)


def _hash_of_nothing(argon: PasswordHasher) -> str:
    """Write a hash in today's profile that was made of no password at all."""
    salt, digest = (
        b64encode(bytes(size)).decode().rstrip("=") for size in (argon.salt_len, argon.hash_len)
    )
    profile = f"m={argon.memory_cost},t={argon.time_cost},p={argon.parallelism}"
    return f"$argon2id$v=19${profile}${salt}${digest}"
