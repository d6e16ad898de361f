"""The paces of all accounts, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.pace.budget import PATIENCE
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.calls import WINDOW, CallLog
from bot.channels.zalo.pace import MinutePace
from bot.channels.zalo.turns import MinuteTurn
from bot.messages import Priority


class Paces:
    """Gives turns to write to followers, each under the pace of their account."""

    def __init__(
        self,
        log_of: Callable[[str], CallLog],
        most: int,
        *,
        made: Callable[[CallLog, int], MinutePace] = MinutePace,
    ) -> None:
        """Allow each account ``most`` calls a minute, kept in the log ``log_of`` it."""
        self._log_of = log_of
        self._most = most
        self._made = made
        self._known: dict[str, MinutePace] = {}

    def of(self, oa: str) -> MinutePace:
        """Give the pace of an account."""
        if oa not in self._known:
            self._known[oa] = self._made(self._log_of(oa), self._most)
        return self._known[oa]

    @property
    def rate(self) -> float:
        """How many calls a second may go now, all accounts together."""
        return sum(one.rate for one in self._known.values()) or self._most / WINDOW

    @property
    def silence(self) -> float:
        """For how many seconds more every account has to be silent."""
        return min((one.silence for one in self._known.values()), default=0.0)

    async def turn(
        self,
        chat: str,
        priority: Priority = Priority.REPLY,
        *,
        patience: float = PATIENCE,
        held: bool = False,  # noqa: ARG002 - all are until they are used
    ) -> MinuteTurn:
        """Wait for a turn to write to the follower ``chat``; see ``Pace`` of ``parts``."""
        return await self.of(Follower.of(chat).oa).turn(chat, priority, patience=patience)

    async def let_go(self, turn: MinuteTurn) -> None:
        """Leave the turn held until the call is made; see ``Pace`` of ``parts``."""

    async def close(self) -> None:
        """Leave nothing under way."""
        for one in self._known.values():
            await one.close()
