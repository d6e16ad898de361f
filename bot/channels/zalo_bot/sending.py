"""Messages on their way to the Bot Platform: words alone, and a picture by its public address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.channels.errors import SendCode, SendError
from bot.channels.line import Line
from bot.channels.pace.budget import PATIENCE
from bot.channels.pace.parts import Held, Parts, telling
from bot.channels.shapes import word
from bot.channels.written import written
from bot.channels.zalo.limits import NO_LIMITS
from bot.channels.zalo.pace import MinutePace
from bot.channels.zalo.turns import MinuteTurn
from bot.channels.zalo_bot.client import BotClient
from bot.channels.zalo_bot.faults import SILENT, BotFault, meaning
from bot.messages import OutgoingMessage, Priority
from broadcasts.carriage import carriage
from broadcasts.models import Route

# Read before anything runs.
CARRIES: Final = carriage()[Route.ZALO_BOT]
# Seconds more: they fetch the picture before they answer.
PHOTO_SECONDS: Final = 30.0
# Seconds of silence after a refusal for the rate, twice as long each time: no wish is ever told.
FIRST_SILENCE: Final = 15.0
LONGEST_SILENCE: Final = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message as the Bot Platform counts them; ``photo`` is the address of a picture."""

    chat: str
    text: str
    priority: Priority
    patience: float
    photo: str = ""


class Sending:
    """Sends as one bot, under its pace."""

    def __init__(self, client: BotClient, pace: MinutePace, line: Line) -> None:
        """Send by ``client``; faults are told on ``line``."""
        self._client = client
        self._pace = pace
        self._line = line
        self._parts = Parts(pace, self._give)
        self._silence = FIRST_SILENCE

    async def send(self, message: OutgoingMessage, turn: MinuteTurn | None = None) -> str:
        """Send the parts in order, the first in ``turn`` if there is one; see ``Channel``.

        A picture that they do not take is left to the page: the words arrive all the same.
        """
        first, *later = _parts(message)
        try:
            external_id = await self._parts.send(first, turn)
        except SendError as fault:
            if not first.photo or fault.code is not SendCode.REFUSED:
                raise
            first, *later = _parts(_without_pictures(message))
            external_id = await self._parts.send(first)
        return await self._parts.follow(later, external_id)

    async def hold(self, chat: str, priority: Priority, patience: float) -> Held[MinuteTurn]:
        """Wait for a turn to write to ``chat``; see ``PacedChannel``."""
        return Held(self.send, await self._parts.hold(chat, priority, patience))

    async def _give(self, part: Part, turn: MinuteTurn) -> str:
        with telling():
            await self._pace.use(turn)
        try:
            told = await self._call(part)
        except BotFault as error:
            raise await self._noted(meaning(error)) from error
        finally:
            self._pace.answered(NO_LIMITS)
        self._line.works()
        self._silence = FIRST_SILENCE
        # It was taken, whatever is told about it.
        return word(told, "message_id") if isinstance(told, dict) else ""

    async def _call(self, part: Part) -> object:
        if not part.photo:
            return await self._client.call("sendMessage", _told(part, "text"))
        told = _told(part, "caption") | {"photo": part.photo}
        return await self._client.call("sendPhoto", told, seconds=PHOTO_SECONDS)

    async def _noted(self, fault: SendError) -> SendError:
        if fault.code is SendCode.RATE_LIMITED:
            rest = self._rest()
            fault = SendError(fault.code, fault.detail, retryable=True, retry_after=rest)
            await self._pace.refused(rest)
        if fault.code in SILENT:
            self._line.fails(fault.code, fault.detail)
        else:
            self._line.works()
        return fault

    def _rest(self) -> float:
        """Give how long to be silent; calls refused at the same time are one refusal."""
        if silence := self._pace.silence:
            return silence
        rest, self._silence = self._silence, min(self._silence * 2, LONGEST_SILENCE)
        return rest


def _told(part: Part, name: str) -> dict[str, object]:
    return {"chat_id": part.chat, name: part.text}


def _parts(message: OutgoingMessage) -> list[Part]:
    """Cut a message; what was begun is finished, so only its first part is impatient."""
    whole = written(message, CARRIES)
    first_waits = PATIENCE if message.patience is None else message.patience
    shown = next((one.address for one in whole.enclosed), "")
    return [
        Part(
            chat=message.address.user_id,
            text=text,
            priority=message.priority,
            patience=PATIENCE if number else first_waits,
            photo="" if number else shown,
        )
        for number, text in enumerate(whole.parts)
    ]


def _without_pictures(message: OutgoingMessage) -> OutgoingMessage:
    """Have the pictures left to the page: what has no public address does not go along."""
    left = tuple(replace(one, address="") for one in message.reply.enclosures)
    return replace(message, reply=replace(message.reply, enclosures=left))
