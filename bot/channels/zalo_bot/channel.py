"""A bot of the Zalo Bot Platform as a channel; facts from docs.zaloplatforms.com/docs/BOT.

Of asking for updates, one comes in a call and is confirmed by having been given: there is no
cursor. What was fetched and could not be stored is kept here and tried again; what a kill between
the answer and the store takes with it is lost, and nothing on our side can help that. The webhook
has no such gap: a call is answered 200 only when its message is stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar, Final

import orjson

from bot.channels.addressed import Addressed
from bot.channels.errors import NotFetched, UnreadableWebhook
from bot.channels.lone_bot import LoneBot
from bot.channels.port import Batch, Brought, Turn
from bot.channels.shapes import Json
from bot.channels.zalo.pace import MinutePace
from bot.channels.zalo_bot.client import BotClient
from bot.channels.zalo_bot.faults import BotFault, BotRefused, asked
from bot.channels.zalo_bot.introduction import Introduction
from bot.channels.zalo_bot.reading import read_update
from bot.channels.zalo_bot.sending import Sending
from bot.clock import Clock
from bot.messages import (
    ChannelName,
    CitizenAddress,
    IncomingMessage,
    OutgoingMessage,
    Priority,
)

# Seconds for which a question for updates stays open.
ASK_SECONDS: Final = 25
NOTHING: Final = Batch(messages=(), cursor=0)


class ZaloBotChannel(LoneBot):
    """The office's bot on the Zalo Bot Platform."""

    name: ClassVar = ChannelName.ZALO_BOT
    secret_header: ClassVar = "X-Bot-Api-Secret-Token"  # noqa: S105 - a name

    def __init__(
        self,
        token: str,
        *,
        base_url: str,
        introduction: Introduction,
        pace: MinutePace,
        file_hosts: Collection[str],
    ) -> None:
        """Speak as the bot of ``token``, whose ``pace`` it is; connects nowhere yet.

        Webhooks must carry the secret of ``introduction``. Photos come from ``file_hosts`` alone.
        """
        super().__init__(pace=pace, secret=introduction.secret)
        self._client = BotClient(token, base_url=base_url)
        self._bot_id = token.partition(":")[0]
        self._introduction = introduction
        self._pace = pace
        self._sending = Sending(self._client, pace, self._lines["send"])
        self._files = Addressed(file_hosts)
        self._given = NOTHING

    async def close(self) -> None:
        """Close the connections."""
        await self._pace.close()
        await self._files.close()
        await self._client.close()

    async def attending(self, stopping: asyncio.Event) -> None:
        """Tell where we listen, as often as it takes, until ``stopping``."""
        line = self._lines["introduce"]
        await self._introduction.introducing(self._client, line, stopping)
        # What ends before the house does counts as broken.
        await stopping.wait()

    def parse(self, body: bytes, *, received_at: datetime) -> Brought:
        """Read one update; what is no private talk gives none."""
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise UnreadableWebhook from error
        if not isinstance(update, dict):
            raise UnreadableWebhook
        message = self._read(update, received_at)
        return Brought(messages=(message,) if message else ())

    async def fetch(self, cursor: int, clock: Clock) -> Batch:
        """Ask for one update; one that was given before and not confirmed is given again."""
        if self._given.cursor > cursor:
            return self._given
        told = await self._update()
        message = self._read(told, clock.now())
        if message is None:
            return Batch(messages=(), cursor=cursor)
        self._given = Batch(messages=(message,), cursor=cursor + 1)
        return self._given

    async def _update(self) -> Json:
        """Wait for an update; an empty one when none came."""
        line = self._lines["receive"]
        wish = {"timeout": ASK_SECONDS}
        try:
            told = await self._client.call("getUpdates", wish, seconds=ASK_SECONDS)
        except BotFault as error:
            if isinstance(error, BotRefused) and error.number == HTTPStatus.REQUEST_TIMEOUT:
                line.works()
                return {}
            fault = asked(error)
            line.fails(fault.code, fault.detail)
            raise NotFetched(fault.code) from error
        line.works()
        return told if isinstance(told, dict) else {}

    def _read(self, update: Json, received_at: datetime) -> IncomingMessage | None:
        return read_update(update, bot_id=self._bot_id, received_at=received_at)

    async def download(self, reference: str, *, most: int) -> bytes:
        """Give what is in a citizen's photo; see ``FileChannel``."""
        return await self._files.download(reference, most=most)

    async def send(self, message: OutgoingMessage) -> str:
        """Send the parts in order; see ``Channel``."""
        return await self._sending.send(message)

    async def hold(self, address: CitizenAddress, priority: Priority, patience: float) -> Turn:
        """Wait for a turn to write to somebody; see ``PacedChannel``."""
        return await self._sending.hold(address.user_id, priority, patience)
