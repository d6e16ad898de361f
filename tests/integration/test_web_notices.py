"""The office's notices reach the chat page as JSON."""

from __future__ import annotations

from datetime import timedelta

from aiohttp.test_utils import TestClient, TestServer

from bot.officials.notices import Notice, NoticeLevel
from bot.web.app import create_app
from tests.conftest import NOON
from tests.fakes.house import PaperHouse

STORM = Notice(
    id="bao",
    level=NoticeLevel.STORM,
    text="<b>Bão</b>",
    begins=NOON,
    ends=NOON + timedelta(hours=1),
)


async def test_notices_are_told_as_they_are_and_never_kept_on_the_way() -> None:
    house = PaperHouse(notices=[STORM])
    async with TestClient(TestServer(create_app(house))) as web:
        answer = await web.get("/chat/notices")
        assert answer.headers["Cache-Control"] == "no-store"
        assert await answer.json() == {
            "notices": [{"id": "bao", "level": "storm", "text": "<b>Bão</b>"}],
            "closed": "",
        }


async def test_that_nobody_is_answered_is_told_with_them() -> None:
    house = PaperHouse(closed="Kênh này đang tạm ngừng.")
    async with TestClient(TestServer(create_app(house))) as web:
        told = await (await web.get("/chat/notices")).json()
    assert told == {"notices": [], "closed": "Kênh này đang tạm ngừng."}
