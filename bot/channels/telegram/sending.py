"""Messages on their way to Telegram: each part takes its turn, and says what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import TelegramError

from bot.channels.errors import SendCode, SendError
from bot.channels.fitting import fitted
from bot.channels.line import Line
from bot.channels.pace.budget import PATIENCE, Budget
from bot.channels.pace.parts import Held, Parts, no_turn
from bot.channels.pace.turn import Turn
from bot.channels.spoken import spoken
from bot.channels.telegram.faults import SILENT, meaning
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.leaving import Recalled, following
from bot.channels.telegram.media import Media
from bot.messages import Enclosure, OutgoingMessage, Priority
from broadcasts.carriage import carriage
from broadcasts.models import Route

# Read before anything runs.
CARRIES: Final = carriage()[Route.TELEGRAM]
NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message as Telegram counts them."""

    chat: str
    text: str
    under: InlineKeyboardMarkup | None
    priority: Priority
    patience: float
    enclosed: Enclosure | None = None
    # The address of a picture that Telegram fetches and shows above the text.
    shown: str = ""


class Sending:
    """Sends as one bot, under its budget."""

    def __init__(self, bot: Bot, budget: Budget, line: Line, media: Media) -> None:
        """Send as ``bot``, pictures and files by ``media``; faults are told on ``line``."""
        self._bot = bot
        self._media = media
        self._budget = budget
        self._line = line
        self._parts = Parts(budget, self._send_in)

    async def send(self, message: OutgoingMessage, turn: Turn | None = None) -> str:
        """Send the parts in order, the first in ``turn`` if there is one; see ``Channel``."""
        first, *later = _parts(message)
        return await self._parts.follow(later, await self._parts.send(first, turn))

    async def hold(self, chat: str, priority: Priority, patience: float) -> Held[Turn]:
        """Wait for a turn to write to ``chat``; see ``PacedChannel``."""
        return Held(self.send, await self._parts.hold(chat, priority, patience))

    async def _send_in(self, part: Part, turn: Turn) -> str:
        try:
            with following(turn):
                external_id = await self._give(part)
        except TelegramError as error:
            if isinstance(error.__cause__, Recalled):
                raise no_turn(error, self._budget.silence) from error
            fault = meaning(error)
            await self._note(fault, turn)
            raise fault from error
        self._line.works()
        return external_id

    async def _give(self, part: Part) -> str:
        chat = _chat(part)
        try:
            return str((await self._call(chat, part)).message_id)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
            # It was taken (the courier saw to that); only what Telegram tells about it has a shape
            # the library cannot read.
            return ""

    async def _call(self, chat: int, part: Part) -> Message:
        if part.enclosed:
            return await self._media.send(chat, part.enclosed, caption=part.text, under=part.under)
        return await self._bot.send_message(
            chat, part.text, reply_markup=part.under, link_preview_options=_preview(part.shown)
        )

    async def _note(self, fault: SendError, turn: Turn) -> None:
        if fault.code is SendCode.RATE_LIMITED and fault.retry_after:
            await self._budget.refused(turn, fault.retry_after)
        if fault.code in SILENT:
            self._line.fails(fault.code, fault.detail)
        else:
            self._line.works()


def _chat(part: Part) -> int:
    try:
        return int(part.chat)
    except ValueError as error:
        fault = "a chat of Telegram is a number"
        raise SendError(SendCode.REFUSED, fault, retryable=False) from error


def _preview(shown: str) -> LinkPreviewOptions:
    if not shown:
        return NO_PREVIEW
    return LinkPreviewOptions(url=shown, prefer_large_media=True, show_above_text=True)


def _parts(message: OutgoingMessage) -> list[Part]:
    """Cut a message; what was begun is finished, so only its first part is impatient."""
    whole = fitted(replace(message.reply, text=spoken(message)), CARRIES)
    under = keyboard(message.reply.choices, whole.links)
    last = len(whole.parts) - 1
    first_waits = PATIENCE if message.patience is None else message.patience
    return [
        Part(
            chat=message.address.user_id,
            text=text,
            under=under if number == last else None,
            priority=message.priority,
            patience=PATIENCE if number else first_waits,
            enclosed=next(iter(whole.enclosed), None),
            shown="" if number else whole.shown,
        )
        for number, text in enumerate(whole.parts)
    ]
