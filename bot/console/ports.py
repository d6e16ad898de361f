"""What the console asks of the rest of the program; ``bot.bootstrap`` builds the real one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.bell import Bell
from bot.casework.zalo.port import Reading, Zalo
from bot.clock import Clock
from bot.conversation.edition import Edition
from bot.conversation.orders import Orders
from bot.conversation.pipeline import Conversation
from bot.settings import Settings
from bot.storage.database import Database
from bot.vault import Vaults


class ConsoleHouse(Protocol):
    """The parts of the house in which officials work."""

    @property
    def settings(self) -> Settings:
        """What the environment says."""
        ...

    @property
    def clock(self) -> Clock:
        """The present moment."""
        ...

    @property
    def database(self) -> Database:
        """Where everything is kept."""
        ...

    @property
    def vaults(self) -> Vaults:
        """What seals and opens citizens' data."""
        ...

    @property
    def bell(self) -> Bell:
        """What wakes those who send and who wait."""
        ...

    @property
    def conversation(self) -> Conversation:
        """The desk citizens are answered from."""
        ...

    @property
    def orders(self) -> Orders:
        """What takes over at once what an office sets."""
        ...

    def channel_faults(self) -> Mapping[str, str]:
        """Give each provider's channel and what fails there, empty when nothing is known to."""
        ...

    @property
    def zalo(self) -> Zalo | None:
        """The app at Zalo; none where the environment names none."""
        ...

    @property
    def zalo_reading(self) -> Reading | None:
        """What reads accounts anew; none where the environment names no app."""
        ...

    @property
    def edition(self) -> Edition:
        """What takes a change over at once."""
        ...
