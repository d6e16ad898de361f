"""What the pages of Zalo name: accounts of offices, with counters."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import insert, select

from bot.channels.zalo.accounts import AccountStatus
from bot.console.pages.zalo import account_in_path
from bot.console.routing import Resolver
from bot.storage.zalo_tables import zalo_accounts, zalo_marks, zalo_people, zalo_quotas
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

TOLD = (
    '{"name": "Xã A", "is_verified": true, "package_name": "Growth", '
    '"package_valid_through_date": "31/12/2027", "linked_ZCA": "", "num_follower": 1234}'
)


async def an_account(house: ConsoleHouse, office: str, **facts: Any) -> Parts:
    """Give the account of an office, connected where it has none yet."""
    of = zalo_accounts.c
    async with house.database.writing() as connection:
        known = select(of.oa_id).where(of.office == office)
        if oa_id := (await connection.execute(known)).scalar():
            return {"account": oa_id}
        oa_id = str(10**18 + secrets.randbelow(10**17))
        row = {
            "oa_id": oa_id,
            "office": office,
            "name": "Xã A",
            "status": AccountStatus.CONNECTED,
            "access_sealed": b"x",
            "refresh_sealed": b"y",
            "told": TOLD,
            "told_at": NOON,
        }
        await connection.execute(insert(zalo_accounts).values({**row, **facts}))
    return {"account": oa_id}


async def many_marks(house: ConsoleHouse, count: int) -> None:
    account = (await an_account(house, HERE))["account"]
    counted = [
        {"oa_id": account, "mark": f"unknown:e{secrets.token_hex(6)}", "count": 3, "last_at": NOON}
        for _ in range(count)
    ]
    left = {"oa_id": account, "remain": 9, "total": 10, "until": None, "read_at": NOON}
    async with house.database.writing() as connection:
        await connection.execute(insert(zalo_marks).values(counted))
        await connection.execute(
            insert(zalo_quotas).values(
                [{**left, "kind": secrets.token_hex(6)} for _ in range(count)]
            )
        )
        await connection.execute(
            insert(zalo_people).values(
                [
                    {"oa_id": account, "user_id": secrets.token_hex(6), "interacted_at": NOON}
                    for _ in range(count)
                ]
            )
        )


OBJECTS: dict[Resolver, Factory] = {account_in_path: an_account}
FILLERS: list[Filler] = [many_marks]
