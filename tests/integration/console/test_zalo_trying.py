"""An officer tries an account: linked by a code typed to it, told what Zalo answered."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.officials.models import EVERYWHERE, Role
from bot.storage.console_tables import audit_entries
from bot.web.app import create_app
from tests.conftest import FrozenClock
from tests.fakes.console import ConsoleHouse, Reception, Seat, Shown
from tests.fakes.house import PaperHouse
from tests.fakes.zalo_stage import ZaloStage, a_zalo_stage
from tests.integration.console.made.zalo import a_test, an_account

OFFICER = "5"


@dataclass
class Trying:
    """A house before the emulator, and an administrator with an account of their own on Zalo."""

    stage: ZaloStage
    reception: Reception
    seat: Seat

    @property
    def path(self) -> str:
        return f"/settings/zalo/account/{self.stage.zalo.oa.oa_id}/test"

    async def links(self) -> None:
        """Make the chat on Zalo the officer's own, by the code of the console."""
        made = await self.seat.post("/account/chats/code")
        code = re.search(r'<code class="secret">([^<]+)<', made.text)
        assert code
        await self.stage.zalo.citizen(OFFICER).says(code[1])
        await self.stage.takes_in()
        await self.stage.gives_out()

    async def tries(self) -> Shown:
        """Send, and look at the page that tells what became of it."""
        sent = await self.seat.post(self.path)
        if "failed=" in sent.where:
            return sent
        going = await self.seat.get(sent.where.removeprefix("/console"))
        assert "Đang gửi" in going.text
        assert going.headers["Refresh"]
        await self.stage.gives_out()
        await self.stage.parts.marks.write()
        return await self.seat.get(sent.where.removeprefix("/console"))

    async def later(self, by: timedelta) -> None:
        await self.stage.passes(by)
        assert self.seat.officer is not None
        self.seat = await self.reception.again(self.seat.officer)


@pytest.fixture
async def trying(tmp_path: Path, desk: Desk, clock: FrozenClock) -> AsyncIterator[Trying]:
    async with a_zalo_stage(tmp_path, desk, clock) as stage:
        app = create_app(PaperHouse(settings=stage.house.settings))
        mount(app, create_console(stage.house))
        async with TestClient(TestServer(app)) as client:
            reception = Reception(stage.house, client)
            seat = await reception(Role.ADMINISTRATOR, office=EVERYWHERE)
            yield Trying(stage, reception, seat)


async def test_it_arrives_in_the_officers_own_chat(trying: Trying) -> None:
    await trying.links()
    shown = await trying.tries()
    assert "Zalo đã nhận" in shown.text
    assert "Refresh" not in shown.headers
    assert "Tin thử của Trang Zalo" in trying.stage.zalo.citizen(OFFICER).shown[-1].text
    async with trying.stage.house.database.reading() as connection:
        deeds = (await connection.execute(select(audit_entries.c.action))).scalars().all()
    assert "zalo_tested" in deeds


async def test_without_a_chat_it_is_told_how_to_link_one(trying: Trying) -> None:
    refused = await trying.tries()
    assert "failed=zalo_test_no_chat" in refused.where
    assert (
        "Nhận nhắc việc" in (await trying.seat.get("/settings/zalo?failed=zalo_test_no_chat")).text
    )
    assert trying.stage.zalo.citizen(OFFICER).shown == []


async def test_a_closed_window_says_what_to_do_and_a_word_opens_it(trying: Trying) -> None:
    await trying.links()
    await trying.later(timedelta(days=8))
    shown = await trying.tries()
    assert "nhắn cho OA một tin trước" in shown.text
    assert "Refresh" not in shown.headers
    await trying.stage.zalo.citizen(OFFICER).says("xin chào")
    await trying.stage.takes_in()
    assert "Zalo đã nhận" in (await trying.tries()).text
    assert trying.stage.zalo.ledger.foreseeable == []


@pytest.mark.parametrize(
    ("number", "says", "goes_on"),
    [
        (-230, "nhắn cho OA một tin trước", False),
        (-224, "Nâng lên gói Growth", True),
        (-213, "Bấm Quan tâm", False),
    ],
)
async def test_what_zalo_answers_is_told_in_words(
    trying: Trying, number: int, says: str, goes_on: bool
) -> None:
    await trying.links()
    trying.stage.zalo.fail("cs", number)
    shown = await trying.tries()
    assert says in shown.text
    assert f"Zalo báo {number}" in shown.text
    assert ("Refresh" in shown.headers) == goes_on


async def test_who_tries_again_and_again_waits(trying: Trying) -> None:
    await trying.links()
    told = [(await trying.seat.post(trying.path)).where for _ in range(8)]
    assert sum("failed=zalo_test_wait" in where for where in told) == 3
    await trying.later(timedelta(hours=1))
    assert "failed" not in (await trying.seat.post(trying.path)).where


async def test_one_switched_off_is_not_tried(house: ConsoleHouse, signed_in: Reception) -> None:
    account = (await an_account(house, "xa-a", status="off"))["account"]
    seat = await signed_in(Role.ADMINISTRATOR)
    told = await seat.post(f"/settings/zalo/account/{account}/test")
    assert "failed=zalo_test_off" in told.where


async def test_only_messages_to_officers_over_this_account_are_shown(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    made = await a_test(house, "xa-a")
    other = await an_account(house, "xa-a-mot-cua")
    seat = await signed_in(Role.ADMINISTRATOR)
    path = "/settings/zalo/account/{account}/test/{row}"
    assert (await seat.get(path.format(**made))).status == 200
    assert (await seat.get(path.format(**made | other))).status == 404
    assert (await seat.get(path.format(**made | {"row": "999999"}))).status == 404
