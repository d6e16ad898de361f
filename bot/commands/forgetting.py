"""Forgetting a reader of news from the command line, as an officer who may."""

from __future__ import annotations

from typing import Final

from bot.commands.broadcast.entering import entered
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.newsroom.readers import forget_reader
from bot.officials.permissions import Action
from bot.settings import Settings
from bot.storage.reader_rows import reader_at

# As in the console's forms.
LEAST_REASON: Final = 5


async def forget_at(settings: Settings, login: str, at: tuple[str, str], reason: str) -> int:
    """Forget the reader ``at`` a channel and an address; give the number of their row.

    Raises:
        CannotBegin: there is none in the officer's branch, or the officer may not do it.
    """
    said = words("subscribers")
    if len(reason.strip()) < LEAST_REASON:
        raise CannotBegin(said["short_reason"].format(least=LEAST_REASON))
    async with entered(settings, login) as desk:
        async with desk.database.reading() as connection:
            reader = await reader_at(connection, *at)
        if reader is None or not desk.covers(reader.office):
            raise CannotBegin(said["no_reader"])
        desk.require(Action.SUBSCRIBERS_MANAGE, reader.office)
        async with desk.acting() as doing:
            await forget_reader(doing, reader, note=reason.strip())
    return reader.id
