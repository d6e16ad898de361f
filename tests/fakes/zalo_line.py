"""A line from the program's rooms to the emulator of Zalo, without the house around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.channels.zalo.accounts import Account, AccountStatus
from bot.channels.zalo.answers import Answered
from bot.channels.zalo.calling import Calling
from bot.channels.zalo.calls import Taken
from bot.channels.zalo.client import Patience, ZaloClient
from bot.channels.zalo.hosts import Hosts
from bot.channels.zalo.paces import Paces
from bot.channels.zalo.tally import Tally, counts_nothing
from bot.messages import Priority
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo.people import Account as Known


@dataclass
class MintedTokens:
    """Makes calls with tokens the emulator mints, one for each account."""

    fake: FakeZalo
    kept: dict[str, str] = field(default_factory=dict)

    async def calling(self, oa_id: str, call: Callable[[str], Awaitable[Answered]]) -> Answered:
        known = self.fake.world.tokens.get(self.kept.get(oa_id, ""))
        if known is None or known.until <= self.fake.clock.now().timestamp():
            self.kept[oa_id] = self.fake.mint(self.fake.world.accounts[oa_id])["access_token"]
        return await call(self.kept[oa_id])

    async def tend(self) -> int:
        return 0

    async def close(self) -> None:
        """Nothing is under way."""


class PaperCallLog:
    """Has room for every call."""

    def __init__(self) -> None:
        self._numbers = count()

    async def take(self, priority: Priority, most: int) -> Taken:  # noqa: ARG002
        return Taken(number=next(self._numbers), rate=most)

    async def give_back(self, number: int) -> None:
        """Nobody counts."""

    async def hush(self, seconds: float, most: int) -> None:
        """The pace itself is silent."""

    async def learn(self, most: int) -> None:
        """Nobody counts."""


@dataclass
class PaperAccounts:
    """The accounts of the emulator as the program knows them, all of them connected."""

    fake: FakeZalo
    offices: dict[str, str] = field(default_factory=dict)
    status: AccountStatus = AccountStatus.CONNECTED

    async def find(self, oa_id: str) -> Account | None:
        known = self.fake.world.accounts.get(oa_id)
        return self._account(known) if known else None

    async def every(self) -> tuple[Account, ...]:
        return tuple(map(self._account, self.fake.world.accounts.values()))

    async def plain(self, oa_id: str, until: datetime) -> None:
        """Nobody asks."""

    def _account(self, known: Known) -> Account:
        office = self.offices.get(known.oa_id, "xa-mau")
        return Account(oa_id=known.oa_id, office=office, name=known.name, status=self.status)


async def nothing() -> None:
    """Write no count."""


@asynccontextmanager
async def line_to(
    fake: FakeZalo, *, seconds: float = 2.0, tally: Tally = counts_nothing
) -> AsyncIterator[Calling]:
    """Calls of the emulator for as long as the context lasts."""
    hosts = Hosts(oauth=fake.oauth_url, api=fake.api_url, business=fake.business_url)
    paces = Paces(lambda _: PaperCallLog(), 4_000)
    client = ZaloClient(hosts, secret=fake.app.secret, patience=Patience(answer=seconds))
    try:
        yield Calling(client, MintedTokens(fake), paces, tally)
    finally:
        await paces.close()
        await client.close()
