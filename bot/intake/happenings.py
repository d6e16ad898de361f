"""What is done about each event of Zalo, in the transaction that ends its call.

What citizens write goes into the inbox as on every channel; the rest is noted where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.content import Content
from bot.channels.zalo.envelope import Envelope
from bot.channels.zalo.events import (
    Answered,
    Echo,
    Followed,
    Nothing,
    Opened,
    Personal,
    PutAside,
    Receipt,
    Said,
    Shared,
    Unbrought,
    Unknown,
    Withdrawn,
    read_event,
)
from bot.handling.own.granting import OwnData
from bot.handling.unreached import note_unbrought
from bot.intake.contacts import answer_of
from bot.intake.inbox import Inbox
from bot.intake.withdrawals import Withdrawals
from bot.intake.zalo_messages import greeting, message_of, messages_of
from bot.messages import IncomingMessage, MessageKind
from bot.officials.audit import Deed
from bot.storage.answer_receipt_rows import any_template_under_way, note_answer_receipts
from bot.storage.arrival_rows import erase_arrivals_of
from bot.storage.feedback_person_tables import drafts
from bot.storage.hushing_rows import hush, is_being_answered
from bot.storage.inbox_rows import Inserted, insert_messages
from bot.storage.memory_rows import lock
from bot.storage.notice_template_rows import note_template_arrived
from bot.storage.receipt_rows import any_under_way, note_receipts
from bot.storage.subscriber_rows import opt_out
from bot.storage.zalo_forgetting_rows import forget_person
from bot.storage.zalo_people_rows import (
    known_of,
    note_follow,
    note_interactions,
    pause,
)
from broadcasts.models import Route

# A greeting is a first contact's; who comes back sooner is not greeted anew.
GREETED: Final = timedelta(days=1)
ROUTES: Final = (Route.ZALO_CS, Route.ZALO_TEMPLATE)
# A message may arrive before the ledger has its number; of replies it never has any.
LEDGER_BEHIND: Final = timedelta(minutes=1)
Office = Callable[[str], str]
log = structlog.get_logger()


class NotYet(Exception):
    """A call cannot be sorted now, and can be a little later."""


class Noted(StrEnum):
    """What became of a call."""

    DONE = "done"
    UNKNOWN = "unknown"  # nobody here knows what it asks for
    EARLY = "early"  # to be looked at again soon: what it tells of is not written down yet


@dataclass(slots=True, kw_only=True)
class Round:
    """What is done in one transaction: messages and moments are written together at its end."""

    connection: AsyncConnection
    now: datetime
    messages: list[IncomingMessage] = field(default_factory=list)
    seen: dict[Follower, datetime] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    withdrawn: dict[Follower, datetime] = field(default_factory=dict)

    def saw(self, who: Follower, at: datetime) -> None:
        """Note that somebody interacted."""
        self.seen[who] = max(at, self.seen.get(who, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """Does what events ask for; ``pause`` is how long a person at Zalo's own desk is left alone.

    ``office`` gives that of an account.
    """

    inbox: Inbox
    own: OwnData
    office: Office
    pause: timedelta

    @property
    def withdrawals(self) -> Withdrawals:
        """Who took their consent back."""
        return Withdrawals(self.own.seals)

    async def recall(self, doing: Round, calls: Iterable[Envelope]) -> None:
        """Look up who of those that ``calls`` are about took their consent back."""
        people = {who for one in calls if (who := one.follower)}
        doing.withdrawn |= await self.withdrawals.of(doing.connection, people)

    async def note(self, doing: Round, call: Envelope, received_at: datetime) -> Noted:
        """Do what one call asks for.

        Raises:
            NotYet: another time.
        """
        event, who = read_event(call), call.follower
        if who in doing.withdrawn and call.at <= doing.withdrawn[who]:
            await erase_arrivals_of(doing.connection, who.address.conversation, told=call.key)
            return Noted.DONE
        if isinstance(event, Receipt | Unbrought):
            return await self._sent(doing, event, call, received_at)
        if isinstance(event, PutAside | Unknown):
            return Noted.UNKNOWN
        if isinstance(event, Echo | Nothing):
            return Noted.DONE
        if who is None:
            return Noted.UNKNOWN
        await self._of(doing, who, event, call, received_at)
        return Noted.DONE

    async def _of(
        self,
        doing: Round,
        who: Follower,
        event: Personal,
        call: Envelope,
        received_at: datetime,
    ) -> None:
        match event:
            case Said():
                doing.saw(who, call.at)
                doing.messages += messages_of(who, event, received_at)
            case Opened():
                doing.saw(who, call.at)
            case Followed(on):
                await self._follow(doing, who, call.at, on=on, received_at=received_at)
            case Shared():
                await self._shared(doing, who, event, call, received_at)
            case Answered():
                await self._answered(doing, who, call.at)
            case Withdrawn():
                await self._withdrawn(doing, who, call)

    async def flush(self, doing: Round) -> Inserted | None:
        """Write what was gathered; give what became of the messages."""
        seen, doing.seen = doing.seen, {}
        messages, doing.messages = doing.messages, []
        await note_interactions(doing.connection, seen)
        if not messages:
            return None
        stored = [self.inbox.as_stored(one) for one in messages]
        inserted = await insert_messages(doing.connection, stored)
        self.inbox.count(inserted, stored)
        return inserted

    async def _sent(
        self, doing: Round, told: Receipt | Unbrought, call: Envelope, received_at: datetime
    ) -> Noted:
        known = await self._known(doing, told, call)
        if known or doing.now - received_at > LEDGER_BEHIND:
            return Noted.DONE
        connection = doing.connection
        early = await any_under_way(connection, ROUTES) or await any_template_under_way(connection)
        return Noted.EARLY if early else Noted.DONE

    async def _known(self, doing: Round, told: Receipt | Unbrought, call: Envelope) -> bool:
        """Note what became of messages of ours; tell whether all of them were found."""
        connection, named, oa = doing.connection, told.messages, call.oa
        if isinstance(told, Unbrought):
            log.info("message_not_brought", account=oa, error=told.code)
            return bool(await note_unbrought(connection, oa, named, doing.now))
        if named and await note_template_arrived(
            connection, oa, told.tracking, call.at, message=named[0]
        ):
            return True
        seen = told.seen
        noted = await note_receipts(connection, named, routes=ROUTES, at=call.at, seen=seen)
        if noted < len(named):
            noted += await note_answer_receipts(connection, oa, named, at=call.at, seen=seen)
        return noted >= len(named)

    async def _follow(
        self, doing: Round, who: Follower, at: datetime, *, on: bool, received_at: datetime
    ) -> None:
        await self.flush(doing)
        known = await known_of(doing.connection, who)
        newer = await note_follow(doing.connection, who, on=on, at=at)
        if not on:
            # Whoever stops to follow wants no news; to follow again is no word that they do.
            if newer:
                await opt_out(doing.connection, who.address, at)
            return
        doing.saw(who, at)
        if newer and all(_is_over(one, at) for one in (known.follow_at, known.interacted_at)):
            doing.messages.append(greeting(who, at, received_at))

    async def _shared(
        self, doing: Round, who: Follower, told: Shared, call: Envelope, received_at: datetime
    ) -> None:
        step = await _step_of(doing.connection, who)
        text = answer_of(told, step) if step else ""
        content = Content(kind=MessageKind.TEXT if text else MessageKind.CONTACT, text=text)
        number = f"shared:{call.key.rpartition(':')[2]}"
        doing.messages.append(message_of(who, number, content, received_at))

    async def _answered(self, doing: Round, who: Follower, at: datetime) -> None:
        until = at + self.pause
        if until <= doing.now:
            return
        await self.flush(doing)
        talk = who.address.conversation
        # What the bot works out just now is stored before, or not at all.
        await lock(doing.connection, talk, doing.now)
        await pause(doing.connection, who, until)
        await hush(doing.connection, talk)

    async def _withdrawn(self, doing: Round, who: Follower, call: Envelope) -> None:
        """Erase what is kept of somebody; done again it finds nothing and is no deed."""
        await self.flush(doing)
        talk, office = who.address.conversation, self.office(who.oa)
        if await is_being_answered(doing.connection, talk, doing.now):
            raise NotYet
        doing.deeds += await self.own.forget(
            doing.connection, who.address, office=office, at=doing.now
        )
        await forget_person(doing.connection, who)
        await erase_arrivals_of(doing.connection, talk, told=call.key)
        await self.withdrawals.note(doing.connection, who, at=call.at, now=doing.now)
        doing.withdrawn[who] = call.at


def _is_over(moment: datetime | None, at: datetime) -> bool:
    return moment is None or at - moment > GREETED


async def _step_of(connection: AsyncConnection, who: Follower) -> str:
    """Give the question at which a draft stands; empty without one."""
    wanted = select(drafts.c.step).where(drafts.c.conversation == who.address.conversation)
    return (await connection.execute(wanted)).scalar() or ""
