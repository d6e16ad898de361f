"""Wires the parts of a house together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from prometheus_client import CollectorRegistry

from bot.bell import Bell
from bot.bootstrap.channels import Channels, channels_of, polling_of
from bot.bootstrap.cupboard import Cupboard
from bot.bootstrap.feedback import answer_files_of, bureau_of, copies_of, talking_of, times
from bot.bootstrap.house import House
from bot.bootstrap.keys import vaults_of
from bot.bootstrap.zalo_door import Around, ZaloDoor, zalo_door
from bot.casework.telling import Teller
from bot.channels.kept import KEPT
from bot.channels.port import Channel
from bot.clock import Clock
from bot.conversation.desk import Desk
from bot.conversation.edition import Edition
from bot.conversation.opening import Opener, open_desk
from bot.conversation.orders import Orders
from bot.conversation.pipeline import Conversation
from bot.delivery.broadcasting import OfficeHours, senders_of
from bot.delivery.ledger import SqlLedger
from bot.delivery.lookout import Lookout
from bot.delivery.mailbox import Mailbox
from bot.delivery.postman import Postman
from bot.delivery.shelf import SqlShelf
from bot.handling.board import Board
from bot.handling.photos import Photos
from bot.handling.talking import Talking
from bot.handling.typed import AsTyped
from bot.intake.backlog import Backlog
from bot.intake.fetching import Fetching
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import Reply
from bot.metrics import Metrics
from bot.newsroom.deployment import Deployment
from bot.officials.redaction import allowed
from bot.settings import Settings
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from bot.storage.post_rows import SqlNewsBoard
from bot.storage.standing_rows import SqlStandingStore
from bot.upkeep.casework import casework_ticks, zalo_ticks
from bot.upkeep.feedback import feedback_ticks
from bot.upkeep.lease import Lease, name_of_this_process
from bot.upkeep.news import news_ticks, realm_in_use
from bot.upkeep.rota import ticks_of
from bot.upkeep.ticking import LEADER, Tick, Ticking
from broadcasts.delivery.engine import Engine
from broadcasts.delivery.ports import Sender
from broadcasts.models import Route
from knowledge.models import Snapshot
from knowledge.repository import SqlSnapshotStore
from knowledge.shelf import FileShelf

LONGEST_CLAIM: Final = timedelta(seconds=30)


def opener(settings: Settings) -> Opener:
    """Give what lays out a desk for a snapshot, as the settings wish."""
    laid_out = partial(
        open_desk,
        office=settings.office,
        province=settings.province,
        shelf=FileShelf(settings.data_dir),
        attended=settings.console == "on",
    )

    def opened(snapshot: Snapshot, *, earlier: Desk | None = None) -> Desk:
        desk = laid_out(snapshot, earlier=earlier)
        return replace(desk, site=settings.public_url, muted=settings.muted_channels)

    return opened


def furnish(
    settings: Settings, database: Database, *, store: SqlSnapshotStore, clock: Clock, desk: Desk
) -> House:
    """Make every part over ``database``, answering from ``desk`` of ``store``; nothing runs."""
    allowed()  # What is read from disk is read before anything runs.
    registry, bell = CollectorRegistry(), Bell()
    metrics, conversation = Metrics.on(registry), Conversation(desk)
    orders = Orders(SqlStandingStore(database), conversation)
    backlog, vaults = Backlog(database, clock, metrics), vaults_of(settings)
    keep, full = conversation.kept, backlog.full
    inbox = Inbox(database, bell, metrics, keep=keep, full=full, seal=AsTyped(vaults).sealed)
    shelf, lease = SqlShelf(database, clock), _leadership(settings, database, clock, metrics)
    own = (copies_of(conversation, vaults, database, clock), answer_files_of(vaults, database))
    served = channels_of(settings, metrics, database, clock, Cupboard(shelf, *own, vaults.data))
    known, around = served.known, Around(database, vaults, clock, bell, metrics, served.marks)
    photos, senders = Photos(database, vaults.data, clock), _senders(settings, served, around)
    talking, bureau = talking_of(conversation, vaults, settings), bureau_of(conversation, vaults)
    door = zalo_door(settings, around, inbox, talking.granting.own, conversation.office_of)
    worker = _worker(around, conversation, orders, photos=photos, talking=talking, door=door)
    ledger = _ledger(settings, database, shelf, clock=clock, bell=bell)
    cases = feedback_ticks(database, clock, bell, talking.announcer, bureau, times(conversation))
    rota = _ticks(settings, around, served, talk=conversation, cases=cases)
    return House(
        settings=settings,
        clock=clock,
        database=database,
        vaults=vaults,
        bell=bell,
        registry=registry,
        backlog=backlog,
        inbox=inbox,
        mailbox=Mailbox(database, bell),
        photos=photos,
        fetching=Fetching(database, known, photos, clock=clock, bell=bell),
        news=SqlNewsBoard(database),
        board=Board(database=database, clock=clock, times=times(conversation)),
        talking=talking,
        bureau=bureau,
        worker=worker,
        postmen=_postmen(database, known, clock=clock, bell=bell, metrics=metrics),
        served=served,
        zalo_door=door,
        polling=polling_of(served.polled, inbox, clock, lambda: lease.held),
        conversation=conversation,
        edition=_edition(settings, store, conversation),
        orders=orders,
        lookout=Lookout(database, bell),
        ticking=Ticking(rota, lease, metrics),
        engine=_engine(conversation, ledger, senders, clock, lease),
    )


def _senders(settings: Settings, served: Channels, around: Around) -> Mapping[Route, Sender]:
    """Give the senders of the channels, and of what goes to followers of accounts unasked."""
    shelf = SqlShelf(around.database, around.clock)
    by_channels = senders_of(served.news, shelf, around.metrics)
    if served.accounts is None:
        return by_channels
    from bot.bootstrap.zalo_news import zalo_senders  # noqa: PLC0415 - only where used

    return {**by_channels, **zalo_senders(settings, served.accounts, shelf)}


def _engine(
    conversation: Conversation,
    ledger: SqlLedger,
    senders: Mapping[Route, Sender],
    clock: Clock,
    lease: Lease,
) -> Engine:
    hours = OfficeHours(conversation)
    return Engine(ledger, senders, clock=clock, hours=hours, leads=lambda: lease.held)


def _ledger(
    settings: Settings, database: Database, shelf: SqlShelf, *, clock: Clock, bell: Bell
) -> SqlLedger:
    return SqlLedger(
        database,
        _owner(settings),
        clock=clock,
        bell=bell,
        shelf=shelf,
        site=settings.public_url,
    )


def _postmen(
    database: Database, known: Iterable[Channel], *, clock: Clock, bell: Bell, metrics: Metrics
) -> tuple[Postman, ...]:
    return tuple(Postman(database, one, clock=clock, bell=bell, metrics=metrics) for one in known)


def _worker(
    around: Around,
    conversation: Conversation,
    orders: Orders,
    *,
    photos: Photos,
    talking: Talking,
    door: ZaloDoor | None,
) -> Worker:
    return Worker(
        around.database,
        conversation,
        clock=around.clock,
        bell=around.bell,
        metrics=around.metrics,
        apology=Reply(conversation.desk.say("error")),
        kept=KEPT,
        teller=Teller(conversation, kept=KEPT),
        admit=orders.renew,
        photos=photos,
        talking=talking,
        behind=door.arrivals.behind if door else None,
    )


def _edition(settings: Settings, store: SqlSnapshotStore, conversation: Conversation) -> Edition:
    return Edition(
        store,
        conversation,
        office=settings.office,
        opened=opener(settings),
    )


def _ticks(
    settings: Settings,
    around: Around,
    served: Channels,
    *,
    talk: Conversation,
    cases: Sequence[Tick],
) -> list[Tick]:
    database, clock, bell = around.database, around.clock, around.bell
    realm = partial(realm_in_use, talk, Deployment.of(settings))
    return [
        *ticks_of(settings, database.unhurried(), clock, KEPT),
        *casework_ticks(database, clock, bell, talk),
        *cases,
        *news_ticks(database.unhurried(), clock, realm, bell),
        *zalo_ticks(database, clock, bell, talk, around.metrics),
        *_of_accounts(settings, around, served, talk),
    ]


def _of_accounts(
    settings: Settings, around: Around, served: Channels, talk: Conversation
) -> Sequence[Tick]:
    """Give the ticks of offices' accounts, where there is an app."""
    if served.accounts is None:
        return ()
    from bot.bootstrap.zalo_news import zalo_answers, zalo_readings  # noqa: PLC0415 - where used

    answers = zalo_answers(settings, served.accounts, talk, around.vaults.data)
    return [*zalo_readings(served.accounts), *answers]


def _owner(settings: Settings) -> Owner:
    # What is taken is free again as soon as another may lead.
    return Owner(name=name_of_this_process(), claim=min(settings.lease_length, LONGEST_CLAIM))


def _leadership(settings: Settings, database: Database, clock: Clock, metrics: Metrics) -> Lease:
    holder = name_of_this_process()
    lease = Lease(database, LEADER, holder=holder, clock=clock, length=settings.lease_length)
    metrics.leads.set_function(lambda: lease.held)
    return lease
