"""What officers decide about wishes: fulfilled, declined by a lawful reason, or prolonged once.

Who wished it is told in the chat they wished it in. Nghị định 356/2025/NĐ-CP art. 5 sets until
when; the days are data (``deadlines.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.casework.deeds import Acting
from bot.casework.telling import Desks
from bot.conversation.filing.filed import moment
from bot.errors import BotError
from bot.feedback.moves import Author
from bot.feedback.wish_refusals import wish_reasons
from bot.feedback.wishes import DataWish
from bot.handling.own.deeds import wish_deed
from bot.handling.own.erasing import erase
from bot.handling.ports import Clockwork
from bot.handling.sealing import Seals
from bot.handling.stepping import By
from bot.messages import Author as Speaker
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.officials.models import OfficerId
from bot.storage.data_wish_rows import StoredWish, find_wish, prolong_wish, settle_wish
from bot.storage.memory_rows import lock
from bot.storage.outbox_rows import say_to
from bot.storage.own_erasing_rows import newest_message, own_cases
from bot.storage.telling_rows import cut_off

DONE: Final = "done"
DECLINED: Final = "declined"


class AlreadySettled(BotError):
    """Somebody saw to it meanwhile."""


class CasesOpen(BotError):
    """A case of who wished to be forgotten is still open, and needs its words and its citizen."""


class NotProlonged(BotError):
    """It was prolonged before, or its day is over: the law gives more time once, in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Does what an officer decides; ``kept`` channels fetch what is said themselves."""

    desks: Desks
    seals: Seals
    clockwork: Clockwork
    kept: frozenset[ChannelName]

    async def fulfil(self, acting: Acting, number: int, details: str, by: OfficerId) -> bool:
        """Settle a wish as done, erasing here what it wants erased; tell whether it was said.

        Raises:
            AlreadySettled: nothing is done.
            CasesOpen: nothing is erased.
        """
        wish, person = await self._held(acting, number)
        reachable = await self._reachable(acting, person)
        count = 0
        if wish.wish is DataWish.ERASE:
            count = await self._erase(acting, person, by)
        told = reachable and await self._say(
            acting, wish, person, f"data_done_{wish.wish}", details=details
        )
        await settle_wish(
            acting.connection, wish.id, status=DONE, done_at=acting.now, done_by=by, note=details
        )
        after = {"wish": wish.wish, "count": count, "told": told}
        acting.did(wish_deed("wish_fulfilled", wish.office, wish.id, details, **after))
        return told

    async def decline(
        self, acting: Acting, number: int, code: str, details: str, by: OfficerId
    ) -> bool:
        """Settle a wish as one that is not fulfilled, and say why; tell whether it was said.

        Raises:
            AlreadySettled: nothing is done.
            KeyError: the reason is none for such a wish.
        """
        wish, person = await self._held(acting, number)
        reason = wish_reasons(wish.wish)[code]
        gaps = {"reason": reason.told, "details": details}
        reachable = await self._reachable(acting, person)
        told = reachable and await self._say(acting, wish, person, "data_declined", **gaps)
        outcome = {"status": DECLINED, "reason": code, "note": details}
        await settle_wish(acting.connection, wish.id, done_at=acting.now, done_by=by, **outcome)
        after = {"wish": wish.wish, "code": code, "told": told}
        acting.did(wish_deed("wish_declined", wish.office, wish.id, details, **after))
        return told

    async def prolong(self, acting: Acting, number: int, reason: str) -> bool:
        """Give a wish the time the law allows once more, and say why; tell whether it was said.

        Raises:
            AlreadySettled: nothing is done.
            NotProlonged: nothing is changed.
        """
        wish, person = await self._held(acting, number)
        if not may_prolong(wish, acting.now):
            raise NotProlonged
        due = self.clockwork.wish_prolonged(wish.office, wish.wish, wish.due_at)
        await prolong_wish(acting.connection, wish.id, due, acting.now)
        gaps = {"due": moment(due), "reason": reason}
        reachable = await self._reachable(acting, person)
        told = reachable and await self._say(acting, wish, person, "data_prolonged", **gaps)
        after = {"wish": wish.wish, "due": due.isoformat(), "told": told}
        acting.did(wish_deed("wish_prolonged", wish.office, wish.id, reason, **after))
        return told

    async def _held(self, acting: Acting, number: int) -> tuple[StoredWish, CitizenAddress]:
        wish = await find_wish(acting.connection, number, hold=True)
        if wish is None or not wish.waits or wish.person is None:
            raise AlreadySettled
        await lock(acting.connection, wish.person.conversation, acting.now)
        return wish, wish.person

    async def _erase(self, acting: Acting, person: CitizenAddress, by: OfficerId) -> int:
        talk = person.conversation
        if any(one.is_open for one in await own_cases(acting.connection, talk)):
            raise CasesOpen
        step = By(author=Author.OFFICER, officer=by, at=acting.now)
        # What is said of it hangs on the newest message.
        newest = await newest_message(acting.connection, talk)
        erased = await erase(acting.connection, self.seals, person, step, before=newest)
        return erased.ended

    async def _reachable(self, acting: Acting, person: CitizenAddress) -> bool:
        return not await cut_off(acting.connection, [person.conversation])

    async def _say(
        self, acting: Acting, wish: StoredWish, person: CitizenAddress, key: str, **gaps: str
    ) -> bool:
        await lock(acting.connection, person.conversation, acting.now)
        told: Mapping[str, str] = {"number": str(wish.id), **gaps}
        text = self.desks.speaking_as(wish.office).say(key, **told)
        row = await say_to(
            acting.connection,
            person,
            Reply(text),
            author=Speaker.OFFICE,
            at=acting.now,
            kept=self.kept,
        )
        return row is not None


def may_prolong(wish: StoredWish, now: datetime) -> bool:
    """Tell whether a wish may have more time."""
    return wish.waits and wish.prolonged_at is None and now <= wish.due_at
