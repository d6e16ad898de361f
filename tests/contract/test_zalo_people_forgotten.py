"""Who spoke with Zalo's accounts is forgotten when it is of no use, or at their wish."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.storage.database import Database
from bot.storage.zalo_forgetting_rows import BATCH, keep_window_alone
from bot.storage.zalo_tables import zalo_accounts, zalo_people
from bot.upkeep.retention import tidy
from tests.conftest import NOON, FrozenClock

OURS, OFF, GONE = "111", "222", "333"


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


async def know(database: Database, *people: dict[str, Any]) -> None:
    columns = ("interacted_at", "follows", "follow_at", "paused_until", "state_at")
    none = dict.fromkeys(columns) | {"oa_id": OURS, "replies": 0, "state": ""}
    accounts = [
        {"oa_id": OURS, "office": "a", "status": AccountStatus.CONSENT_NEEDED},
        {"oa_id": OFF, "office": "b", "status": AccountStatus.OFF},
    ]
    async with database.writing() as connection:
        await connection.execute(insert(zalo_accounts), accounts)
        await connection.execute(insert(zalo_people), [none | one for one in people])


async def known(database: Database) -> set[str]:
    async with database.reading() as connection:
        return set((await connection.execute(select(zalo_people.c.user_id))).scalars())


async def test_people_are_forgotten_when_nothing_more_may_be_written_to_them(
    database: Database, clock: FrozenClock
) -> None:
    follows = {"follows": True, "follow_at": ago(300)}
    await know(
        database,
        {"user_id": "wrote lately", "interacted_at": ago(6.9)},
        {"user_id": "wrote", "interacted_at": ago(7.1)},
        {"user_id": "follows", "interacted_at": ago(89), **follows},
        {"user_id": "followed once", "interacted_at": ago(92), **follows},
        {"user_id": "followed alone", **follows},
        {"user_id": "left", "follows": False, "follow_at": ago(80)},
        {"user_id": "blocked", "state": "blocked", "state_at": ago(80)},
        {"user_id": "spoken to", "interacted_at": ago(8), "paused_until": ago(-0.1)},
        {"user_id": "of one off", "oa_id": OFF, "interacted_at": ago(8), **follows},
        {"user_id": "of one off lately", "oa_id": OFF, "interacted_at": ago(6), **follows},
        {"user_id": "of one gone", "oa_id": GONE, "interacted_at": ago(8), **follows},
        *({"user_id": f"many {at}", "interacted_at": ago(9)} for at in range(BATCH)),
    )
    await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    stay = {"wrote lately", "follows", "left", "blocked", "spoken to", "of one off lately"}
    assert await known(database) == stay


async def test_however_short_the_office_keeps_things_an_open_window_stays_open(
    database: Database, clock: FrozenClock
) -> None:
    lately = {"user_id": "wrote lately", "interacted_at": ago(6), "follows": True}
    await know(database, lately, {**lately, "user_id": "wrote", "interacted_at": ago(8)})
    await tidy(database, clock=clock, keep_days=1, kept=frozenset())
    assert await known(database) == {"wrote lately"}


@pytest.mark.parametrize(
    ("told", "stays"),
    [
        ({"interacted_at": ago(0), "follows": True, "follow_at": ago(9)}, True),
        ({"interacted_at": ago(0), "follows": False, "follow_at": ago(9)}, True),
        ({"interacted_at": ago(1), "follows": False, "follow_at": ago(0)}, False),
        ({"interacted_at": ago(0), "state": "blocked", "state_at": ago(0)}, False),
        ({"follows": True, "follow_at": ago(0)}, False),
    ],
)
async def test_of_who_is_erased_only_the_window_stays_by_which_they_hear_of_it(
    database: Database, told: dict[str, Any], *, stays: bool
) -> None:
    await know(database, {"user_id": "7", **told}, {"user_id": "8", **told})
    async with database.writing() as connection:
        await keep_window_alone(connection, Follower(OURS, "7"))
        wanted = select(zalo_people).where(zalo_people.c.user_id == "7")
        row = (await connection.execute(wanted)).one_or_none()
    assert (row is not None) is stays
    assert row is None or (row.follows, row.follow_at) == (None, None)
    assert "8" in await known(database)
