"""Telegram end to end: a citizen writes to a small Telegram, the whole house answers there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from bot.bootstrap import House, build
from bot.conversation.desk import Desk
from bot.settings import Settings
from bot.storage.tables import inbox, outbox, unreachable
from bot.web.app import create_app
from tests.fakes.telegram import TOKEN, FakeTelegram, serving_telegram

SECRET = "a-secret-of-the-webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with serving_telegram() as fake:
        yield fake


def _environment(folder: Path, url: str, mode: str) -> dict[str, str]:
    return {
        "DATA_DIR": str(folder),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": url,
        "TELEGRAM_MODE": mode,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "PUBLIC_URL": "https://example.vn",
    }


@pytest.fixture
async def house(tmp_path: Path, telegram: FakeTelegram, desk: Desk) -> AsyncIterator[House]:
    settings = Settings.from_env(_environment(tmp_path, telegram.url, "polling"))
    async with build(settings, desk=desk) as built, built.working():
        yield built


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not true():  # noqa: ASYNC110 - the other side is a server
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("house")
async def test_a_question_is_answered_with_buttons_and_a_press_is_followed(
    telegram: FakeTelegram,
) -> None:
    telegram.says("lam giay khai sinh cho con can gi")
    await _until(lambda: len(telegram.sent) == 1)
    first = telegram.sent[0]
    assert "KHAI SINH" in first["text"]
    buttons = [one for row in json.loads(first["reply_markup"])["inline_keyboard"] for one in row]
    fee = next(one for one in buttons if one["text"] == "Lệ phí")
    telegram.presses(fee["callback_data"])
    await _until(lambda: len(telegram.sent) == 2 and len(telegram.released) == 1)
    assert "Lệ phí" in telegram.sent[1]["text"]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("text", ["/start", "/menu", "/start@hanhchinh_bot"])
async def test_commands_open_the_menu(telegram: FakeTelegram, text: str) -> None:
    telegram.says(text)
    await _until(lambda: len(telegram.sent) == 1)
    assert "reply_markup" in telegram.sent[0]


@pytest.mark.usefixtures("house")
async def test_a_photo_is_received_politely(telegram: FakeTelegram) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    telegram.says("", photo=photo)
    await _until(lambda: len(telegram.sent) == 1)
    assert "chưa xem được ảnh" in telegram.sent[0]["text"]


async def test_a_citizen_who_blocked_the_bot_is_noted(
    telegram: FakeTelegram, house: House
) -> None:
    telegram.refusals.append((403, {"description": "Forbidden: bot was blocked by the user"}))
    telegram.says("xin chào")

    async def noted() -> list[Any]:
        async with house.database.reading() as connection:
            return list((await connection.execute(select(unreachable))).all())

    async with asyncio.timeout(15):
        while not (rows := await noted()):  # noqa: ASYNC110 - the table is the only sign
            await asyncio.sleep(0.05)
    assert rows[0].reason == "blocked"


@pytest.mark.usefixtures("house")
async def test_a_flood_answer_is_obeyed(telegram: FakeTelegram) -> None:
    body = {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
    telegram.refusals.append((429, body))
    telegram.says("xin chào")
    await _until(lambda: len(telegram.sent) == 1)


async def test_an_unreachable_telegram_leaves_the_web_chat_alone(
    tmp_path: Path, desk: Desk
) -> None:
    settings = Settings.from_env(_environment(tmp_path, "http://127.0.0.1:9", "polling"))
    async with (
        build(settings, desk=desk) as house,
        house.working(),
        TestClient(TestServer(create_app(house))) as client,
        client.post("/chat/messages?wait=10", json={"session": "s", "text": "chào"}) as answer,
    ):
        assert answer.status == 200


async def _stored(house: House) -> int:
    async with house.database.reading() as connection:
        return int(
            (await connection.execute(select(func.count()).select_from(inbox))).scalar_one()
        )


async def test_webhooks_are_proved_read_and_stored_once(
    tmp_path: Path, telegram: FakeTelegram, desk: Desk
) -> None:
    settings = Settings.from_env(_environment(tmp_path, telegram.url, "webhook"))
    good = json.dumps(telegram.says("xin chào")).encode()
    telegram.updates.clear()
    cases: list[tuple[bytes, dict[str, str], int]] = [
        (good, {}, 401),
        (good, {"X-Telegram-Bot-Api-Secret-Token": "guess"}, 401),
        (b"not json", HEADERS, 400),
        (b"[]", HEADERS, 400),
        (good.decode().encode("utf-16"), HEADERS, 400),
        (b'"' + b"x" * 100_000 + b'"', HEADERS, 413),
    ]
    async with (
        build(settings, desk=desk) as house,
        house.working(),
        TestClient(TestServer(create_app(house))) as client,
    ):
        for body, headers, status in cases:
            async with client.post("/webhooks/telegram", data=body, headers=headers) as answer:
                assert answer.status == status, body[:20]
        assert await _stored(house) == 0
        for _ in range(2):
            async with client.post("/webhooks/telegram", data=good, headers=HEADERS) as answer:
                assert answer.status == 200
        await _until(lambda: len(telegram.sent) == 1)
        assert await _stored(house) == 1
        async with house.database.reading() as connection:
            rows = (await connection.execute(select(outbox.c.status))).scalars().all()
    assert len(rows) == 1
