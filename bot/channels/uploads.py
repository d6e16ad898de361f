"""Stored files at a provider: brought there once, named by the provider's id from then on.

So a picture to ten thousand readers travels once. Ids are kept for each bot by the content's
digest; while a file is on its way nobody else brings it, and a message that needs it waits.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from time import monotonic
from typing import Final, Protocol

from bot.channels.errors import SendCode, SendError
from bot.messages import Enclosure

# Seconds after which a message asks again for a file that is on its way.
SOON: Final = 1.0
# Seconds after which an id that does not last is looked up anew: the shelf knows its age.
LOOK_ANEW: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A stored file as a bot uses it: what was brought as a photo is no document.

    ``name`` counts, as a provider keeps it with the file; a photo has none. For ``lasts`` seconds
    the provider knows it.
    """

    bot: str
    kind: str
    digest: str
    name: str = ""
    lasts: float = field(default=inf, compare=False)


class ShelfClosed(Exception):
    """The stored files cannot be reached now."""


class Shelf(Protocol):
    """Stored files, and the ids under which providers know them."""

    async def content(self, file: int) -> bytes | None:
        """Give what is in a stored file; nothing when there is none.

        Raises:
            ShelfClosed: it cannot be told now.
        """
        ...

    async def known(self, upload: Upload) -> str:
        """Give the provider's id of a file; empty while there is none that still lasts.

        Raises:
            ShelfClosed: it cannot be told now.
        """
        ...

    async def remember(self, upload: Upload, known_as: str) -> None:
        """Keep the provider's id of a file; that it could not be kept costs another upload."""
        ...

    async def forget(self, upload: Upload, known_as: str) -> None:
        """Drop an id that the provider does not know any more, unless a newer one is kept."""
        ...


class Copies(Protocol):
    """Files of one citizen alone, copies of their data or of answers; no provider's id is kept."""

    async def copy(self, number: int) -> bytes | None:
        """Give the file; nothing once it may not be fetched any more.

        Raises:
            ShelfClosed: it cannot be told now.
        """
        ...


class Uploads:
    """Gives the ids of files, and has each brought by one call alone."""

    def __init__(
        self,
        shelf: Shelf,
        copies: Copies,
        answers: Copies,
        *,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """Keep ids on ``shelf``, and in memory those that were asked for; ``now`` in seconds."""
        self._shelf = shelf
        self._copies = copies
        self._answers = answers
        self._now = now
        self._known: dict[Upload, str] = {}
        self._look_at: dict[Upload, float] = {}
        self._on_their_way: set[Upload] = set()

    @asynccontextmanager
    async def known(self, upload: Upload) -> AsyncIterator[str]:
        """Give the provider's id; an empty one means: bring the file now, nobody else does.

        Raises:
            SendError: another call is bringing it, or nobody can tell; nothing was sent.
        """
        if known := await self._id_of(upload):
            yield known
            return
        if upload in self._on_their_way:
            raise waiting("another message brings the file")
        self._on_their_way.add(upload)
        try:
            yield ""
        finally:
            self._on_their_way.discard(upload)

    async def content(self, file: int) -> bytes:
        """Give what is in a stored file.

        Raises:
            SendError: it is not there any more, or cannot be read now; nothing was sent.
        """
        return await _there(self._shelf.content(file))

    async def private(self, one: Enclosure) -> bytes:
        """Give a file of one citizen alone.

        Raises:
            SendError: it may not be fetched any more, or cannot be made now; nothing was sent.
        """
        return await _there((self._answers if one.answer else self._copies).copy(one.file))

    async def remember(self, upload: Upload, known_as: str) -> None:
        """Use the provider's id from now on."""
        self._keep(upload, known_as)
        await self._shelf.remember(upload, known_as)

    async def forget(self, upload: Upload, known_as: str) -> None:
        """Have a file brought anew that the provider does not know by its id any more."""
        if self._known.get(upload) == known_as:
            del self._known[upload]
            self._look_at.pop(upload, None)
        await self._shelf.forget(upload, known_as)

    async def _id_of(self, upload: Upload) -> str:
        if self._look_at.get(upload, inf) <= self._now():
            del self._known[upload], self._look_at[upload]
        try:
            known = self._known.get(upload) or await self._shelf.known(upload)
        except ShelfClosed as error:
            raise waiting(str(error)) from error
        # Another call may have brought it while the shelf was asked.
        if found := self._known.get(upload):
            return found
        if known:
            self._keep(upload, known)
        return known

    def _keep(self, upload: Upload, known_as: str) -> None:
        self._known[upload] = known_as
        if upload.lasts < inf:
            self._look_at[upload] = self._now() + min(LOOK_ANEW, upload.lasts)


async def _there(fetched: Awaitable[bytes | None]) -> bytes:
    try:
        content = await fetched
    except ShelfClosed as error:
        raise waiting(str(error)) from error
    if content is None:
        raise SendError(SendCode.REFUSED, "the file is not stored any more", retryable=False)
    return content


def waiting(why: str) -> SendError:
    """Say that a message waits for its file; it never left."""
    return SendError(SendCode.NO_FILE, why, retryable=True, retry_after=SOON)
