"""News over the channels: the engine's senders, and the hours of each office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.channels.errors import SendError
from bot.channels.port import PacedChannel, Turn
from bot.channels.uploads import SOON, ShelfClosed
from bot.conversation.desk import Desk
from bot.delivery.shelf import SqlShelf
from bot.messages import ChannelName, CitizenAddress, OutgoingMessage, Priority
from bot.metrics import Metrics
from bot.newsroom.letters import enclosed, reply_of
from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.no_way import NoWay
from broadcasts.delivery.ports import Letter, Sender
from broadcasts.models import Route

ROUTES: Final[Mapping[ChannelName, Route]] = {
    ChannelName.TELEGRAM: Route.TELEGRAM,
    ChannelName.ZALO: Route.ZALO_CS,
    ChannelName.ZALO_BOT: Route.ZALO_BOT,
}
# As many as wait for an answer at 30 a second when answers take two thirds of one.
AT_ONCE: Final[Mapping[Route, int]] = {
    Route.TELEGRAM: 20,
    Route.ZALO_CS: 8,
    Route.ZALO_BOT: 2,
}
# Seconds that a turn behind replies is waited for; with a call within what a wave may last.
PATIENCE: Final = 5.0


class ChannelSender:
    """Sends news by a channel, behind every reply; implements ``Sender``."""

    def __init__(self, channel: PacedChannel, shelf: SqlShelf, metrics: Metrics) -> None:
        """Send by ``channel``; ``shelf`` tells of files."""
        self._channel = channel
        self._shelf = shelf
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

    def account(self, address: str) -> str:
        """Name the office's own account that writes to ``address``, if there are any."""
        return self._to(address).account

    async def turn(self, address: str) -> NewsTurn | NoWay | None:
        """Wait behind every reply for a turn to write to ``address``; see ``Sender``."""
        try:
            turn = await self._channel.hold(self._to(address), Priority.BROADCAST, PATIENCE)
        except SendError as error:
            self._metrics.send_errors.labels(self._channel.name, error.code).inc()
            return None if error.retryable else NoWay(answer_of(error))
        return NewsTurn(self, turn)

    def _to(self, address: str) -> CitizenAddress:
        return CitizenAddress(channel=self._channel.name, user_id=address)

    async def send(self, letter: Letter, turn: Turn) -> Answer:
        """Send one message in ``turn``; see ``broadcasts.delivery.ports.Turn``."""
        try:
            heads = await self._shelf.heads(enclosed(letter.text))
        except ShelfClosed:
            return Answer(fault=Fault.NO_FILE, retryable=True, retry_after=SOON)
        message = OutgoingMessage(
            id=letter.delivery,
            address=self._to(letter.address),
            reply=reply_of(letter.text, heads),
            priority=Priority.BROADCAST,
        )
        try:
            external_id = await turn.send(message)
        except SendError as error:
            self._metrics.send_errors.labels(self._channel.name, error.code).inc()
            return answer_of(error)
        self._metrics.sent.labels(self._channel.name).inc()
        return Answer(external_id=external_id)


def answer_of(error: SendError) -> Answer:
    """Say what a channel's error means to the engine."""
    return Answer(
        fault=Fault(error.code),
        retryable=error.retryable,
        retry_after=error.retry_after or 0.0,
        moved_to=error.moved_to,
    )


@dataclass(frozen=True, slots=True)
class NewsTurn:
    """A turn of a channel's budget for one piece of news; implements the engine's ``Turn``."""

    sender: ChannelSender
    turn: Turn

    async def send(self, letter: Letter) -> Answer:
        """Send one message now; see ``Turn``."""
        return await self.sender.send(letter, self.turn)

    def over(self) -> None:
        """Leave the turn to others; see ``Turn``."""
        self.turn.over()


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


def senders_of(
    channels: Sequence[PacedChannel], shelf: SqlShelf, metrics: Metrics
) -> Mapping[Route, Sender]:
    """Give the sender of each route that one of ``channels`` serves."""
    senders = [ChannelSender(one, shelf, metrics) for one in channels]
    return {one.route: one for one in senders}
