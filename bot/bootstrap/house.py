"""The house: everything that runs together in one process, and how it begins and ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import structlog
from prometheus_client import CollectorRegistry
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import Bell
from bot.bootstrap.channels import Channels
from bot.bootstrap.crew import Crew
from bot.bootstrap.feedback import answer_files_of, copies_of
from bot.bootstrap.zalo import ZaloApp
from bot.bootstrap.zalo_door import ZaloDoor, zalo_fault
from bot.casework.zalo.alarming import account_words
from bot.casework.zalo.port import Reading
from bot.channels.port import ProviderChannel, WebhookChannel
from bot.clock import VIETNAM, Clock
from bot.conversation.edition import Edition
from bot.conversation.filing.presses import to_the_office
from bot.conversation.lawful import lawful_way
from bot.conversation.most_asked import most_asked
from bot.conversation.orders import Orders
from bot.conversation.pipeline import Conversation
from bot.delivery.lookout import Lookout
from bot.delivery.mailbox import Mailbox
from bot.delivery.postman import Postman
from bot.feedback.kinds import Kind
from bot.feedback.ways import WayPage
from bot.handling.answer_files import AnswerFiles
from bot.handling.board import Board
from bot.handling.bureau import Bureau
from bot.handling.own.copies import Copies
from bot.handling.photos import Photos
from bot.handling.talking import Talking
from bot.intake.arrivals import Arrivals
from bot.intake.backlog import Backlog
from bot.intake.fetching import Fetching
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import ChannelName, QuickReply
from bot.newsroom.calendar_feeds import CalendarFeeds
from bot.officials.notices import Notice
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.post_rows import SqlNewsBoard
from bot.upkeep.ticking import Ticking
from bot.vault import Vaults
from broadcasts.delivery.engine import Engine

if TYPE_CHECKING:
    from bot.intake.polling import Polling

SUGGESTIONS: Final = 6
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that runs together in one process."""

    settings: Settings
    clock: Clock
    database: Database
    vaults: Vaults
    bell: Bell
    registry: CollectorRegistry
    backlog: Backlog
    inbox: Inbox
    mailbox: Mailbox
    photos: Photos
    fetching: Fetching
    news: SqlNewsBoard
    board: Board
    talking: Talking
    bureau: Callable[[], Bureau]
    worker: Worker
    postmen: tuple[Postman, ...]
    conversation: Conversation
    edition: Edition
    orders: Orders
    served: Channels
    polling: tuple[Polling, ...]
    ticking: Ticking
    engine: Engine
    lookout: Lookout
    zalo_door: ZaloDoor | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    broken: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def zalo(self) -> ZaloApp | None:
        """The app at Zalo; none where the environment names none."""
        return self.served.zalo

    @property
    def zalo_reading(self) -> Reading | None:
        """What reads accounts of Zalo anew."""
        if self.served.accounts is None:
            return None
        from bot.bootstrap.zalo_news import account_reading  # noqa: PLC0415 - only where used

        return account_reading(self.served.accounts)

    @property
    def channels(self) -> tuple[ProviderChannel, ...]:
        """The channels with a provider behind them."""
        return self.served.known

    @property
    def webhooks(self) -> Mapping[ChannelName, WebhookChannel]:
        """Those of them whose provider calls us."""
        return self.served.pushed

    @property
    def doors(self) -> Mapping[ChannelName, Arrivals]:
        """Those of which calls are kept before they are read."""
        return {ChannelName.ZALO: self.zalo_door.arrivals} if self.zalo_door else {}

    def office_called(self, code: str) -> str:
        """Give the name of an office by its code, that of the deployment's where it is unknown."""
        known = self.conversation.desk.knowledge.offices.get(code)
        return known.name if known else self.office_name

    @property
    def calendars(self) -> CalendarFeeds:
        """The offices' calendars for other programs."""
        return CalendarFeeds(
            database=self.database,
            clock=self.clock,
            site=self.settings.public_url,
            called=self.office_called,
        )

    @property
    def copies(self) -> Copies:
        """Where copies of one's own data are made."""
        return copies_of(self.conversation, self.vaults, self.database, self.clock)

    @property
    def answer_files(self) -> AnswerFiles:
        """Where the files of answers are opened."""
        return answer_files_of(self.vaults, self.database)

    @property
    def office_name(self) -> str:
        """The name on the page's head."""
        office = self.conversation.desk.office
        return office.name if office else ""

    @property
    def contact(self) -> str:
        """Whom to turn to, in lines."""
        return self.conversation.desk.contact()

    def lawful_way(self, kind: Kind) -> tuple[WayPage, ...]:
        """Give the lawful way of a complaint or a denunciation, as it is today."""
        today = self.clock.now().astimezone(VIETNAM).date()
        return lawful_way(self.conversation.desk, kind, today, self.settings.public_url)

    @property
    def office_phone(self) -> str:
        """The number at which a person answers."""
        office = self.conversation.desk.office
        return office.phone if office else ""

    @property
    def suggestions(self) -> Sequence[QuickReply]:
        """What is asked most, offered before the first question."""
        return most_asked(self.conversation.desk, SUGGESTIONS)

    @property
    def to_the_office(self) -> Sequence[QuickReply]:
        """How something is told to the office and looked up, offered beside them."""
        return to_the_office(self.conversation.desk)

    @property
    def closed(self) -> str:
        """Why whoever opens the page is not answered."""
        desk = self.conversation.desk
        refusal = desk.standing.refusal(ChannelName.WEB)
        return desk.say(refusal) if refusal else ""

    @property
    def notices(self) -> Sequence[Notice]:
        """The office's notices in force."""
        return self.conversation.desk.standing.notices_at(self.clock.now())

    async def readiness(self) -> Mapping[str, str]:
        """Give each part and what fails in it, empty when it works."""
        ended = any(task.done() for task in self.tasks)
        return {
            "database": await self._database_fault(),
            "inbox": self.inbox.fault or (self.zalo_door.arrivals.fault if self.zalo_door else ""),
            "index": "" if self.conversation.desk.knowledge.snapshot.procedures else "empty",
            "lease": self.ticking.lease.fault,
            "work": "stopped" if ended or not self.tasks else "",
        }

    async def leader(self) -> str:
        """Tell who does what one process alone may do, as ``Holding`` names it."""
        return await self.ticking.lease.holding()

    def channel_faults(self) -> Mapping[str, str]:
        """Give each provider's channel and what fails there; the rest works all the same."""
        lacking = zalo_fault(self.settings, self.vaults.data)
        beside = {str(ChannelName.ZALO): lacking} if lacking else {}
        return {str(channel.name): channel.fault for channel in self.channels} | beside

    async def account_states(self) -> Mapping[str, str]:
        """Give how each account of Zalo stands in one word; nothing while nobody can tell."""
        if self.zalo is None:
            return {}
        try:
            async with self.database.reading() as connection:
                return await account_words(connection, self.clock.now())
        except (SQLAlchemyError, OSError):
            return {}

    @property
    def lacking(self) -> Sequence[str]:
        """The variables without which something is switched off."""
        return self.vaults.lacking

    async def _database_fault(self) -> str:
        try:
            await self.database.ping()
        except (SQLAlchemyError, OSError) as error:
            return fault_of(error)
        return ""

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Run writer, worker and postmen; at the end begun work is finished, the rest stays.

        One that fails sets ``broken`` and closes the inbox; its error is raised at the end.
        """
        stopping = asyncio.Event()
        crew = Crew.begun(
            writers=(self.inbox.writing(), *(one.writing() for one in self.doors.values())),
            workers=self._work(stopping),
            pollers=(one.polling(stopping) for one in self.polling),
        )
        self.tasks.extend(crew.tasks)
        for task in self.tasks:
            task.add_done_callback(self._look_how_it_ended)
        try:
            yield
        finally:
            stopping.set()
            self.bell.ring_all()
            await crew.ended()
            for channel in self.channels:
                await channel.close()
            if self.zalo:
                await self.zalo.close()
            # What had failed is told when everything is put away.
            crew.tell_fault()

    def _look_how_it_ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            return
        log.critical("task_failed", task=task.get_name(), exc_info=task.exception())
        self.inbox.close()
        for door in self.doors.values():
            door.close()
        self.broken.set()

    def _work(self, stopping: asyncio.Event) -> Iterator[Coroutine[None, None, None]]:
        yield self.worker.working(stopping)
        yield self.backlog.looking(stopping)
        yield self.edition.renewing(stopping)
        yield self.orders.renewing(stopping)
        yield self.ticking.ticking(stopping)
        yield self.engine.running(stopping)
        if self.zalo_door:
            yield from self.zalo_door.work(stopping)
        if not self.database.embedded:
            yield self.lookout.watching(stopping)
        if self.channels:
            yield self.fetching.fetching(stopping)
        for channel in self.channels:
            yield channel.attending(stopping)
        for postman in self.postmen:
            yield postman.delivering(stopping)
