"""Telegram as a channel, over python-telegram-bot; facts from core.telegram.org/bots/api.

It may be unreachable in Việt Nam: whatever surely never left is tried again later, and nothing
else waits for it. A time-out after sending is uncertain and never repeated.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

import orjson
from telegram import Bot
from telegram.error import TelegramError

from bot.bell import nap
from bot.channels.errors import NotFetched, UnreadableWebhook
from bot.channels.line import Line
from bot.channels.lone_bot import LoneBot
from bot.channels.pace.budget import Budget
from bot.channels.port import Batch, Brought, Turn
from bot.channels.telegram.downloads import Downloads
from bot.channels.telegram.faults import Courier, OddAnswer, asked
from bot.channels.telegram.introduction import Introduction
from bot.channels.telegram.media import Media
from bot.channels.telegram.nods import Nods
from bot.channels.telegram.reading import WANTED, is_update, read_update
from bot.channels.telegram.sending import Sending
from bot.channels.uploads import Copies, Shelf, Uploads
from bot.clock import Clock
from bot.messages import ChannelName, CitizenAddress, OutgoingMessage, Priority

# As many as wait for an answer at 30 a second when answers take two seconds.
CONNECTIONS: Final = 64
ANSWER_SECONDS: Final = 15
ASK_SECONDS: Final = 25
LONGEST_PAUSE: Final = 60.0


class TelegramChannel(LoneBot):
    """The office's bot on Telegram."""

    name: ClassVar = ChannelName.TELEGRAM
    secret_header: ClassVar = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name

    def __init__(  # noqa: PLR0913 - its collaborators
        self,
        token: str,
        *,
        base_url: str,
        proxy: str | None,
        introduction: Introduction,
        budget: Budget,
        shelf: Shelf,
        copies: Copies,
        answers: Copies,
    ) -> None:
        """Speak as the bot of ``token``, whose ``budget`` it is; connects nowhere yet.

        Webhooks must carry the secret of ``introduction``. Pictures and files are on ``shelf``,
        what is one citizen's alone comes from ``copies`` and ``answers``.
        """
        super().__init__(pace=budget, secret=introduction.secret)
        sending = Courier(
            proxy=proxy,
            read_timeout=ANSWER_SECONDS,
            pool_timeout=5,
            connection_pool_size=CONNECTIONS,
        )
        self._asking = Courier(proxy=proxy, read_timeout=ASK_SECONDS + 10, pool_timeout=5)
        self._requests = (sending, self._asking)
        self._bot = Bot(
            token,
            base_url=f"{base_url}/bot",
            request=sending,
            get_updates_request=self._asking,
        )
        self._bot_id = token.partition(":")[0]
        self._introduction = introduction
        self._budget = budget
        self._nods = Nods(self._bot, self._lines["send"], budget)
        media = Media(self._bot, Uploads(shelf, copies, answers))
        self._sending = Sending(self._bot, budget, self._lines["send"], media)
        self._downloads = Downloads(base_url=base_url, token=token, proxy=proxy, budget=budget)

    async def close(self) -> None:
        """Close the connections."""
        await self._budget.close()
        await self._downloads.close()
        for request in self._requests:
            await request.shutdown()

    async def attending(self, stopping: asyncio.Event) -> None:
        """Introduce the bot, as often as it takes, and nod to presses, until ``stopping``."""
        async with asyncio.TaskGroup() as both:
            introducing = both.create_task(self._introduce(stopping))
            await self._nods.nodding(stopping)
            introducing.cancel()

    async def _introduce(self, stopping: asyncio.Event) -> None:
        steps = (
            (self._introduction.listen, self._lines["receive"]),
            (self._introduction.present, self._lines["introduce"]),
        )
        for step, line in steps:
            pause = 1.0
            while not stopping.is_set():
                rest = await self._rest_after(step, line)
                if rest is None:
                    break
                await nap(stopping, max(pause, rest))
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _rest_after(
        self, step: Callable[[Bot], Awaitable[None]], line: Line
    ) -> float | None:
        """Take a step; when it failed, give for how many seconds it is not to be tried again."""
        if silence := await self._budget.hushed():
            return silence
        try:
            await step(self._bot)
        except TelegramError as error:
            fault = asked(error)
            line.fails(fault.code, fault.detail)
            return fault.retry_after or 0.0
        line.works()
        return None

    def parse(self, body: bytes, *, received_at: datetime) -> Brought:
        """Read one update; what is no private talk gives none."""
        try:
            update = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise UnreadableWebhook from error
        if not is_update(update):
            raise UnreadableWebhook
        return self._read([update], received_at)

    def _read(self, updates: Sequence[dict[str, Any]], received_at: datetime) -> Brought:
        heard = [read_update(one, bot_id=self._bot_id, received_at=received_at) for one in updates]
        for one in heard:
            if one.press:
                self._nods.note(one.press)
        return Brought(
            messages=tuple(one.message for one in heard if one.message),
            left=tuple(one.left for one in heard if one.left),
        )

    async def fetch(self, cursor: int, clock: Clock) -> Batch:
        """Ask for updates from number ``cursor`` on; those before it are confirmed by that."""
        line = self._lines["receive"]
        try:
            updates = await self._updates(cursor)
        except TelegramError as error:
            fault = asked(error)
            line.fails(fault.code, fault.detail)
            raise NotFetched(fault.code, retry_after=fault.retry_after) from error
        line.works()
        newest = max((update["update_id"] for update in updates), default=cursor - 1)
        read = self._read(updates, clock.now())
        return Batch(messages=read.messages, left=read.left, cursor=max(newest + 1, cursor))

    async def _updates(self, cursor: int) -> list[dict[str, Any]]:
        wish = {"offset": cursor, "timeout": ASK_SECONDS, "allowed_updates": json.dumps(WANTED)}
        # As plain JSON: one update the library cannot read would hide the others.
        found = await self._asking.post(f"{self._bot.base_url}/getUpdates?{urlencode(wish)}")
        if not isinstance(found, list):
            raise OddAnswer
        return [one for one in found if is_update(one)]

    async def download(self, reference: str, *, most: int) -> bytes:
        """Give what is in a citizen's file; see ``FileChannel``."""
        return await self._downloads.download(reference, most=most)

    async def send(self, message: OutgoingMessage) -> str:
        """Send the parts in order; see ``Channel``."""
        return await self._sending.send(message)

    async def hold(self, address: CitizenAddress, priority: Priority, patience: float) -> Turn:
        """Wait for a turn to write to a chat; see ``PacedChannel``."""
        return await self._sending.hold(address.user_id, priority, patience)
