"""What a citizen says of an own case later: words, an answer, a level, that it is not over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case, Remark, Result
from bot.feedback.moves import Act, Author, CaseState, open_acts
from bot.feedback.wishes import Rate, Reopen, Say, Withdraw
from bot.handling.merging import part_all
from bot.handling.moments import timed
from bot.handling.ports import Clockwork
from bot.handling.sealing import Seals
from bot.handling.stepping import By, Step, stepped
from bot.privacy import mask
from bot.storage.photo_rows import give_files

# What was joined is separated, and what its author took back is not wanted.
FINAL: Final = frozenset({Result.DUPLICATE, Result.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingOn:
    """Does what the filer of a case may do to it."""

    seals: Seals
    clockwork: Clockwork

    async def tell_on(
        self,
        connection: AsyncConnection,
        case: Case,
        wish: Say | Rate | Reopen | Withdraw,
        at: datetime,
    ) -> Case:
        """Do one thing; what the case's state does not allow any more is left undone.

        The turn was answered by the state before it, and an officer may have moved it since.
        """
        by = By(author=Author.CITIZEN, at=at)
        if isinstance(wish, Say):
            return await self._say(connection, case, wish, by)
        if isinstance(wish, Rate):
            return await self._rate(connection, case, wish, by)
        step = self._reopening(case, wish) if isinstance(wish, Reopen) else withdrawal(at)
        over = isinstance(wish, Reopen) and case.result in FINAL
        if over or step.did not in open_acts(case.state, Author.CITIZEN):
            return case
        if isinstance(wish, Withdraw):
            case = await part_all(connection, self.clockwork, case, at)
        timely = await timed(connection, self.clockwork, case, step, by)
        return await stepped(connection, case, timely, by)

    def _reopening(self, case: Case, wish: Reopen) -> Step:
        return self._step(case, Act.REOPEN, wish.why, changes=opened(case))

    def _step(self, case: Case, did: Act | Remark, words: str, *, changes: dict[str, Any]) -> Step:
        sealed = self.seals.event(case.id, case.version + 1, words)
        return Step(
            did=did, text=mask(words, keep_places=True).text, text_sealed=sealed, changes=changes
        )

    async def _say(self, connection: AsyncConnection, case: Case, wish: Say, by: By) -> Case:
        asked = case.state is CaseState.AWAITING_CITIZEN
        step = self._step(case, Act.REPLY if asked else Remark.ADDED, wish.words, changes={})
        told = replace(step, data={"files": len(wish.files)} if wish.files else {})
        timely = await timed(connection, self.clockwork, case, told, by) if asked else told
        after = await stepped(connection, case, timely, by)
        if case.address is not None:
            key = case.address.conversation
            await give_files(connection, key, wish.files, case.id, after.version)
        return after

    async def _rate(self, connection: AsyncConnection, case: Case, wish: Rate, by: By) -> Case:
        """Write how satisfied the citizen is with an answer; what is said last counts."""
        if case.state not in {CaseState.ANSWERED, CaseState.CLOSED} or case.answered_at is None:
            return case
        changes = {"level": wish.level, "factor": wish.factor, "rated_at": by.at}
        step = self._step(case, Remark.RATED, wish.why, changes=changes)
        told = replace(step, data={"level": wish.level, "factor": wish.factor})
        return await stepped(connection, case, told, by)


def withdrawal(at: datetime) -> Step:
    """Give the step that takes a case back: nobody works on it any more."""
    ended = {"result": Result.WITHDRAWN, "closed_at": at, "alert_at": None}
    return Step(did=Act.WITHDRAW, changes=ended)


def opened(case: Case) -> dict[str, Any]:
    """Give the columns of a case that is looked at anew, by somebody else."""
    return {
        "unit": None,
        "officer": None,
        "result": Result.NONE,
        "reason": "",
        "answered_at": None,
        "closes_at": None,
        "closed_at": None,
        "reopened": case.reopened + 1,
    }
