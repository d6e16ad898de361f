"""What the pages of Zalo name: accounts of offices, with counters."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.templates import Param, Template
from bot.console.pages.zalo import account_in_path
from bot.console.pages.zalo_template import template_in_path
from bot.console.pages.zalo_trying import test_in_path
from bot.console.routing import Resolver
from bot.storage.plan_tables import officer_chats
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.zalo_tables import zalo_accounts, zalo_marks, zalo_people, zalo_quotas
from bot.storage.zalo_template_rows import TemplateUse, Use, keep_templates, put_use
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

TOLD = (
    '{"name": "Xã A", "is_verified": true, "package_name": "Growth", '
    '"package_valid_through_date": "31/12/2027", "linked_ZCA": "", "num_follower": 1234}'
)

SENT = Template(
    template_id="512001",
    name="Tin của xã",
    status="ENABLE",
    quality="HIGH",
    tag=1,
    price_phone=200,
    price_uid=120,
    params=(
        Param(name="tieu_de", type="STRING", most=40),
        Param(name="ngay", type="DATE"),
        Param(name="ghi_chu", required=False, most=90),
    ),
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


async def a_test(house: ConsoleHouse, office: str) -> Parts:
    """Give a message with which an officer tried the account of an office."""
    account = await an_account(house, office)
    user = f"{account['account']}:{secrets.randbelow(10**9)}"
    row = {
        "inbox_id": secrets.randbelow(10**9), "seq": 100, "channel": "zalo", "user_id": user,
        "conversation": f"zalo:{user}", "text": "Tin thử", "choices": "[]",
        "status": OutboxStatus.FAILED, "error_code": "window_closed", "not_before": NOON,
        "created_at": NOON,
    }  # fmt: skip
    chat = {"conversation": f"zalo:{user}", "officer": 1, "channel": "zalo", "user_id": user}
    async with house.database.writing() as connection:
        await connection.execute(insert(officer_chats).values(**chat, linked_at=NOON))
        done = await connection.execute(insert(outbox).values(row).returning(outbox.c.id))
        return account | {"row": str(done.scalar_one())}


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


async def a_template(house: ConsoleHouse, office: str) -> Parts:
    """Give a template of the office's account that may be sent, for news."""
    account = (await an_account(house, office))["account"]
    async with house.database.writing() as connection:
        await keep_templates(connection, account, [SENT], at=NOON)
    return {"account": account, "template": SENT.template_id, "use": Use.NEWS}


async def many_templates(house: ConsoleHouse, count: int) -> None:
    account = (await an_account(house, HERE))["account"]
    more = [replace(SENT, template_id=str(1000 + number)) for number in range(count)]
    async with house.database.writing() as connection:
        await keep_templates(connection, account, [SENT, *more], at=NOON)
        for use in Use:
            gaps = {"tieu_de": "{co_quan}", "ngay": "{ngay}"}
            chosen = TemplateUse(
                office=HERE, use=use, oa_id=account, template_id=SENT.template_id, gaps=gaps
            )
            await put_use(connection, chosen, at=NOON)


OBJECTS: dict[Resolver, Factory] = {
    account_in_path: an_account,
    template_in_path: a_template,
    test_in_path: a_test,
}
FILLERS: list[Filler] = [many_marks, many_templates]
