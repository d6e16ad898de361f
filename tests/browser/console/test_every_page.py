"""Every page of the console, wide and narrow, light and dark, is open to everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, ViewportSize, expect

from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Gate, Way
from bot.officials.models import EVERYWHERE, Role, Stage
from tests.browser.axe import faults_of
from tests.fakes.console import (
    HERE,
    ConsoleHouse,
    Reception,
    console_client,
    empty_console_database,
)
from tests.integration.console.made.kinds import Parts
from tests.integration.console.made.sealed import appointed
from tests.integration.console.objects import FILLERS, OBJECTS, OWN_PARTS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
# What only the script asks for is no page.
PAGES: Final = [
    way
    for way in ways_of(ROOMS)
    if way.method == "GET" and not way.passive and way.path != "/static/{name}"
]
A_FILE: Final = "Download is starting"
STAGES: Final = {Gate.SECOND: Stage.SECOND, Gate.ENROL: Stage.ENROL, Gate.OPEN: None}
GRAVE: Final = frozenset({"serious", "critical"})
ROWS: Final = 4
# What is pressed or typed into; a box to tick is pressed by the whole line of its label.
SMALL: Final = """
() => Array.from(document.querySelectorAll(
    "button, select, textarea, summary, a.button, nav a, .tick, " +
    "input:not([type=hidden]):not([type=checkbox]):not([type=radio])"))
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 160))
"""
SPILLS: Final = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


WIDE: Final[ViewportSize] = {"width": 1440, "height": 900}
NARROW: Final[ViewportSize] = {"width": 360, "height": 740}


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The console with something of everything in it, open in one window."""

    house: ConsoleHouse
    address: str
    receive: Reception
    tokens: dict[Stage | None, str]
    window: Page
    complaints: list[str]

    async def to(self, way: Way, token: str = "") -> Page | None:
        """Open the page of ``way``, wide and light, as who may see it; a file is none.

        Without a ``token`` it is somebody with every role.
        """
        stage = STAGES.get(way.rule, Stage.FULL) if isinstance(way.rule, Gate) else Stage.FULL
        path = way.path.format(**await self._parts(way))
        await self.window.context.clear_cookies()
        if stage:
            await _sit_down(self.window, token or self.tokens[stage])
        await _look(self.window, WIDE)
        self.complaints.clear()
        try:
            answer = await self.window.goto(f"{self.address}/console{path}")
        except Error as error:
            if A_FILE in error.message:
                return None
            raise
        # A page that is being worked out loads itself anew.
        while answer and "refresh" in answer.headers:
            await self.window.wait_for_timeout(300)
            answer = await self.window.goto(f"{self.address}/console{path}")
        assert answer
        assert answer.status == HTTPStatus.OK, path
        return self.window

    async def _parts(self, way: Way) -> Parts:
        if way.of is None:
            return OWN_PARTS.get(way.name, {})
        made = [await OBJECTS[way.of](self.house, office) for office in (HERE, EVERYWHERE)]
        return next(parts for parts in made if parts is not None)


async def _look(window: Page, size: ViewportSize, *, dark: bool = False) -> None:
    await window.set_viewport_size(size)
    await window.emulate_media(color_scheme="dark" if dark else "light")


async def _sit_down(window: Page, token: str) -> None:
    # Given for https, and sent to this machine's own address all the same.
    own = "https://127.0.0.1/"
    await window.context.add_cookies(
        [{"name": "__Host-console", "value": token, "url": own, "secure": True}]
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    database = empty_console_database(tmp_path_factory.mktemp("walk"))
    house = ConsoleHouse(database)
    for fill in FILLERS:
        await fill(house, ROWS)
    complaints: list[str] = []

    def note(told: ConsoleMessage) -> None:
        if told.type in {"error", "warning"}:
            complaints.append(told.text)

    async with console_client(house) as client:
        receive = Reception(house, client)
        seats = {
            stage: await receive(*Role, office=EVERYWHERE, stage=stage, sure=True)
            for stage in Stage
        }
        await appointed(house, seats[Stage.FULL])
        tokens: dict[Stage | None, str] = {stage: seat.token for stage, seat in seats.items()}
        window = await browser.new_page(locale="vi-VN", accept_downloads=False)
        window.on("console", note)
        window.on("pageerror", lambda error: complaints.append(str(error)))
        yield Walk(
            house=house,
            address=str(client.make_url("")).rstrip("/"),
            receive=receive,
            tokens=tokens,
            window=window,
            complaints=complaints,
        )
        await window.context.close()
    await database.close()


@pytest.mark.parametrize("way", PAGES, ids=lambda way: way.name)
async def test_nobody_is_shut_out_of_a_page(walk: Walk, way: Way) -> None:
    window = await walk.to(way)
    if window is None:
        return
    for size, dark in ((WIDE, False), (NARROW, True)):
        await _look(window, size, dark=dark)
        assert [fault for fault in await faults_of(window) if fault[0] in GRAVE] == []
        assert not await window.evaluate(SPILLS)
        assert await window.evaluate(SMALL) == []
    # Colours hang on light and dark, not on the width: both are seen.
    assert walk.complaints == []


async def test_nobody_is_shut_out_of_where_a_case_given_away_stands(walk: Walk) -> None:
    shown = next(way for way in PAGES if way.name == "sent_cases.overview")
    sender = await walk.receive(Role.PREPARER)
    window = await walk.to(shown, token=sender.token)
    assert window
    for size, dark in ((WIDE, False), (NARROW, True)):
        await _look(window, size, dark=dark)
        await window.goto(f"{walk.address}/console{shown.path}")
        await window.get_by_role("link", name="PA-").first.press("Enter")
        await expect(window.get_by_text("chỉ xem được vụ đang ở đâu")).to_be_visible()
        assert [fault for fault in await faults_of(window) if fault[0] in GRAVE] == []
        assert not await window.evaluate(SPILLS)
        assert await window.evaluate(SMALL) == []
    assert walk.complaints == []


async def test_what_shuts_people_out_is_found(walk: Walk) -> None:
    home = next(way for way in PAGES if way.name == "home.home")
    window = await walk.to(home)
    assert window
    await window.evaluate(
        """() => {
          const field = document.createElement("input");
          const words = document.createElement("p");
          words.textContent = "chữ nhạt";
          words.style.color = "#bbb";
          document.querySelector("main").append(field, words);
        }"""
    )
    found = {(impact, rule) for impact, rule, _ in await faults_of(window)}
    assert found >= {("critical", "label"), ("serious", "color-contrast")}
