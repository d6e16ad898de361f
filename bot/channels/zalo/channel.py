"""All Official Accounts behind one channel: an address tells which of them is spoken for."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from bot.bell import nap
from bot.channels.addressed import Addressed
from bot.channels.pace.parts import Held
from bot.channels.zalo.lines import Lines
from bot.channels.zalo.looking import Looking
from bot.channels.zalo.paces import Paces
from bot.channels.zalo.sending import Sending
from bot.channels.zalo.turns import MinuteTurn
from bot.messages import ChannelName, CitizenAddress, OutgoingMessage, Priority

# Seconds.
TEND_EVERY: Final = 60.0


class Tended(Protocol):
    """Tokens, which are refreshed in time; see ``bot.channels.zalo.tokens``."""

    async def tend(self) -> int:
        """Refresh what is due; give how many were."""
        ...

    async def close(self) -> None:
        """Let what is under way end."""
        ...


class ZaloChannel:
    """Implements ``bot.channels.port.ProviderChannel``; what comes in comes by another door."""

    name: Final = ChannelName.ZALO

    def __init__(
        self,
        sending: Sending,
        *,
        paces: Paces,
        lines: Lines,
        looking: Looking,
        tokens: Tended,
        files: Addressed,
    ) -> None:
        """Send by ``sending``; ``looking`` and ``tokens`` go on beside it."""
        self._sending = sending
        self._paces = paces
        self._lines = lines
        self._looking = looking
        self._tokens = tokens
        self._files = files

    @property
    def fault(self) -> str:
        """What fails between us and Zalo, and of which account; empty while nothing is known."""
        return self._lines.fault

    @property
    def rate(self) -> float:
        """How many messages a second may go now, all accounts together."""
        return self._paces.rate

    @property
    def silence(self) -> float:
        """For how many seconds more no account may call."""
        return self._paces.silence

    async def attending(self, stopping: asyncio.Event) -> None:
        """Look after the accounts and their tokens until ``stopping``."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._looking.looking(stopping))
            while not stopping.is_set():
                await self._tokens.tend()
                await nap(stopping, TEND_EVERY)

    async def send(self, message: OutgoingMessage) -> str:
        """Send the pieces in order; see ``Channel``."""
        return await self._sending.send(message)

    async def hold(
        self, address: CitizenAddress, priority: Priority, patience: float
    ) -> Held[MinuteTurn]:
        """Wait for a turn to write to somebody; see ``PacedChannel``."""
        return await self._sending.hold(address.user_id, priority, patience)

    async def download(self, reference: str, *, most: int) -> bytes:
        """Give what is in a citizen's file, by its address; see ``FileChannel``."""
        return await self._files.download(reference, most=most)

    async def close(self) -> None:
        """Close the connections."""
        await self._tokens.close()
        await self._paces.close()
        await self._files.close()
