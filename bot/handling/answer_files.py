"""Files of answers, opened: for the citizen who was answered, for officers, for channels."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.casework.attaching import FitFile
from bot.channels.uploads import ShelfClosed
from bot.handling.photos import place_of
from bot.messages import CitizenAddress
from bot.storage.answer_file_rows import SealedFile, find_answer_file
from bot.storage.database import Database
from bot.storage.errors import Unavailable, fault_of
from bot.vault import Unopenable, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFiles:
    """Gives files of answers that were given; without a vault there are none."""

    database: Database
    vault: Vault | None

    async def fetched(self, number: int, address: CitizenAddress) -> FitFile | None:
        """Give a file to the chat its case was told in; nothing to another.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        found = await self._found(number)
        theirs = found is not None and found.conversation == address.conversation
        return self._opened(found) if theirs else None

    async def copy(self, number: int) -> bytes | None:
        """Give what is in a file to the channel that brings it there; see ``Copies``."""
        try:
            opened = self._opened(await self._found(number))
        except Unavailable as error:
            raise ShelfClosed(str(error)) from error
        return opened.content if opened else None

    async def _found(self, number: int) -> SealedFile | None:
        try:
            async with self.database.reading() as connection:
                return await find_answer_file(connection, number, given=True)
        except (SQLAlchemyError, OSError) as error:
            raise Unavailable(fault_of(error)) from error

    def _opened(self, found: SealedFile | None) -> FitFile | None:
        try:
            return opened_file(self.vault, found) if found else None
        except Unopenable:
            return None


def opened_file(vault: Vault | None, found: SealedFile) -> FitFile | None:
    """Give a file as it was put there; nothing without a vault.

    Raises:
        Unopenable: its key is not there any more, or it was changed.
    """
    if vault is None:
        return None
    content = vault.open(found.sealed, place_of(found.digest))
    return FitFile(name=found.name, media=found.media, content=content)
