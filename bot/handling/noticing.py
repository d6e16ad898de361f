"""Citizens hear of public steps: in their chat, each once, by the way that is open.

A notice is due from the step on. It is said in the transaction that takes it: into the outbox,
from where it goes out like a reply. Who cannot be written to is told with their next message, and
stands before the officer meanwhile, who may call.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.telling import Desks
from bot.feedback.models import CaseId
from bot.handling.told import told_with_files
from bot.messages import Author, ChannelName, CitizenAddress, Reply
from bot.officials.windows import WINDOWS, Route, Windows, route
from bot.storage.answer_file_rows import note_sent_with
from bot.storage.memory_rows import lock
from bot.storage.notice_rows import (
    NO_MESSAGE,
    UNREACHABLE,
    WINDOW,
    Notice,
    NoticeStatus,
    due_notices,
    mark_notice,
    notices_of_case,
    offices_with_due,
    say_notice,
    untold_to,
)
from bot.storage.notice_template_rows import ANSWERS
from bot.storage.outbox_rows import say_to
from bot.storage.telling_rows import last_heard

AT_ONCE: Final = 200
BEFORE_A_REPLY: Final = 5
NO_WORDS: Final = "no_words"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Whose ``chats`` to wake after the commit, and whether nobody else is to hear now."""

    chats: tuple[CitizenAddress, ...]
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcer:
    """Tells public steps in each office's words; ``kept`` channels fetch them themselves.

    Where the office ``pays``, what came of a case is told for a price while that is possible: a
    whole answer costs less than a template that only says that there is one.
    """

    desks: Desks
    kept: frozenset[ChannelName]
    pays: bool = False
    windows: Windows = field(default_factory=lambda: WINDOWS)

    async def tell_of(
        self, connection: AsyncConnection, case: CaseId, now: datetime
    ) -> tuple[CitizenAddress, ...]:
        """Tell who waits to hear of one case; give whose chats to wake after the commit."""
        return await self._tell(connection, await notices_of_case(connection, case, AT_ONCE), now)

    async def tell_due(self, connection: AsyncConnection, now: datetime) -> Portion:
        """Tell up to ``AT_ONCE`` who are still to hear of something and may hear of it now."""
        offices = await offices_with_due(connection)
        quiet = [one for one in offices if self._is_quiet(one, now)]
        due = await due_notices(connection, AT_ONCE, kept=self.kept, quiet=quiet)
        chats = await self._tell(connection, due, now)
        return Portion(chats=chats, is_last=len(due) < AT_ONCE)

    async def tell_before_replies(
        self, connection: AsyncConnection, conversations: Collection[str], now: datetime
    ) -> None:
        """Tell citizens who are about to be answered; they are awake, and their window is open."""
        most = BEFORE_A_REPLY * len(conversations)
        for notice in await untold_to(connection, conversations, most):
            await self._say(connection, notice, now)

    async def _tell(
        self, connection: AsyncConnection, due: Sequence[Notice], now: datetime
    ) -> tuple[CitizenAddress, ...]:
        routes = await self._routes(connection, due, now)
        rung = []
        for notice in due:
            way = routes.get(notice.address.conversation, Route.FREE)
            why = UNREACHABLE if notice.cut_off else "" if self._may_go(notice, way) else WINDOW
            if why:
                await mark_notice(connection, notice, NoticeStatus.CLOSED, now, reason=why)
            elif not self._must_wait(notice, now):
                await self._say(connection, notice, now)
                rung.append(notice.address)
        return tuple(dict.fromkeys(rung))

    def _must_wait(self, notice: Notice, now: datetime) -> bool:
        """Tell whether it would ring at night."""
        return notice.address.channel not in self.kept and self._is_quiet(notice.office, now)

    def _is_quiet(self, office: str, now: datetime) -> bool:
        rules = self.desks.speaking_as(office).standing.rules
        return rules.quiet_until(now) is not None

    def _may_go(self, notice: Notice, way: Route) -> bool:
        """Tell whether it may be said by a way, at its price."""
        is_worth_it = self.pays and notice.event.did in ANSWERS
        return way is Route.FREE or (way is Route.PAID and is_worth_it)

    async def _routes(
        self, connection: AsyncConnection, due: Sequence[Notice], now: datetime
    ) -> dict[str, Route]:
        """Give what writing to those whose channel has a window would mean just now."""
        bounded = [one.address for one in due if one.address.channel in self.windows]
        keys = {one.conversation for one in bounded}
        heard = await last_heard(connection, keys) if keys else {}
        return {
            one.conversation: route(one.channel, heard.get(one.conversation), now, self.windows)
            for one in bounded
        }

    async def _say(self, connection: AsyncConnection, notice: Notice, now: datetime) -> None:
        replies = self._words(notice)
        if not replies:
            await mark_notice(connection, notice, NoticeStatus.FAILED, now, reason=NO_WORDS)
            return
        await lock(connection, notice.address.conversation, now)
        first, *behind = replies
        row = await say_notice(connection, notice, first, now, self.kept)
        if row is None:
            await mark_notice(connection, notice, NoticeStatus.CLOSED, now, reason=NO_MESSAGE)
            return
        await _note_files(connection, first, row)
        for reply in behind:
            row = await say_to(
                connection, notice.address, reply, author=Author.OFFICE, at=now, kept=self.kept
            )
            await _note_files(connection, reply, row)

    def _words(self, notice: Notice) -> tuple[Reply, ...]:
        """Give the words; an event of another release must not keep a citizen's reply back."""
        try:
            return told_with_files(notice, self.desks.speaking_as(notice.office))
        except (KeyError, TypeError, ValueError):
            log.exception("notice_without_words", case=notice.event.case, did=notice.event.did)
            return ()


async def _note_files(connection: AsyncConnection, reply: Reply, row: int | None) -> None:
    """Remember which reply brings the files that go with it."""
    if row is not None and reply.enclosures:
        await note_sent_with(connection, [one.file for one in reply.enclosures], row)
