"""The postman on both databases: sent once, retried when it surely never left, never doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell
from bot.channels.errors import Cut, SendCode, SendError
from bot.channels.zalo.addresses import Follower
from bot.clock import SystemClock
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.delivery.postman import AT_ONCE, KEEP_TRYING, MOST_REFUSED, Postman
from bot.delivery.rests import LONGEST_REST
from bot.messages import ChannelName, OutgoingMessage, Reply
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.inbox_rows import insert_messages
from bot.storage.outbox_rows import CLAIM, claim_parcels, reply_rows
from bot.storage.release_waiting_rows import release_replies
from bot.storage.tables import OutboxStatus, outbox, unreachable
from bot.storage.zalo_people_rows import note_interactions
from tests.conftest import NOON, FrozenClock, let_pass, open_database
from tests.factories import a_citizen, a_message


@dataclass
class ScriptedChannel:
    """Sends into a list, or fails as told."""

    faults: list[SendError] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    slow_for: str = ""
    name = ChannelName.TELEGRAM
    # Accounts that are down.
    down: frozenset[str] = frozenset()

    async def send(self, message: OutgoingMessage) -> str:
        if message.address.account in self.down:
            raise SendError(SendCode.MISCONFIGURED, retryable=True)
        if message.address.user_id == self.slow_for:
            await asyncio.sleep(3600)
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(message.reply.text)
        return f"x{message.id}"


async def _put(
    database: Database,
    *texts: str,
    user: str = "nam",
    inbox_id: int = 1,
    channel: ChannelName = ChannelName.TELEGRAM,
) -> None:
    result = TurnResult(
        outcome=Outcome.ANSWERED,
        replies=tuple(Reply(text) for text in texts),
        state=ConversationState(),
    )
    address = a_citizen(user, channel)
    async with database.writing() as connection:
        await connection.execute(
            insert(outbox), reply_rows(inbox_id, address, result, NOON, frozenset())
        )


def _postman(database: Database, channel: ScriptedChannel, clock: FrozenClock) -> Postman:
    metrics = Metrics.on(CollectorRegistry())
    return Postman(database, channel, clock=clock, bell=Bell(), metrics=metrics)


async def _statuses(database: Database) -> list[tuple[str, str]]:
    async with database.reading() as connection:
        rows = await connection.execute(select(outbox).order_by(outbox.c.id))
        return [(row.status, row.error_code) for row in rows]


async def test_replies_go_out_in_order(database: Database, clock: FrozenClock) -> None:
    await _put(database, "one", "two", "three")
    channel = ScriptedChannel()
    postman = _postman(database, channel, clock)
    while await postman.round():
        pass
    assert channel.sent == ["one", "two", "three"]
    assert await _statuses(database) == [(OutboxStatus.SENT, "")] * 3


async def test_a_reply_that_never_left_is_tried_again_later(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "one")
    fault = SendError(SendCode.RATE_LIMITED, retryable=True, retry_after=30)
    channel = ScriptedChannel(faults=[fault])
    postman = _postman(database, channel, clock)
    assert await postman.round() == 1
    assert await postman.round() == 0
    await let_pass(database, clock, timedelta(seconds=31))
    assert await postman.round() == 1
    assert channel.sent == ["one"]


async def test_trying_ends_after_a_day(database: Database, clock: FrozenClock) -> None:
    await _put(database, "one")
    channel = ScriptedChannel(faults=[SendError(SendCode.UNREACHABLE, retryable=True)] * 99)
    postman = _postman(database, channel, clock)
    for _ in range(KEEP_TRYING // timedelta(hours=1)):
        assert await postman.round() == 1
        assert await _statuses(database) == [(OutboxStatus.CREATED, "unreachable")]
        await let_pass(database, clock, timedelta(hours=1))
    assert await postman.round() == 1
    assert await postman.round() == 0
    assert await _statuses(database) == [(OutboxStatus.FAILED, "unreachable")]


async def test_what_is_refused_without_a_reason_is_tried_a_few_times(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "one", "two")
    faults = [SendError(SendCode.REFUSED, retryable=True) for _ in range(MOST_REFUSED)]
    channel = ScriptedChannel(faults=faults)
    postman = _postman(database, channel, clock)
    for _ in range(MOST_REFUSED):
        assert channel.sent == []
        assert await postman.round() == 1
        await let_pass(database, clock, timedelta(minutes=2))
    assert await postman.round() == 1
    assert channel.sent == ["two"]
    assert await _statuses(database) == [
        (OutboxStatus.FAILED, "refused"),
        (OutboxStatus.SENT, ""),
    ]


async def test_while_the_channel_is_down_one_reply_tries_and_rests_grow(
    database: Database, clock: FrozenClock
) -> None:
    for number in range(AT_ONCE + 5):
        await _put(database, f"to {number}", user=f"c{number}", inbox_id=number)
    down = SendError(SendCode.UNREACHABLE, retryable=True)
    channel = ScriptedChannel(faults=[down] * (AT_ONCE + 9))
    postman = _postman(database, channel, clock)
    tried, rests = [], []
    for _ in range(10):
        tried.append(await postman.round())
        rests.append(postman.rest)
        await let_pass(database, clock, timedelta(seconds=LONGEST_REST))
    assert tried == [AT_ONCE, *[1] * 9]
    assert rests == [1, 2, 4, 8, 16, 32, LONGEST_REST, LONGEST_REST, LONGEST_REST, LONGEST_REST]
    while await postman.round():
        pass
    assert postman.rest == 0
    assert len(channel.sent) == AT_ONCE + 5


async def test_a_flood_answer_parks_its_own_chat_alone(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "one", user="a", inbox_id=1)
    await _put(database, "two", user="b", inbox_id=2)
    channel = ScriptedChannel([SendError(SendCode.RATE_LIMITED, retryable=True, retry_after=60)])
    postman = _postman(database, channel, clock)
    await postman.round()
    assert postman.rest == 0
    assert len(channel.sent) == 1
    await _put(database, "three", user="c", inbox_id=3)
    await postman.round()
    assert channel.sent[1:] == ["three"]


async def test_a_reply_that_got_no_turn_is_tried_again_when_there_may_be_one(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "one")
    fault = SendError(SendCode.NO_TURN, retryable=True, retry_after=900)
    channel = ScriptedChannel(faults=[fault])
    postman = _postman(database, channel, clock)
    assert await postman.round() == 1
    assert postman.rest == 0
    await let_pass(database, clock, timedelta(seconds=899))
    assert await postman.round() == 0
    await let_pass(database, clock, timedelta(seconds=2))
    assert await postman.round() == 1
    assert channel.sent == ["one"]


@pytest.mark.parametrize("code", [SendCode.BLOCKED, SendCode.GONE, SendCode.MIGRATED])
async def test_a_citizen_who_left_is_remembered(
    database: Database, clock: FrozenClock, code: SendCode
) -> None:
    await _put(database, "one")
    postman = _postman(database, ScriptedChannel([SendError(code, retryable=False)]), clock)
    await postman.round()
    assert await _statuses(database) == [(OutboxStatus.FAILED, code)]
    async with database.reading() as connection:
        row = (await connection.execute(select(unreachable))).one()
    assert (row.conversation, row.reason) == ("telegram:nam", code)


async def test_nothing_is_sent_to_who_left_until_they_write_again(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "one", "two", inbox_id=1)
    channel = ScriptedChannel([SendError(SendCode.BLOCKED, retryable=False)])
    postman = _postman(database, channel, clock)
    await postman.round()
    await _put(database, "three", inbox_id=2)
    while await postman.round():
        pass
    assert channel.sent == []
    assert await _statuses(database) == [("failed", "blocked")] * 3
    back = a_message("tôi đây", address=a_citizen("nam", ChannelName.TELEGRAM))
    async with database.writing() as connection:
        await insert_messages(connection, [back])
    await _put(database, "four", inbox_id=3)
    await postman.round()
    assert channel.sent == ["four"]


async def test_a_repeated_old_message_does_not_call_a_citizen_back(
    database: Database, clock: FrozenClock
) -> None:
    old = a_message("hi", address=a_citizen("nam", ChannelName.TELEGRAM))
    async with database.writing() as connection:
        await insert_messages(connection, [old])
    await _put(database, "one", "two")
    postman = _postman(
        database, ScriptedChannel([SendError(SendCode.BLOCKED, retryable=False)]), clock
    )
    await postman.round()
    async with database.writing() as connection:
        await insert_messages(connection, [old])
    await postman.round()
    assert await _statuses(database) == [("failed", "blocked")] * 2


async def test_an_unclear_end_is_never_sent_again(database: Database, clock: FrozenClock) -> None:
    await _put(database, "one", "two")
    channel = ScriptedChannel([SendError(SendCode.UNCERTAIN, retryable=False)])
    postman = _postman(database, channel, clock)
    for _ in range(4):
        await postman.round()
        await let_pass(database, clock, timedelta(hours=1))
    assert channel.sent == ["two"]
    assert await _statuses(database) == [("uncertain", "uncertain"), ("sent", "")]


@pytest.mark.parametrize(
    ("why", "ends"),
    [
        (SendCode.NO_QUOTA, OutboxStatus.FAILED),
        (SendCode.BLOCKED, OutboxStatus.FAILED),
        (SendCode.UNCERTAIN, OutboxStatus.UNCERTAIN),
    ],
)
async def test_of_a_reply_cut_short_it_is_known_why_and_it_is_never_sent_again(
    database: Database, clock: FrozenClock, why: SendCode, ends: OutboxStatus
) -> None:
    await _put(database, "one", "two")
    cut = Cut(went=1, last="m-1", why=why)
    fault = SendError(SendCode.UNCERTAIN, retryable=False, cut=cut)
    channel = ScriptedChannel(faults=[fault])
    postman = _postman(database, channel, clock)
    while await postman.round():
        await let_pass(database, clock, timedelta(days=1))
    assert (await _statuses(database))[0] == (ends, why)
    assert channel.sent == ([] if why is SendCode.BLOCKED else ["two"])
    async with database.reading() as connection:
        ids = await connection.execute(select(outbox.c.external_id).order_by(outbox.c.id))
        assert ids.scalars().first() == "m-1"


async def test_a_sender_that_died_leaves_an_uncertain_reply(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "one")
    async with database.writing() as connection:
        assert len(await claim_parcels(connection, ChannelName.TELEGRAM, clock.now(), 5)) == 1
    channel = ScriptedChannel()
    postman = _postman(database, channel, clock)
    await postman.round()
    assert await _statuses(database) == [("sending", "")]
    await let_pass(database, clock, CLAIM + timedelta(seconds=1))
    await postman.round()
    assert channel.sent == []
    assert await _statuses(database) == [("uncertain", "")]


@dataclass(frozen=True)
class Leaving(Database):
    """Goes away before it stored so many transactions, or after; ``away`` counts them."""

    away: list[bool] = field(default_factory=list)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        stored = self.away.pop(0) if self.away else None
        if stored is False:
            raise OSError("away")
        async with super().writing() as connection:
            yield connection
        if stored:
            raise OSError("away")


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("fault", [None, SendError(SendCode.NO_TURN, retryable=True)])
async def test_an_ending_waits_for_the_database_and_nothing_is_doubted(
    database: Database, clock: FrozenClock, fault: SendError | None, *, stored: bool
) -> None:
    await _put(database, "one")
    leaving = Leaving(engine=database.engine, patience=database.patience)
    channel = ScriptedChannel(faults=[fault] if fault else [])

    @dataclass
    class Going(ScriptedChannel):
        async def send(self, message: OutgoingMessage) -> str:
            leaving.away.append(stored)
            return await channel.send(message)

    await _postman(leaving, Going(), clock).round()
    expected = (OutboxStatus.CREATED, "no_turn") if fault else (OutboxStatus.SENT, "")
    assert await _statuses(database) == [expected]
    assert channel.sent == ([] if fault else ["one"])


async def test_a_claim_made_by_a_clock_years_ahead_is_as_good_as_run_out(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "one")
    async with database.writing() as connection:
        await claim_parcels(connection, ChannelName.TELEGRAM, clock.now(), 5)
        far = NOON + timedelta(days=36_500)
        await connection.execute(update(outbox).values(claimed_until=far))
    await _postman(database, ScriptedChannel(), clock).round()
    assert await _statuses(database) == [("uncertain", "")]


@pytest.mark.postgres
@pytest.mark.parametrize("wrong_by", [timedelta(), timedelta(hours=23)])
async def test_a_postman_whose_clock_is_wrong_disturbs_no_other(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock, wrong_by: timedelta
) -> None:
    async with open_database("postgres", request, tmp_path) as database:
        await _put(database, "one", user="a", inbox_id=1)
        right, wrong = SystemClock(), FrozenClock(NOON + wrong_by)
        async with database.writing() as connection:
            taken = await claim_parcels(connection, ChannelName.TELEGRAM, right.now(), 5)
            assert len(taken) == 1
        channel = ScriptedChannel([SendError(SendCode.RATE_LIMITED, retryable=True)])
        await _postman(database, channel, wrong).round()
        assert await _statuses(database) == [("sending", "")]
        await _put(database, "two", user="b", inbox_id=2)
        await _postman(database, channel, wrong).round()
        await let_pass(database, clock, timedelta(seconds=2))
        await _postman(database, channel, clock).round()
        assert channel.sent == ["two"]


async def test_a_slow_chat_holds_up_nobody_else(database: Database, clock: FrozenClock) -> None:
    await _put(database, "never", "later", user="slow", inbox_id=1)
    # Were each to wait for the postman's nap, they would come too late.
    await _put(database, *map(str, range(12)), user="quick", inbox_id=2)
    channel = ScriptedChannel(slow_for="slow")
    postman = _postman(database, channel, clock)
    delivering = asyncio.create_task(postman.delivering(asyncio.Event()))
    async with asyncio.timeout(10):
        while len(channel.sent) < 12:  # noqa: ASYNC110 - the list is the only sign
            await asyncio.sleep(0.01)
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)
    assert channel.sent == [*map(str, range(12))]
    assert ("created", "") in await _statuses(database)


@dataclass
class FallingChannel(ScriptedChannel):
    """Goes down at the first reply; of the others nobody hears any more."""

    tried: int = 0

    async def send(self, message: OutgoingMessage) -> str:
        self.tried += 1
        if self.tried == 1:
            raise SendError(SendCode.UNREACHABLE, retryable=True)
        await asyncio.sleep(3600)
        return str(message.id)


async def test_while_the_channel_is_down_none_goes_ahead_beside_those_under_way(
    database: Database, clock: FrozenClock
) -> None:
    for number in range(AT_ONCE + 5):
        await _put(database, "hi", user=f"c{number}", inbox_id=number)
    channel = FallingChannel()
    postman = _postman(database, channel, clock)
    delivering = asyncio.create_task(postman.delivering(asyncio.Event()))
    async with asyncio.timeout(10):
        while not postman.rest:  # noqa: ASYNC110 - the rest is the only sign
            await asyncio.sleep(0.01)
    await asyncio.sleep(postman.rest + 0.5)
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)
    assert channel.tried == AT_ONCE


@dataclass
class AccountsChannel(ScriptedChannel):
    name = ChannelName.ZALO


async def test_an_account_that_is_down_holds_up_no_other(
    database: Database, clock: FrozenClock
) -> None:
    for number in range(AT_ONCE + 3):
        for oa in ("11", "22"):
            user = f"{oa}:{number}"
            key = int(oa) * 1000 + number
            await _put(database, oa, user=user, inbox_id=key, channel=ChannelName.ZALO)
    channel = AccountsChannel(down=frozenset({"11"}))
    postman = _postman(database, channel, clock)
    rounds = [await postman.round() for _ in range(4)]
    assert channel.sent == ["22"] * (AT_ONCE + 3)
    assert postman.rest > 0
    # Of the one that is down one tries, once the others have gone.
    assert rounds[-1] <= 1
    channel.down = frozenset()
    await let_pass(database, clock, timedelta(minutes=5))
    while await postman.round():
        pass
    assert postman.rest == 0
    assert channel.sent.count("11") == AT_ONCE + 3


@pytest.mark.parametrize("code", [SendCode.MISCONFIGURED, SendCode.NO_QUOTA])
async def test_what_somebody_has_to_mend_waits_as_long_as_the_window(
    database: Database, clock: FrozenClock, code: SendCode
) -> None:
    await _put(database, "một", user="11:1", channel=ChannelName.ZALO)
    channel = AccountsChannel([SendError(code, retryable=True)] * 8)
    postman = _postman(database, channel, clock)
    for _ in range(7):
        await postman.round()
        assert await _statuses(database) == [(OutboxStatus.CREATED, code)]
        await let_pass(database, clock, timedelta(days=1))
    await postman.round()
    assert await _statuses(database) == [(OutboxStatus.FAILED, code)]


async def test_who_writes_is_not_kept_waiting_for_quota(
    database: Database, clock: FrozenClock
) -> None:
    await _put(database, "một", user="11:1", channel=ChannelName.ZALO)
    spent = SendError(SendCode.NO_QUOTA, retryable=True, retry_after=900)
    channel = AccountsChannel([spent])
    postman = _postman(database, channel, clock)
    await postman.round()
    assert await postman.round() == 0
    async with database.writing() as connection:
        await note_interactions(connection, {Follower("11", "1"): clock.now()})
    assert await postman.round() == 1
    assert channel.sent == ["một"]


async def test_once_an_account_is_mended_its_replies_go_within_seconds(
    database: Database, clock: FrozenClock
) -> None:
    for number, oa in enumerate(("11", "11", "22")):
        user = f"{oa}:{number}"
        await _put(database, oa, user=user, inbox_id=number, channel=ChannelName.ZALO)
    channel = AccountsChannel(down=frozenset({"11", "22"}))
    postman = _postman(database, channel, clock)
    for _ in range(9):
        await postman.round()
        await let_pass(database, clock, timedelta(minutes=2))
    assert postman.rest == LONGEST_REST
    assert channel.sent == []
    # Those that failed now are due in a minute or so, and the account rests as long.
    await postman.round()
    channel.down = frozenset()
    async with database.writing() as connection:
        await release_replies(connection, ChannelName.ZALO, "11")
    stopping = asyncio.Event()
    delivering = asyncio.create_task(postman.delivering(stopping))
    async with asyncio.timeout(10):
        while len(channel.sent) < 2:  # noqa: ASYNC110 - what was sent is the only sign
            await asyncio.sleep(0.02)
    stopping.set()
    await delivering
    assert channel.sent == ["11", "11"]
