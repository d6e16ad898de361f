"""Messages on their way to Telegram: each part takes its turn, and says what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import TelegramError

from bot.channels.errors import SendCode, SendError
from bot.channels.fitting import fitted
from bot.channels.line import Line
from bot.channels.pace.budget import PATIENCE, Budget
from bot.channels.pace.line import NoTurn
from bot.channels.pace.turn import Turn
from bot.channels.spoken import spoken
from bot.channels.telegram.faults import SILENT, meaning
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.leaving import Recalled, following
from bot.channels.telegram.media import Media
from bot.messages import Enclosure, OutgoingMessage, Priority
from broadcasts.carriage import carriage
from broadcasts.models import Route

TRIES_OF_A_LATER_PART: Final = 3
LONGEST_WAIT_FOR_A_PART: Final = 10.0
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

    async def send(self, message: OutgoingMessage, turn: Turn | None = None) -> str:
        """Send the parts in order, the first in ``turn`` if there is one; see ``Channel``."""
        first, *later = _parts(message)
        external_id = await (self._send_held(turn, first) if turn else self._send(first))
        for part in later:
            external_id = await self._send_later(part)
        return external_id

    async def _send_later(self, part: Part) -> str:
        """Send a part after the first: it is tried again here, not the whole later."""
        for attempt in range(1, TRIES_OF_A_LATER_PART + 1):
            try:
                return await self._send(part)
            except SendError as fault:
                if not fault.retryable:
                    raise
                if attempt < TRIES_OF_A_LATER_PART:
                    wait = fault.retry_after or attempt
                    await asyncio.sleep(min(wait, LONGEST_WAIT_FOR_A_PART))
        raise SendError(SendCode.UNCERTAIN, "only a part went out", retryable=False)

    async def _send(self, part: Part) -> str:
        """Send a part when its turn comes; a turn taken back is waited for again."""
        while True:
            turn = await self._turn(part)
            try:
                return await self._send_in(turn, part)
            except SendError as fault:
                if fault.code is not SendCode.NO_TURN:
                    raise

    async def _send_in(self, turn: Turn, part: Part) -> str:
        try:
            with following(turn):
                external_id = await self._give(part)
        except TelegramError as error:
            if isinstance(error.__cause__, Recalled):
                raise _no_turn(error, self._budget.silence) from error
            fault = meaning(error)
            await self._note(fault, turn)
            raise fault from error
        finally:
            turn.over()
        self._line.works()
        return external_id

    async def _send_held(self, turn: Turn, part: Part) -> str:
        try:
            with _telling():
                await self._budget.let_go(turn)
            return await self._send_in(turn, part)
        finally:
            turn.over()

    async def _turn(self, part: Part) -> Turn:
        with _telling():
            return await self._budget.turn(part.chat, part.priority, patience=part.patience)

    async def hold(self, chat: str, priority: Priority, patience: float) -> Held:
        """Wait for a turn to write to ``chat``; see ``PacedChannel``."""
        with _telling():
            turn = await self._budget.turn(chat, priority, patience=patience, held=True)
        return Held(self, turn)

    async def _give(self, part: Part) -> str:
        try:
            return str((await self._call(part)).message_id)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
            # It was taken (the courier saw to that); only what Telegram tells about it has a shape
            # the library cannot read.
            return ""

    async def _call(self, part: Part) -> Message:
        chat = int(part.chat)
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


@dataclass(frozen=True, slots=True)
class Held:
    """A turn of the budget; implements ``bot.channels.port.Turn``."""

    sending: Sending
    turn: Turn

    async def send(self, message: OutgoingMessage) -> str:
        """Send the first part in this turn, the others in their own; see ``Turn``."""
        return await self.sending.send(message, self.turn)

    def over(self) -> None:
        """Leave it to others; see ``Turn``."""
        self.turn.over()


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except NoTurn as error:
        raise _no_turn(error, error.wait) from error


def _no_turn(why: Exception, wait: float) -> SendError:
    return SendError(SendCode.NO_TURN, str(why), retryable=True, retry_after=wait)


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
