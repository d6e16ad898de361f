"""A report on two screens: the citizen's chat, and the officers who see it through to its end."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, Download, FilePayload, Locator, Page, expect

from bot.bootstrap import build
from bot.console.app import create_console, mount
from bot.conversation.desk import Desk
from bot.officials.models import OfficerId, Role
from bot.officials.office_entries import Entry
from bot.settings import Settings
from bot.storage.credential_rows import set_password
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.standing_rows import put_standing
from bot.storage.unit_rows import UnitWish, add_unit
from bot.web.app import create_app
from tests.browser.conftest import Chat
from tests.browser.console.conftest import Both
from tests.conftest import NOON, FrozenClock
from tests.fakes.console import Reception
from tests.fakes.enclosures import a_docx, a_pdf, with_part
from tests.fakes.furnished import furnish
from tests.fakes.hashing import PlainHasher
from tests.fakes.photos import a_photo
from tests.fakes.town import OFFICE, UNIT, settings_of_the_office

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PASSWORD: Final = "con mèo nằm trên mái"
RUBBISH: Final = "rác đổ đầy đầu ngõ mấy hôm nay không ai dọn"
PLACE: Final = "đầu ngõ 12 thôn Đông"
SECRET: Final = "Gọi tổ vệ sinh thôn Đông trước 15 giờ."
MEASURED: Final = "Đã đo và dọn hết, biên bản kèm theo."
QUESTION: Final = "Rác sinh hoạt hay rác xây dựng ạ?"
PREPARED: Final = "Vụ {ma}: {don_vi} đã dọn rác tại {noi} lúc {gio_don}."
SPILLS: Final = "document.documentElement.scrollWidth > innerWidth"


@dataclass
class Ward(Both):
    """The running program of an office with a unit, a prepared answer and two pairs of eyes."""

    minh: OfficerId

    async def signs_in(self) -> Page:
        """Give MINH's telephone, after name and password."""
        context = await self.browser.new_context(
            locale="vi-VN", viewport={"width": 360, "height": 740}
        )
        page = await context.new_page()
        await page.goto(f"{self.address}console/sign-in")
        await page.get_by_label("Tên đăng nhập").fill("minh")
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.get_by_role("button", name="Đăng nhập").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Trang đầu")
        return page

    async def goes(self, page: Page, way: str) -> None:
        await page.goto(f"{self.address}console/{way}")
        await fits(page)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ward(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, desk: Desk
) -> AsyncIterator[Ward]:
    folder = tmp_path_factory.mktemp("ward")
    furnish(folder)
    settings = Settings.from_env({"DATA_DIR": str(folder)})
    async with build(settings, clock=FrozenClock(), desk=desk) as house:
        words = {"name": "Đã dọn rác", "text": PREPARED}
        template = Entry(office=OFFICE, key="case_template:rac", value=words)
        async with house.database.writing() as connection:
            new = NewOfficer(login="minh", name="Trần Văn Minh", office=OFFICE)
            minh = await add_officer(connection, new, at=NOON)
            await set_grants(connection, minh, [(Role.PREPARER, OFFICE)], at=NOON)
            await set_password(connection, minh, f"plain {PASSWORD}", at=NOON)
            unit = UnitWish(office=OFFICE, name=UNIT, members=frozenset({minh}))
            await add_unit(connection, unit)
            set_so = [template, *settings_of_the_office()]
            await put_standing(connection, set_so, at=NOON, change=None)
        app = create_app(house)
        mount(app, create_console(house, hasher=PlainHasher()))
        async with house.working(), TestClient(TestServer(app)) as client:
            address = str(client.make_url("/"))
            yield Ward(house, address, Reception(house, client), browser, minh)


async def fits(page: Page) -> None:
    """Nothing on the page of a small telephone is pulled sideways to be read."""
    assert not await page.evaluate(SPILLS), page.url


async def is_brief(row: Locator) -> None:
    """Four cases stand on a small telephone at once: state, time left, field, first words."""
    assert await row.evaluate("row => row.offsetHeight") <= 740 / 4
    await expect(row).to_contain_text("Mới nhận")
    assert "Nơi xảy ra" not in await row.inner_text()


async def is_done(page: Page, said: str) -> None:
    """Wait for the word that something was done, on a page that fits."""
    await expect(page.get_by_role("status")).to_contain_text(said)
    await fits(page)


async def unfolds(page: Page, title: str) -> None:
    await page.locator("summary").filter(has_text=title).first.click()


async def files(chat: Chat, matter: str = RUBBISH, place: str = PLACE) -> str:
    """File a report with a photo; give its reference."""

    async def presses(label: str, then: str) -> None:
        shown = chat.replies.last.get_by_role("button", name=re.compile(f"^{label}"))
        await shown.click()
        await expect(chat.replies.last).to_contain_text(then)

    await chat.ask(matter)
    await expect(chat.replies.last).to_contain_text("Phản ánh hiện trường")
    await presses("Đúng, gửi đến", "chương trình tự động")
    await presses("Tôi đã rõ", "Việc này ở đâu?")
    await chat.ask(place)
    await expect(chat.replies.last).to_contain_text("Có ảnh thì")
    photo = FilePayload(name="rac.jpg", mimeType="image/jpeg", buffer=a_photo())
    await chat.page.locator("#photos").set_input_files([photo])
    await expect(chat.replies.last).to_contain_text("căn cước")
    await presses("Không có giấy tờ", "Đã nhận 1 ảnh")
    await presses("Xong ảnh", "số điện thoại")
    await presses("Chỉ nhắn tại đây", "Xin bà con xem lại")
    await presses("Gửi", "Mã của bà con")
    told = await chat.replies.last.inner_text()
    return told.partition("Mã của bà con: ")[2].split()[0]


async def is_given_out(ward: Ward, lead: Page, reference: str, topic: str = "moi_truong") -> str:
    """Find the case among those nobody has, and give it to the unit; give its address."""
    await ward.goes(lead, "cases?tab=unassigned")
    await unfolds(lead, "Lọc")
    await lead.get_by_label("Lĩnh vực").select_option(topic)
    await lead.get_by_role("button", name="Lọc").click()
    await fits(lead)
    link = lead.get_by_role("link", name=reference)
    await is_brief(lead.get_by_role("row").filter(has=link))
    await link.click()
    await fits(lead)
    await unfolds(lead, "Giao xử lý")
    await lead.get_by_label("Giao cho").select_option(label=UNIT)
    await lead.get_by_role("button", name="Giao xử lý").click()
    await is_done(lead, "Đã giao")
    return lead.url.partition("?")[0]


async def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        await page.keyboard.press(key)


async def is_begun_by_keyboard(page: Page, case: str) -> None:
    """Begin, note and ask without touching the screen once."""
    await page.goto(case)
    await page.get_by_role("button", name="Bắt đầu xử lý").focus()
    await keys(page, "Enter")
    await is_done(page, "Đã bắt đầu xử lý")
    for title, words, said in (
        ("Ghi chú nội bộ", SECRET, "Đã lưu ghi chú nội bộ"),
        ("Hỏi lại người gửi", QUESTION, "Đồng hồ dừng"),
    ):
        await page.locator("summary").filter(has_text=title).focus()
        await keys(page, "Enter")
        await expect(page.locator("textarea:focus")).to_be_visible()
        await page.keyboard.type(words)
        await keys(page, "Tab", "Enter")
        await is_done(page, said)


async def looks_at_the_photo(page: Page, case: str) -> None:
    """Open the photo as who works on the case; it is shown."""
    await page.get_by_role("button", name="Ảnh 1").click()
    assert await page.locator("img").evaluate("one => one.decode().then(() => one.naturalWidth)")
    await page.goto(case)


async def writes_with_what_is_prepared(page: Page, reference: str) -> str:
    """Begin with a prepared answer, fill the gap that is left, lay it before who signs."""
    await unfolds(page, "Câu soạn sẵn của cơ quan")
    await page.get_by_role("link", name="Dùng câu “Đã dọn rác”").click()
    box = page.get_by_label("Nội dung gửi người dân")
    begun = f"Vụ {reference}: {UNIT} đã dọn rác tại {PLACE} lúc {{gio_don}}."
    await expect(box).to_have_value(begun)
    await page.get_by_role("button", name="Trình người ký").click()
    await expect(page.get_by_text("{gio_don}").first).to_be_visible()
    await fits(page)
    answer = begun.replace("{gio_don}", "9 giờ sáng nay")
    await box.fill(answer)
    await page.get_by_role("button", name="Trình người ký").click()
    await is_done(page, "Đã trình câu trả lời")
    return answer


async def test_officers_see_a_report_through_and_its_citizen_reads_the_answer(ward: Ward) -> None:
    chat = await ward.citizen()
    reference = await files(chat)
    lead = await ward.official("", role=Role.APPROVER, office=OFFICE)
    case = await is_given_out(ward, lead, reference)
    await expect(chat.replies.last).to_contain_text(f"đã giao cho {UNIT}")

    minh = await ward.signs_in()
    await is_begun_by_keyboard(minh, case)
    await expect(chat.replies.last).to_contain_text(QUESTION)
    await chat.ask("rác sinh hoạt thôi ạ")
    await chat.page.get_by_role("button", name="Trả lời vụ này").last.click()
    await expect(chat.replies.last).to_contain_text("câu trả lời đã vào vụ")

    await ward.goes(minh, "cases?tab=mine")
    await minh.get_by_role("link", name=reference).click()
    await expect(minh.get_by_text("rác sinh hoạt thôi ạ")).to_be_visible()
    await looks_at_the_photo(minh, case)
    answer = await writes_with_what_is_prepared(minh, reference)

    await lead.goto(case)
    await lead.get_by_role("button", name="Ký và gửi cho người dân").click()
    await is_done(lead, "Đã trả lời")
    await expect(chat.replies.last).to_contain_text(answer)
    assert SECRET not in await chat.log.inner_text()

    await minh.goto(case)
    await unfolds(minh, "Việc khác")
    await unfolds(minh, "Kết thúc sớm")
    await minh.get_by_label("Lý do").last.fill("Người dân báo đã sạch")
    await minh.get_by_role("button", name="Kết thúc sớm").click()
    await is_done(minh, "Đã kết thúc")
    await expect(chat.replies.last).to_contain_text(f"Vụ {reference} đã xong")
    await is_reported(ward, lead)


async def is_reported(ward: Ward, lead: Page) -> None:
    """Open the report of the quarter: its sums and its charts."""
    await ward.goes(lead, "case-reports")
    await unfolds(lead, "Lọc")
    await lead.get_by_label("Kỳ").select_option("2026-Q4")
    await lead.get_by_role("button", name="Lọc").click()
    await expect(lead.locator("main svg").first).to_be_visible()
    await expect(lead.get_by_text("Trả lời đúng hạn 1 vụ (100%)")).to_be_visible()
    await fits(lead)


async def test_a_case_is_kept_by_one_who_works_and_its_slip_is_printed(ward: Ward) -> None:
    chat = await ward.citizen()
    reference = await files(
        chat, "đèn đường hỏng tối om cả tuần nay", "trước nhà văn hóa thôn Tây"
    )
    lead = await ward.official("", role=Role.APPROVER, office=OFFICE)
    case = await is_given_out(ward, lead, reference, "chieu_sang")
    minh = await ward.signs_in()
    await minh.goto(case)
    await unfolds(minh, "Việc khác")
    await minh.get_by_role("button", name="Giữ vụ này để làm").click()
    await is_done(minh, "Bạn đang giữ vụ này")
    await lead.goto(case)
    await expect(lead.get_by_text("Trần Văn Minh").first).to_be_visible()
    await minh.goto(f"{case}/slip")
    await fits(minh)
    await minh.emulate_media(media="print")
    await expect(minh.locator("main")).to_contain_text(reference)
    await expect(minh.locator("main .unprinted")).to_be_hidden()


async def is_written_with_files(minh: Page, case: str) -> None:
    """Choose a file that is not taken beside a good one, which stays with what was written."""
    await minh.goto(case)
    await minh.get_by_role("button", name="Bắt đầu xử lý").click()
    await minh.get_by_label("Nội dung gửi người dân").fill(MEASURED)
    chosen = [
        FilePayload(name="Thư.docx", mimeType="x/x", buffer=with_part(a_docx(), "word/vba.bin")),
        FilePayload(name="Biên bản.pdf", mimeType="application/pdf", buffer=a_pdf()),
    ]
    await minh.get_by_label("Tệp gửi kèm").set_input_files(chosen)
    await minh.get_by_role("button", name="Trình người ký").click()
    await expect(minh.get_by_text("“Thư.docx”: Tệp có macro").first).to_be_visible()
    await expect(minh.get_by_role("button", name="Mở Biên bản.pdf")).to_be_visible()
    await expect(minh.get_by_label("Nội dung gửi người dân")).to_have_value(MEASURED)
    await fits(minh)
    await minh.get_by_role("button", name="Trình người ký").click()
    await is_done(minh, "Đã trình câu trả lời")


async def test_a_file_is_added_read_before_signing_and_reaches_its_citizen(ward: Ward) -> None:
    chat = await ward.citizen()
    reference = await files(
        chat, "rác thải đổ đầy bờ mương mấy hôm nay không ai dọn", "bờ mương thôn Bắc"
    )
    lead = await ward.official("", role=Role.APPROVER, office=OFFICE)
    case = await is_given_out(ward, lead, reference)
    await is_written_with_files(await ward.signs_in(), case)
    await lead.goto(case)
    async with lead.expect_download() as opened:
        await lead.get_by_role("button", name="Mở Biên bản.pdf").first.click()
    assert await content_of(await opened.value) == ("Biên bản.pdf", a_pdf())
    await lead.get_by_role("button", name="Ký và gửi cho người dân").click()
    await is_done(lead, "Đã trả lời")
    await expect(lead.get_by_text("Đã tới người gửi trong trò chuyện.")).to_be_visible()
    await expect(chat.replies.last).to_contain_text("1 tệp ở ngay dưới: Biên bản.pdf")
    async with chat.page.expect_download() as fetched:
        await chat.replies.last.get_by_role("button", name="Biên bản.pdf").click()
    assert await content_of(await fetched.value) == ("Biên bản.pdf", a_pdf())


async def content_of(download: Download) -> tuple[str, bytes]:
    return download.suggested_filename, (await download.path()).read_bytes()
