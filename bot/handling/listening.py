"""What a conversation is to know of feedback before its turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from operator import attrgetter
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM
from bot.conversation.turn import ConversationState
from bot.feedback.drafts import Draft
from bot.feedback.reference import Unread, new_reference, read_reference, reference_in
from bot.feedback.views import CaseView, Feedback, NearCase, Wait
from bot.handling.filing import Told, as_case
from bot.handling.foreseeing import foreseen
from bot.handling.ports import Clockwork
from bot.handling.sealing import Seals
from bot.messages import CitizenAddress, IncomingMessage
from bot.storage.beside_rows import offered_beside
from bot.storage.case_guess_rows import look_up_wait
from bot.storage.case_view_rows import Onlooker, near_cases, view_of_reference, views_of
from bot.storage.draft_case_rows import drafts_of
from bot.storage.finished import Claimed
from bot.storage.photo_rows import loose_files
from bot.storage.talk_case_rows import with_readers
from bot.vault import Unopenable

MINUTE: Final = timedelta(minutes=1)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Looks up what the messages of a round need; ``office`` tells where somebody's draft goes.

    ``typed`` gives the words of a message as they were typed, as far as they are kept.
    """

    seals: Seals
    clockwork: Clockwork
    office: Callable[[CitizenAddress], str]
    typed: Callable[[IncomingMessage], str] = attrgetter("text")

    async def look(
        self,
        connection: AsyncConnection,
        claimed: Sequence[Claimed],
        states: Mapping[str, ConversationState],
        now: datetime,
    ) -> dict[str, ConversationState]:
        """Give the states of all messages with what is known of their feedback."""
        keys = {one.message.address.conversation for one in claimed}
        by = Onlooker(now=now, told=self.clockwork.is_told)
        written = await drafts_of(connection, keys)
        own = await views_of(connection, keys, by)
        offered = await offered_beside(connection, own.keys())
        told: dict[str, ConversationState] = {}
        for one in claimed:
            key = one.message.address.conversation
            views = own.get(key, ())
            known = Feedback(
                reserved=new_reference(),
                draft=self._draft(key, written.get(key)),
                cases=views,
                looked=await self._looked(connection, one.message, views, by),
                today=_today(views, now),
                typed=self.typed(one.message),
                offered=offered.get(key, ()),
            )
            state = states.get(key, ConversationState())
            feedback = await self._with_draft(connection, one.message, known, now)
            told[key] = replace(state, feedback=feedback)
        return told

    def _draft(self, conversation: str, sealed: bytes | None) -> Draft | None:
        if sealed is None:
            return None
        try:
            return Draft.of_json(self.seals.draft_of(conversation, sealed))
        except (Unopenable, ValueError, TypeError):
            # The citizen tells it anew; the row goes with the next draft.
            log.warning("draft_not_read")
            return None

    async def _looked(
        self,
        connection: AsyncConnection,
        message: IncomingMessage,
        own: Sequence[CaseView],
        by: Onlooker,
    ) -> CaseView | Unread | Wait | None:
        found = reference_in(message.text)
        if not found:
            return None
        reference, conversation = read_reference(found), message.address.conversation
        known = next((one for one in own if one.reference == reference), None)
        if known is not None:
            return known
        if left := await look_up_wait(connection, conversation, by.now):
            return Wait(ceil(left / MINUTE))
        if isinstance(reference, Unread):
            return reference
        view = await view_of_reference(connection, reference, conversation, by)
        return view or Unread.NO_REFERENCE

    async def _with_draft(
        self, connection: AsyncConnection, message: IncomingMessage, known: Feedback, now: datetime
    ) -> Feedback:
        draft, address = known.draft, message.address
        conversation, office = address.conversation, self.office(address)
        if draft is None:
            came = await loose_files(connection, conversation) if message.attachment else ()
            return replace(known, files=came)
        files = await loose_files(connection, conversation)
        draft = draft.with_stored(files)
        near: tuple[NearCase, ...] = ()
        if draft.topic and draft.case is None:
            near = await near_cases(connection, office, draft.topic, now)
        return replace(
            known,
            draft=draft,
            near=near,
            files=files,
            reader_named=office in await with_readers(connection, [office]),
            promise=self._promise(draft, message, now)
            if draft.case is None
            else await foreseen(connection, self.clockwork, draft, now),
        )

    def _promise(self, draft: Draft, message: IncomingMessage, now: datetime) -> datetime | None:
        address, office = message.address, self.office(message.address)
        told = Told.of_draft(draft, office=office, address=address, anchor=0, at=now)
        reckoned = self.clockwork.begun(as_case(told))
        return reckoned.due_at if reckoned.is_told else None


def _today(views: Sequence[CaseView], now: datetime) -> int:
    today = now.astimezone(VIETNAM).date()
    return sum(one.own and one.received_at.astimezone(VIETNAM).date() == today for one in views)
