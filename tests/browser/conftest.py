"""A real browser (Debian's chromium) on the real program, both started once."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from bot.bootstrap import House, build
from bot.conversation.desk import Desk
from bot.settings import Settings
from bot.web.app import create_app

# The popups of an address bar that nobody sees: in every window they took more than its page.
# A second list takes the place of the first, so Playwright's own stands here too.
OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    f"--disable-features={','.join(OFF)}",
)  # fmt: skip
# The first is the same engine without windows and profiles of its own: a quarter less work.
BROWSERS = ("chromium-headless-shell", "chromium")
QUESTION = "lam giay khai sinh cho con can gi"
ANSWER = "ĐĂNG KÝ KHAI SINH"


@dataclass
class Chat:
    """The chat page as a citizen sees it."""

    page: Page

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox")

    @property
    def mine(self) -> Locator:
        return self.page.locator("#talk .me")

    @property
    def replies(self) -> Locator:
        return self.page.locator("#talk .office")

    async def ask(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    async def asked(self) -> None:
        """Ask the usual question and wait for its answer."""
        await self.ask(QUESTION)
        await expect(self.replies.last).to_contain_text(ANSWER)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        if os.environ.get("CI") == "true":  # noqa: TID251 - only the tests ask for CI
            pytest.fail("no chromium: apt-get install chromium-headless-shell")
        pytest.skip("no chromium: apt-get install chromium-headless-shell")
    expect.set_options(timeout=15_000)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        await opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def website() -> AsyncIterator[str]:
    """The office's own website, on another origin, with one script tag for the chat."""

    async def home(request: web.Request) -> web.Response:
        chat = request.query["chat"]
        tag = f'<script src="{chat}embed.js" async></script>'
        page = f"<!doctype html><html lang=vi><title>Phường</title><h1>Phường</h1>{tag}"
        return web.Response(text=page, content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", home)])
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def inside(
    tmp_path_factory: pytest.TempPathFactory, desk: Desk, website: str
) -> AsyncIterator[House]:
    """The running program, seen from inside."""
    settings = Settings.from_env(
        {
            "DATA_DIR": str(tmp_path_factory.mktemp("site")),
            "CHAT_RATE_PER_MINUTE": "200",
            "EMBED_ORIGINS": website.rstrip("/"),
        }
    )
    async with build(settings, desk=desk) as house, house.working():
        yield house


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(inside: House) -> AsyncIterator[str]:
    """The address of the running program."""
    async with TestServer(create_app(inside)) as server:
        yield str(server.make_url("/"))


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A window as small as an old phone, and nothing remembered."""
    context = await browser.new_context(
        viewport={"width": 360, "height": 640}, locale="vi-VN", color_scheme="light"
    )
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def chat(phone: BrowserContext, site: str) -> AsyncIterator[Chat]:
    """The page, open; an error of its script fails the test."""
    page = await phone.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(site)
    yield Chat(page)
    assert complaints == []
