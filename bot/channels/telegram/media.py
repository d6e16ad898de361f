"""Pictures and files on their way to Telegram: brought once, sent by their id from then on.

Methods, limits and ids are those of core.telegram.org/bots/api#sending-files.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from telegram import Bot, InlineKeyboardMarkup, InputFile, Message
from telegram.error import BadRequest

from bot.channels.telegram.faults import LOST_FILE
from bot.channels.uploads import Upload, Uploads, waiting
from bot.messages import Enclosure

PHOTO: Final = "photo"
DOCUMENT: Final = "document"


class Media:
    """Sends messages with a picture or a file as one bot."""

    def __init__(self, bot: Bot, uploads: Uploads) -> None:
        """Send as ``bot``, whose files ``uploads`` knows."""
        self._bot = bot
        self._bot_id = bot.token.partition(":")[0]
        self._uploads = uploads

    async def send(
        self, chat: int, one: Enclosure, *, caption: str, under: InlineKeyboardMarkup | None
    ) -> Message:
        """Send ``one`` with its text in one call; the first who needs a file brings it.

        Raises:
            SendError: ``NO_FILE``, nothing was sent: somebody else brings it, or its id is lost.
            TelegramError: as Telegram says.
        """
        told: dict[str, Any] = {"caption": caption or None, "reply_markup": under}
        if one.private:
            content = InputFile(await self._uploads.private(one), filename=one.name)
            return await self._bot.send_document(chat, content, **told)
        kind = PHOTO if one.is_picture else DOCUMENT
        upload = Upload(
            bot=f"telegram:{self._bot_id}",
            kind=kind,
            digest=one.digest,
            name="" if one.is_picture else one.name,
        )
        call: Callable[..., Awaitable[Message]] = (
            self._bot.send_photo if one.is_picture else self._bot.send_document
        )
        async with self._uploads.known(upload) as known:
            if known:
                return await self._by_id(call, chat, upload, known, told | {kind: known})
            content = InputFile(await self._uploads.content(one.file), filename=one.name)
            sent = await call(chat, **told | {kind: content})
            if brought := _id_in(sent):
                await self._uploads.remember(upload, brought)
            return sent

    async def _by_id(
        self,
        call: Callable[..., Awaitable[Message]],
        chat: int,
        upload: Upload,
        known: str,
        told: dict[str, Any],
    ) -> Message:
        try:
            return await call(chat, **told)
        except BadRequest as error:
            if not any(words in error.message.lower() for words in LOST_FILE):
                raise
            await self._uploads.forget(upload, known)
            raise waiting("the file's id is not known any more") from error


def _id_in(sent: Message) -> str:
    """Give the id of what was sent: of a photo's sizes the largest stands last."""
    if sent.photo:
        return sent.photo[-1].file_id
    return sent.document.file_id if sent.document else ""
