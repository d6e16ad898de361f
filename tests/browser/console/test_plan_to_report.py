"""From an issued plan to the report on it: two officers, a citizen, and what each of them sees."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

import docx
import openpyxl
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image
from playwright.async_api import Browser, FilePayload, Page, expect

from bot.bootstrap import build
from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.newsroom.fulfilling import fulfil
from bot.officials.models import Role
from bot.settings import Settings
from bot.web.app import create_app
from tests.browser.console.conftest import Both
from tests.conftest import NOON
from tests.fakes.console import Reception
from tests.fakes.furnished import furnish
from tests.fakes.readers import a_reader, subscribe_all
from tests.fakes.telegram import TOKEN, FakeTelegram, serving_telegram
from tests.unit.broadcasts.plans.making import ward_plan

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OFFICE: Final = "mau-xa"
ENTRY: Final = "Đăng tin trên trang điện tử"
TITLE: Final = "Chứng thực bản sao: 5/7 việc nộp trực tuyến?"
BODY: Final = "Theo Quyết định số 5/QĐ-UBND ngày 10/11/2026, nộp tại https://dichvucong.gov.vn."
ON_TELEGRAM: Final = 30
EVERYBODY: Final = ON_TELEGRAM + 1
PAPER: Final = b"%PDF-1.7 giay moi"


@dataclass
class WorkingHours:
    """Goes on from noon of a working day: no quiet hour ever holds the news up."""

    begun: float = field(default_factory=monotonic)

    def now(self) -> datetime:
        return NOON + timedelta(seconds=monotonic() - self.begun)


@dataclass
class Newsroom(Both):
    """The running program, with the Telegram that it sends by."""

    telegram: FakeTelegram

    async def officer(self, way: str, role: Role, *, script: bool = True) -> Page:
        """Give the telephone of a new officer of the office."""
        return await self.official(way, role=role, office=OFFICE, script=script)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def newsroom(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, desk: Desk
) -> AsyncIterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    furnish(folder)
    async with serving_telegram() as telegram:
        told = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": telegram.url}
        settings = Settings.from_env({"DATA_DIR": str(folder), "TELEGRAM_MODE": "polling", **told})
        async with build(settings, clock=WorkingHours(), desk=desk) as house, house.working():
            app = create_app(house)
            mount(app, create_console(house))
            async with TestClient(TestServer(app)) as client:
                readers = (
                    a_reader(address=str(1000 + one), office=OFFICE) for one in range(ON_TELEGRAM)
                )
                await subscribe_all(house.database, readers)
                address = str(client.make_url("/"))
                yield Newsroom(house, address, Reception(house, client), browser, telegram)


async def puts_in_force(author: Page, plan: Path) -> None:
    """Hand the plan in, look at what was read, and let it count."""
    await author.get_by_label("Tệp kế hoạch").set_input_files(plan)
    await author.get_by_role("button", name="Đọc kế hoạch").click()
    await expect(author.get_by_text("45/KH-UBND")).to_be_visible()
    await author.get_by_text("Cho áp dụng", exact=True).first.click()
    await author.get_by_role("textbox", name="Lý do").fill("Ban hành ngày 12/01/2026")
    await author.get_by_role("button", name="Cho áp dụng").click()
    await expect(author.get_by_role("status")).to_contain_text("Kế hoạch được áp dụng")


async def opens_its_next_slot(author: Page) -> None:
    """From the plan to the entry and to the first time it is still to be done."""
    await author.get_by_role("link", name=ENTRY).click()
    await expect(author.get_by_text("2 lần mỗi tháng")).to_be_visible()
    times = author.get_by_role("table", name="Các lần thực hiện")
    due = times.get_by_role("row").filter(has_text="chưa đến hạn")
    await due.first.get_by_role("link").click()
    await expect(author.get_by_role("heading", level=1)).to_contain_text("Việc ngày")


async def writes(author: Page, title: str, body: str) -> None:
    await author.get_by_label("Bắt đầu từ mẫu").select_option("Tin khác")
    await author.get_by_role("button", name="Dùng mẫu này").click()
    await author.get_by_label("Tiêu đề").fill(title)
    await author.get_by_label("Nội dung").fill(body)


async def keeps_and_submits(author: Page) -> None:
    """Keep what is written as a draft and lay it before an approver."""
    await author.get_by_role("button", name="Lưu bản nháp").click()
    await expect(author.get_by_role("status")).to_contain_text("Đã lưu bản nháp")
    await author.get_by_role("button", name="Trình duyệt").click()
    await expect(author.get_by_role("status")).to_contain_text("Đã trình duyệt")


async def approves(approver: Page, title: str) -> None:
    """Find on the first page that a text waits, read it and approve it."""
    await approver.get_by_role("link", name="Bản tin chờ bạn duyệt").click()
    await approver.get_by_role("link", name=title).click()
    await expect(approver.get_by_role("heading", level=1)).to_contain_text(title)
    await approver.get_by_role("button", name="Duyệt", exact=True).click()
    await expect(approver.get_by_role("status")).to_contain_text("Đã duyệt")


async def watches_it_go_out(approver: Page, telegram: FakeTelegram) -> None:
    """Start it and see the run move to its end, without ever asking for its page anew."""
    telegram.passing.clear()
    await approver.get_by_label("gửi ngay", exact=True).check()
    await approver.get_by_role("button", name="Gửi hoặc hẹn giờ").click()
    await approver.get_by_role("table", name="Các lượt gửi").get_by_role("link").click()
    bar = approver.get_by_role("progressbar", name="Tiến độ gửi")
    # The web chat is no slower for a Telegram that does not answer.
    await expect(bar).to_have_attribute("value", "1")
    await expect(bar).to_have_attribute("max", str(EVERYBODY))
    telegram.passing.set()
    await expect(approver.get_by_role("status")).to_contain_text(
        f"Đã gửi {EVERYBODY} trên {EVERYBODY}"
    )
    await expect(approver.get_by_text("đã gửi xong")).to_be_visible()


@dataclass(frozen=True)
class Line:
    """What a report tells of an entry."""

    planned: int
    done: int
    late: int
    overdue: int
    evidence: int


def a_line(cells: list[str]) -> Line:
    return Line(*(int(one) for one in cells))


async def on_screen(page: Page) -> dict[str, Line]:
    """Read the report's table: content, number and unit, then the figures."""
    rows = page.get_by_role("table", name="Theo từng mục").locator("tbody tr")
    told = [await row.locator("th, td").all_inner_texts() for row in await rows.all()]
    return {cells[0].strip(): a_line(re.findall(r"\d+", " ".join(cells[3:]))) for cells in told}


async def downloaded(page: Page, link: str, folder: Path) -> Path:
    async with page.expect_download() as begun:
        await page.get_by_role("link", name=link).click()
    file = await begun.value
    await file.save_as(folder / file.suggested_filename)
    return folder / file.suggested_filename


def in_sheet(file: Path) -> dict[str, Line]:
    rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True)
    return {str(row[1]): a_line([str(one) for one in row[3:8]]) for row in rows}


def in_document(file: Path) -> dict[str, Line]:
    """Read the table of the entries, without the line of its sums."""
    tables = docx.Document(str(file)).tables
    entries = next(one for one in tables if one.cell(0, 1).text == "Nội dung")
    told = [[cell.text for cell in row.cells] for row in entries.rows[1:-1]]
    return {cells[1]: a_line(cells[2:7]) for cells in told}


async def test_a_plan_becomes_news_that_a_citizen_reads_and_a_report(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    chat = await newsroom.citizen()
    await chat.ask("nhận tin")
    await chat.page.get_by_role("button", name="Đồng ý nhận tin").click()
    await expect(chat.replies.last).to_contain_text("đồng ý nhận tin của")

    # The author's telephone runs no script; files are left out.
    author = await newsroom.officer("plans", Role.PREPARER, script=False)
    await puts_in_force(author, ward_plan(tmp_path / "ke-hoach.docx"))
    await opens_its_next_slot(author)
    slot = author.url
    await author.get_by_role("link", name="Soạn bản tin cho lần này").click()
    await writes(author, TITLE, BODY)
    await keeps_and_submits(author)
    await expect(author.get_by_text("Đang chờ người có quyền duyệt")).to_be_visible()

    approver = await newsroom.officer("", Role.APPROVER)
    await approves(approver, TITLE)
    await watches_it_go_out(approver, newsroom.telegram)
    await expect(chat.replies.last).to_contain_text(TITLE)
    await expect(chat.replies.last.get_by_role("link")).to_contain_text("dichvucong.gov.vn")
    assert len(newsroom.telegram.sent) == ON_TELEGRAM
    ledger = openpyxl.load_workbook(await downloaded(approver, "Tải bảng", tmp_path)).worksheets[0]
    assert ledger.max_row == 1 + EVERYBODY

    # The tick of each half minute.
    await fulfil(newsroom.house.database, newsroom.house.clock)
    await author.goto(slot)
    await expect(author.get_by_role("table", name="Minh chứng")).to_contain_text(TITLE)
    await author.goto(f"{newsroom.address}console/reports")
    await author.get_by_role("link", name="phường Hòa Lâm").click()
    await author.get_by_role("link", name="Quý IV").click()
    shown = await on_screen(author)
    assert shown[ENTRY].done == shown[ENTRY].evidence == 1
    assert in_sheet(await downloaded(author, "Tải bảng", tmp_path)) == shown
    assert in_document(await downloaded(author, "Tải báo cáo", tmp_path)) == shown


def a_photo(name: str) -> FilePayload:
    drawn = io.BytesIO()
    Image.effect_noise((640, 360), 40).convert("RGB").save(drawn, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


async def test_a_picture_and_a_paper_go_along_to_the_public_page(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    author = await newsroom.officer("news/new", Role.PREPARER)
    title = "Lịch đối thoại tháng 12"
    await writes(author, title, "Theo Kế hoạch số 8/KH-UBND, ngày 05/12/2026.")
    await author.get_by_label(re.compile("^Ảnh")).set_input_files(a_photo("mời họp.jpg"))
    paper: FilePayload = {"name": "giấy mời.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    await author.get_by_label("Tệp kèm theo").set_input_files(paper)
    await keeps_and_submits(author)

    approver = await newsroom.officer("", Role.APPROVER)
    await approves(approver, title)
    await approver.get_by_role("button", name="Đăng lên trang tin").click()
    await approver.get_by_role("link", name="Xem trên trang tin").click()
    seen = await approver.locator("img").first.evaluate(
        "one => one.decode().then(() => one.width)"
    )
    assert seen > 0
    assert (await downloaded(approver, "giấy mời.pdf", tmp_path)).read_bytes() == PAPER
