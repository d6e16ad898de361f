"""What the script adds to a page made of the macros, and that the page does without it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from functools import cache
from typing import Final
from urllib.parse import parse_qs

import pytest
import pytest_asyncio
from jinja2 import Template
from playwright.async_api import Browser, BrowserContext, Dialog, Page, Request, Route, expect

from bot.console.forms import BLANK, Writing
from bot.console.render import read_templates
from bot.console.words import say
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
ORIGIN: Final = "http://127.0.0.1:9"
BODY: Final = """
{% extends "layout.html" %}
{% import "macros/form.html" as form with context %}
{% import "macros/dialog.html" as dialog with context %}
{% block title %}Mẫu{% endblock %}
{% block content %}
{% call form.form("/sent", draft="mau") %}
  {{ form.text("name", "Tên", value=before) }}
  {{ form.area("answer", "Trả lời", longest=10) }}
  {{ form.tick("sure", "Chắc chắn") }}
  {{ form.secret("password", "Mật khẩu") }}
  {{ form.token("token", "Mã") }}
  {% call form.buttons() %}{{ form.submit("Lưu") }}{% endcall %}
{% endcall %}
{% call dialog.ask("Tắt", "/off", "Tắt hẳn") %}
{{ form.area("reason", "Lý do", at="off") }}
{% endcall %}
<ol class="transcript" data-since="/since">
<li class="citizen" data-id="7"><span class="by">Dân</span>chào</li>
</ol>
{% endblock %}
"""


class Item:
    """A page of the navigation."""

    def __init__(self, key: str) -> None:
        self.key = self.way = key
        self.label = say(f"nav.{key}")


class Person:
    """Somebody signed in."""

    def __init__(self, number: int) -> None:
        self.officer = self
        self.id = number
        self.name, self.login = "Lan", "lan"


@cache
def specimen() -> Template:
    return read_templates().from_string(BODY)


class Site:
    """A site of one page; what is sent to it is kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[dict[str, list[str]]] = []
        self.done, self.before, self.officer = "", "Khai sinh", 7
        self.lines: list[list[dict[str, str]]] = []
        self.counts: dict[str, int] = {}
        self.asked: list[str] = []

    async def serve(self, route: Route, request: Request) -> None:
        path = request.url.removeprefix(ORIGIN).partition("?")[0]
        if path.startswith("/static/"):
            folder = "bot/console/static/"
            await route.fulfill(path=folder + path.removeprefix("/static/"))
        elif path == "/since":
            self.asked.append(request.url)
            lines = self.lines.pop(0) if self.lines else []
            told = {"lines": lines, "ended": not self.lines}
            await route.fulfill(body=json.dumps(told), content_type="application/json")
        elif path == "/console/waiting":
            await route.fulfill(body=json.dumps(self.counts), content_type="application/json")
        else:
            if request.method == "POST":
                self.sent.append(parse_qs(request.post_data or ""))
            await route.fulfill(body=self.html(), content_type="text/html")

    def html(self) -> str:
        group = {"label": "Việc", "items": [Item("home"), Item("questions"), Item("talks")]}
        # A mapping's own "items" would be found before its key.
        menu = [type("Group", (), group)]
        return specimen().render(
            actor=Person(self.officer), menu=menu, here="/console/", office="Xã A", csrf="x",
            done=self.done, failed="", typed=BLANK, writing=Writing(BLANK), now=NOON,
            plain_http=False, before=self.before,
            url=lambda way: f"/console/{way}", static=lambda name: f"/static/{name}",
        )  # fmt: skip

    async def open(self) -> None:
        await self.page.goto(f"{ORIGIN}/page")


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    opened = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    yield opened
    await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(context: BrowserContext) -> AsyncIterator[Site]:
    """The specimen, open; an error of the script fails the test."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    made = Site(page)
    await context.route("**/*", made.serve)
    await made.open()
    yield made
    assert complaints == []


async def _dark(page: Page) -> bool:
    return str(await page.evaluate("getComputedStyle(document.body).colorScheme")) == "dark"


async def test_the_chosen_colours_stay(site: Site) -> None:
    assert not await _dark(site.page)
    switch = site.page.get_by_role("button", name="Giao diện tối")
    await switch.click()
    assert await _dark(site.page)
    await site.open()
    assert await _dark(site.page)
    await expect(switch).to_have_attribute("aria-pressed", "true")


async def test_signs_left_are_counted_as_the_server_counts(site: Site) -> None:
    left = site.page.locator("#f-answer-left")
    await expect(left).to_have_text("Tối đa 10 ký tự.")
    await site.page.get_by_label("Trả lời").fill("e\u0302\u0301 😀")
    await expect(left).to_have_text("Còn 7 ký tự.")


async def test_a_token_is_hidden_and_shown_by_keyboard(site: Site) -> None:
    field = site.page.get_by_label("Mã", exact=True)
    dots = "field => getComputedStyle(field).webkitTextSecurity"
    await field.fill("ma-bi-mat")
    assert await field.evaluate(dots) == "disc"
    button = site.page.get_by_role("button", name="Hiện mã")
    await button.focus()
    await site.page.keyboard.press("Enter")
    assert await field.evaluate(dots) == "none"
    await expect(field).to_be_focused()


async def test_a_password_is_shown_and_hidden(site: Site) -> None:
    field = site.page.get_by_label("Mật khẩu", exact=True)
    await site.page.get_by_role("button", name="Hiện mật khẩu").click()
    await expect(field).to_have_attribute("type", "text")
    await expect(field).to_be_focused()
    await site.page.get_by_role("button", name="Hiện mật khẩu").click()
    await expect(field).to_have_attribute("type", "password")


async def test_pressed_twice_a_form_is_sent_once(site: Site) -> None:
    async with site.page.expect_navigation():
        await site.page.get_by_role("button", name="Lưu").dblclick()
    assert len(site.sent) == 1


async def test_words_not_stored_come_back_until_the_page_says_done(site: Site) -> None:
    await site.page.get_by_label("Trả lời").fill("chữ gõ dở")
    await site.page.get_by_label("Chắc chắn").check()
    await site.page.get_by_label("Mật khẩu", exact=True).fill("bí mật")
    await site.page.get_by_label("Mã", exact=True).fill("mã bí mật")
    await site.page.get_by_role("button", name="Lưu").click()
    await expect(site.page.get_by_label("Trả lời")).to_have_value("chữ gõ dở")
    await expect(site.page.get_by_label("Chắc chắn")).to_be_checked()
    kept = str(await site.page.evaluate("JSON.stringify(sessionStorage)"))
    assert "chữ gõ dở" in kept
    assert "bí mật" not in kept
    site.done = "Đã lưu."
    await site.page.get_by_role("button", name="Lưu").click()
    await expect(site.page.get_by_label("Trả lời")).to_have_value("")


async def _typed(site: Site, text: str = "chữ gõ dở") -> None:
    await site.page.get_by_label("Trả lời").fill(text)
    # Left without asking, as by a session that ran out.
    site.page.on("dialog", _leave)
    await site.open()


async def _leave(dialog: Dialog) -> None:
    await dialog.accept()


async def test_a_draft_is_not_laid_over_what_somebody_else_saved_since(site: Site) -> None:
    site.before = "Khai tử"
    await _typed(site)
    await expect(site.page.get_by_label("Tên")).to_have_value("Khai tử")
    await expect(site.page.get_by_label("Trả lời")).to_have_value("")


async def test_another_officer_at_the_same_machine_sees_no_draft(site: Site) -> None:
    site.officer = 8
    await _typed(site)
    await expect(site.page.get_by_label("Trả lời")).to_have_value("")
    assert await site.page.evaluate("sessionStorage.length") == 0


async def test_signing_out_forgets_drafts(site: Site) -> None:
    await _typed(site)
    await expect(site.page.get_by_label("Trả lời")).to_have_value("chữ gõ dở")
    await site.page.get_by_role("button", name="Đăng xuất").click()
    await site.page.wait_for_load_state()
    assert await site.page.evaluate("sessionStorage.length") == 0


async def test_leaving_with_unsent_words_is_asked_about(site: Site) -> None:
    asked: list[str] = []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    site.page.on("dialog", stay)
    await site.page.get_by_label("Trả lời").fill("chữ")
    await site.page.get_by_role("link", name="Trò chuyện").click()
    await expect(site.page.get_by_label("Trả lời")).to_have_value("chữ")
    assert asked == ["beforeunload"]


async def test_new_lines_of_a_talk_come_by_themselves_and_are_text(site: Site) -> None:
    evil = "<img src=x onerror=alert(1)>"
    line = {"id": "8", "by": "Người dân", "time": "14:05", "text": evil, "kind": "citizen"}
    site.lines = [[line], []]
    await site.open()
    lines = site.page.locator(".transcript li")
    await expect(lines).to_have_count(2)
    await expect(lines.last).to_have_text(f"Người dân · 14:05{evil}")
    assert site.asked[0].endswith("/since?after=7")


async def test_what_waits_is_told_beside_each_page_and_in_the_window(site: Site) -> None:
    site.counts = {"talks": 3, "questions": 12}
    await site.open()
    talks = site.page.get_by_role("link", name="Trò chuyện 3 đang chờ")
    await expect(talks).to_be_visible()
    await expect(
        site.page.get_by_role("link", name="Câu chưa trả lời 12 đang chờ")
    ).to_be_visible()
    await expect(site.page).to_have_title("(3) Mẫu – Xã A")


async def test_what_asks_once_more_opens_in_place_and_closes_by_escape(site: Site) -> None:
    reason = site.page.get_by_label("Lý do")
    await expect(reason).to_be_hidden()
    await site.page.get_by_text("Tắt", exact=True).press("Enter")
    await expect(reason).to_be_focused()
    await reason.press("Escape")
    await expect(reason).to_be_hidden()
    await expect(site.page.get_by_text("Tắt", exact=True)).to_be_focused()


async def test_on_paper_there_is_the_page_and_where_it_comes_from(site: Site) -> None:
    await site.page.emulate_media(media="print")
    await expect(site.page.get_by_role("navigation")).to_have_count(0)
    await expect(site.page.get_by_role("button")).to_have_count(0)
    await expect(site.page.locator(".printed")).to_contain_text("In lúc 20/11/2026 12:00, Lan")
    assert len(await site.page.pdf()) > 1_000


async def test_the_rooms_open_on_a_phone_by_keyboard_and_without_a_script(
    browser: Browser,
) -> None:
    context = await browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = await context.new_page()
    made = Site(page)
    await context.route("**/*", made.serve)
    await made.open()
    talks = page.get_by_role("link", name="Trò chuyện")
    await expect(talks).to_be_hidden()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến nội dung")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(talks).to_be_visible()
    await page.get_by_label("Trả lời").fill("không cần kịch bản")
    await page.get_by_role("button", name="Lưu").click()
    assert made.sent[0]["answer"] == ["không cần kịch bản"]
    await context.close()
