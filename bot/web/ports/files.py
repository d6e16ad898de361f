"""Files that citizens hand over to the web, and those they fetch there."""

from __future__ import annotations

from typing import Protocol

from bot.casework.attaching import FitFile
from bot.messages import CitizenAddress


class Photos(Protocol):
    """Takes in the photos that citizens hand over."""

    async def may_send(self, address: CitizenAddress) -> bool:
        """Tell whether this conversation has a use for photos now.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...

    async def keep(self, address: CitizenAddress, content: bytes) -> int:
        """Look at a photo, draw it anew and store it; give its number, the same for the same one.

        Raises:
            NotAttachable: it is no photo that is taken, or enough were sent.
            Unavailable: the database cannot be asked now.
        """
        ...

    async def holds(self, address: CitizenAddress, file: int) -> bool:
        """Tell whether a photo is this conversation's, and not yet part of a case.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...


class Copies(Protocol):
    """Makes for citizens the copy of what is kept about them."""

    async def fetched(self, number: int, address: CitizenAddress) -> bytes | None:
        """Give the copy of a number to ``address``; nothing to another, or when it has ended.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...


class AnswerFiles(Protocol):
    """Files that came with answers."""

    async def fetched(self, number: int, address: CitizenAddress) -> FitFile | None:
        """Give a file to the chat its case was told in; nothing to another.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...
