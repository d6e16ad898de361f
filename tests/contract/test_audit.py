"""The audit's chain in both databases: appended in order by many, and no change of it escapes."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Executable, delete, insert, literal, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from bot.casework import verifying
from bot.casework.deeds import COMMAND_LINE, acting
from bot.casework.verifying import Verdict, log_anchor, verify
from bot.officials.audit import BEGINNING, Anchor, Breach, By, Deed, Fault, told_of
from bot.officials.redaction import UnknownDeed
from bot.storage import audit_rows
from bot.storage.console_tables import audit_entries, audit_head
from bot.storage.database import Database
from tests.conftest import FrozenClock

NAM = By(officer=7, actor="Nguyễn Văn Nam", address="10.0.0.1")
OFF = Deed(action="officer_off", office="ward", kind="officer", subject="9", note="nghỉ hưu")
SIX = 6
TABLES = (audit_entries, audit_head)


async def do(database: Database, clock: FrozenClock, *deeds: Deed) -> None:
    async with acting(database, clock, NAM) as doing:
        for deed in deeds:
            doing.did(deed)


@pytest.fixture
async def chain(database: Database, clock: FrozenClock) -> Database:
    """A chain of six entries."""
    for number in range(0, SIX, 2):
        await do(database, clock, *(replace(OFF, subject=str(number + one)) for one in (0, 1)))
        clock.move(timedelta(seconds=1))
    return database


async def unguard(connection: AsyncConnection) -> None:
    """Take the guard away, as somebody can who is master of the database."""
    if connection.dialect.name == "sqlite":
        for act in ("update", "delete"):
            await connection.execute(text(f"DROP TRIGGER IF EXISTS audit_entries_no_{act}"))
    else:
        # For this transaction alone.
        await connection.execute(text("SET LOCAL session_replication_role = replica"))


async def breach_after(database: Database, *tampering: Executable) -> Breach | None:
    """What is found after somebody tampered with the chain, which is then put back."""
    async with database.writing() as connection:
        await unguard(connection)
        kept = [(await connection.execute(select(one))).mappings().all() for one in TABLES]
        for statement in tampering:
            await connection.execute(statement)
    found = (await verify(database)).breach
    async with database.writing() as connection:
        await unguard(connection)
        for table, rows in zip(TABLES, kept, strict=True):
            await connection.execute(delete(table))
            await connection.execute(insert(table), [dict(row) for row in rows])
    return found


async def test_a_whole_chain_is_found_whole(chain: Database) -> None:
    found = await verify(chain)
    assert (found.breach, found.anchor.seq) == (None, SIX)
    assert await verify(chain, expected=found.anchor) == found


async def test_no_deed_leaves_no_entry(database: Database, clock: FrozenClock) -> None:
    await do(database, clock)
    assert await verify(database) == Verdict(anchor=BEGINNING)


async def test_an_act_that_fails_leaves_no_entry(database: Database, clock: FrozenClock) -> None:
    with suppress(RuntimeError):
        async with acting(database, clock, NAM) as doing:
            doing.did(OFF)
            raise RuntimeError
    with pytest.raises(UnknownDeed):
        await do(database, clock, replace(OFF, action="officer_deleted"))
    assert await verify(database) == Verdict(anchor=BEGINNING)


async def test_an_entry_tells_who_did_what_when_and_from_where(
    database: Database, clock: FrozenClock
) -> None:
    await do(database, clock, OFF)
    async with database.reading() as connection:
        (entry,) = await audit_rows.following(connection, None, 9)
        assert await audit_rows.entry(connection, 1) == entry
        assert await audit_rows.entry(connection, 2) is None
    assert (entry.officer, entry.actor, entry.address, entry.at) == (
        7, "Nguyễn Văn Nam", "10.0.0.1", clock.now(),
    )  # fmt: skip
    assert told_of(entry) == OFF


async def test_eight_writers_at_once_leave_a_whole_chain(
    database: Database, clock: FrozenClock
) -> None:
    async def write(writer: int) -> None:
        for number in range(5):
            await do(database, clock, replace(OFF, subject=f"{writer}.{number}"))

    await asyncio.gather(*(write(writer) for writer in range(8)))
    found = await verify(database)
    assert (found.breach, found.anchor.seq) == (None, 40)


async def test_the_database_refuses_to_change_an_entry(chain: Database) -> None:
    for statement in (delete(audit_entries), update(audit_entries).values(actor="")):
        with pytest.raises(DBAPIError):
            async with chain.writing() as connection:
                await connection.execute(statement)
    assert (await verify(chain)).breach is None


CHANGES: dict[str, Any] = {
    "seq": 77,
    "at": datetime(2026, 11, 20, 5, 0, 1, 1, tzinfo=UTC),
    "officer": 8,
    "actor": "Nguyễn Văn Bảy",
    "address": "10.0.0.2",
    "action": "officer_on",
    "office": "",
    "subject_kind": "office",
    "subject": "2.",
    "body": "{}",
    "prev": "1" * 64,
    "hash": "2" * 64,
}


def test_every_column_is_tried() -> None:
    assert set(CHANGES) == set(audit_entries.c.keys())


async def test_a_change_of_any_column_is_found(chain: Database) -> None:
    for seq, (column, value) in product((1, 3, SIX), CHANGES.items()):
        changed = update(audit_entries).where(audit_entries.c.seq == seq).values({column: value})
        breach = await breach_after(chain, changed)
        assert breach is not None, (seq, column)
        assert breach.seq in {seq, seq + 1}, (seq, column)
    assert (await verify(chain)).breach is None


async def test_a_moment_nobody_can_read_is_found(chain: Database) -> None:
    moment = "hôm qua" if chain.embedded else "-infinity"
    async with chain.writing() as connection:
        await unguard(connection)
        await connection.execute(text(f"UPDATE audit_entries SET at = '{moment}' WHERE seq = 2"))
    assert (await verify(chain)).breach == Breach(seq=2, fault=Fault.COLUMN, column="at")


async def test_whatever_is_deleted_is_found(chain: Database) -> None:
    for seq in (1, 3):
        gone = delete(audit_entries).where(audit_entries.c.seq == seq)
        assert await breach_after(chain, gone) == Breach(seq=seq, fault=Fault.GAP)
    tail = delete(audit_entries).where(audit_entries.c.seq > 4)
    for gone in (tail, delete(audit_entries)):
        assert await breach_after(chain, gone) == Breach(seq=SIX, fault=Fault.HEAD)


async def test_whatever_is_inserted_is_found(chain: Database) -> None:
    columns = audit_entries.c.keys()
    for seq, found in ((0, 1), (-3, 1), (SIX + 1, SIX + 1), (9, SIX + 1)):
        copied = select(
            *(literal(seq) if name == "seq" else audit_entries.c[name] for name in columns)
        ).where(audit_entries.c.seq == 1)
        breach = await breach_after(chain, insert(audit_entries).from_select(columns, copied))
        assert breach is not None
        assert breach.seq == found


async def test_swapped_entries_are_found(chain: Database) -> None:
    moves = (
        update(audit_entries).where(audit_entries.c.seq == old).values(seq=new)
        for old, new in ((2, 99), (3, 2), (99, 3))
    )
    assert await breach_after(chain, *moves) == Breach(seq=2, fault=Fault.PREV)


async def test_a_moved_head_is_found(chain: Database) -> None:
    async with chain.reading() as connection:
        four = await audit_rows.entry(connection, 4)
    assert four
    for changed in ({"seq": four.seq, "hash": four.hash}, {"hash": four.hash}, {"seq": 99}):
        breach = await breach_after(chain, update(audit_head).values(changed))
        assert breach is not None
        assert breach.fault is Fault.HEAD
    assert await breach_after(chain, delete(audit_head)) == Breach(seq=SIX, fault=Fault.HEAD)


async def test_a_rewritten_tail_is_found_by_an_anchor_noted_before(
    chain: Database, clock: FrozenClock
) -> None:
    noted = (await verify(chain)).anchor
    async with chain.writing() as connection:
        await unguard(connection)
        await connection.execute(delete(audit_entries).where(audit_entries.c.seq > 4))
        await connection.execute(delete(audit_head))
    assert (await verify(chain, expected=noted)).breach == Breach(seq=4, fault=Fault.HEAD)
    await do(chain, clock, replace(OFF, subject="khác"))
    assert (await verify(chain)).breach is None
    unexpected = Breach(seq=SIX, fault=Fault.EXPECTED)
    assert (await verify(chain, expected=noted)).breach == unexpected
    await do(chain, clock, OFF)
    assert (await verify(chain, expected=noted)).breach == unexpected


async def test_a_chain_longer_than_a_batch_is_followed(
    database: Database, clock: FrozenClock
) -> None:
    length = verifying.BATCH + 5
    await do(database, clock, *(replace(OFF, subject=str(one)) for one in range(length)))
    found = await verify(database)
    assert (found.breach, found.anchor.seq) == (None, length)


async def test_the_log_notes_where_the_chain_stands(chain: Database) -> None:
    with capture_logs() as logs:
        await log_anchor(chain)
    anchor = (await verify(chain)).anchor
    assert [one["anchor"] for one in logs] == [str(anchor)]
    assert Anchor.of(logs[0]["anchor"]) == anchor


async def test_what_no_account_did_says_so(database: Database, clock: FrozenClock) -> None:
    async with acting(database, clock, COMMAND_LINE) as doing:
        doing.did(OFF)
    async with database.reading() as connection:
        (entry,) = await audit_rows.following(connection, None, 9)
    assert (entry.officer, entry.actor) == (None, "command_line")
