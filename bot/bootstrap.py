"""Builds the house: the only module that names every adapter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from prometheus_client import CollectorRegistry
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import Bell
from bot.channels.port import WebhookChannel
from bot.clock import Clock, SystemClock
from bot.conversation.desk import Desk
from bot.conversation.edition import Edition
from bot.conversation.most_asked import most_asked
from bot.conversation.opening import open_desk, published
from bot.conversation.pipeline import Conversation
from bot.delivery.lookout import Lookout
from bot.delivery.mailbox import Mailbox
from bot.delivery.postman import Postman
from bot.intake.backlog import Backlog
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import ChannelName, QuickReply, Reply
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.inbox_rows import release_claims
from bot.storage.leases import vacate
from bot.storage.opening import open_database, told
from bot.storage.sole import serving_alone
from bot.upkeep.lease import Lease, name_of_this_process
from bot.upkeep.rota import ticks_of
from bot.upkeep.ticking import LEADER, Ticking
from knowledge.models import Snapshot
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore
from knowledge.shelf import FileShelf

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel
    from bot.intake.polling import Polling

KEPT: Final = frozenset({ChannelName.WEB})
SUGGESTIONS: Final = 6
# Seconds that begun work has at the end.
LAST_MOMENTS: Final = 8.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that runs together in one process."""

    settings: Settings
    clock: Clock
    database: Database
    bell: Bell
    registry: CollectorRegistry
    backlog: Backlog
    inbox: Inbox
    mailbox: Mailbox
    worker: Worker
    postmen: tuple[Postman, ...]
    conversation: Conversation
    edition: Edition
    webhooks: Mapping[ChannelName, WebhookChannel]
    polling: tuple[Polling, ...]
    channels: tuple[TelegramChannel, ...]
    ticking: Ticking
    lookout: Lookout
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    broken: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def office_name(self) -> str:
        """The name on the page's head."""
        office = self.conversation.desk.office
        return office.name if office else ""

    @property
    def office_phone(self) -> str:
        """The number at which a person answers."""
        office = self.conversation.desk.office
        return office.phone if office else ""

    @property
    def suggestions(self) -> Sequence[QuickReply]:
        """What is asked most, offered before the first question."""
        return most_asked(self.conversation.desk, SUGGESTIONS)

    async def readiness(self) -> Mapping[str, str]:
        """Give each part and what fails in it, empty when it works."""
        ended = any(task.done() for task in self.tasks)
        return {
            "database": await self._database_fault(),
            "inbox": self.inbox.fault,
            "index": "" if self.conversation.desk.knowledge.snapshot.procedures else "empty",
            "lease": self.ticking.lease.fault,
            "work": "stopped" if ended or not self.tasks else "",
        }

    async def leader(self) -> str:
        """Tell who does what one process alone may do, as ``Holding`` names it."""
        return await self.ticking.lease.holding()

    def channel_faults(self) -> Mapping[str, str]:
        """Give each provider's channel and what fails there; the rest works all the same."""
        return {str(channel.name): channel.fault for channel in self.channels}

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
        writer = _begun(self.inbox.writing())
        workers = [_begun(work) for work in self._work(stopping)]
        pollers = [_begun(one.polling(stopping)) for one in self.polling]
        self.tasks.extend((writer, *workers, *pollers))
        for task in self.tasks:
            task.add_done_callback(self._look_how_it_ended)
        try:
            yield
        finally:
            stopping.set()
            self.bell.ring_all()
            # What polling had not stored stays with its provider.
            for task in pollers:
                task.cancel()
            # What a database that never answers holds up is begun anew after the next start.
            _, held_up = await asyncio.wait(workers, timeout=LAST_MOMENTS)
            for task in (writer, *held_up):
                task.cancel()
            await asyncio.wait(self.tasks)
            for channel in self.channels:
                await channel.close()
            # What had failed is told when everything is put away.
            for task in self.tasks:
                if not task.cancelled():
                    task.result()

    def _look_how_it_ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            return
        log.critical("task_failed", task=task.get_name(), exc_info=task.exception())
        self.inbox.close()
        self.broken.set()

    def _work(self, stopping: asyncio.Event) -> Iterator[Coroutine[None, None, None]]:
        yield self.worker.working(stopping)
        yield self.backlog.looking(stopping)
        yield self.edition.renewing(stopping)
        yield self.ticking.ticking(stopping)
        if not self.database.embedded:
            yield self.lookout.watching(stopping)
        for channel in self.channels:
            yield channel.attending(stopping)
        for postman in self.postmen:
            yield postman.delivering(stopping)


def _begun(work: Coroutine[None, None, None]) -> asyncio.Task[None]:
    return asyncio.create_task(work, name=getattr(work, "__qualname__", "work"))


@asynccontextmanager
async def build(
    settings: Settings, *, clock: Clock | None = None, desk: Desk | None = None
) -> AsyncIterator[House]:
    """Open the database, index what is published there and wire everything up.

    A ``desk`` given is answered from until another snapshot is published.

    Raises:
        AlreadyServed: another process serves the embedded database.
    """
    async with open_database(settings) as database:
        with _alone(settings):
            with told(settings):
                if database.embedded:
                    async with database.writing() as connection:
                        await release_claims(connection)
                    await vacate(database, LEADER)
                store = SqlSnapshotStore(database.unhurried())
                furnished = desk or await _published_desk(settings, store)
                house = _furnish(settings, database, clock or SystemClock(), furnished)
                # Known before the door opens: the first who comes may be one too many.
                await house.backlog.look()
            yield house


def _alone(settings: Settings) -> AbstractContextManager[None]:
    if settings.database_url is not None:
        return nullcontext()
    return serving_alone(settings.data_dir / "serving.lock")


async def _published_desk(settings: Settings, store: SqlSnapshotStore) -> Desk:
    await publish_shipped(store)
    return _opener(settings)(await published(store, settings.office))


def _opener(settings: Settings) -> Callable[[Snapshot], Desk]:
    return partial(
        open_desk,
        office=settings.office,
        province=settings.province,
        shelf=FileShelf(settings.data_dir),
    )


def _furnish(settings: Settings, database: Database, clock: Clock, desk: Desk) -> House:
    registry = CollectorRegistry()
    metrics = Metrics.on(registry)
    bell = Bell()
    conversation = Conversation(desk)
    backlog = Backlog(database, clock, metrics)
    inbox = Inbox(database, bell, metrics, keep=conversation.kept, full=backlog.full)
    known = _channels(settings, metrics)
    by_polling = settings.telegram_mode == "polling"
    lease = _leadership(settings, database, clock)
    metrics.leads.set_function(lambda: lease.held)
    return House(
        settings=settings,
        clock=clock,
        database=database,
        bell=bell,
        registry=registry,
        backlog=backlog,
        inbox=inbox,
        mailbox=Mailbox(database, bell),
        worker=Worker(
            database,
            conversation,
            clock=clock,
            bell=bell,
            metrics=metrics,
            apology=Reply(desk.say("error")),
            kept=KEPT,
        ),
        postmen=tuple(
            Postman(database, channel, clock=clock, bell=bell, metrics=metrics)
            for channel in known
        ),
        webhooks={} if by_polling else {channel.name: channel for channel in known},
        channels=known,
        polling=_polling(known, inbox, clock, lambda: lease.held) if by_polling else (),
        conversation=conversation,
        edition=Edition(
            SqlSnapshotStore(database.unhurried()),
            conversation,
            office=settings.office,
            opened=_opener(settings),
        ),
        lookout=Lookout(database, bell),
        ticking=Ticking(
            ticks_of(settings, database.unhurried(), clock, KEPT),
            lease,
            metrics,
        ),
    )


def _leadership(settings: Settings, database: Database, clock: Clock) -> Lease:
    holder = name_of_this_process()
    return Lease(database, LEADER, holder=holder, clock=clock, length=settings.lease_length)


def _channels(settings: Settings, metrics: Metrics) -> tuple[TelegramChannel, ...]:
    telegram = _telegram(settings)
    if telegram is None:
        return ()
    metrics.show_channel(telegram.name, lambda: not telegram.fault)
    return (telegram,)


def _telegram(settings: Settings) -> TelegramChannel | None:
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415 - half a second
    from bot.channels.telegram.introduction import Introduction  # noqa: PLC0415

    pushed = settings.telegram_mode == "webhook"
    secret = settings.telegram_webhook_secret
    return TelegramChannel(
        settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        proxy=settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None,
        introduction=Introduction.read(
            webhook=f"{settings.public_url}/webhooks/telegram" if pushed else "",
            secret=secret.get_secret_value() if secret and pushed else "",
        ),
    )


def _polling(
    channels: tuple[TelegramChannel, ...], inbox: Inbox, clock: Clock, leads: Callable[[], bool]
) -> tuple[Polling, ...]:
    from bot.intake.polling import Polling  # noqa: PLC0415 - only with Telegram

    return tuple(Polling(channel, inbox, clock, leads=leads) for channel in channels)
