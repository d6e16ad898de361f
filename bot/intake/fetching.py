"""Photos that other channels keep for us are fetched, looked at and stored, each once.

What cannot be had or is not taken is told to the citizen once, under the message it came with. A
channel out of reach is asked again, later and later, for most of a day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import Bell, nap
from bot.casework.attaching import MOST_BYTES, FitFile
from bot.casework.unfit import NotAttachable, Unfit
from bot.channels.errors import Missing, NotDownloaded
from bot.channels.port import FileChannel
from bot.clock import Clock
from bot.handling.photos import Photos
from bot.messages import ChannelName, Reply
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.fetch_rows import Fetch, claim_fetches, put_off, settle
from bot.storage.outbox_rows import NOT_FETCHED, Place, said_row
from bot.storage.photo_rows import drop_photo, fill_photo
from bot.storage.tables import outbox

LOOK_EVERY: Final = 2.0
AT_ONCE: Final = 4
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=10)
MOST_DOUBLINGS: Final = 7
# Before what no case took is erased without a word.
KEEP_TRYING: Final = timedelta(hours=20)
WHY: Final[Mapping[Missing, Unfit]] = {
    Missing.UNREACHABLE: Unfit.UNREACHED,
    Missing.LARGE: Unfit.LARGE,
    Missing.GONE: Unfit.GONE,
}
log = structlog.get_logger()


class Fetching:
    """Fetches what is wanted; any number of processes may."""

    def __init__(
        self,
        database: Database,
        channels: Sequence[FileChannel],
        photos: Photos,
        *,
        clock: Clock,
        bell: Bell,
    ) -> None:
        """Ask ``channels`` for their files and hand them to ``photos``."""
        self._database = database
        self._channels = {one.name: one for one in channels}
        self._photos = photos
        self._clock = clock
        self._bell = bell

    async def fetching(self, stopping: asyncio.Event) -> None:
        """Fetch until ``stopping``; what was begun is finished.

        A few are under way at a time, and none waits for another that is slow.
        """
        under_way: set[asyncio.Task[None]] = set()
        while not stopping.is_set():
            begun = await self._begun(AT_ONCE - len(under_way))
            under_way |= begun
            if under_way:
                _, under_way = await asyncio.wait(
                    under_way, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED
                )
            else:
                await nap(stopping, LOOK_EVERY)
        await asyncio.gather(*under_way)

    async def _begun(self, most: int) -> set[asyncio.Task[None]]:
        if not most:
            return set()
        try:
            taken = await self.taken(most)
        except (SQLAlchemyError, OSError) as error:
            log.warning("fetching_failed", error=fault_of(error))
            return set()
        return {asyncio.create_task(self._guarded(one)) for one in taken}

    async def taken(self, most: int = AT_ONCE) -> Sequence[Fetch]:
        """Take the turn of some of what is due."""
        names = frozenset[ChannelName](self._channels)
        async with self._database.writing() as connection:
            return await claim_fetches(connection, names, self._clock.now(), most)

    async def _guarded(self, wanted: Fetch) -> None:
        try:
            await self.fetch(wanted)
        except (SQLAlchemyError, OSError) as error:
            log.warning("fetching_failed", error=fault_of(error))

    async def fetch(self, wanted: Fetch) -> None:
        """Fetch one file and store it, put it off, or give it up with a word."""
        try:
            photo = await self._brought(wanted)
        except NotDownloaded as missing:
            if missing.why is Missing.UNREACHABLE and self._is_worth_a_try(wanted):
                await self._later(wanted, missing.retry_after)
            else:
                await self._give_up(wanted, WHY[missing.why])
        except NotAttachable as refused:
            await self._give_up(wanted, refused.why)
        except Exception:  # a file made to break us costs its sender a reply, and nobody else
            log.exception("photo_failed", file=wanted.file)
            await self._give_up(wanted, Unfit.BROKEN)
        else:
            await self._store(wanted, photo)

    async def _brought(self, wanted: Fetch) -> FitFile:
        channel = self._channels[wanted.address.channel]
        content = await channel.download(wanted.reference, most=MOST_BYTES)
        return await self._photos.examined(content)

    def _is_worth_a_try(self, wanted: Fetch) -> bool:
        return self._clock.now() - wanted.asked_at < KEEP_TRYING

    async def _later(self, wanted: Fetch, wish: float | None) -> None:
        pause = min(FIRST_PAUSE * 2 ** min(wanted.attempts - 1, MOST_DOUBLINGS), LONGEST_PAUSE)
        longer = max(pause, timedelta(seconds=wish or 0))
        async with self._database.writing() as connection:
            await put_off(connection, wanted.file, self._clock.now(), longer)

    async def _store(self, wanted: Fetch, photo: FitFile) -> None:
        sealed = self._photos.sealed(photo)
        async with self._database.writing() as connection:
            if await settle(connection, wanted.file):
                await fill_photo(connection, wanted.file, sealed)

    async def _give_up(self, wanted: Fetch, why: Unfit) -> None:
        """Erase the photo and say why it is not there; both or neither, and once."""
        said = Reply(str(NotAttachable(why)))
        place = Place(wanted.inbox_id, NOT_FETCHED)
        row = said_row(place, wanted.address, said, self._clock.now(), kept=False)
        async with self._database.writing() as connection:
            if not await settle(connection, wanted.file):
                return
            await drop_photo(connection, wanted.file)
            await connection.execute(insert(outbox).values(row))
        log.info("photo_not_taken", channel=wanted.address.channel, why=why)
        self._bell.ring(wanted.address.conversation)
        self._bell.ring(wanted.address.channel)
