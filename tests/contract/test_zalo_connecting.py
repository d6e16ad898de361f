"""An office's account is connected, watched and disconnected alike over both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.casework.deeds import acting
from bot.casework.zalo.alarming import account_words, alarmed
from bot.casework.zalo.alarms import AlarmKind
from bot.casework.zalo.connecting import (
    NotConnected,
    Obstacle,
    connect,
    disconnect,
    pasted,
    proved_by,
)
from bot.channels.zalo.pairs import Pair
from bot.messages import ChannelName, CitizenAddress
from bot.officials.audit import By
from bot.storage.broadcast_tables import subscribers
from bot.storage.database import Database
from bot.storage.tables import outbox
from bot.storage.zalo_connecting_rows import Connected, connect_account
from bot.storage.zalo_overview_rows import last_replies, marks_of, quotas_of, states_at
from bot.storage.zalo_tables import zalo_people
from tests.conftest import NOON, FrozenClock
from tests.fakes.console import VAULTS
from tests.fakes.paper_zalo import OA, PaperZalo

PAIR = Pair(access="a" * 20, refresh="b" * 20, lasts=timedelta(hours=25))
BY = By(officer=None, actor="command_line")


async def test_an_account_lives_its_life(database: Database) -> None:
    assert VAULTS.data
    clock, reader = FrozenClock(), {"channel": "zalo", "kind": "citizen", "status": "active"}
    people = [{"oa_id": OA, "user_id": str(one), "interacted_at": NOON} for one in range(20)]
    told = {"address": "7", "office": "xa", "person": "zalo:7", "consent": "import"}
    async with database.writing() as connection:
        await connection.execute(insert(zalo_people).values(people))
        row = reader | told | {"agreed_at": NOON, "changed_at": NOON}
        await connection.execute(insert(subscribers).values(row))
    proved = await pasted(database, PaperZalo(), "xa", PAIR)
    for _ in range(2):
        async with acting(database, clock, BY) as doing:
            await connect(doing, VAULTS.data, "xa", proved)
    async with database.reading() as connection:
        (state,) = await states_at(connection, frozenset({"xa"}))
        assert (state.oa_id, state.name, state.told_at) == (OA, "Xã A", NOON)
        assert await alarmed(connection, None, NOON) == []
        ((_, kinds, _),) = await alarmed(connection, None, NOON + timedelta(hours=25))
        assert kinds == (AlarmKind.SILENT,)
        assert await account_words(connection, NOON + timedelta(hours=25)) == {OA: "silent"}
        assert await account_words(connection, NOON) == {OA: "ok"}
        assert (await connection.execute(select(subscribers.c.address))).scalar() == f"{OA}:7"
        assert [await quotas_of(connection, [OA]), await marks_of(connection, [OA])] == [{}, {}]
        assert await last_replies(connection) == {}
    async with acting(database, clock, BY) as doing:
        assert await disconnect(doing, OA, "")
        assert not await disconnect(doing, OA, "")
    async with database.reading() as connection:
        assert await account_words(connection, NOON) == {OA: "off"}


async def test_an_office_connected_a_moment_ago_keeps_its_account(database: Database) -> None:
    vault = VAULTS.data
    assert vault

    async def joins(oa_id: str) -> Obstacle | None:
        proved = await proved_by(PaperZalo(told={"oa_id": oa_id}), PAIR)
        try:
            async with acting(database, FrozenClock(), BY) as doing:
                await connect(doing, vault, "xa", proved)
        except NotConnected as obstacle:
            return obstacle.why
        return None

    async with acting(database, FrozenClock(), BY) as doing:
        await connect(doing, vault, "xa", await proved_by(PaperZalo(), PAIR))
        beside = asyncio.create_task(joins("10001"))
        await asyncio.sleep(0.1)
    # A database that lets two write at once tells it at the last step, another at the first.
    assert await beside in {Obstacle.AT_ONCE, Obstacle.TAKEN}
    told = Connected(oa_id="10002", office="xa", name="B", officer=None)
    async with database.writing() as connection:
        with pytest.raises(IntegrityError):
            await connect_account(connection, vault, told, PAIR, NOON)


async def test_the_last_reply_went_when_it_was_written_or_due(database: Database) -> None:
    to = CitizenAddress(channel=ChannelName.ZALO, user_id=f"{OA}:7")
    row = {"inbox_id": 1, "channel": to.channel, "user_id": to.user_id, "text": "Chào"}
    row |= {"conversation": to.conversation, "choices": "[]", "status": "sent"}
    later = NOON + timedelta(minutes=5)
    for seq, (written, due) in enumerate([(NOON, datetime.fromtimestamp(0, UTC)), (NOON, later)]):
        told = {"seq": seq, "created_at": written, "not_before": due}
        async with database.writing() as connection:
            await connection.execute(insert(outbox).values(**row, **told))
            assert await last_replies(connection) == {OA: max(written, due)}
