"""The pair of tokens of an account, and where it is kept.

A refresh token is used once: each answer brings the next, and the one before is dead at once. So
the number of a pair is written down before the next is asked for (``refreshing``), and the next is
kept before anybody uses it. Where ``refreshing`` is ahead of ``generation`` and nobody is at it,
somebody asked and what became of it is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from bot.channels.zalo.accounts import AccountStatus

# Of 25 hours 20 have passed.
DUE_AFTER: Final = 0.8
# A moment so far ahead was written by a clock that was wrong.
PUT_BACK: Final = timedelta(hours=1)
# For so long a token that is refused was refused for another reason than its age.
YOUNG: Final = timedelta(minutes=10)


class TokenFault(StrEnum):
    """What is wrong with an account's tokens.

    After the first three only a person's new consent helps.
    """

    # The refresh token was refused, though it should have been good.
    REFUSED = "refused"
    # A pair was given, or may have been, that was never kept here; the one before is refused.
    LOST = "lost"
    # Nobody refreshed for three months.
    EXPIRED = "expired"
    # A new token is refused as well: something of the app is not right.
    USELESS = "useless"
    # Zalo cannot be reached, and the access token ends.
    UNREACHABLE = "unreachable"
    # No key opens what is kept.
    SHUT = "shut"


# Over as soon as a call passes.
PASSING: Final = frozenset({TokenFault.USELESS, TokenFault.SHUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two tokens as Zalo gave them, and for how long the access token lasts."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lasts: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is kept of an account's tokens; without ``access`` and ``refresh`` none can be used."""

    oa_id: str
    status: AccountStatus
    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    access_until: datetime
    refresh_until: datetime
    refreshed_at: datetime
    generation: int
    refreshing: int
    fault: str = ""

    @property
    def is_lost(self) -> bool:
        """Tell that the next pair was asked for; when nobody is at it, nobody knows the answer."""
        return self.refreshing > self.generation

    def is_good(self, now: datetime) -> bool:
        """Tell whether calls may be tried with the access token."""
        return (
            bool(self.access) and self.status is not AccountStatus.OFF and now < self.access_until
        )

    def is_due(self, now: datetime) -> bool:
        """Tell whether the next pair should be asked for."""
        age, life = now - self.refreshed_at, self.access_until - self.refreshed_at
        return self.is_lost or age >= life * DUE_AFTER or age < -PUT_BACK

    def is_young(self, now: datetime) -> bool:
        """Tell whether the pair was made just now."""
        return abs(now - self.refreshed_at) < YOUNG


class StoreClosed(Exception):
    """The tokens cannot be read or kept now."""


class TokenStore(Protocol):
    """Where the tokens are; everything is there for good when a call of it comes back.

    All raise ``StoreClosed``.
    """

    def alone(self, oa_id: str) -> AbstractAsyncContextManager[None]:
        """Keep every other process from refreshing an account through the block."""
        ...

    async def connected(self) -> Sequence[str]:
        """Give the ids of the accounts that can be refreshed."""
        ...

    async def held(self, oa_id: str) -> Held | None:
        """Give what is kept, read anew; nothing for an account that is not there."""
        ...

    async def ask(self, held: Held, *, back: bool = False) -> None:
        """Note that the pair after ``held`` is asked for; ``back``: that it was not, after all."""
        ...

    async def keep(self, held: Held, pair: Pair, *, at: datetime) -> bool:
        """Put ``pair``, asked for at a moment, in the place of ``held``; all is well again.

        But where the one before was ``USELESS``: only a call that passes tells that this one is
        not.
        Another pair that took the place meanwhile stays, and so does an account that was switched
        off: then it tells no.
        """
        ...

    async def give_up(self, held: Held, why: TokenFault, *, at: datetime) -> bool:
        """Note that a new consent is needed, unless another pair took the place of ``held``."""
        ...

    async def spoil(self, held: Held, *, at: datetime) -> None:
        """Note that the access token is refused, before its time."""
        ...

    async def commend(self, oa_id: str) -> None:
        """Note that a call passed: what was ``PASSING`` is over."""
        ...

    async def complain(self, oa_id: str, why: TokenFault, *, at: datetime) -> None:
        """Note a fault that may pass, so that somebody is told; the first of a kind counts."""
        ...
