"""Answers a citizen did not hear in the chat: by which ways a template reaches them, and the end.

A template costs the office, so it tells of what came of a case alone, once, and never of what else
was done to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.channels.zalo.templates import phone_of
from bot.feedback.models import Remark
from bot.feedback.moves import Author
from bot.feedback.purposes import by_zalo
from bot.handling.sealing import Seals
from bot.handling.stepping import By, Step, stepped
from bot.storage.case_rows import find_case
from bot.storage.database import Database
from bot.storage.notice_rows import NoticeStatus
from bot.storage.notice_template_rows import (
    NO_TEMPLATE,
    TEMPLATE_REFUSED,
    Unheard,
    begin_paying,
    doubt_paying,
    end_paying,
    settle_earlier,
    unheard_at,
)
from bot.storage.tables import OutboxStatus
from bot.storage.zalo_template_rows import Known
from bot.vault import Unopenable

# Later the officer has called, and news of an answer would only startle.
FRESH: Final = timedelta(days=7)
# A call lasts a minute at most; whoever made it died.
DOUBTED: Final = timedelta(minutes=10)
AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to somebody and its price in đồng; by user id where no ``phone`` is given."""

    price: int
    phone: str = ""


@dataclass(frozen=True, slots=True)
class UnheardAnswers:
    """Takes unheard answers for a template, each once, and writes what became of them."""

    database: Database
    seals: Seals

    async def waiting(self, oa: str, now: datetime) -> tuple[Unheard, ...]:
        """Give those of an account's people; what a dead process had taken is in doubt."""
        async with self.database.writing() as connection:
            await doubt_paying(connection, now - DOUBTED, now)
            return await unheard_at(connection, oa, by_zalo(), since=now - FRESH, limit=AT_ONCE)

    def ways(self, one: Unheard, known: Known) -> tuple[Way, ...]:
        """Give the ways a template may take, the cheaper first; none of an unknown price."""
        return tuple(self._ways(one, known))

    def _ways(self, one: Unheard, known: Known) -> Iterator[Way]:
        template = known.template
        if known.may_go_by_user and template.price_uid is not None and not one.state:
            yield Way(price=template.price_uid)
        phone = self._phone(one)
        if phone and template.is_on and template.price_phone is not None:
            yield Way(price=template.price_phone, phone=phone)

    def _phone(self, one: Unheard) -> str:
        try:
            contact = self.seals.contact_of(one.reference, one.contact_sealed)
        except Unopenable:
            return ""
        return phone_of(contact.phone)

    async def begin(self, one: Unheard, now: datetime) -> bool:
        """Take it, before anything is called; false when somebody told it meanwhile."""
        async with self.database.writing() as connection:
            return await begin_paying(connection, one, now)

    async def sent(self, one: Unheard, way: Way, now: datetime, message: str) -> None:
        """Write that it went, by which way and for how much; the case remembers it.

        Receipts name it as ``message``.
        """
        by = By(author=Author.CLOCK, at=now)
        data = {"steps": [one.version], "phone": bool(way.phone), "price": way.price}
        async with self.database.writing() as connection:
            # The case before its notices, as every step takes them.
            case = await find_case(connection, one.case, hold=True)
            became = NoticeStatus.TEMPLATED
            await end_paying(connection, one, became, now, reason="", message=message)
            await settle_earlier(connection, one, now)
            if case is not None:
                await stepped(connection, case, Step(did=Remark.TEMPLATED, data=data), by)

    async def doubted(self, one: Unheard, now: datetime) -> None:
        """Write that nobody knows whether it went; it never goes again."""
        await self._end(one, NoticeStatus.FAILED, now, OutboxStatus.UNCERTAIN)

    async def given_up(self, one: Unheard, now: datetime, *, refused: bool) -> None:
        """Write that no template reaches them: an officer calls."""
        reason = TEMPLATE_REFUSED if refused else NO_TEMPLATE
        await self._end(one, NoticeStatus.CLOSED, now, reason)

    async def put_back(self, one: Unheard) -> None:
        """Leave it as it was: it surely was not sent, and may go later."""
        async with self.database.writing() as connection:
            await end_paying(connection, one, one.status, one.at)

    async def _end(self, one: Unheard, status: NoticeStatus, now: datetime, reason: str) -> None:
        async with self.database.writing() as connection:
            await end_paying(connection, one, status, now, reason=reason)
