"""Very much comes at once while the server still believes that nothing waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Table, insert, text

from bot.messages import ChannelName
from bot.storage.database import Database
from bot.storage.inbox_rows import claim_messages
from bot.storage.outbox_rows import AT_ONCE, claim_parcels
from bot.storage.tables import OutboxStatus, inbox, outbox
from tests.conftest import NOON, open_database

pytestmark = pytest.mark.postgres
MANY: Final = 6000
TALKS: Final = 2000
# Much more than one pass over what waits takes, much less than one for each row of it.
BOUND: Final = "SET LOCAL statement_timeout = '5s'"


@pytest.fixture(name="server")
async def _server(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database("postgres", request, tmp_path) as database:
        yield database


async def _come(database: Database, table: Table, rows: list[dict[str, Any]]) -> None:
    async with database.unhurried().writing() as connection:
        await connection.execute(insert(table), rows)


async def _learn(database: Database, table: Table) -> None:
    """Let the server count now and not again, as if the rush came a second later."""
    async with database.unhurried().writing() as connection:
        await connection.execute(text(f"ALTER TABLE {table.name} SET (autovacuum_enabled = off)"))
        await connection.execute(text(f"ANALYZE {table.name}"))


def _of(number: int) -> dict[str, Any]:
    user = f"u{number % TALKS}"
    return {
        "channel": ChannelName.TELEGRAM,
        "user_id": user,
        "conversation": f"telegram:{user}",
        "text": "khai sinh",
    }


def _message(number: int, *, done: bool) -> dict[str, Any]:
    told = {"kind": "text", "received_at": NOON, "attempts": 0, "done": done}
    return _of(number) | told | {"external_id": f"{done}{number}"}


def _reply(number: int, status: OutboxStatus) -> dict[str, Any]:
    told = {"seq": 0, "choices": "[]", "not_before": AT_ONCE, "created_at": NOON, "attempts": 0}
    place = number if status is OutboxStatus.SENT else MANY + number
    return _of(number) | told | {"inbox_id": place, "status": status}


async def test_the_first_of_each_conversation_is_claimed_in_one_pass(server: Database) -> None:
    await _come(server, inbox, [_message(one, done=True) for one in range(MANY)])
    await _learn(server, inbox)
    await _come(server, inbox, [_message(one, done=False) for one in range(MANY)])
    async with server.unhurried().writing() as connection:
        await connection.execute(text(BOUND))
        claimed = await claim_messages(connection, NOON, 64)
    assert [one.message.address.user_id for one in claimed] == [f"u{one}" for one in range(64)]


async def test_the_first_reply_to_each_citizen_is_claimed_in_one_pass(server: Database) -> None:
    await _come(server, outbox, [_reply(one, OutboxStatus.SENT) for one in range(MANY)])
    await _learn(server, outbox)
    await _come(server, outbox, [_reply(one, OutboxStatus.CREATED) for one in range(MANY)])
    async with server.unhurried().writing() as connection:
        await connection.execute(text(BOUND))
        taken = await claim_parcels(connection, ChannelName.TELEGRAM, NOON, 30)
    assert [one.message.address.user_id for one in taken] == [f"u{one}" for one in range(30)]
