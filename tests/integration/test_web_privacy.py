"""What citizens read of their data is what is done with it; Zalo's proof of the domain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.feedback.due_words import kept_words
from bot.feedback.purposes import uses
from bot.settings import Settings
from bot.web.app import create_app
from tests.fakes.house import PaperHouse

CODE = "Ab3-domain_proof"


@dataclass(frozen=True)
class Shown:
    status: int
    text: str


class Browser:
    def __init__(self, client: TestClient) -> None:  # type: ignore[type-arg]
        self._client = client

    async def opens(self, path: str) -> Shown:
        async with self._client.get(path, allow_redirects=False) as answer:
            return Shown(answer.status, await answer.text())


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    told = {"RETENTION_DAYS": "45", "ZALO_DOMAIN_PROOF": CODE}
    app = create_app(PaperHouse(settings=Settings.from_env(told)))
    async with TestClient(TestServer(app)) as client:
        yield Browser(client)


async def test_every_use_of_data_is_told_with_its_time(browser: Browser) -> None:
    shown = await browser.opens("/quyen-rieng-tu")
    assert shown.status == HTTPStatus.OK
    assert "45 ngày" in shown.text
    for use in uses().values():
        _, found, told = shown.text.partition(f"<h3>{use.label}</h3>")
        assert found, use.label
        part = told.partition("</article>")[0]
        assert use.data in part
        assert (kept_words(use.kept) if use.kept else "cùng với vụ việc") in part


@pytest.mark.parametrize("page", ["/", "/tin-tuc"])
async def test_it_is_led_to_from_where_people_write_and_read(browser: Browser, page: str) -> None:
    assert "quyen-rieng-tu" in (await browser.opens(page)).text


async def test_the_domain_is_proved_by_tag_and_file_with_its_own_code_alone(
    browser: Browser,
) -> None:
    tag = f'<meta name="zalo-platform-site-verification" content="{CODE}"'
    assert tag in (await browser.opens("/")).text
    assert tag in (await browser.opens(f"/zalo_verifier{CODE}.html")).text
    for other in ("Ab3-domain_prooF", "x" * 20, "%22%3E%3Cscript%3E"):
        assert (await browser.opens(f"/zalo_verifier{other}.html")).status == HTTPStatus.NOT_FOUND


async def test_without_a_code_nothing_is_proved() -> None:
    async with TestClient(TestServer(create_app(PaperHouse()))) as client:
        browser = Browser(client)
        assert "site-verification" not in (await browser.opens("/")).text
        assert (await browser.opens("/zalo_verifierabcdefgh.html")).status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "brought", ["code=%0d%0aX: y&oa_id=1", "code=<b>", "state=//evil.example"]
)
async def test_the_callback_leads_nowhere_but_into_the_console(
    browser: Browser, brought: str
) -> None:
    assert (await browser.opens(f"/zalo/callback?{brought}")).status == HTTPStatus.NOT_FOUND
