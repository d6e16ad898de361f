"""Offices' calendars as other programs read them: what is planned, no word about anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM, Clock
from bot.newsroom.calendar_keys import digest_of
from bot.newsroom.wording import words
from bot.storage.calendar_key_rows import CalendarKey, key_of, note_content
from bot.storage.database import Database
from bot.storage.entry_place_rows import EntryPlace, places_in_force
from bot.storage.slot_rows import slots_between
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.calendar.feed import Entry, Published, content_of

# The calendars of phones show a title in a line or two.
LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeeds:
    """``bot.web.ports.public.Calendars`` over the tables.

    ``site`` is where the program is reached, empty when that is not known; ``called`` gives the
    name of an office by its code.
    """

    database: Database
    clock: Clock
    site: str
    called: Callable[[str], str]

    async def opened_by(self, key: str) -> Published | None:
        """Give the calendar that ``key`` opens: last year, this one and the next.

        When it says something else than at its last reading, that is noted.
        """
        async with self.database.reading() as connection:
            known = await key_of(connection, digest_of(key))
            if known is None:
                return None
            entries = tuple(await self._entries(connection, known.office))
        name = words("calendar_feed")["name"].format(office=self.called(known.office))
        return await self._dated(known, name, entries)

    async def _entries(self, connection: AsyncConnection, office: str) -> Iterator[Entry]:
        this = self.clock.now().astimezone(VIETNAM).year
        years = range(this - 1, this + 2)
        first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
        slots = await slots_between(connection, [office], first, last)
        found = [await places_in_force(connection, [office], year) for year in years]
        places = {one.id: one for one in chain.from_iterable(found)}
        return (
            self._entry(places[one.entry], one)
            for one in slots
            if one.entry in places and one.status is not SlotStatus.DROPPED
        )

    def _entry(self, place: EntryPlace, slot: Slot) -> Entry:
        done = slot.status is SlotStatus.DONE
        said = words("calendar_feed")
        title = _shortened(place.content)
        return Entry(
            uid=f"slot-{slot.id}.{place.office or 'all'}@hanhchinh-bot",
            day=slot.done_on or slot.due_on,
            title=said["done_title"].format(title=title) if done else title,
            words="\n".join(_lines(place, slot)),
            address=f"{self.site}/console/slots/{slot.id}" if self.site else "",
            done=slot.status is not SlotStatus.OPEN,
        )

    async def _dated(self, key: CalendarKey, name: str, entries: Sequence[Entry]) -> Published:
        content, changed_at = content_of(name, entries), key.changed_at
        if content != key.content or changed_at is None:
            changed_at = self.clock.now().replace(microsecond=0)
            async with self.database.writing() as connection:
                await note_content(connection, key, content, changed_at)
        return Published(name=name, entries=tuple(entries), changed_at=changed_at)


def _shortened(content: str) -> str:
    line = " ".join(content.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return f"{line[: LONGEST_TITLE - 1].rpartition(' ')[0]}…"


def _lines(place: EntryPlace, slot: Slot) -> Iterator[str]:
    said = words("calendar_feed")
    yield place.content
    if place.no:
        yield said["entry"].format(no=place.no)
    yield said["last"].format(day=_day(slot.last_on))
    if slot.done_on:
        yield said["done"].format(day=_day(slot.done_on))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
