"""The program as a process, and a citizen on a Telegram nobody of this project wrote."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.fakes.emulator import TOKEN, Emulator, choices, emulating, emulator_missing
from tests.fakes.program import running

pytestmark = pytest.mark.skipif(bool(emulator_missing()), reason=emulator_missing())
SECRET = "a-secret-of-the-webhook"


@pytest.fixture(params=["polling", "webhook"])
async def emulator(
    request: pytest.FixtureRequest, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[Emulator]:
    mine, theirs = unused_tcp_port_factory(), unused_tcp_port_factory()
    async with (
        emulating(theirs, forward_to=f"http://127.0.0.1:{mine}") as emulated,
        running(
            tmp_path, mine,
            TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=emulated.url, TELEGRAM_MODE=request.param,
            TELEGRAM_WEBHOOK_SECRET=SECRET, PUBLIC_URL="https://phuongmau.example.vn",
        ),
    ):  # fmt: skip
        yield emulated


async def test_a_citizen_is_served(emulator: Emulator) -> None:
    await emulator.says("/start")
    (menu,) = await emulator.replies(1)
    assert "Chào bà con" in menu["message"]["text"]
    assert len(choices(menu)) == 5

    await emulator.says("lam giay khai sinh cho con can gi")
    card = (await emulator.replies(2))[-1]
    assert "KHAI SINH" in card["message"]["text"]

    await emulator.presses(choices(card)["Lệ phí"], card)
    fee = (await emulator.replies(3))[-1]
    assert "Lệ phí" in fee["message"]["text"]

    await emulator.says("1")
    whole = (await emulator.replies(4))[-1]
    assert "ĐĂNG KÝ KHAI SINH" in whole["message"]["text"]
    assert "Lệ phí" in choices(whole)

    await emulator.says("", photo=[{"file_id": "a", "file_unique_id": "b"}])
    assert "chưa xem được ảnh" in (await emulator.replies(5))[-1]["message"]["text"]

    await emulator.says("/help")
    assert "Cách dùng" in (await emulator.replies(6))[-1]["message"]["text"]


async def test_citizens_are_kept_apart_and_pieced_marks_are_read(emulator: Emulator) -> None:
    question = unicodedata.normalize("NFD", "đăng ký kết hôn cần giấy tờ gì")
    await emulator.says(question, user=7)
    await emulator.says("xin chào", user=8)
    (card,) = await emulator.replies(1, user=7)
    (greeting,) = await emulator.replies(1, user=8)
    assert "KẾT HÔN" in card["message"]["text"]
    assert "Chào bà con" in greeting["message"]["text"]
