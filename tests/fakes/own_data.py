"""Somebody of whom much is kept, and everything the tables hold, to look for them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from bot.feedback.models import Contact, Place
from bot.feedback.views import Feedback
from bot.feedback.wishes import File, Follow, Keep, Withdraw
from bot.handling.own.copies import Copies
from bot.handling.photos import Photos
from bot.messages import CitizenAddress
from bot.storage.console_tables import questions
from bot.storage.subscriber_rows import Joined, choose_topics, subscribe
from bot.storage.tables import metadata
from tests.fakes.filers import OFFICE, Filers, a_draft
from tests.fakes.photos import a_photo

# Everything somebody may do of which something is kept.
ALL = ("ended", "open", "draft", "photo", "news", "asked", "follows")


@dataclass
class Person:
    """A citizen whose every word holds their ``mark``."""

    filers: Filers
    who: CitizenAddress
    mark: str

    async def does(self, *deeds: str, other: int | None = None) -> None:
        """Leave something behind in each of these ways."""
        for deed in deeds:
            if deed in {"ended", "open"}:
                await self.files(ended=deed == "ended")
            elif deed == "draft":
                seen = await self.filers.says(who=self.who)
                await self.filers.says(Keep(self.draft(seen)), text=self.words, who=self.who)
            elif deed == "photo":
                await self._photos().keep(self.who, a_photo())
            elif deed == "follows" and other is not None:
                await self.filers.says(Follow(other), who=self.who)  # type: ignore[arg-type]
            elif deed == "news":
                await self._subscribes()
            elif deed == "asked":
                await self._asks()

    @property
    def words(self) -> str:
        return f"rác {self.mark} đổ đầy ngõ"

    def draft(self, seen: Feedback, **told: Any) -> Any:
        contact = Contact(name=f"Nguyễn Văn {self.mark}", phone="0912345678")
        place = Place(words=f"ngõ {self.mark}", hamlet="Thôn Đông")
        whole = {"words": self.words, "place": place, "contact": contact, **told}
        return a_draft(seen.reserved, **whole)

    async def files(self, *, ended: bool) -> None:
        photo = await self._photos().keep(self.who, a_photo())
        seen = await self.filers.says(who=self.who)
        draft = self.draft(seen, files=(photo,))
        await self.filers.says(File(draft), text=self.words, who=self.who)
        if ended:
            known = await self.filers.says(who=self.who)
            await self.filers.says(Withdraw(known.cases[0].id), who=self.who)

    async def _subscribes(self) -> None:
        at = self.filers.clock.now()
        joined = Joined(address=self.who, office=OFFICE, words=self.mark, at=at)
        async with self.filers.database.writing() as connection:
            await subscribe(connection, joined)
            await choose_topics(connection, self.who, ["tuyen_truyen"], at)

    async def _asks(self) -> None:
        await self.filers.says(text=self.words, who=self.who)
        row = {
            "inbox_id": abs(hash((self.mark, "asked"))) % 10**9,
            "group": 1,
            "office": OFFICE,
            "channel": self.who.channel,
            "conversation": self.who.conversation,
            "text": self.words,
            "asked_at": self.filers.clock.now(),
        }
        async with self.filers.database.writing() as connection:
            await connection.execute(insert(questions).values(row))

    def _photos(self) -> Photos:
        return Photos(self.filers.database, self.filers.vault, self.filers.clock)


def copies_of(filers: Filers) -> Copies:
    own = filers.talking.granting.own
    return Copies(database=filers.database, seals=own.seals, desks=own.desks, clock=filers.clock)


async def everything(filers: Filers) -> Mapping[str, list[dict[str, Any]]]:
    """Give every row of every table."""
    async with filers.database.reading() as connection:
        return {
            table.name: [dict(row._mapping) for row in await connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


def telling(rows: Mapping[str, list[dict[str, Any]]], mark: str) -> dict[str, list[Any]]:
    """Give the rows in which ``mark`` stands, by their table."""
    found = {name: [row for row in some if mark in repr(row)] for name, some in rows.items()}
    return {name: some for name, some in found.items() if some}


def sealed_values(rows: Mapping[str, list[dict[str, Any]]]) -> set[bytes]:
    """Give every sealed value there is."""
    return {
        value
        for some in rows.values()
        for row in some
        for name, value in row.items()
        if name.endswith("_sealed") and value is not None
    }
