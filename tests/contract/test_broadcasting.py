"""News over a channel on both databases: what its answers leave behind in rows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import time

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from bot.bell import Bell
from bot.channels.errors import SendCode, SendError
from bot.delivery.broadcasting import AT_ONCE, OfficeHours, senders_of
from bot.delivery.ledger import SqlLedger
from bot.delivery.shelf import SqlShelf
from bot.messages import ChannelName, CitizenAddress, Link, OutgoingMessage, Priority
from bot.metrics import Metrics
from bot.newsroom.letters import read_text, reply_of
from bot.officials.office_rules import Rules
from bot.officials.standing import Standing
from bot.storage.broadcast_tables import subscribers
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from bot.storage.tables import unreachable
from broadcasts.delivery.answers import Fault
from broadcasts.delivery.lane import Lane
from broadcasts.models import Button, NewsText, Route
from tests.conftest import NOON, FrozenClock
from tests.fakes.news import a_run, ledger_of


@dataclass(eq=False)
class PaperTurn:
    channel: PaperChannel
    user: str
    is_over: bool = False

    async def send(self, message: OutgoingMessage) -> str:
        assert self.user == message.address.user_id
        assert not self.is_over
        return await self.channel.send(message)

    def over(self) -> None:
        if not self.is_over:
            self.is_over = True
            self.channel.over.append(self)


@dataclass
class PaperChannel:
    """Takes messages, or refuses each as told."""

    faults: dict[str, list[SendError]] = field(default_factory=dict)
    sent: list[OutgoingMessage] = field(default_factory=list)
    crowded: list[str] = field(default_factory=list)
    unreadable: str = ""
    turns: list[PaperTurn] = field(default_factory=list)
    over: list[PaperTurn] = field(default_factory=list)
    name = ChannelName.TELEGRAM
    rate = 1000.0
    silence = 0.0

    async def hold(
        self, address: CitizenAddress, priority: Priority, patience: float
    ) -> PaperTurn:
        assert priority is Priority.BROADCAST
        assert patience > 0
        if address.user_id in self.crowded:
            self.crowded.remove(address.user_id)
            raise SendError(SendCode.NO_TURN, retryable=True, retry_after=1)
        if address.user_id == self.unreadable:
            raise SendError(SendCode.REFUSED, "no address", retryable=False)
        turn = PaperTurn(self, address.user_id)
        self.turns.append(turn)
        return turn

    async def send(self, message: OutgoingMessage) -> str:
        told = self.faults.get(message.address.user_id)
        if told:
            raise told.pop(0)
        self.sent.append(message)
        return f"x{len(self.sent)}"


class Awake:
    def quiet_until(self, office: str, at: object) -> None:
        """Never quiet."""


def _lane(database: Database, clock: FrozenClock, channel: PaperChannel) -> Lane:
    shelf = SqlShelf(database, clock)
    senders = senders_of([channel], shelf, Metrics.on(CollectorRegistry()))
    ledger = SqlLedger(database, Owner(name="here"), clock=clock, bell=Bell())
    return Lane(Route.TELEGRAM, senders[Route.TELEGRAM], ledger, clock=clock, hours=Awake())


async def _sent(database: Database, clock: FrozenClock, channel: PaperChannel) -> None:
    await _rest(_lane(database, clock, channel))


async def _rest(lane: Lane) -> float:
    while not (rest := await lane.round()):
        pass
    return rest


def _refusal(code: SendCode, **more: object) -> list[SendError]:
    return [SendError(code, retryable=False, **more)]  # type: ignore[arg-type]


async def _readers(database: Database) -> dict[str, str]:
    async with database.reading() as connection:
        rows = await connection.execute(select(subscribers.c.address, subscribers.c.status))
        return {row.address: row.status for row in rows}


async def test_news_goes_behind_replies_with_its_links_as_buttons(
    database: Database, clock: FrozenClock
) -> None:
    channel = PaperChannel()
    await a_run(database, ["1"])
    await _sent(database, clock, channel)
    (message,) = channel.sent
    assert message.priority is Priority.BROADCAST
    assert message.reply.links == (Link(label="Nộp hồ sơ", address="https://dichvucong.gov.vn"),)


async def test_each_message_has_a_turn_and_who_gets_none_waits_for_another(
    database: Database, clock: FrozenClock
) -> None:
    channel = PaperChannel(crowded=["1"])
    run = await a_run(database, ["1", "2"])
    lane = _lane(database, clock, channel)
    await asyncio.sleep(await _rest(lane))
    await _rest(lane)
    assert [row[1] for row in await ledger_of(database, run)] == ["sent", "sent"]
    assert len(channel.turns) == 2
    assert channel.over == channel.turns


async def test_who_cannot_be_written_to_at_an_address_has_their_ending(
    database: Database, clock: FrozenClock
) -> None:
    channel = PaperChannel(unreadable="1")
    run = await a_run(database, ["1", "2"])
    await _sent(database, clock, channel)
    told = [("1", "failed", "refused"), ("2", "sent", "")]
    assert await ledger_of(database, run) == told
    assert channel.over == channel.turns


async def test_who_blocked_us_or_is_gone_is_marked_and_not_written_to_again(
    database: Database, clock: FrozenClock
) -> None:
    channel = PaperChannel({"1": _refusal(SendCode.BLOCKED), "2": _refusal(SendCode.GONE)})
    run = await a_run(database, ["1", "2", "3"])
    await _sent(database, clock, channel)
    assert await ledger_of(database, run) == [
        ("1", "failed", "blocked"),
        ("2", "failed", "gone"),
        ("3", "sent", ""),
    ]
    assert await _readers(database) == {"1": "blocked", "2": "dead", "3": "active"}
    async with database.reading() as connection:
        rows = await connection.execute(select(unreachable.c.conversation, unreachable.c.reason))
        assert {row.conversation: row.reason for row in rows} == {
            "telegram:1": "blocked",
            "telegram:2": "gone",
        }
    again = await a_run(database, ["1", "2", "3"])
    await _sent(database, clock, channel)
    assert [row[1:] for row in await ledger_of(database, again)] == [
        ("skipped", "blocked"),
        ("skipped", "dead"),
        ("sent", ""),
    ]


async def test_a_chat_that_moved_is_followed_once_and_remembered(
    database: Database, clock: FrozenClock
) -> None:
    moved = _refusal(SendCode.MIGRATED, moved_to="-100")
    channel = PaperChannel({"1": moved})
    run = await a_run(database, ["1"])
    await _sent(database, clock, channel)
    await _sent(database, clock, channel)
    assert await ledger_of(database, run) == [("-100", "sent", "")]
    assert await _readers(database) == {"-100": "active"}


async def test_a_chat_that_moved_to_another_readers_address_is_not_told_twice(
    database: Database, clock: FrozenClock
) -> None:
    channel = PaperChannel({"1": _refusal(SendCode.MIGRATED, moved_to="2")})
    run = await a_run(database, ["1", "2"])
    await _sent(database, clock, channel)
    assert await ledger_of(database, run) == [("1", "failed", "migrated"), ("2", "sent", "")]
    assert await _readers(database) == {"1": "dead", "2": "active"}


@pytest.mark.parametrize("code", SendCode)
def test_the_engine_knows_every_fault_of_the_channels(code: SendCode) -> None:
    assert Fault(code).value == code.value


def test_a_wave_is_small() -> None:
    assert AT_ONCE == {Route.TELEGRAM: 20, Route.ZALO_CS: 8, Route.ZALO_BOT: 2}


@dataclass
class Desk:
    standing: Standing


def test_the_hours_are_those_the_office_set() -> None:
    class Desks:
        def speaking_as(self, office: str) -> Desk:
            early = Rules(quiet_from=time(12), quiet_to=time(13))
            return Desk(Standing(rules=early if office == "xa-som" else Rules()))

    hours = OfficeHours(Desks())  # type: ignore[arg-type]
    assert hours.quiet_until("xa-mau", NOON) is None
    assert hours.quiet_until("xa-mau", NOON.replace(hour=15)) is not None
    assert hours.quiet_until("xa-som", NOON) == NOON.replace(hour=6)


@pytest.mark.parametrize(
    "parts", ["", "[]", "{", '{"files": ["x"]}', '{"buttons": [["one"]]}', '{"buttons": 7}']
)
def test_parts_of_another_release_leave_the_text_as_it_is(parts: str) -> None:
    assert read_text("Tin", "Nội dung", parts) == NewsText(title="Tin", body="Nội dung")


def test_what_is_empty_leaves_no_gap() -> None:
    text = NewsText(
        title=" ", body="Nội dung", buttons=(Button(label="Xem", address="https://x.vn"),)
    )
    assert reply_of(text).text == "Nội dung"
    assert reply_of(text).links == (Link(label="Xem", address="https://x.vn"),)
