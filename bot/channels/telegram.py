"""Telegram as a channel, over python-telegram-bot; facts from core.telegram.org/bots/api.

It may be unreachable in Việt Nam: whatever surely never left is tried again later, and nothing
else waits for it. A time-out after sending is uncertain and never repeated.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.errors import ForgedWebhook, SendCode, SendError, UnreadableWebhook
from bot.channels.pace import Pace
from bot.channels.port import Limits
from bot.channels.render import split
from bot.messages import (
    ChannelName,
    CitizenAddress,
    IncomingMessage,
    MessageKind,
    OutgoingMessage,
    QuickReply,
)

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name
SENDS_PER_SECOND: Final = 25
LABEL: Final = 60
PENDING: Final = 1000
NEVER_LEFT: Final = (httpx.PoolTimeout, httpx.ConnectError, httpx.ConnectTimeout)


class TelegramChannel:
    """The office's bot on Telegram."""

    name: Final = ChannelName.TELEGRAM
    limits: Final = Limits(text=4000, choices=12, label=LABEL, buttons=True)

    def __init__(self, token: str, *, secret: str, base_url: str, proxy: str | None) -> None:
        """Speak as the bot of ``token``; connects nowhere yet. Webhooks must carry ``secret``."""
        sending = HTTPXRequest(
            proxy=proxy, read_timeout=15, pool_timeout=5, connection_pool_size=32
        )
        asking = HTTPXRequest(proxy=proxy, read_timeout=40, pool_timeout=5)
        self._requests = (sending, asking)
        self.bot = Bot(
            token, base_url=f"{base_url}/bot", request=sending, get_updates_request=asking
        )
        self._secret = secret
        self._pace = Pace(SENDS_PER_SECOND)
        self._pressed: dict[str, str] = {}

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()

    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:  # noqa: ARG002
        """Compare the secret of the header; Telegram signs nothing else."""
        given = headers.get(SECRET_HEADER, "")
        if not self._secret or not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise ForgedWebhook

    def parse(self, body: bytes, *, received_at: datetime) -> tuple[IncomingMessage, ...]:
        """Read one update; what is no private talk gives none."""
        try:
            update = Update.de_json(json.loads(body.decode()), self.bot)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnreadableWebhook from error
        return self.read(update, received_at=received_at)

    def read(self, update: Update, *, received_at: datetime) -> tuple[IncomingMessage, ...]:
        """Give the message of ``update``, if it holds one."""
        found = self._said(update)
        if found is None:
            return ()
        chat_id, kind, text = found
        address = CitizenAddress(channel=self.name, user_id=chat_id)
        return (
            IncomingMessage(
                address=address,
                external_id=str(update.update_id),
                kind=kind,
                text=text,
                received_at=received_at,
            ),
        )

    def _said(self, update: Update) -> tuple[str, MessageKind, str] | None:
        pressed = update.callback_query
        if pressed and pressed.data:
            chat_id = str(pressed.from_user.id)
            self._note_press(chat_id, pressed.id)
            return chat_id, MessageKind.CHOICE, pressed.data
        message = update.message
        if message is None or message.chat.type != "private":
            return None
        kind = _kind(message)
        return str(message.chat.id), kind, _command(message.text or message.caption or "")

    def _note_press(self, chat_id: str, query_id: str) -> None:
        self._pressed[chat_id] = query_id
        if len(self._pressed) > PENDING:
            del self._pressed[next(iter(self._pressed))]

    async def send(self, message: OutgoingMessage) -> str:
        """Send the parts in order; see ``Channel``."""
        chat_id = message.address.user_id
        parts = split(message.reply.text, self.limits.text)
        sent = ""
        for number, part in enumerate(parts, start=1):
            await self._pace.turn()
            keyboard = _keyboard(message.reply.choices) if number == len(parts) else None
            try:
                result = await self.bot.send_message(int(chat_id), part, reply_markup=keyboard)
            except TelegramError as error:
                raise _translated(error, first=number == 1) from error
            sent = str(result.message_id)
        await self._release_button(chat_id)
        return sent

    async def _release_button(self, chat_id: str) -> None:
        query_id = self._pressed.pop(chat_id, "")
        if not query_id:
            return
        try:
            await self.bot.answer_callback_query(query_id)
        except TelegramError:
            # The button only spins a little longer; the reply itself has arrived.
            return


def _kind(message: Message) -> MessageKind:
    if message.text:
        return MessageKind.TEXT
    kinds = (
        (message.photo, MessageKind.PHOTO),
        (message.voice or message.audio or message.video_note, MessageKind.VOICE),
        (message.document or message.video, MessageKind.FILE),
        (message.location, MessageKind.LOCATION),
    )
    return next((kind for content, kind in kinds if content), MessageKind.UNSUPPORTED)


def _command(text: str) -> str:
    """Turn ``/menu@the_bot`` into the word the conversation knows."""
    if not text.startswith("/"):
        return text
    return text[1:].split(maxsplit=1)[0].split("@", maxsplit=1)[0] if len(text) > 1 else text


def _keyboard(choices: tuple[QuickReply, ...]) -> InlineKeyboardMarkup | None:
    if not choices:
        return None
    buttons = [
        InlineKeyboardButton(_short(choice.label), callback_data=choice.value)
        for choice in choices
    ]
    long = any(len(choice.label) > LABEL // 3 for choice in choices)
    width = 1 if long else 2
    rows = [buttons[start : start + width] for start in range(0, len(buttons), width)]
    return InlineKeyboardMarkup(rows)


def _short(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"


def _translated(error: TelegramError, *, first: bool) -> SendError:
    """Say what a fault means; after the first part nothing is sent again."""
    found = _meaning(error)
    if first or not found.retryable:
        return found
    return SendError(SendCode.UNCERTAIN, found.detail, retryable=False)


def _meaning(error: TelegramError) -> SendError:
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait if isinstance(wait, int) else wait.total_seconds()
            return SendError(SendCode.RATE_LIMITED, retryable=True, retry_after=seconds)
        case Forbidden():
            return SendError(SendCode.BLOCKED, error.message, retryable=False)
        case InvalidToken():
            return SendError(SendCode.MISCONFIGURED, retryable=False)
        case BadRequest():
            gone = "chat not found" in error.message.lower()
            code = SendCode.GONE if gone else SendCode.REFUSED
            return SendError(code, error.message, retryable=False)
        case NetworkError() if isinstance(error.__cause__, NEVER_LEFT):
            return SendError(SendCode.UNREACHABLE, retryable=True)
        case _:
            return SendError(SendCode.UNCERTAIN, type(error).__name__, retryable=False)
