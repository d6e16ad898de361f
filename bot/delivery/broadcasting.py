"""News over the channels: the engine's senders, and the hours of each office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from bot.channels.errors import SendError
from bot.channels.port import PacedChannel
from bot.conversation.desk import Desk
from bot.messages import ChannelName, CitizenAddress, OutgoingMessage, Priority
from bot.metrics import Metrics
from bot.newsroom.letters import reply_of
from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.ports import Letter, Sender
from broadcasts.models import Route

ROUTES: Final[Mapping[ChannelName, Route]] = {ChannelName.TELEGRAM: Route.TELEGRAM}
AT_ONCE: Final[Mapping[Route, int]] = {Route.TELEGRAM: 10}
# Seconds that a message may wait for its turn behind replies, within the bound of a call.
PATIENCE: Final = 5.0


class ChannelSender:
    """Sends news by a channel, behind every reply; implements ``Sender``."""

    def __init__(self, channel: PacedChannel, metrics: Metrics) -> None:
        """Send by ``channel``."""
        self._channel = channel
        self._metrics = metrics
        self.route: Final = ROUTES[channel.name]
        self.at_once: Final = AT_ONCE[self.route]

    @property
    def rate(self) -> float:
        """How many messages a second may pass now."""
        return self._channel.rate

    @property
    def silence(self) -> float:
        """For how many seconds more the provider wants to hear nothing."""
        return self._channel.silence

    async def send(self, letter: Letter) -> Answer:
        """Send one message; see ``Sender``."""
        message = OutgoingMessage(
            id=letter.delivery,
            address=CitizenAddress(channel=self._channel.name, user_id=letter.address),
            reply=reply_of(letter.text),
            priority=Priority.BROADCAST,
            patience=PATIENCE,
        )
        try:
            external_id = await self._channel.send(message)
        except SendError as error:
            self._metrics.send_errors.labels(self._channel.name, error.code).inc()
            return Answer(
                fault=Fault(error.code),
                retryable=error.retryable,
                retry_after=error.retry_after or 0.0,
                moved_to=error.moved_to,
            )
        self._metrics.sent.labels(self._channel.name).inc()
        return Answer(external_id=external_id)


class Desks(Protocol):
    """Gives each office its own desk, and so its rules."""

    def speaking_as(self, office: str) -> Desk:
        """Give the desk of the office whose code is ``office``."""
        ...


class OfficeHours:
    """Each office's quiet hours as its rules have them; implements ``Hours``."""

    def __init__(self, desks: Desks) -> None:
        """Ask ``desks`` each time: an office may change its hours."""
        self._desks = desks

    def quiet_until(self, office: str, at: datetime) -> datetime | None:
        """Give when the quiet hours around ``at`` end; see ``Hours``."""
        return self._desks.speaking_as(office).standing.rules.quiet_until(at)


def senders_of(channels: Sequence[PacedChannel], metrics: Metrics) -> Mapping[Route, Sender]:
    """Give the sender of each route that one of ``channels`` serves."""
    senders = [ChannelSender(one, metrics) for one in channels]
    return {one.route: one for one in senders}
