"""From an empty machine to officers at work: the shell, the first administrator, the invited."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.bootstrap import build
from bot.clock import SystemClock
from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.officials.totp import code_at, step_at
from bot.settings import Settings
from bot.web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PASSWORD, OTHERS = "con mèo nằm trên mái", "thuyền về bến cũ 1987"


@dataclass
class Office:
    """The running program and the folder it works in."""

    address: str
    folder: Path

    async def shell(self, *words: str) -> str:
        """Run a command beside the program and give what it prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "officer", *words,
            env={"PATH": os.defpath, "DATA_DIR": str(self.folder), "PUBLIC_URL": self.address},
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        told, _ = await process.communicate()
        assert process.returncode == 0
        return told.decode()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory, desk: Desk) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    async with build(Settings(data_dir=folder), desk=desk) as house:
        app = create_app(house)
        mount(app, create_console(house))
        async with TestServer(app) as server:
            yield Office(str(server.make_url("")).rstrip("/"), folder)


@dataclass
class Telephone:
    """An authenticator application; it runs ahead a step each time, as codes are good once."""

    secret: bytes = b""
    ahead: int = 0

    async def scans(self, page: Page) -> None:
        shown = await page.locator("span.secret").inner_text()
        self.secret = base64.b32decode(shown.replace(" ", ""))

    def code(self) -> str:
        code = code_at(self.secret, step_at(SystemClock().now()) + self.ahead)
        self.ahead += 1
        return code


async def sets_password(page: Page, link: str, password: str) -> None:
    await page.goto(link)
    await page.get_by_label("Mật khẩu mới", exact=True).fill(password)
    await page.get_by_label("Gõ lại mật khẩu mới").fill(password)
    await page.get_by_role("button", name="Đặt mật khẩu").click()
    await expect(page.get_by_role("status")).to_contain_text("Mời đăng nhập")


async def signs_in(page: Page, login: str, password: str) -> None:
    await page.get_by_label("Tên đăng nhập").fill(login)
    await page.locator("input[name=password]").fill(password)
    await page.get_by_role("button", name="Đăng nhập").click()


async def turns_on_the_second_factor(page: Page) -> Telephone:
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bật xác thực hai bước")
    telephone = Telephone()
    await telephone.scans(page)
    await page.get_by_label("Mã 6 chữ số").fill(telephone.code())
    await page.get_by_role("button", name="Bật", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    assert len((await page.locator("#codes").inner_text()).split()) == 10
    await page.get_by_role("link", name="Tôi đã cất mã dự phòng").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trang đầu")
    return telephone


async def gives_code(page: Page, telephone: Telephone) -> None:
    await expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai bước")
    await page.get_by_label("Mã 6 chữ số").fill(telephone.code())
    await page.get_by_role("button", name="Kiểm tra").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trang đầu")


async def signs_out(page: Page) -> None:
    menu = page.get_by_text("Mục lục")
    if await menu.is_visible():
        await menu.click()
    await page.get_by_role("button", name="Đăng xuất").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã đăng xuất")


async def invites(page: Page, office: Office) -> str:
    """Add an officer, give a role and give the link that is shown once."""
    await page.goto(f"{office.address}/console/people/new")
    await page.get_by_label("Họ tên").fill("Trần Thị Hoa")
    await page.get_by_label("Tên đăng nhập").fill("hoa.tt")
    await page.get_by_label("Cơ quan").select_option(index=1)
    await page.get_by_role("button", name="Thêm cán bộ").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trần Thị Hoa")
    await page.get_by_text("Giao vai trò", exact=True).first.click()
    await page.get_by_role("radio", name=re.compile("^Cán bộ")).check()
    await page.get_by_role("button", name="Giao vai trò").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã giao vai trò")
    await page.get_by_text("Tạo liên kết mời", exact=True).first.click()
    await page.get_by_role("button", name="Tạo liên kết mời").click()
    return await page.locator("#link").inner_text()


@pytest_asyncio.fixture(loop_scope="session")
async def desk_window(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def old_phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A narrow window that runs no script at all."""
    context = await browser.new_context(
        viewport={"width": 360, "height": 640}, locale="vi-VN", java_script_enabled=False
    )
    yield context
    await context.close()


async def test_from_the_shell_to_an_officer_with_a_second_factor(
    office: Office, desk_window: BrowserContext, old_phone: BrowserContext
) -> None:
    told = await office.shell("add", "--login", "nam", "--name", "Nguyễn Văn Nam")
    (link,) = re.findall(r"http\S+", told)
    page = await desk_window.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await sets_password(page, link, PASSWORD)
    await signs_in(page, "nam", PASSWORD)
    telephone = await turns_on_the_second_factor(page)
    await signs_out(page)
    await signs_in(page, "nam", PASSWORD)
    await gives_code(page, telephone)

    invitation = await invites(page, office)
    phone = await old_phone.new_page()
    await sets_password(phone, invitation, OTHERS)
    await signs_in(phone, "hoa.tt", OTHERS)
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Trang đầu")
    await phone.goto(f"{office.address}/console/account")
    await phone.get_by_role("link", name="Bật xác thực hai bước").click()
    hers = await turns_on_the_second_factor(phone)
    await signs_out(phone)
    await signs_in(phone, "hoa.tt", OTHERS)
    await gives_code(phone, hers)

    await page.goto(f"{office.address}/console/people")
    row = page.get_by_role("row").filter(has_text="Trần Thị Hoa")
    await expect(row).to_contain_text("Cán bộ tại")
    assert complaints == []
