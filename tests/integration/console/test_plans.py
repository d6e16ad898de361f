"""A plan from its file to the calendar: read, put in force, its times kept, shown to be done."""

from __future__ import annotations

import re
from http import HTTPStatus
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import load_workbook

from bot.officials.models import EVERYWHERE, Role
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown
from tests.integration.console.made.news import a_run

PLAN = """ỦY BAN NHÂN DÂN XÃ A
Số: 12/KH-UBND
Xã A, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Truyền thông cải cách hành chính năm 2026

I. MỤC ĐÍCH
- Người dân biết cách nộp hồ sơ trực tuyến.

III. HOẠT ĐỘNG

STT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện
1\tChuyên mục cải cách hành chính trên loa\tVăn phòng HĐND và UBND\tCác thôn\t02 số/tháng
2\tTổ chức đối thoại với người dân\tVăn phòng HĐND và UBND\tCác thôn\tQuý IV
3\tNiêm yết thủ tục hành chính\tBộ phận một cửa\t\tKhi có văn bản mới
"""


async def handed_in(seat: Seat, text: str = PLAN, **other: str) -> Shown:
    file = ("ke-hoach.txt", text.encode())
    return await seat.upload(f"/plans/{HERE}/new", file, year="2026", **other)


async def in_force(seat: Seat) -> str:
    """Read the plan and let it count; give the path of its page."""
    done = await handed_in(seat)
    assert done.status == HTTPStatus.SEE_OTHER, done.text
    path = done.where.removeprefix("/console").partition("?")[0]
    forced = await seat.post(f"{path}/force", reason="Ban hành ngày 05/01/2026")
    assert "done=plan_in_force" in forced.where
    return path


def linked(shown: Shown, room: str) -> list[str]:
    found = re.findall(rf'href="/console(/{room}/[^"?]*)"', shown.text)
    return list(dict.fromkeys(found))


async def test_a_plan_is_read_looked_at_and_laid_out(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await in_force(seat)
    page = await seat.get(path)
    assert "12/KH-UBND" in page.text
    assert "Tổ chức đối thoại với người dân" in page.text
    assert "đang áp dụng" in page.text
    year = await seat.get("/calendar?view=year&day=01/01/2026")
    assert "0/2" in year.text
    assert len(linked(year, "entries")) == 3


async def test_the_same_file_again_changes_nothing_and_another_asks_first(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await in_force(seat)
    assert "done=plan_unchanged" in (await handed_in(seat)).where
    other = PLAN.replace("Quý IV", "Quý III")
    asked = await handed_in(seat, other)
    assert asked.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Thay kế hoạch đang có" in asked.text
    assert "done=plan_read" in (await handed_in(seat, other, replace="on")).where


async def test_a_plan_read_by_mistake_is_dropped_and_one_in_force_is_not(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = (await handed_in(seat)).where.removeprefix("/console").partition("?")[0]
    assert (await seat.post(f"{path}/drop", reason="")).status == HTTPStatus.UNPROCESSABLE_ENTITY
    dropped = await seat.post(f"{path}/drop", reason="Đọc nhầm tệp")
    assert "done=plan_dropped" in dropped.where
    assert (await seat.get(path)).status == HTTPStatus.NOT_FOUND
    path = await in_force(seat)
    assert f"{path}/drop" not in (await seat.get(path)).text
    refused = await seat.post(f"{path}/drop", reason="Đọc nhầm tệp")
    assert "failed=plan_moved" in refused.where
    assert (await seat.get(path)).status == HTTPStatus.OK


async def test_a_plan_read_for_the_wrong_year_is_read_again_with_one_press(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    done = await handed_in(seat, PLAN.replace("chính năm 2026", "chính năm 2027"))
    path = done.where.removeprefix("/console").partition("?")[0]
    assert "Đọc lại cho năm 2027" in (await seat.get(path)).text
    again = await seat.post(f"{path}/year")
    assert "done=plan_read" in again.where
    page = await seat.get(again.where.removeprefix("/console"))
    assert "Đọc lại cho năm" not in page.text
    assert (await seat.get(path)).status == HTTPStatus.NOT_FOUND


async def test_what_is_no_plan_is_refused_in_words(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    refused = await handed_in(seat, "")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "ke-hoach.txt" in refused.text


async def test_a_plan_that_amends_another_says_what_putting_it_in_force_takes_away(
    signed_in: Reception,
) -> None:
    seat, told = await signed_in(Role.SECRETARIAT), "không nêu lại ở đây sẽ không còn trong lịch"
    assert told not in (await seat.get(await in_force(seat))).text
    amending = PLAN.replace("Truyền thông", "Điều chỉnh, bổ sung Kế hoạch truyền thông", 1)
    assert (await handed_in(seat, amending)).status == 422
    done = await handed_in(seat, amending, replace="on")
    assert told in (await seat.get(done.where.removeprefix("/console"))).text


async def test_a_plan_without_its_file_is_asked_for(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    asked = await seat.leave_out(f"/plans/{HERE}/new", ("file",), year="2026")
    assert asked.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#f-file"' in asked.text


async def test_a_time_is_done_shown_to_be_and_opened_again(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await in_force(seat)
    months = await seat.get("/calendar?view=quarter&day=15/11/2026")
    slot = linked(months, "slots")[0]
    assert (await seat.post(f"{slot}/done", done_on="31/12/2099")).status == 422
    await seat.post(f"{slot}/done", done_on="20/11/2026", note="Đã phát loa")
    await seat.upload(
        f"{slot}/evidence",
        ("bien-ban.pdf", b"%PDF-1.7 x"),
        kind="document",
        title="Biên bản phát loa",
        happened_on="20/11/2026",
    )
    page = await seat.get(slot)
    assert "Biên bản phát loa" in page.text
    assert "bien-ban.pdf" in page.text
    file = linked(page, "slots")
    given = await seat.get(next(one for one in file if one.endswith("/content")))
    assert given.text.startswith("%PDF")
    await seat.post(f"{slot}/open", reason="Ghi nhầm ngày")
    assert "Ghi đã thực hiện" in (await seat.get(slot)).text


async def test_a_time_cannot_leave_the_year_in_which_it_is_counted(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await in_force(seat)
    slot = linked(await seat.get("/calendar?view=year&day=01/01/2026"), "entries")[1]
    slot = linked(await seat.get(slot), "slots")[0]
    refused = await seat.post(f"{slot}/move", due_on="15/12/2026", last_on="20/01/2027")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "của năm 2026" in refused.text
    moved = await seat.post(f"{slot}/move", due_on="15/12/2026", last_on="30/12/2026")
    assert "done=slot_moved" in moved.where


async def test_a_name_of_any_length_is_no_fault_of_ours(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    refused = await seat.upload(f"/plans/{HERE}/new", (f"a.{'ế' * 190}", b"x"), year="2026")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "không đọc được tệp này" in refused.text


async def test_a_photo_that_is_none_is_refused(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await in_force(seat)
    slot = linked(await seat.get("/calendar?view=quarter&day=15/11/2026"), "slots")[0]
    refused = await seat.upload(
        f"{slot}/evidence",
        ("a.jpg", b"MZ not a picture"),
        kind="photo",
        title="Ảnh pano",
        happened_on="20/11/2026",
    )
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chỉ nhận ảnh" in refused.text


async def test_an_unclear_time_is_stated_by_a_person_and_laid_out(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await in_force(seat)
    third = linked(await seat.get(path), "entries")[2]
    refused = await seat.post(
        f"{third}/edit", time_text="lúc nào rảnh thì làm", reason="Làm rõ thời gian"
    )
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    kept = await seat.post(
        f"{third}/edit", time_text="chậm nhất 15/12", seen="on", reason="Làm rõ thời gian"
    )
    assert "done=entry_saved" in kept.where
    page = await seat.get(third)
    assert "15/12/2026" in page.text
    await seat.post(f"{third}/slots", due_on="27/11/2026")
    assert "27/11/2026" in (await seat.get(third)).text


async def test_a_preparer_of_another_office_sees_nothing_of_it(signed_in: Reception) -> None:
    path = await in_force(await signed_in(Role.SECRETARIAT))
    other = await signed_in(Role.SECRETARIAT, office="xa-b")
    assert (await other.get(path)).status == HTTPStatus.NOT_FOUND
    assert "Tổ chức đối thoại" not in (await other.get("/calendar?view=year")).text


UNNUMBERED = PLAN.replace("Số: 12/KH-UBND", "Số: …/KH-UBND").replace(
    "ngày 05 tháng 01", "ngày … tháng …"
)


async def test_what_the_document_leaves_blank_is_entered_by_a_person(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = (await handed_in(seat, UNNUMBERED)).where.removeprefix("/console").partition("?")[0]
    before = (await seat.get(path)).text
    assert "Số của văn bản để trống" in before
    assert "Ngày ban hành để trống" in before
    head = {"issuer": "UBND xã A", "title": "Kế hoạch truyền thông năm 2026"}
    refused = await seat.post(f"{path}/head", **head, number="12/KH-UBND", issued_on="31/02/2026")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    done = await seat.post(f"{path}/head", **head, number="12/KH-UBND")
    assert "done=plan_saved" in done.where
    after = (await seat.get(path)).text
    assert "12/KH-UBND" in after
    assert "Số của văn bản để trống" not in after
    assert "Ngày ban hành để trống" in after
    await seat.post(f"{path}/head", **head, number="12/KH-UBND", seen="on")
    assert "Ngày ban hành để trống" not in (await seat.get(path)).text


async def test_who_has_several_offices_sees_for_which_a_plan_is_handed_in(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.SECRETARIAT, office=EVERYWHERE)
    shown = (await seat.get("/plans?office=xa-b")).text
    address = shown.index('action="/console/plans/xa-b/new"')
    assert "Cho cơ quan: <b>" in shown[address:]
    own = await (await signed_in(Role.SECRETARIAT, office="xa-b")).get("/plans")
    assert "Cho cơ quan:" not in own.text


async def test_screen_table_and_document_of_a_report_say_the_same(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await in_force(seat)
    slot = linked(await seat.get("/calendar?view=quarter&day=15/11/2026"), "slots")[0]
    await seat.post(f"{slot}/done", done_on="20/11/2026")
    report = path.replace("/plans/plan/", "/reports/plan/")
    page = await seat.get(f"{report}?term=q4")
    assert "quý IV năm 2026" in page.text
    assert "<b>1</b> Đã làm" in page.text
    sheet = load_workbook(BytesIO((await seat.get(f"{report}/file?term=q4")).body)).worksheets
    document = Document(BytesIO((await seat.get(f"{report}/document?term=q4")).body))
    assert shown_figures(page.text)
    for at, form in ((3, sheet[0].iter_rows(min_row=2, values_only=True)), (2, rows_of(document))):
        told = [[int(str(one)) for one in row[at : at + 5]] for row in form]
        assert told == shown_figures(page.text)
    drawn = [[int(str(one)) for one in row[1:]] for row in list(sheet[1].values)[3:]]
    for parts, (planned, done, late, overdue, _) in zip(
        drawn, shown_figures(page.text), strict=True
    ):
        assert parts == [done - late, late, overdue, planned - done - overdue]


async def test_reports_without_a_plan_lead_to_where_one_is_handed_in(
    signed_in: Reception,
) -> None:
    page = (await (await signed_in(Role.SECRETARIAT)).get("/reports")).text
    _, _, empty = page.partition('<div class="empty">')
    assert "Chưa có kế hoạch nào đang áp dụng" in empty
    assert 'href="/console/plans"' in empty.partition("</div>")[0]


async def test_the_news_of_a_term_stand_by_kind_in_every_form(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    report = (await in_force(seat)).replace("/plans/plan/", "/reports/plan/")
    for _ in range(2):
        await a_run(house, HERE)
    page = (await seat.get(f"{report}?term=q4")).text.partition("<h2>Tin đã gửi theo loại")[2]
    found = re.findall(r'<td[^>]*class="number"[^>]*>(.*?)</td>', page.partition("</table>")[0])
    cells = [re.sub(r"<[^>]*>", "", one) for one in found]
    assert cells == ["2", "2", "2"] * 2
    book = load_workbook(BytesIO((await seat.get(f"{report}/file?term=q4")).body))
    assert [row[1:] for row in book["Tin đã gửi theo loại"].values][1:] == [(2, 2, 2)]
    document = Document(BytesIO((await seat.get(f"{report}/document?term=q4")).body))
    (table,) = (one for one in document.tables if one.cell(0, 0).text == "Loại tin")
    assert [[cell.text for cell in row.cells[1:]] for row in table.rows[1:]] == [["2"] * 3] * 2
    assert "Trong kỳ chưa có tin" in (await seat.get(f"{report}?term=q1")).text


def rows_of(document: Any) -> list[tuple[str, ...]]:
    """The rows of the entries' table in a document, without the sums."""
    table = next(one for one in document.tables if "Minh chứng" in one.rows[0].cells[-1].text)
    return [tuple(cell.text for cell in row.cells) for row in table.rows[1:-1]]


def shown_figures(page: str) -> list[list[int]]:
    """The figures of each entry on the page: planned, done, late, overdue, evidence."""
    entries = page.partition("<h2>Theo từng mục")[2].partition("</table>")[0]
    rows = entries.partition("<tbody")[2].split("<tr")[1:]
    cells = [re.findall(r'<td[^>]*class="number"[^>]*>(.*?)</td>', row, re.DOTALL) for row in rows]
    return [[int(re.sub(r"<[^>]*>", "", one)) for one in row] for row in cells]
