"""Files of an answer reach its citizen on every channel, through a restart, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from bot.conversation.desk import Desk
from bot.feedback.models import Case
from bot.feedback.reference import shown
from bot.messages import CitizenAddress
from bot.storage.tables import outbox
from tests.conftest import FrozenClock
from tests.fakes.citizens import Citizen, TelegramCitizen, TextCitizen, WebCitizen
from tests.fakes.enclosures import a_docx, a_pdf
from tests.fakes.filed import file_case
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_media import Kept
from tests.fakes.town import OFFICE, Town, open_town

MONDAY: Final = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
ANSWER: Final = "Đã đo lại, biên bản và sơ đồ kèm theo."
FILES: Final = {"Biên bản.docx": a_docx(), "Sơ đồ.pdf": a_pdf()}


@pytest.fixture
async def town(tmp_path: Path, desk: Desk) -> AsyncIterator[Town]:
    async with open_town(tmp_path, desk, FrozenClock(MONDAY)) as opened:
        yield opened


@dataclass
class Told:
    """A citizen of a town and their case."""

    town: Town
    citizen: Citizen
    case: Case

    @classmethod
    async def by(cls, town: Town, citizen: Citizen) -> Told:
        await citizen.says("xin chào")
        address = CitizenAddress.of(citizen.conversation)
        told = {"topic": "moi_truong", "office": OFFICE, "at": town.clock.now()}
        return cls(town, citizen, await file_case(town.house, address=address, **told))

    async def is_answered(self) -> None:
        """Let MINH write the answer with its files and lay it before HOA, who signs."""
        town, page = self.town, f"/cases/{self.case.id}"
        await town.does("hoa", f"{page}/assign", post=town.post)
        await self.citizen.hears()
        await town.does("minh", f"{page}/begin")
        told = {"result": "done", "text": ANSWER, "send": "submit"}
        minh = await town.seat("minh")
        done = await minh.upload(f"{page}/answer", *FILES.items(), field="files", **told)
        assert done.status == 303, done.text
        await town.signs("hoa", self.case.id)

    async def looks_up(self) -> str:
        return await self.citizen.says(f"tra cứu {shown(self.case.reference)}")


async def own_files(town: Town, user: str) -> list[tuple[str, str]]:
    """Give name and address of each file that the chat page of ``user`` has."""
    async with town.web.get(f"/chat/replies?session={user}&after=0") as answer:
        replies = (await answer.json())["replies"]
    return [(one["name"], one["address"]) for reply in replies for one in reply["files"]]


async def fetched(town: Town, address: str, user: str) -> tuple[int, bytes]:
    async with town.web.post(f"/{address}", data={"session": user}) as answer:
        return answer.status, await answer.read()


async def test_on_the_web_they_open_in_their_own_chat_and_again_after_a_restart(
    town: Town,
) -> None:
    told = await Told.by(town, WebCitizen(lambda: town.web, "nam"))
    await told.is_answered()
    assert ANSWER in await told.citizen.hears()
    await town.restart()
    looked = await told.looks_up()
    assert "2 tệp ở ngay dưới: Biên bản.docx" in looked
    offered = await own_files(town, "nam")
    assert [name for name, _ in offered] == [*FILES, *FILES]
    for name, address in offered:
        assert await fetched(town, address, "nam") == (200, FILES[name])
        for other in ("lan", ""):
            status, content = await fetched(town, address, other)
            assert status in {400, 404}
            assert FILES[name] not in content
        async with town.web.get(f"/{address}?session=nam") as answer:
            assert answer.status == 405
    # Who looks another's case up reads the answer, and of no file.
    stranger = WebCitizen(lambda: town.web, "lan")
    seen = await stranger.says(f"tra cứu {shown(told.case.reference)}")
    assert ANSWER in seen
    assert "Biên bản" not in seen
    assert await own_files(town, "lan") == []


async def test_on_telegram_they_come_as_documents_each_once_and_again_when_asked_for(
    town: Town,
) -> None:
    told = await Told.by(town, TelegramCitizen(lambda: town.web, town.telegram, "77"))
    await told.is_answered()
    assert "gửi ở tin ngay sau: Biên bản.docx" in await told.citizen.hears()
    await came(told, 2)
    await town.restart()
    assert [one.name for one in documents(town.telegram)] == list(FILES)
    assert [one.content for one in documents(town.telegram)] == list(FILES.values())
    page = await (await town.seat("minh")).get(f"/cases/{told.case.id}")
    assert page.text.count("Đã tới người gửi trong trò chuyện.") == 2
    assert ANSWER in await told.looks_up()
    await came(told, 2)
    assert [one.name for one in documents(town.telegram)] == [*FILES, *FILES]
    async with town.house.database.reading() as connection:
        tries = (await connection.execute(select(outbox.c.attempts))).scalars().all()
    assert set(tries) == {1}


async def test_who_reads_words_alone_is_told_where_the_files_are_to_be_had(town: Town) -> None:
    told = await Told.by(town, TextCitizen(lambda: town.web, "hoa"))
    await told.is_answered()
    heard = await told.citizen.hears()
    assert "2 tệp" in heard
    assert f"đọc mã {shown(told.case.reference)}" in heard
    assert "để nhận bản in" in heard


def documents(telegram: FakeTelegram) -> list[Kept]:
    """Give the files that Telegram was brought, in their order."""
    found = [telegram.files.of(one) for one in telegram.sent]
    return [one for one in found if one is not None]


async def came(told: Told, count: int) -> None:
    for _ in range(count):
        assert "Tệp kèm trả lời PA-" in await told.citizen.hears()
