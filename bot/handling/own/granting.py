"""What a citizen wishes done with the data about them, done in the transaction of their turn.

What came of it is said here, so it is said only when it is done. Each is a deed in the audit, with
nothing in it of who wished it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.telling import Desks
from bot.conversation.filing.enclosed import CARRIED
from bot.conversation.filing.filed import moment
from bot.conversation.filing.presses import deed_button
from bot.conversation.steps.own_data import OFFERED
from bot.feedback.moves import Author
from bot.feedback.reference import shown
from bot.feedback.wishes import Copy, Data, DataWish
from bot.handling.own.deeds import wish_deed
from bot.handling.own.erasing import Erased, erase
from bot.handling.own.page import MEDIA, NAME
from bot.handling.ports import Clockwork
from bot.handling.sealing import Seals
from bot.handling.stepping import By
from bot.handling.turns import Turn
from bot.messages import ChannelName, CitizenAddress, Enclosure, Reply
from bot.officials.audit import Deed
from bot.storage.copy_rows import add_pass, passes_since
from bot.storage.data_wish_rows import add_wish
from bot.storage.outbox_rows import OWN_DATA, Place, said_row
from bot.storage.own_erasing_rows import newest_message
from bot.storage.tables import outbox

# How long a copy may be fetched, and how many in a day: whoever finds the telephone later finds
# nothing, and making one is work.
OPEN_FOR: Final = timedelta(minutes=30)
MOST: Final = 3
DAY: Final = timedelta(days=1)
# So many references of open cases are read out.
MOST_NAMED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """Gives copies, erases, and notes what officers must see to; ``kept`` channels fetch files."""

    desks: Desks
    seals: Seals
    clockwork: Clockwork
    kept: frozenset[ChannelName]

    async def grant(
        self, connection: AsyncConnection, wish: Copy | Data, turn: Turn
    ) -> tuple[Deed, ...]:
        """Do it, say so, and give what the audit remembers."""
        if isinstance(wish, Copy):
            carries = CARRIED[turn.address.channel].takes(0, is_picture=False)
            return await (self._copy if carries else self._offer)(connection, turn)
        if wish.wish is DataWish.ERASE:
            return await self._erase(connection, turn)
        gaps, deeds = await self._note(connection, DataWish.EXPORT, turn)
        text = self.desks.speaking_as(turn.office).say("data_paper_noted", **gaps)
        await self._put(connection, turn, Reply(text))
        return deeds

    async def forget(
        self, connection: AsyncConnection, address: CitizenAddress, *, office: str, at: datetime
    ) -> tuple[Deed, ...]:
        """Erase all, as somebody told their provider to; they are spoken to no more.

        Of open cases officers are told, as when it is wished here.
        """
        newest = await newest_message(connection, address.conversation)
        turn = Turn(anchor=newest, address=address, office=office, at=at)
        by = By(author=Author.CITIZEN, at=at)
        erased = await erase(connection, self.seals, address, by, before=newest + 1)
        if not newest and not erased.ended:
            return ()
        deed = wish_deed("own_data_erased", office, newest, count=erased.ended)
        noted = (await self._note(connection, DataWish.ERASE, turn))[1] if erased.open else ()
        return (deed, *noted)

    async def _copy(self, connection: AsyncConnection, turn: Turn) -> tuple[Deed, ...]:
        talk, desk = turn.address.conversation, self.desks.speaking_as(turn.office)
        if await passes_since(connection, talk, turn.at - DAY) >= MOST:
            text = desk.say("data_copy_enough", count=str(MOST))
            await self._put(connection, turn, Reply(text, (deed_button(desk, "paper"),)))
            return ()
        until = turn.at + OPEN_FOR
        number = await add_pass(connection, talk, office=turn.office, at=turn.at, until=until)
        here = turn.address.channel in self.kept
        details = desk.say("data_copy_here", until=moment(until)) if here else ""
        text = desk.say(
            "data_copy",
            time=moment(turn.at),
            details=details or desk.say("data_copy_along"),
        )
        one = Enclosure(file=number, name=NAME, media=MEDIA, size=0, digest="", private=True)
        buttons = tuple(deed_button(desk, deed) for deed in OFFERED)
        await self._put(connection, turn, Reply(text, buttons, enclosures=(one,)))
        return (wish_deed("own_copy_given", turn.office, turn.anchor),)

    async def _offer(self, connection: AsyncConnection, turn: Turn) -> tuple[Deed, ...]:
        """Say what may be done in a chat that carries no file; nothing is asked of anybody yet."""
        desk = self.desks.speaking_as(turn.office)
        buttons = tuple(deed_button(desk, deed) for deed in OFFERED)
        await self._put(connection, turn, Reply(desk.say("data_no_file"), buttons))
        return ()

    async def _erase(self, connection: AsyncConnection, turn: Turn) -> tuple[Deed, ...]:
        by = By(author=Author.CITIZEN, at=turn.at)
        erased = await erase(connection, self.seals, turn.address, by, before=turn.anchor)
        deed = wish_deed("own_data_erased", turn.office, turn.anchor, count=erased.ended)
        if not erased.open:
            await self._put(connection, turn, Reply(self._erased(turn, erased)))
            return (deed,)
        gaps, deeds = await self._note(connection, DataWish.ERASE, turn)
        named = ", ".join(map(shown, erased.open[:MOST_NAMED]))
        told = {**gaps, "count": str(len(erased.open)), "list": named}
        later = self.desks.speaking_as(turn.office).say("data_later", **told)
        await self._put(connection, turn, Reply(f"{self._erased(turn, erased)}\n{later}"))
        return (deed, *deeds)

    def _erased(self, turn: Turn, erased: Erased) -> str:
        desk = self.desks.speaking_as(turn.office)
        count = str(erased.ended)
        cases = desk.say("data_erased_cases", count=count) if erased.ended else ""
        return desk.say("data_erased", time=moment(turn.at), details=cases)

    async def _note(
        self, connection: AsyncConnection, wish: DataWish, turn: Turn
    ) -> tuple[Mapping[str, str], tuple[Deed, ...]]:
        """Note what officers must see to; give its number and day as words, and the deed."""
        due = self.clockwork.wish_due(turn.office, wish, turn.at)
        noted = await add_wish(
            connection, wish, turn.address, office=turn.office, at=turn.at, due_at=due
        )
        gaps = {"number": str(noted.id), "due": moment(noted.due_at)}
        deed = wish_deed("wish_recorded", noted.office, noted.id, wish=wish)
        return gaps, (deed,) if noted.is_new else ()

    async def _put(self, connection: AsyncConnection, turn: Turn, reply: Reply) -> None:
        kept = turn.address.channel in self.kept
        place = Place(turn.anchor, OWN_DATA)
        row = said_row(place, turn.address, reply, turn.at, kept=kept)
        await connection.execute(insert(outbox).values(row))
