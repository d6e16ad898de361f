"""What a turn wishes done about feedback, done in the transaction that stores the turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import CITIZEN, append
from bot.clock import VIETNAM
from bot.feedback.drafts import Draft
from bot.feedback.models import Case, CaseId
from bot.feedback.moves import Author
from bot.feedback.purposes import Purpose
from bot.feedback.wishes import (
    Copy,
    Count,
    Data,
    Discard,
    Drop,
    File,
    Follow,
    Keep,
    Miss,
    Publish,
    Rate,
    Reopen,
    Say,
    Seal,
    Wish,
    Withdraw,
)
from bot.handling.consenting import answered
from bot.handling.filing import Filing, Told
from bot.handling.own.granting import OwnData
from bot.handling.stepping import By
from bot.handling.telling_on import TellingOn
from bot.handling.turns import Turn
from bot.handling.uses import Uses
from bot.messages import CitizenAddress
from bot.officials.audit import Deed
from bot.storage.case_guess_rows import count_miss
from bot.storage.case_rows import find_case
from bot.storage.draft_case_rows import drop_draft, keep_draft
from bot.storage.fetch_rows import want
from bot.storage.finished import Finished
from bot.storage.merged_case_rows import joined_with
from bot.storage.photo_rows import drop_loose_files, give_files
from bot.storage.talk_case_rows import count_way, follow, seal_words, unfollow
from bot.vault import Vault, place

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Granting:
    """Does what turns wish; ``sealed`` is the vault of denunciations."""

    filing: Filing
    telling: TellingOn
    own: OwnData
    sealed: Vault | None
    office: str

    @property
    def uses(self) -> Uses:
        """What notes for what data is used."""
        return Uses(self.filing.seals.vault)

    async def grant(self, connection: AsyncConnection, finished: Sequence[Finished]) -> None:
        """Do all that these turns wish, in their order; what the audit remembers comes last."""
        deeds: list[Deed] = []
        for one in finished:
            turn = Turn(
                anchor=one.claimed.id,
                address=one.claimed.message.address,
                office=one.result.office or self.office,
                at=one.at,
            )
            for wish in one.result.wishes:
                deeds += await self._grant(connection, wish, turn)
        if deeds:
            await append(connection, deeds, at=finished[-1].at, by=CITIZEN)

    async def _grant(
        self, connection: AsyncConnection, wish: Wish, turn: Turn
    ) -> tuple[Deed, ...]:
        match wish:
            case Keep() | Drop() | File():
                await self._draft(connection, wish, turn)
            case Discard(files):
                await drop_loose_files(connection, turn.address.conversation, files)
            case Follow(case, on):
                await self._follow(connection, case, turn, on=on)
            case Say() | Rate() | Reopen() | Withdraw() | Publish():
                await self._own(connection, wish, turn)
            case Count() | Miss():
                await _counted(connection, wish, turn)
            case Seal(words):
                await self._seal(connection, words, turn)
            case Copy() | Data():
                return await self.own.grant(connection, wish, turn)
            case _:
                assert_never(wish)
        return ()

    async def _draft(
        self, connection: AsyncConnection, wish: Keep | Drop | File, turn: Turn
    ) -> None:
        conversation = turn.address.conversation
        if isinstance(wish, Keep):
            sealed = self.filing.seals.draft(conversation, wish.draft.to_json())
            await keep_draft(
                connection,
                conversation,
                office=turn.office,
                step=wish.draft.step,
                sealed=sealed,
                at=turn.at,
            )
            await want(connection, conversation, wish.draft.files)
            return
        if isinstance(wish, File):
            await self._file(connection, wish.draft, turn)
        await drop_draft(connection, conversation)
        await drop_loose_files(connection, conversation)

    async def _file(self, connection: AsyncConnection, draft: Draft, turn: Turn) -> None:
        told = Told.of_draft(
            draft, office=turn.office, address=turn.address, anchor=turn.anchor, at=turn.at
        )
        case, is_new = await self.filing.file(connection, told)
        if not is_new:
            return
        conversation = turn.address.conversation
        await give_files(connection, conversation, draft.files, case.id, case.version)
        await self.uses.note_filed(connection, conversation, case, draft, turn.at)

    async def _follow(
        self, connection: AsyncConnection, case: CaseId, turn: Turn, *, on: bool
    ) -> None:
        person = turn.address.conversation
        if not on:
            await unfollow(connection, case, person)
            await self.uses.end(connection, person, case, Purpose.FOLLOW, turn.at)
        elif await find_case(connection, case) and await follow(
            connection, case, turn.address, turn.at
        ):
            await self.uses.note(connection, person, case, Purpose.FOLLOW, turn.at)

    async def _own(
        self,
        connection: AsyncConnection,
        wish: Say | Rate | Reopen | Withdraw | Publish,
        turn: Turn,
    ) -> None:
        if isinstance(wish, Withdraw):
            # What else it changes is held with it, in the order of all who change two cases.
            await joined_with(connection, wish.case)
        case = await find_case(connection, wish.case, hold=True)
        if case is None or not _is_own(case, turn.address):
            log.warning("not_their_case", case=wish.case)
            return
        if isinstance(wish, Publish):
            by = By(author=Author.CITIZEN, at=turn.at)
            await answered(connection, self.filing.seals.vault, case, wish, by)
            return
        after = await self.telling.tell_on(connection, case, wish, turn.at)
        if case.level is None and after.level is not None:
            person = turn.address.conversation
            await self.uses.note(connection, person, case.id, Purpose.SURVEY, turn.at)

    async def _seal(self, connection: AsyncConnection, words: str, turn: Turn) -> None:
        """Put words before the reader; without keys nothing is kept."""
        if self.sealed is None:
            return
        where = place("feedback_sealed_items", "words_sealed", turn.anchor)
        sealed = self.sealed.seal(words, where)
        await seal_words(connection, turn.office, sealed, turn.anchor, turn.at)


async def _counted(connection: AsyncConnection, wish: Count | Miss, turn: Turn) -> None:
    if isinstance(wish, Miss):
        await count_miss(connection, turn.address.conversation, turn.at)
        return
    day = turn.at.astimezone(VIETNAM).date().isoformat()
    await count_way(connection, turn.office, day, wish.kind)


def _is_own(case: Case, address: CitizenAddress) -> bool:
    return case.address is not None and case.address.conversation == address.conversation
