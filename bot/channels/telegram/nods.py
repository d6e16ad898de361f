"""Nods to pressed buttons, so that they stop turning; nothing depends on them."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.bell import Ear, nap
from bot.channels.line import Line
from bot.channels.pace.budget import Budget
from bot.channels.telegram.faults import SILENT, asked

REMEMBERED: Final = 1000
AT_ONCE: Final = 10
NAP: Final = 0.2
log = structlog.get_logger()


class Nods:
    """Answers presses as they are noted; when there are too many the oldest get none."""

    def __init__(self, bot: Bot, line: Line, budget: Budget) -> None:
        """Answer as ``bot``; faults are told on ``line``, where replies go out as well.

        A nod is no message and takes no turn of ``budget``, but keeps its silence. A wait asked of
        a nod is the nods' alone: Telegram counts floods by method
        (core.telegram.org/api/errors#420-flood).
        """
        self._bot = bot
        self._line = line
        self._budget = budget
        self._rest = 0.0
        self._pressed: deque[str] = deque(maxlen=REMEMBERED)
        self._ear = Ear()

    def note(self, press: str) -> None:
        """Have the press of this id answered soon."""
        self._pressed.append(press)
        self._ear.heard.set()

    async def nodding(self, stopping: asyncio.Event) -> None:
        """Answer until ``stopping``."""
        while not stopping.is_set():
            if not self._pressed:
                await self._ear.wait(NAP)
            if self._pressed and (silence := await self._silence()):
                await nap(stopping, silence)
                continue
            some = [self._pressed.popleft() for _ in range(min(AT_ONCE, len(self._pressed)))]
            await asyncio.gather(*map(self._nod, some))

    async def _silence(self) -> float:
        rest, self._rest = self._rest, 0.0
        return rest or await self._budget.hushed()

    async def _nod(self, press: str) -> None:
        try:
            await self._bot.answer_callback_query(press)
        except TelegramError as error:
            fault = asked(error)
            self._rest = max(self._rest, fault.retry_after or 0.0)
            if fault.code in SILENT:
                self._line.fails(fault.code, fault.detail)
            # Telegram forgets a press after some minutes; the reply itself is sent all the same.
            log.debug("nod_refused", error=error.message)
