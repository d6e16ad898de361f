"""Telegram is reached through the proxy that was set, and its name is never looked up here."""

from __future__ import annotations

from pathlib import Path

from yarl import URL

from bot.bootstrap import build
from bot.conversation.desk import Desk
from bot.settings import Settings
from tests.fakes.sides import PolledTelegramSide, heard
from tests.fakes.socks import serving_socks
from tests.fakes.telegram import TOKEN, FakeTelegram, serving_telegram

NOWHERE = "http://telegram.invalid"


async def _is_served(folder: Path, desk: Desk, telegram: FakeTelegram, proxy: str) -> None:
    settings = Settings.from_env(
        {
            "DATA_DIR": str(folder),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": NOWHERE,
            "TELEGRAM_PROXY": proxy,
        }
    )
    async with build(settings, desk=desk) as house, house.working():
        side = PolledTelegramSide(house, telegram)
        await side.says("xin chào")
        assert await heard(side, 1)


async def test_through_an_http_proxy(tmp_path: Path, desk: Desk) -> None:
    async with serving_telegram() as telegram:
        # A proxy of plain HTTP is asked for whole addresses; the small Telegram minds only paths.
        await _is_served(tmp_path, desk, telegram, telegram.url)


async def test_through_a_socks_proxy(tmp_path: Path, desk: Desk) -> None:
    async with serving_telegram() as telegram:
        port = URL(telegram.url).port
        assert port
        async with serving_socks(leads_to=port) as proxy:
            await _is_served(tmp_path, desk, telegram, proxy.url)
    assert set(proxy.hosts) == {"telegram.invalid"}
