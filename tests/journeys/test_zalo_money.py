"""The Cloud Account is out of money: officers hear it over another channel until it is filled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert

from bot.bootstrap.zalo_news import zalo_readings, zalo_senders
from bot.channels.kept import KEPT
from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.delivery.ledger import SqlLedger
from bot.delivery.shelf import SqlShelf
from bot.messages import Author, ChannelName, CitizenAddress, Reply
from bot.officials.models import EVERYWHERE, OfficerId, Role
from bot.storage.claim_rows import Owner
from bot.storage.inbox_rows import insert_messages
from bot.storage.outbox_rows import say_to
from bot.storage.plan_tables import officer_chats
from bot.upkeep.casework import zalo_ticks
from bot.web.app import create_app
from broadcasts.delivery.lane import Lane
from broadcasts.models import Route
from tests.conftest import FrozenClock
from tests.factories import a_message
from tests.fakes.console import Reception
from tests.fakes.house import PaperHouse
from tests.fakes.never_quiet import NeverQuiet
from tests.fakes.news import a_run
from tests.fakes.sides import SECRET
from tests.fakes.telegram import TOKEN, FakeTelegram, serving_telegram
from tests.fakes.zalo import Rules
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo_choice import choose_template
from tests.fakes.zalo_sides import OFFICE
from tests.fakes.zalo_stage import ZaloStage, a_zalo_stage

CHAT: Final = "77"
HALF: Final = timedelta(minutes=30)


@dataclass
class Purse:
    """A house whose account pays for templates, and an administrator with a chat on Telegram."""

    stage: ZaloStage
    telegram: FakeTelegram
    reception: Reception
    officer: OfficerId

    def __post_init__(self) -> None:
        house, clock = self.stage.house, self.stage.clock
        shelf = SqlShelf(house.database, clock)
        owner = Owner(name="purse")
        ledger = SqlLedger(house.database, owner, clock=clock, bell=house.bell, shelf=shelf)
        sender = zalo_senders(house.settings, self.stage.parts, shelf)[Route.ZALO_TEMPLATE]
        self.lane = Lane(
            Route.ZALO_TEMPLATE, sender, ledger, clock=clock, hours=NeverQuiet(),
            elapsed=lambda: clock.now().timestamp(),
        )  # fmt: skip
        self.ticks = [
            *(one for one in zalo_readings(self.stage.parts) if one.name == "zalo_quotas"),
            *zalo_ticks(house.database, clock, house.bell, house.conversation, self.stage.metrics),
        ]

    async def goes_on(self) -> None:
        """Let half an hour go by: news are tried, accounts are read and watched."""
        self.stage.clock.move(HALF)
        await self.lane.round()
        await self.stage.gives_out()
        await self.stage.parts.marks.write()
        for tick in self.ticks:
            await tick.act()
        await self.stage.gives_out(ChannelName.TELEGRAM)

    def heard(self) -> list[str]:
        """Give what stands in the administrator's own chat."""
        return [str(one["text"]) for one in self.telegram.sent]

    async def in_a_word(self) -> dict[str, str]:
        """Give what machines that watch are told of accounts."""
        async with self.stage.web.get("/readyz") as answer:
            told: dict[str, str] = (await answer.json())["accounts"]
            return told

    async def writes_to(self, person: Citizen, text: str) -> None:
        """Have an officer write to somebody."""
        async with self.stage.house.database.writing() as connection:
            await say_to(
                connection, self.stage.address(person), Reply(text),
                author=Author.OFFICER, at=self.stage.clock.now(), kept=KEPT,
            )  # fmt: skip

    async def page(self, address: str) -> str:
        """Give a page as the administrator sees it."""
        return (await (await self.reception.again(self.officer)).get(address)).text

    async def first_page(self) -> str:
        """Give what the administrator sees who signs in now."""
        return await self.page("/")


@asynccontextmanager
async def a_purse(
    folder: Path, desk: Desk, clock: FrozenClock, *, rules: Rules | None = None, **settings: str
) -> AsyncIterator[Purse]:
    async with serving_telegram() as telegram:
        told = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": telegram.url,
            "TELEGRAM_MODE": "webhook",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
        }
        told |= settings
        async with a_zalo_stage(folder, desk, clock, rules=rules, **told) as stage:
            app = create_app(PaperHouse(settings=stage.house.settings))
            mount(app, create_console(stage.house))
            async with TestClient(TestServer(app)) as client:
                reception = Reception(stage.house, client)
                officer = (await reception(Role.ADMINISTRATOR, office=EVERYWHERE)).officer
                assert officer is not None
                await _links(stage, officer)
                await choose_template(stage.house, stage.zalo)
                yield Purse(stage, telegram, reception, officer)


async def _links(stage: ZaloStage, officer: OfficerId) -> None:
    """Let the chat on Telegram be the officer's own."""
    address = CitizenAddress(channel=ChannelName.TELEGRAM, user_id=CHAT)
    row = {
        "conversation": address.conversation,
        "officer": officer,
        "channel": address.channel,
        "user_id": CHAT,
        "linked_at": stage.clock.now(),
    }
    async with stage.house.database.writing() as connection:
        await connection.execute(insert(officer_chats).values(row))
        await insert_messages(connection, [a_message(external_id="hello", address=address)])


async def test_an_empty_purse_is_told_until_it_is_filled(
    tmp_path: Path, desk: Desk, clock: FrozenClock
) -> None:
    async with a_purse(tmp_path, desk, clock) as purse:
        zalo, stage = purse.stage.zalo, purse.stage
        zalo.oa.cloud_money = 0
        reader = stage.address(zalo.citizen("8", follows=True)).user_id
        began = clock.now()
        await a_run(
            stage.house.database, [reader], route=Route.ZALO_TEMPLATE, office=OFFICE,
            urgent=True, began_at=began,
        )  # fmt: skip
        await purse.goes_on()
        assert zalo.ledger.codes() == {-321: 1}
        (told,) = purse.heard()
        assert f"“{zalo.oa.name}”" in told
        assert "account.zalo.cloud" in told
        assert "account.zalo.cloud" in await purse.first_page()
        assert await purse.in_a_word() == {zalo.oa.oa_id: "money"}
        # Once it is filled the news go out, and nobody is alarmed any more.
        zalo.oa.cloud_money = 1_000_000
        for _ in range(3):
            await purse.goes_on()
        assert [one.route for one in zalo.citizen("8").shown] == ["template"]
        assert clock.now() - began < timedelta(days=1)
        assert "account.zalo.cloud" not in await purse.first_page()
        assert await purse.in_a_word() == {zalo.oa.oa_id: "ok"}
        assert len(purse.heard()) == 1
        assert zalo.ledger.foreseeable == []


@pytest.mark.parametrize(
    ("price", "codes", "word"), [(55, {-321}, "money"), (None, {-211}, "waiting")]
)
async def test_replies_nobody_pays_for_are_counted_and_go_once_they_are_paid_for(
    tmp_path: Path,
    desk: Desk,
    clock: FrozenClock,
    price: int | None,
    codes: set[int],
    word: str,
) -> None:
    rules = Rules(price_over_quota=price)
    async with a_purse(tmp_path, desk, clock, rules=rules, ZALO_PAID="pay") as purse:
        zalo, stage = purse.stage.zalo, purse.stage
        zalo.oa.cloud_money = zalo.oa.messages_a_month = 0
        people = [zalo.citizen(key, follows=True) for key in ("8", "9")]
        for one in people:
            await one.says("xin chào")
        await stage.takes_in()
        await stage.gives_out()
        before = [len(one.shown) for one in people]
        await stage.passes(timedelta(hours=49))
        # What is left is read each hour.
        await purse.goes_on()
        await purse.writes_to(people[0], "Đã dọn rác.")
        await purse.writes_to(people[0], "Mời bà xem lại.")
        await purse.writes_to(people[1], "Đã sửa đèn.")
        await purse.goes_on()
        assert set(zalo.ledger.codes()) == codes
        (told,) = (one for one in purse.heard() if "cần bạn xử lý" in one)
        assert "3 tin trả lời người dân đang chờ" in told
        assert "3 tin trả lời người dân đang chờ" in await purse.first_page()
        assert "3 tin trả lời người dân đang chờ" in await purse.page("/settings/zalo")
        assert await purse.in_a_word() == {zalo.oa.oa_id: word}
        # They go within the time the sentence tells, in their order, once there is money or quota.
        zalo.oa.cloud_money, zalo.oa.purchased = (1_000_000, 0) if price else (0, 9)
        for _ in range(3):
            await purse.goes_on()
        assert [len(one.shown) for one in people] == [before[0] + 2, before[1] + 1]
        first, second = people[0].shown[-2:]
        assert (first.text[-11:], second.text[-15:]) == ("Đã dọn rác.", "Mời bà xem lại.")
        assert "đang chờ vì" not in await purse.first_page()
        assert await purse.in_a_word() == {zalo.oa.oa_id: "ok"}
