"""Photos of citizens on their way in: who may send one, looked at, drawn anew, sealed, stored.

The doors of all channels use it: the web chat hands bytes over, other channels' files are fetched
by ``bot.intake.fetching``. Documented in docs/feedback.md, section Files.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.attaching import FitFile, examined_photo
from bot.casework.unfit import NotAttachable, Unfit, sentences
from bot.channels.kept import FLEETING, KEPT
from bot.clock import Clock
from bot.conversation.filing.talk import Step
from bot.messages import CitizenAddress, IncomingMessage
from bot.storage.database import Database
from bot.storage.errors import Unavailable, fault_of
from bot.storage.feedback_person_tables import drafts
from bot.storage.feedback_tables import cases
from bot.storage.fetch_rows import reserve, reserved, want
from bot.storage.finished import Claimed
from bot.storage.photo_rows import NewPhoto, StoredPhoto, add_photo, loose_files, same_loose_file
from bot.vault import Vault, place

# Photos that no case took yet, of one conversation.
MOST_LOOSE: Final = 5


class Photos:
    """Takes photos in; without a vault none is taken."""

    def __init__(self, database: Database, vault: Vault | None, clock: Clock) -> None:
        """Store in ``database`` what ``vault`` sealed."""
        sentences()  # What is read from disk is read before anything runs.
        self._database = database
        self._vault = vault
        self._clock = clock
        # One at a time: a large drawing takes a hundred megabytes for a moment.
        self._desk = asyncio.Semaphore(1)

    async def may_send(self, address: CitizenAddress) -> bool:
        """Tell whether a citizen's conversation has a use for photos: a draft, or an open case.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        with _reached():
            async with self._database.reading() as connection:
                return await self._has_use(connection, address)

    async def _has_use(self, connection: AsyncConnection, address: CitizenAddress) -> bool:
        if self._vault is None:
            return False
        talk = address.conversation
        # After the warning of a way of the law no file is taken.
        drafting = exists().where(drafts.c.conversation == talk, drafts.c.step != Step.WARNED)
        waiting = exists().where(cases.c.conversation == talk, cases.c.is_open)
        return bool((await connection.execute(select(drafting | waiting))).scalar())

    async def keep(self, address: CitizenAddress, content: bytes) -> int:
        """Look at a photo a citizen handed over and store it; give its number.

        The same photo handed over again, as after a lost answer, has the number it had.

        Raises:
            NotAttachable: it is no photo that is taken, or enough were sent.
            Unavailable: the database cannot be asked now.
        """
        photo = self.sealed(await self.examined(content))
        with _reached():
            async with self._database.writing() as connection:
                return await self._kept(connection, address.conversation, photo)

    async def _kept(self, connection: AsyncConnection, talk: str, photo: NewPhoto) -> int:
        if known := await same_loose_file(connection, talk, photo.digest):
            return known
        if len(await loose_files(connection, talk)) >= MOST_LOOSE:
            raise NotAttachable(Unfit.ENOUGH)
        return await add_photo(connection, talk, photo, self._clock.now())

    async def examined(self, content: bytes) -> FitFile:
        """Look at a photo beside the loop, after those that came before.

        Raises:
            NotAttachable: it is no photo that is taken.
        """
        async with self._desk:
            return await asyncio.to_thread(examined_photo, content)

    def sealed(self, photo: FitFile) -> NewPhoto:
        """Give a photo as it is stored."""
        assert self._vault is not None, "without a vault nobody may send photos"
        digest = sha256(photo.content).hexdigest()
        return NewPhoto(
            media=photo.media,
            size=len(photo.content),
            digest=digest,
            sealed=self._vault.seal(photo.content, place_of(digest)),
        )

    def opened(self, photo: StoredPhoto) -> bytes | None:
        """Give what is in a photo; see ``opened_photo``."""
        return opened_photo(self._vault, photo)

    async def note(self, claimed: Sequence[Claimed]) -> None:
        """Number the photos of messages about to be answered, where they have a use; once each.

        With words under it a photo may begin a report. They are fetched when they are wanted
        (``fetch_rows.want``), at once where they may be gone then. The web chat's are here.
        """
        brought = [one for one in claimed if _is_elsewhere(one.message)]
        if not brought:
            return
        async with self._database.writing() as connection:
            for one in brought:
                if one.message.text or await self._has_use(connection, one.message.address):
                    await self._number(connection, one)

    async def _number(self, connection: AsyncConnection, claimed: Claimed) -> None:
        talk = claimed.message.address.conversation
        # A turn lost in a crash is answered again alike.
        if await reserved(connection, claimed.id):
            return
        if len(await loose_files(connection, talk)) < MOST_LOOSE:
            number = await add_photo(connection, talk, None, self._clock.now())
            await reserve(connection, claimed, number)
            if claimed.message.address.channel in FLEETING:
                await want(connection, talk, [number])

    async def holds(self, address: CitizenAddress, file: int) -> bool:
        """Tell whether a photo is one this conversation brought and no case took.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        with _reached():
            async with self._database.reading() as connection:
                return file in await loose_files(connection, address.conversation)


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable(fault_of(error)) from error


def _is_elsewhere(message: IncomingMessage) -> bool:
    file = message.attachment
    return file is not None and file.is_picture and message.address.channel not in KEPT


def opened_photo(vault: Vault | None, photo: StoredPhoto) -> bytes | None:
    """Give what is in a photo; nothing while it was not fetched, or without a vault.

    Raises:
        Unopenable: its key is not there any more, or it was changed.
    """
    if photo.sealed is None or vault is None:
        return None
    return vault.open(photo.sealed, place_of(photo.digest))


def place_of(digest: str) -> str:
    """Name the place the photo of ``digest`` is sealed for, as the change of keys needs it."""
    return place("feedback_files", "content_sealed", digest)
