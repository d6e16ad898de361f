"""News by a template through the emulator, on both databases: read, looked over, sent once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.casework.zalo.filling import news_data
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.calling import Calling
from bot.channels.zalo.templates import Templates, Wrong, faults
from bot.delivery.template_calls import TemplateCalls
from bot.delivery.templates import TemplateSender
from bot.delivery.zalo_choices import SqlChoices
from bot.storage.database import Database
from bot.storage.zalo_account_rows import told_of
from bot.storage.zalo_quota_rows import SqlAllowance, quotas_of
from bot.storage.zalo_tables import zalo_accounts
from bot.storage.zalo_template_rows import (
    TemplateUse,
    Use,
    drop_use,
    put_use,
    template_of,
    templates_of,
    uses_in,
)
from bot.upkeep.zalo import AccountReading
from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.ports import Letter
from broadcasts.models import DeliveryId, NewsText, Route
from tests.conftest import NOON, FrozenClock, let_pass
from tests.fakes.zalo import Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.templates import Gap, Template
from tests.fakes.zalo_line import PaperAccounts, line_to, nothing

OFFICE = "xa-mau"
GAPS = {"tieu_de": "{tieu_de}", "don_vi": "{co_quan}", "ngay": "{ngay}"}
TEXT = NewsText(title="Lịch trả kết quả", body="Từ thứ hai.")
BY_UID = "template"


@dataclass
class Shop:
    """An account with a template, and the rooms that send it."""

    database: Database
    fake: FakeZalo
    calling: Calling
    clock: FrozenClock = field(default_factory=FrozenClock)
    states: list[tuple[Follower, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        accounts = PaperAccounts(self.fake)
        self.reading = AccountReading(
            self.database, self.calling, accounts, self.clock, count=nothing
        )
        choices = SqlChoices(self.database, self.clock)
        calls = TemplateCalls(
            templates=Templates(self.calling),
            purse=SqlAllowance(self.database, self.clock),
            unreached=self.unreached,
            by_phone_alone=choices.by_phone_alone,
            clock=self.clock,
        )
        self.sender = TemplateSender(calls, choices, accounts, clock=self.clock)

    @property
    def oa(self) -> str:
        return self.fake.oa.oa_id

    async def unreached(self, to: Follower, state: str) -> None:
        self.states.append((to, state))

    def approve(self, *, tag: int = 1, by_uid: bool = True, most: int = 60) -> Template:
        gaps = (Gap(name="tieu_de", most=most), Gap(name="don_vi"), Gap(name="ngay", type="DATE"))
        return self.fake.templates.approve(
            self.fake.oa, "Thông báo", *gaps, tag=tag, by_uid=by_uid
        )

    async def choose(self, template: Template) -> None:
        await self.reading.every_template()
        use = TemplateUse(
            office=OFFICE,
            use=Use.NEWS,
            oa_id=self.oa,
            template_id=template.template_id,
            gaps=GAPS,
        )
        async with self.database.writing() as connection:
            await put_use(connection, use, at=self.clock.now())

    async def send(self, user: str, *, delivery: int = 1, text: NewsText = TEXT) -> Answer:
        letter = Letter(
            delivery=DeliveryId(delivery),
            route=Route.ZALO_TEMPLATE,
            address=Follower(self.oa, user).user_id,
            text=text,
        )
        return await self.sender.send(letter)

    async def pass_by(self, by: timedelta) -> None:
        await let_pass(self.database, self.clock, by)
        await self.fake.advance(by)

    @property
    def foreseen(self) -> list[str]:
        return [one.foreseen for one in self.fake.ledger.refusals if one.foreseen]


@pytest.fixture
async def shop(database: Database) -> AsyncIterator[Shop]:
    async with serving_zalo(clock=Clock.standing(NOON)) as fake, line_to(fake) as calling:
        yield Shop(database, fake, calling)


async def test_templates_are_read_whole_and_those_gone_are_forgotten(shop: Shop) -> None:
    kept, gone = shop.approve(tag=2), shop.approve()
    assert await shop.reading.every_template() == 1
    async with shop.database.reading() as connection:
        known = {one.template.template_id: one for one in await templates_of(connection, shop.oa)}
    assert known.keys() == {kept.template_id, gone.template_id}
    template = known[kept.template_id].template
    assert (template.name, template.tag, template.price_phone, template.price_uid) == (
        "Thông báo",
        2,
        200,
        120,
    )
    assert [(one.name, one.required, one.type, one.most) for one in template.params] == [
        ("tieu_de", True, "STRING", 60),
        ("don_vi", True, "STRING", 90),
        ("ngay", True, "DATE", 90),
    ]
    del shop.fake.templates.by_id[gone.template_id]
    await shop.fake.templates.becomes(kept, "DISABLE")
    await shop.reading.templates(shop.oa)
    async with shop.database.reading() as connection:
        (left,) = await templates_of(connection, shop.oa)
    assert not left.may_go_by_user


async def test_a_page_is_followed_by_the_next(shop: Shop) -> None:
    for _ in range(101):
        shop.approve()
    assert len(await Templates(shop.calling).listed(shop.oa)) == 101


async def test_an_office_chooses_changes_and_leaves_a_template(shop: Shop) -> None:
    for template in (shop.approve(), shop.approve()):
        await shop.choose(template)
        async with shop.database.reading() as connection:
            use = (await uses_in(connection, OFFICE))[Use.NEWS]
            assert (await uses_in(connection, OFFICE)).keys() == {Use.NEWS}
        assert (use.template_id, use.gaps) == (template.template_id, GAPS)
    async with shop.database.writing() as connection:
        assert await drop_use(connection, OFFICE, Use.NEWS)
        assert not await drop_use(connection, OFFICE, Use.NEWS)


async def test_news_go_to_a_follower_with_the_gaps_filled_and_the_quota_kept(shop: Shop) -> None:
    await shop.choose(shop.approve())
    citizen = shop.fake.citizen("1", follows=True)
    answer = await shop.send(citizen.user_id)
    (seen,) = citizen.shown
    assert answer == Answer(external_id=seen.message_id)
    assert dict(seen.details) == {
        "tieu_de": "Lịch trả kết quả",
        "don_vi": shop.fake.oa.name,
        "ngay": "20/11/2026",
    }
    async with shop.database.reading() as connection:
        (quota,) = await quotas_of(connection, shop.oa)
    assert (quota.kind, quota.remain) == ("template_daily", 1999)


async def test_what_zalo_would_refuse_is_told_before_and_never_called(shop: Shop) -> None:
    template = shop.approve(most=10)
    await shop.choose(template)
    async with shop.database.reading() as connection:
        use = (await uses_in(connection, OFFICE))[Use.NEWS]
        known = await template_of(connection, shop.oa, template.template_id)
    assert known
    data = news_data(TEXT, use, account="Xã Mẫu", at=NOON)
    assert faults(known.template, data) == {"tieu_de": Wrong.TOO_LONG}
    calls = shop.fake.ledger.calls.copy()
    answer = await shop.send(shop.fake.citizen("1", follows=True).user_id)
    assert (answer.fault, answer.retryable) == (Fault.REFUSED, False)
    assert shop.fake.ledger.calls == calls


async def test_an_address_that_is_no_followers_is_refused_before_anything_is_called(
    shop: Shop,
) -> None:
    answer = await shop.send("nam")
    assert (answer.fault, answer.retryable) == (Fault.REFUSED, False)


async def test_a_template_for_phones_alone_is_tried_once_and_no_way_any_more(shop: Shop) -> None:
    template = shop.approve(by_uid=False)
    await shop.choose(template)
    for key in ("1", "2"):
        answer = await shop.send(shop.fake.citizen(key, follows=True).user_id)
        assert (answer.fault, answer.retryable) == (Fault.REFUSED, False)
    assert shop.fake.ledger.calls[BY_UID] == 1
    await shop.reading.every_template()
    async with shop.database.reading() as connection:
        known = await template_of(connection, shop.oa, template.template_id)
    assert known is not None
    assert not known.may_go_by_user


@pytest.mark.parametrize(
    ("tag", "fault"), [(3, Fault.NIGHT), (1, None)], ids=["promotion", "transaction"]
)
async def test_a_promotion_waits_for_the_morning(shop: Shop, tag: int, fault: Fault) -> None:
    await shop.choose(shop.approve(tag=tag))
    await shop.pass_by(timedelta(hours=11))
    answer = await shop.send(shop.fake.citizen("1", follows=True).user_id)
    assert answer.fault == fault
    assert not shop.foreseen


async def test_a_day_without_templates_left_is_asked_for_once(shop: Shop) -> None:
    await shop.choose(shop.approve())
    shop.fake.oa.templates_a_day = 1
    answers = [
        await shop.send(shop.fake.citizen(str(key), follows=True).user_id) for key in range(3)
    ]
    assert [one.fault for one in answers] == [None, Fault.NO_QUOTA, Fault.NO_QUOTA]
    assert all(one.retryable and one.retry_after > 0 for one in answers[1:])
    assert not shop.foreseen
    await shop.pass_by(timedelta(hours=13))
    assert (await shop.send(shop.fake.citizen("5", follows=True).user_id)).fault is None


@pytest.mark.parametrize(
    ("state", "fault"), [("inactive", Fault.GONE), ("restricted", Fault.REFUSED)]
)
async def test_why_somebody_is_not_reached_is_noted(shop: Shop, state: str, fault: Fault) -> None:
    await shop.choose(shop.approve())
    citizen = shop.fake.citizen("1", follows=True)
    setattr(citizen, state, True)
    answer = await shop.send(citizen.user_id)
    assert (answer.fault, answer.retryable) == (fault, False)
    assert shop.states == [(Follower(shop.oa, citizen.user_id), state)]


async def test_what_is_left_is_read_by_the_clock(shop: Shop) -> None:
    assert await shop.reading.every_quota() == 1
    async with shop.database.reading() as connection:
        told = {one.kind: one.remain for one in await quotas_of(connection, shop.oa)}
    assert told["sub_quota"] == 500
    assert told["template_daily"] == 2000


async def test_an_account_connected_just_now_is_read_whole_at_once(shop: Shop) -> None:
    row = {"oa_id": shop.oa, "office": OFFICE, "name": "?", "status": "connected"}
    async with shop.database.writing() as connection:
        new = insert(zalo_accounts).values(**row, connected_at=shop.clock.now())
        await connection.execute(new)
    shop.approve()
    shop.fake.fail("getoa", -224)
    assert await shop.reading.every_unread() == 0
    assert [await shop.reading.every_unread() for _ in range(2)] == [1, 0]
    async with shop.database.reading() as connection:
        told, _ = await told_of(connection, shop.oa)
        assert told["package_name"] == "Growth"
        assert len(await templates_of(connection, shop.oa)) == 1
        assert await quotas_of(connection, shop.oa)
    # Connected anew it is read anew, and who was connected long ago waits for the hour.
    for ago, read in ((timedelta(0), 1), (timedelta(hours=1), 0)):
        shop.clock.move(timedelta(hours=2))
        when = {"connected_at": shop.clock.now() - ago}
        async with shop.database.writing() as connection:
            await connection.execute(update(zalo_accounts).values(when))
        assert await shop.reading.every_unread() == read


async def test_pages_of_accounts_are_read_once_a_day_and_anew_after_a_failure(shop: Shop) -> None:
    row = {"oa_id": shop.oa, "office": OFFICE, "name": "?", "status": "connected"}
    async with shop.database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(row))
    shop.fake.fail("getoa", -224)
    assert await shop.reading.every_page() == 0
    assert [await shop.reading.every_page() for _ in range(2)] == [1, 0]
    async with shop.database.reading() as connection:
        told, at = await told_of(connection, shop.oa)
    assert (told["package_name"], at) == ("Growth", shop.clock.now())
    shop.clock.move(timedelta(hours=24))
    assert await shop.reading.every_page() == 1
