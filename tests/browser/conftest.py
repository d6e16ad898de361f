"""A real browser (Debian's chromium) on the real program."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, async_playwright

from bot.bootstrap import build
from bot.conversation.desk import Desk
from bot.settings import Settings
from bot.web.app import create_app

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":  # noqa: TID251 - only the tests ask for CI
            pytest.fail("no chromium: apt-get install chromium")
        pytest.skip("no chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        await opened.close()


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A window as small as an old phone."""
    context = await browser.new_context(viewport={"width": 360, "height": 640}, locale="vi-VN")
    yield context
    await context.close()


@pytest.fixture
async def site(tmp_path: Path, desk: Desk) -> AsyncIterator[str]:
    """The address of the running program."""
    settings = Settings.from_env({"DATA_DIR": str(tmp_path), "CHAT_RATE_PER_MINUTE": "200"})
    async with (
        build(settings, desk=desk) as house,
        house.working(),
        TestServer(create_app(house)) as server,
    ):
        yield str(server.make_url("/"))
