"""Which ways Zalo's accounts open to news, on both databases: whose article and template."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from bot.channels.zalo.quotas import Left
from bot.channels.zalo.templates import Param, Template
from bot.newsroom.closed_ways import closed_ways
from bot.newsroom.deployment import Deployment
from bot.newsroom.recipients import forecast
from bot.newsroom.zalo_ways import zalo_ways
from bot.settings import Settings
from bot.storage.broadcast_tables import deliveries
from bot.storage.database import Database
from bot.storage.ledger_rows import progress
from bot.storage.zalo_quota_rows import keep_quota
from bot.storage.zalo_tables import zalo_accounts, zalo_marks
from bot.storage.zalo_template_rows import (
    TemplateUse,
    Use,
    keep_templates,
    note_by_phone_alone,
    put_use,
)
from broadcasts.delivery.ports import Receipts
from broadcasts.models import Audience, NewsText, Route
from broadcasts.routes import Price, Ways
from tests.conftest import NOON
from tests.fakes.news import a_run
from tests.fakes.newsroom import a_realm

REALM = a_realm()
PROVINCE = Audience(offices=("tinh",))


async def _connect(database: Database, office: str, oa: str, **more: Any) -> None:
    row = {"oa_id": oa, "office": office, "name": office, "status": "connected", **more}
    async with database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(row))


async def _ways(database: Database, audience: Audience = PROVINCE) -> Ways:
    async with database.reading() as connection:
        offices = REALM.reached(audience)
        return await zalo_ways(connection, REALM, Ways(), offices, at=NOON)


async def _pay(database: Database, office: str, oa: str, *, price: int) -> None:
    template = Template(template_id=f"t{oa}", name="Tin", status="ENABLE", price_uid=price)
    use = TemplateUse(
        office=office, use=Use.NEWS, oa_id=oa, template_id=template.template_id, gaps={}
    )
    async with database.writing() as connection:
        await keep_templates(connection, oa, [template], at=NOON)
        await put_use(connection, use, at=NOON)


async def test_people_follow_the_account_of_the_nearest_office(database: Database) -> None:
    assert await _ways(database) == Ways()
    await _connect(database, "tinh", "1")
    await _connect(database, "xa", "2")
    found = await _ways(database)
    assert found.accounts == {"tinh": "1", "xa-b": "1", "xa": "2", "thon": "2"}
    assert found.paces == {}


async def test_news_of_several_accounts_go_side_by_side_each_at_its_own_rate(
    database: Database,
) -> None:
    settings = Settings.from_env({"ZALO_RATE": "50", "ZALO_BOT_RATE": "10"})
    realm = a_realm(deployment=Deployment.of(settings))
    assert realm.ways("tinh", ()).paces == {Route.ZALO_BOT: 8 / 60}
    await _connect(database, "tinh", "1")
    await _connect(database, "xa", "2")
    offices = realm.reached(PROVINCE)
    async with database.reading() as connection:
        found = await zalo_ways(connection, realm, Ways(), offices, at=NOON)
    # A fifth of each minute is left to replies.
    each = dict.fromkeys((Route.ZALO_CS, Route.ZALO_TEMPLATE, Route.ZALO_ARTICLE), 2 * 40 / 60)
    assert found.paces == {**each, Route.ZALO_BOT: 8 / 60}


async def test_an_article_is_for_the_whole_office_of_its_account(database: Database) -> None:
    await _connect(database, "tinh", "1")
    assert (await _ways(database, Audience(offices=("xa",)))).accounts == {}


async def test_an_account_without_consent_opens_no_way(database: Database) -> None:
    await _connect(database, "xa", "2", status="consent_needed")
    assert await _ways(database) == Ways()


async def test_a_template_is_paid_for_by_its_office_at_the_price_zalo_told(
    database: Database,
) -> None:
    await _connect(database, "tinh", "1")
    await _connect(database, "xa", "2")
    await _pay(database, "xa", "2", price=150)
    found = await _ways(database)
    assert found.templates == {"xa", "thon"}
    assert found.prices == {Route.ZALO_TEMPLATE: Price(each=150, read_at=NOON)}
    async with database.writing() as connection:
        await note_by_phone_alone(connection, "2", "t2", at=NOON)
    assert (await _ways(database)).templates == frozenset()


async def test_what_is_left_to_all_accounts_is_counted_together(database: Database) -> None:
    for oa, office in (("1", "tinh"), ("2", "xa"), ("3", "far")):
        await _connect(database, office, oa)
        async with database.writing() as connection:
            for kind, remain in (("sub_quota", 10), ("reward_quota", 5), ("template_daily", 7)):
                await keep_quota(connection, oa, Left(kind=kind, remain=remain), at=NOON)
    found = await _ways(database)
    assert (found.quotas, found.limits) == ({Route.ZALO_CS: 30}, {Route.ZALO_TEMPLATE: 14})
    async with database.writing() as connection:
        await keep_quota(
            connection, "2", Left(kind="template_daily", remain=0, until=NOON), at=NOON
        )
        await connection.execute(update(zalo_accounts).values(status="off"))
    assert await _ways(database) == Ways()


async def test_a_forecast_goes_by_them(database: Database) -> None:
    await _connect(database, "xa", "2")
    async with database.reading() as connection:
        told = await forecast(connection, REALM, PROVINCE, office="tinh", at=NOON)
    assert told.routes == ()


async def test_officials_are_told_which_ways_are_closed_and_why(database: Database) -> None:
    await _connect(database, "tinh", "1", status="consent_needed", told='{"is_verified": false}')
    await _connect(database, "xa", "2")
    await _connect(database, "xa-b", "3", status="off")
    text = NewsText(title="Lịch trả kết quả", body="Từ thứ hai.")

    async def told(*wanted: Route, at: datetime = NOON) -> list[tuple[str, str]]:
        async with database.reading() as connection:
            offices = frozenset({"tinh", "xa"})
            found = await closed_ways(connection, text, offices=offices, wanted=wanted, at=at)
        return [(one.account, str(one.why)) for one in found]

    standing = [("tinh", "consent_needed"), ("tinh", "not_verified")]
    assert await told() == standing
    await _pay(database, "xa", "2", price=150)
    async with database.writing() as connection:
        used_up = Left(kind="broadcast", remain=0, until=NOON + timedelta(days=9))
        await keep_quota(connection, "2", used_up, at=NOON)
        await note_by_phone_alone(connection, "2", "t2", at=NOON)
    assert await told() == [*standing, ("xa", "no_broadcasts"), ("xa", "template_off")]
    assert await told(Route.ZALO_CS) == standing
    assert await told(Route.ZALO_ARTICLE, at=NOON + timedelta(days=9)) == standing
    async with database.writing() as connection:
        await connection.execute(delete(zalo_marks))
        short = Template(
            template_id="t2",
            name="Tin",
            status="ENABLE",
            params=(Param(name="tieu_de", most=5),),
        )
        await keep_templates(connection, "2", [short], at=NOON)
    assert (await told(Route.ZALO_TEMPLATE))[-1] == ("xa", "template_unfit")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"package_name": "Basic"}, ["package_low"]),
        ({"package_valid_through_date": "19/11/2026"}, ["package_over"]),
        ({"package_name": "Growth", "package_valid_through_date": "20/11/2026"}, []),
        ({"package_name": "Một tên mới"}, []),
    ],
)
async def test_a_package_that_is_too_low_or_over_is_told_too(
    database: Database, told: dict[str, str], why: list[str]
) -> None:
    await _connect(database, "tinh", "1", told=json.dumps(told))
    text = NewsText(title="Lịch trả kết quả", body="Từ thứ hai.")
    async with database.reading() as connection:
        found = await closed_ways(connection, text, offices={"tinh"}, wanted=(), at=NOON)
    assert [str(one.why) for one in found] == why


async def test_what_zalo_told_of_messages_is_counted_beside_what_it_never_tells(
    database: Database,
) -> None:
    run = await a_run(database, ["2:1", "2:2", "2:3"], route=Route.ZALO_CS)
    async with database.writing() as connection:
        await connection.execute(update(deliveries).values(status="sent", ended_at=NOON))
        first = deliveries.c.address == "2:1"
        heard = {"received_at": NOON, "seen_at": NOON}
        await connection.execute(update(deliveries).where(first).values(heard))
        known = await progress(connection, run, NOON)
    assert known
    assert known.receipts == Receipts(sent=3, received=1, seen=1)
    other = await a_run(database, ["7"], route=Route.TELEGRAM)
    async with database.writing() as connection:
        await connection.execute(update(deliveries).values(status="sent", ended_at=NOON))
        silent = await progress(connection, other, NOON)
    assert silent
    assert silent.receipts is None
