"""Which template an office uses for what, over the database."""

from __future__ import annotations

from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.zalo_template_rows import Chosen, Use, chosen_for, note_by_phone_alone


class SqlChoices:
    """Implements ``Choices`` of ``templates`` and of ``answer_templates``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Look in ``database`` each time: an office may choose another."""
        self._database = database
        self._clock = clock

    async def for_news(self, office: str) -> Chosen | None:
        """Give the one an office uses for news; see ``Choices``."""
        return await self._chosen(office, Use.NEWS)

    async def for_answers(self, office: str) -> Chosen | None:
        """Give the one an office uses for answers; see ``Choices``."""
        return await self._chosen(office, Use.FEEDBACK)

    async def _chosen(self, office: str, use: Use) -> Chosen | None:
        async with self._database.reading() as connection:
            return (await chosen_for(connection, use)).get(office)

    async def by_phone_alone(self, oa: str, template: str) -> None:
        """Note that Zalo does not take a template by user id."""
        async with self._database.writing() as connection:
            await note_by_phone_alone(connection, oa, template, at=self._clock.now())
