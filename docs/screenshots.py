"""Takes the pictures of docs/images from the running program, which it starts with a made-up day.

``python -m docs.screenshots [NAME…]`` takes all of them, or those whose name begins so.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.bootstrap import build
from bot.console.app import create_console, mount
from bot.officials.models import Stage
from bot.settings import Settings
from bot.web.app import create_app
from docs.demo import Demo, DemoClock, live_the_day

IMAGES: Final = Path(__file__).parent / "images"
FIRST_OF_A_LIST: Final = "main tbody th a, main tbody td a"
COLOURS: Final = 64
SIZES: Final = {"wide": (1440, 900), "phone": (360, 740)}


@dataclass(frozen=True, slots=True)
class Talk:
    """A window on the chat: what is asked there and what it looks like."""

    name: str
    asked: tuple[str, ...]
    size: tuple[int, int] = (390, 844)
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the console, taken at both widths; ``then`` is a link followed from there.

    ``until`` is what it is worth waiting for.
    """

    name: str
    path: str
    then: str = ""
    until: str = ""
    stage: Stage | None = Stage.FULL


TALKS: Final = (
    Talk("chat-phone", ("lam giay khai sinh cho con can gi",)),
    Talk("chat-phone-dark", ("nhà tôi bị mất sổ đỏ", "lệ phí bao nhiêu"), dark=True),
    Talk("chat-desktop", ("đăng ký kết hôn cần giấy tờ gì",), size=(1280, 800)),
)
ROOMS: Final = (
    Room("sign-in", "/sign-in", stage=None),
    Room("second", "/second", stage=Stage.SECOND),
    Room("enrol", "/enrol", stage=Stage.ENROL),
    Room("account", "/account"),
    Room("home", "/"),
    Room("questions", "/questions"),
    Room("question", "/questions", then=FIRST_OF_A_LIST),
    Room("talks", "/talks"),
    Room("talk", "/talks", then=FIRST_OF_A_LIST),
    Room("cards", "/cards?text=khai+sinh"),
    Room("card", "/cards/mau-xa/1.001193"),
    Room("card-preview", "/cards/mau-xa/1.001193/preview"),
    Room("card-edit", "/cards/mau-xa/1.001193/edit"),
    Room("guides", "/guides"),
    Room("guide", "/guides", then=FIRST_OF_A_LIST),
    Room("why", "/cards/why?q=lam+giay+khai+sinh+cho+con"),
    Room("changes", "/changes"),
    Room("change", "/changes?status=waiting", then=FIRST_OF_A_LIST),
    Room("imports", "/imports"),
    Room("contacts", "/contacts"),
    Room("contact-office", "/contacts/mau-xa"),
    Room("hotline-new", "/contacts/mau-xa/hotlines"),
    Room("days", "/days?year=2027"),
    Room("lint", "/lint", until=".tabs"),
    Room("sync", "/sync"),
    Room("calendar", "/calendar"),
    Room("plan", "/plans", then=FIRST_OF_A_LIST),
    Room("entry", "/plans/plan/1", then=FIRST_OF_A_LIST),
    Room("slot", "/news/text/1", then="main a[href*='/slots/']"),
    Room("text", "/news?status=submitted", then=FIRST_OF_A_LIST),
    Room("run", "/runs/1"),
    Room("report", "/reports", then=FIRST_OF_A_LIST),
    Room("settings", "/settings"),
    Room("sentences", "/settings/sentences"),
    Room("notices", "/settings/notices"),
    Room("channels", "/settings/channels"),
    Room("zalo", "/settings/zalo"),
    Room("zalo-connect", "/settings/zalo/mau-xa/connect"),
    Room("trial", "/settings/trial"),
    Room("rules", "/settings/rules"),
    Room("people", "/people"),
    Room("person", "/people", then=FIRST_OF_A_LIST),
    Room("person-new", "/people/new"),
    Room("offices", "/offices"),
    Room("office-new", "/offices/new"),
    Room("audit", "/audit"),
    Room("audit-entry", "/audit", then=FIRST_OF_A_LIST),
)


async def main(wanted: tuple[str, ...]) -> None:
    """Take every picture whose name begins with one of ``wanted``."""
    IMAGES.mkdir(exist_ok=True)
    async with _program() as (address, demo), async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for talk in TALKS:
            if talk.name.startswith(wanted):
                await _ask(browser, address, talk)
        for room in ROOMS:
            if f"console-{room.name}".startswith(wanted):
                await _visit(browser, address, room, demo.tokens)
        await browser.close()


@asynccontextmanager
async def _program() -> AsyncIterator[tuple[str, Demo]]:
    clock = DemoClock()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_env({"DATA_DIR": folder, "CHAT_RATE_PER_MINUTE": "600"})
        async with build(settings, clock=clock) as house, house.working():
            app = create_app(house)
            mount(app, create_console(house))
            async with TestServer(app) as server:
                address = str(server.make_url("")).rstrip("/")
                yield address, await live_the_day(house, clock)


async def _ask(browser: Browser, address: str, talk: Talk) -> None:
    """Ask as the picture says and keep what the window shows."""
    page = await _window(browser, talk.size, dark=talk.dark)
    await page.goto(address)
    for number, question in enumerate(talk.asked):
        await page.get_by_role("textbox").fill(question)
        await page.keyboard.press("Enter")
        await page.locator("#talk .office").nth(number).wait_for()
    await _keep(page, talk.name)
    await page.context.close()


async def _visit(browser: Browser, address: str, room: Room, tokens: Mapping[Stage, str]) -> None:
    """Open the page as somebody of its stage, wide and on a phone."""
    for width, size in SIZES.items():
        page = await _window(browser, size)
        if room.stage:
            await _sit_down(page.context, tokens[room.stage])
        await page.goto(f"{address}/console{room.path}")
        if room.then:
            await page.locator(room.then).first.click()
            await page.wait_for_load_state()
        if room.until:
            await page.locator(room.until).first.wait_for()
        await _keep(page, f"console-{room.name}-{width}")
        await page.context.close()


async def _keep(page: Page, name: str) -> None:
    """Keep what the window shows in as few colours as a page of ours has: a third of the bytes."""
    drawn = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


async def _window(browser: Browser, size: tuple[int, int], *, dark: bool = False) -> Page:
    width, height = size
    return await browser.new_page(
        viewport={"width": width, "height": height},
        locale="vi-VN",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )


async def _sit_down(context: BrowserContext, token: str) -> None:
    # Given for https, and sent to this machine's own address all the same.
    own = "https://127.0.0.1/"
    await context.add_cookies(
        [{"name": "__Host-console", "value": token, "url": own, "secure": True}]
    )


if __name__ == "__main__":
    asyncio.run(main(tuple(sys.argv[1:]) or ("",)))
