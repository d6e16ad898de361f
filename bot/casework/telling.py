"""Use case: an officer's answer goes back to who asked and agreed to be told, each once.

What is told stands in the outbox under the citizen's own question, in a place that is taken once:
two officers, a retry or a crash between cannot tell it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell
from bot.clock import Clock
from bot.conversation.desk import Desk
from bot.conversation.steps.command import label_of
from bot.messages import ChannelName, CitizenAddress, QuickReply, Reply
from bot.officials.answers import follow_up, quoted
from bot.officials.questions import Answer, AnswerKind
from bot.officials.windows import WINDOWS, Route, Windows, route
from bot.storage import telling_rows
from bot.storage.answer_rows import latest_answers
from bot.storage.database import Database
from bot.storage.telling_rows import Due, Telling

AT_ONCE: Final = 500
GROUPS: Final = 100
# More than a citizen is told before one reply.
BEFORE_A_REPLY: Final = 5
log = structlog.get_logger()


class Desks(Protocol):
    """Gives each office its own desk: its words, its rules, its name."""

    def speaking_as(self, office: str) -> Desk:
        """Give the desk of the office whose code is ``office``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many were told now, how many will be with their next message, and whom to wake."""

    now: int = 0
    later: int = 0
    addresses: tuple[CitizenAddress, ...] = ()

    def ring(self, bell: Bell) -> None:
        """Wake whoever shows or sends what was told; only once it is stored."""
        for address in self.addresses:
            bell.ring(address.conversation)
            bell.ring(address.channel)


class Teller:
    """Tells answers in the words of the office that was asked."""

    def __init__(
        self, desks: Desks, *, kept: Collection[ChannelName], windows: Windows = WINDOWS
    ) -> None:
        """Speak as ``desks`` do; ``kept`` channels fetch what they are told themselves."""
        self._desks = desks
        self._kept = frozenset(kept)
        self._windows = windows

    async def tell(
        self, connection: AsyncConnection, group: int, office: str, now: datetime
    ) -> Told:
        """Tell up to ``AT_ONCE`` who wait for the answer to a group, in the caller's transaction.

        In quiet hours those whose devices would ring wait on; whose channel is closed, or who
        blocked the bot, is told with their next message.
        """
        quiet = self._desks.speaking_as(office).standing.rules.quiet_until(now) is not None
        channels = self._kept if quiet else frozenset(ChannelName)
        due = await telling_rows.due_in(connection, group, channels, AT_ONCE)
        reached = await self._reached(connection, due, now)
        named = {one.inbox_id for one in reached}
        later = [one for one in due if one.inbox_id not in named]
        await telling_rows.put_off(connection, later)
        told = await self._write(connection, reached, now)
        return Told(now=len(told), later=len(later), addresses=_addresses(told))

    async def tell_before_replies(
        self, connection: AsyncConnection, conversations: Collection[str], now: datetime
    ) -> Told:
        """Tell citizens who are about to be answered what they wait for; they are awake."""
        if not conversations:
            return Told()
        most = BEFORE_A_REPLY * len(conversations)
        due = await telling_rows.due_to(connection, conversations, most)
        told = await self._write(connection, due, now)
        return Told(now=len(told), addresses=_addresses(told))

    async def _reached(
        self, connection: AsyncConnection, due: Sequence[Due], now: datetime
    ) -> list[Due]:
        bounded = [one for one in due if one.address.channel in self._windows]
        keys = {one.address.conversation for one in bounded}
        heard = await telling_rows.last_heard(connection, keys) if keys else {}
        everybody = {one.address.conversation for one in due}
        lost = await telling_rows.cut_off(connection, everybody) if everybody else frozenset()

        def free(one: Due) -> bool:
            address = one.address
            if address.conversation in lost:
                return False
            last = heard.get(address.conversation)
            return route(address.channel, last, now, self._windows) is Route.FREE

        return [one for one in due if free(one)]

    async def _write(
        self, connection: AsyncConnection, due: Sequence[Due], now: datetime
    ) -> Sequence[Telling]:
        if not due:
            return ()
        answers = await latest_answers(connection, {one.group for one in due})
        tellings = [Telling(due=one, reply=self._reply(one, answers[one.group])) for one in due]
        await telling_rows.tell(connection, tellings, at=now, kept=self._kept)
        return tellings

    def _reply(self, due: Due, answer: Answer) -> Reply:
        desk = self._desks.speaking_as(due.office)
        question = quoted(due.question)
        if answer.words.kind is AnswerKind.OUT:
            return Reply(
                follow_up(desk.say("follow_up_out", question=question), answer.words.text)
            )
        head = desk.say("follow_up", question=question, who=who(answer.name, answer.title, desk))
        return Reply(follow_up(head, _words(answer, desk)), _choices(answer, desk))


def who(name: str, title: str, desk: Desk) -> str:
    """Name an officer as citizens may see them: by title, by name where the office says so."""
    shown = name if desk.standing.rules.show_names else title
    return desk.say("officer_named", name=shown) if shown else desk.say("officer_unnamed")


def _words(answer: Answer, desk: Desk) -> str:
    return answer.words.text or desk.say("follow_up_card")


def _choices(answer: Answer, desk: Desk) -> tuple[QuickReply, ...]:
    """Give the button to the card or guide that answers, once there is one to show."""
    kind = "g" if answer.words.kind is AnswerKind.GUIDE else "p"
    value = f"{kind}:{answer.words.ref}"
    label = label_of(value, desk) if answer.words.ref else ""
    return (QuickReply(label, value),) if label else ()


def _addresses(tellings: Iterable[Telling]) -> tuple[CitizenAddress, ...]:
    return tuple(dict.fromkeys(one.due.address for one in tellings))


async def tell_waiting(
    database: Database, teller: Teller, *, clock: Clock, ring: Callable[[Told], None]
) -> int:
    """Tell who still waits for an answer that is there: after the night, beyond the first 500."""
    async with database.reading() as connection:
        groups = await telling_rows.groups_due(connection, GROUPS)
    count = 0
    for group, office in groups:
        async with database.writing() as connection:
            told = await teller.tell(connection, group, office, clock.now())
        ring(told)
        count += told.now + told.later
    if count:
        log.info("answers_told", count=count)
    return count
