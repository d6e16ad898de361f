"""What the channel of a bot with one token has, whosever platform it is on."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import ClassVar, Final, Protocol

from bot.channels.errors import ForgedWebhook
from bot.channels.line import Line
from bot.messages import ChannelName

WAYS: Final = ("send", "receive", "introduce")


class Pace(Protocol):
    """How fast a bot may speak; see ``bot.channels.pace``."""

    @property
    def rate(self) -> float:
        """How many messages a second."""
        ...

    @property
    def silence(self) -> float:
        """For how many seconds more nothing."""
        ...


class LoneBot:
    """The lines of a bot, its pace, and the secret its webhooks carry: nothing else is signed."""

    name: ClassVar[ChannelName]
    secret_header: ClassVar[str]

    def __init__(self, *, pace: Pace, secret: str) -> None:
        """Start with lines that work; without a ``secret`` no webhook is believed."""
        self._lines = {way: Line(self.name, way) for way in WAYS}
        self.__pace = pace
        self.__secret = secret

    @property
    def fault(self) -> str:
        """What fails between us and the provider, empty while nothing is known to."""
        return next((line.fault for line in self._lines.values() if line.fault), "")

    @property
    def rate(self) -> float:
        """How many messages a second the bot may send now."""
        return self.__pace.rate

    @property
    def silence(self) -> float:
        """For how many seconds more nothing is sent."""
        return self.__pace.silence

    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:  # noqa: ARG002
        """Compare the secret of the header."""
        given = headers.get(self.secret_header, "").encode(errors="surrogateescape")
        if not self.__secret or not hmac.compare_digest(given, self.__secret.encode()):
            raise ForgedWebhook
