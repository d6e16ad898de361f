"""Runs with their ledgers, put into a database by hand: what dispatch and planning leave."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.storage.broadcast_rows import audience_text
from bot.storage.broadcast_tables import (
    broadcast_versions,
    broadcasts,
    deliveries,
    runs,
    subscribers,
)
from bot.storage.database import Database
from bot.storage.file_rows import NewFile, store_file
from broadcasts.models import Audience, DeliveryStatus, Route, RunId, RunStatus
from broadcasts.targets import EVERYBODY, Target
from tests.conftest import NOON

OFFICE = "xa-mau"
AT_ONCE = 20_000


async def a_run(
    database: Database,
    addresses: Sequence[str],
    *,
    route: Route = Route.TELEGRAM,
    office: str = OFFICE,
    urgent: bool = False,
    began_at: datetime = NOON,
    body: str = "Từ ngày 01/12 nộp hồ sơ khai sinh trực tuyến.",
    picture: bytes = b"",
    title: str = "Tin mới",
    target: Target = EVERYBODY,
) -> RunId:
    """Put a run that runs, with a subscriber and a row for each address."""
    async with database.unhurried().writing() as connection:

        async def added(table: Any, **values: object) -> int:
            done = await connection.execute(insert(table).values(values).returning(table.c.id))
            return int(done.scalar_one())

        stamps = {"made_at": began_at, "changed_at": began_at}
        broadcast = await added(
            broadcasts, office=office, kind="law", title=title, status="approved", version=1,
            urgent=urgent, **stamps,
        )  # fmt: skip
        parts = {
            "buttons": [["Nộp hồ sơ", "https://dichvucong.gov.vn"]],
            "picture": await _stored(connection, picture, office, began_at) if picture else None,
        }
        version = {
            "broadcast": broadcast, "version": 1, "title": title, "body": body, "digest": "",
            "parts": json.dumps(parts),
            "audience": audience_text(Audience(offices=(office,), target=target)),
            "made_at": began_at, "frozen_at": began_at,
        }  # fmt: skip
        await connection.execute(insert(broadcast_versions).values(version))
        run = await added(
            runs, schedule=broadcast, due_at=began_at, broadcast=broadcast, version=1,
            office=office, urgent=urgent, status=RunStatus.RUNNING, total=len(addresses),
            began_at=began_at,
        )  # fmt: skip
        known = await _readers(connection, addresses, route, office, began_at)
        rows = [
            {
                "run": run, "route": route, "subscriber": known[address], "address": address,
                "status": DeliveryStatus.PENDING, "not_before": began_at - timedelta(days=365),
            }
            for address in addresses
        ]  # fmt: skip
        for start in range(0, len(rows), AT_ONCE):
            await connection.execute(insert(deliveries), rows[start : start + AT_ONCE])
    return RunId(run)


async def _stored(connection: Any, picture: bytes, office: str, at: datetime) -> int:
    new = NewFile(office=office, name="anh.jpg", media="image/jpeg", content=picture)
    return await store_file(connection, new, at=at, by=None)


async def _readers(
    connection: Any, addresses: Sequence[str], route: Route, office: str, at: datetime
) -> Mapping[str, int]:
    channel = str(route).partition("_")[0]
    of_channel = subscribers.c.channel == channel
    known = select(subscribers.c.address, subscribers.c.id).where(of_channel)
    there = {row.address for row in await connection.execute(known)}
    new = [
        {
            "channel": channel, "address": address, "office": office, "kind": "citizen",
            "person": f"{channel}:{address}", "status": "active", "consent": "chat",
            "agreed_at": at, "changed_at": at,
        }
        for address in addresses
        if address not in there
    ]  # fmt: skip
    for start in range(0, len(new), AT_ONCE):
        await connection.execute(insert(subscribers), new[start : start + AT_ONCE])
    return {row.address: row.id for row in await connection.execute(known)}


async def ledger_of(database: Database, run: RunId) -> list[tuple[str, str, str]]:
    """Give address, status and code of each row of a run, in order."""
    wanted = (
        select(deliveries.c.address, deliveries.c.status, deliveries.c.code)
        .where(deliveries.c.run == run)
        .order_by(deliveries.c.id)
    )
    async with database.reading() as connection:
        return [(row.address, row.status, row.code) for row in await connection.execute(wanted)]


async def mark_subscriber(database: Database, address: str, status: str) -> None:
    """Let a reader opt out, be blocked, or come back."""
    reader = update(subscribers).where(subscribers.c.address == address)
    async with database.writing() as connection:
        await connection.execute(reader.values(status=status))


async def status_of(database: Database, run: RunId) -> tuple[str, str]:
    """Give where a run stands, and why it rests."""
    async with database.reading() as connection:
        wanted = select(runs.c.status, runs.c.reason).where(runs.c.id == run)
        row = (await connection.execute(wanted)).one()
    return row.status, row.reason
