"""The reader found that sealed words are no denunciation: the citizen is asked about a report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from bot.casework.deeds import Acting
from bot.casework.telling import Desks
from bot.errors import BotError
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.reference import new_reference
from bot.feedback.sealed import SealedItem
from bot.handling.sealing import Seals
from bot.messages import Author, ChannelName, CitizenAddress, QuickReply, Reply
from bot.storage.draft_case_rows import drafts_of, keep_draft
from bot.storage.memory_rows import lock
from bot.storage.outbox_rows import say_to
from bot.storage.tables import inbox


class NobodyToAsk(BotError):
    """The chat the words came from is not there any more, or is filing something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """Turns sealed words into the citizen's own draft, which only their press files."""

    desks: Desks
    seals: Seals
    kept: Collection[ChannelName]
    step: str
    yes: str
    no: str

    async def offer(self, acting: Acting, item: SealedItem, words: str) -> None:
        """Keep ``words`` as a draft of who wrote them, and ask.

        Raises:
            NobodyToAsk: nothing is kept and nobody is asked.
        """
        address = await self._writer(acting, item)
        conversation = address.conversation if address else ""
        if address is None or await drafts_of(acting.connection, [conversation]):
            raise NobodyToAsk
        await lock(acting.connection, conversation, acting.now)
        draft = Draft(
            step=self.step,
            reference=new_reference(),
            begun_at=acting.now,
            kind=Kind.REPORT,
            words=words,
            resting=True,
        )
        await keep_draft(
            acting.connection,
            conversation,
            office=item.office,
            step=draft.step,
            sealed=self.seals.draft(conversation, draft.to_json()),
            at=acting.now,
        )
        await say_to(
            acting.connection,
            address,
            self._question(item.office),
            author=Author.OFFICE,
            at=acting.now,
            kept=frozenset(self.kept),
        )

    def _question(self, office: str) -> Reply:
        desk = self.desks.speaking_as(office)
        yes = QuickReply(desk.say("denunciation_released_yes"), self.yes)
        no = QuickReply(desk.say("denunciation_released_no"), self.no)
        return Reply(desk.say("denunciation_released_ask"), (yes, no))

    async def _writer(self, acting: Acting, item: SealedItem) -> CitizenAddress | None:
        if item.anchor is None:
            return None
        wanted = select(inbox.c.channel, inbox.c.user_id).where(inbox.c.id == item.anchor)
        row = (await acting.connection.execute(wanted)).one_or_none()
        if row is None:
            return None
        return CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id)
