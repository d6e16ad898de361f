"""A process that refreshes an account's tokens and is killed on the way, as by a power cut.

``python -m tests.fakes.token_kill`` reads what it needs as JSON from its standard input.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.hosts import Hosts
from bot.channels.zalo.oauth import OAuth
from bot.channels.zalo.pairs import Held, Pair
from bot.channels.zalo.refreshing import Refreshing
from bot.channels.zalo.tokens import Tokens
from bot.storage.database import create_database
from bot.storage.zalo_token_rows import SqlTokenStore
from bot.vault import Keyring, Vault


class Dies(StrEnum):
    """When it is killed."""

    BEFORE_IT_ASKS = "before it asks"
    BEFORE_IT_KEEPS = "before it keeps"


@dataclass(frozen=True, kw_only=True)
class Doomed:
    """What such a process is told."""

    dies: str
    database: str
    keys: str
    oauth: str
    app: str
    secret: str
    now: str

    async def run(self) -> int:
        """Let it live and die; give what its end says."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fakes.token_kill"),
            env={"PATH": os.defpath},
            stdin=PIPE,
        )
        await process.communicate(json.dumps(asdict(self)).encode())
        assert process.returncode is not None
        return process.returncode


class DyingStore(SqlTokenStore):
    """Kills its process where it is told to."""

    dies = ""

    async def ask(self, held: Held, *, back: bool = False) -> None:
        await super().ask(held, back=back)
        if self.dies == Dies.BEFORE_IT_ASKS:
            os.kill(os.getpid(), signal.SIGKILL)

    async def keep(self, held: Held, pair: Pair, *, at: datetime) -> bool:
        if self.dies == Dies.BEFORE_IT_KEEPS:
            os.kill(os.getpid(), signal.SIGKILL)
        return await super().keep(held, pair, at=at)


@dataclass(frozen=True)
class Standing:
    """A clock that stands still; that of the tests takes seconds to import."""

    at: datetime

    def now(self) -> datetime:
        return self.at


async def live(told: Doomed) -> None:
    """Refresh what is due."""
    hosts, clock = Hosts(oauth=told.oauth), Standing(datetime.fromisoformat(told.now))
    store = DyingStore(create_database(told.database), Vault(Keyring.parse(told.keys)))
    store.dies = told.dies
    oauth = OAuth(ZaloClient(hosts, secret=told.secret), hosts, told.app)
    await Tokens(store, Refreshing(store, oauth, clock=clock), clock).tend()


if __name__ == "__main__":
    asyncio.run(live(Doomed(**json.loads(sys.stdin.read()))))
