"""Which template an office uses for news, over the database."""

from __future__ import annotations

from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.zalo_template_rows import Chosen, Use, chosen_for, note_by_phone_alone


class SqlChoices:
    """Implements ``bot.delivery.templates.Choices``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Look in ``database`` each time: an office may choose another."""
        self._database = database
        self._clock = clock

    async def for_news(self, office: str) -> Chosen | None:
        """Give the one an office uses for news; see ``Choices``."""
        async with self._database.reading() as connection:
            return (await chosen_for(connection, Use.NEWS)).get(office)

    async def by_phone_alone(self, oa: str, template: str) -> None:
        """Note that Zalo does not take it by user id; see ``Choices``."""
        async with self._database.writing() as connection:
            await note_by_phone_alone(connection, oa, template, at=self._clock.now())
