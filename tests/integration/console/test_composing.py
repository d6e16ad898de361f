"""A text is composed field by field: its kind, its gaps, what the plan tells of it."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus

from PIL import Image
from sqlalchemy import update

from bot.officials.models import Role
from bot.storage.broadcast_rows import find_broadcast
from bot.storage.evidence_rows import Evidence, EvidenceKind, add_evidence
from bot.storage.plan_tables import plan_entries
from bot.storage.slot_rows import slot_of
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.integration.console.made.plans import a_slot
from tests.integration.console.test_news import TEXT, a_draft, a_reader

GUIDE = {
    "kind": "huong_dan_dvc",
    "title": "Hướng dẫn nộp trực tuyến: {ten_thu_tuc}",
    "body": "Cách nộp {ten_thu_tuc}:\n\n{cac_buoc}\n\nGọi {dien_thoai}.",
    "whom": "citizens",
}
STEPS = "Mở Cổng dịch vụ công\r\nĐăng nhập VNeID\r\nChọn thủ tục"


async def test_the_kind_comes_first_and_none_is_chosen_for_anybody(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    page = (await seat.get("/news/new")).text
    assert '<option value="">— chọn loại tin —</option>' in page
    assert "selected" not in page.partition('name="kind"')[2].partition("</select>")[0]
    assert 'name="body"' not in page
    chosen = (await seat.get("/news/new?kind=khac")).text
    assert 'name="body"' in chosen
    unnamed = await seat.post(f"/news/{HERE}/new", **{**TEXT, "kind": ""})
    assert unnamed.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert TEXT["title"] in unnamed.text


async def test_a_bot_of_zalo_is_offered_where_it_sends_news(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    house.channels["zalo_bot"] = ""
    assert 'value="zalo_bot"' not in (await seat.get("/news/new?kind=khac")).text
    house.settings = house.settings.model_copy(update={"zalo_bot_news": "on"})
    assert 'value="zalo_bot"' in (await seat.get("/news/new?kind=khac")).text


async def test_who_gets_nothing_of_a_bot_that_only_answers_is_told_before_a_run(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house, channel="zalo_bot")
    seat = await signed_in(Role.PREPARER)
    page = (await seat.get(await a_draft(seat))).text
    assert "kênh chỉ trả lời, chưa bật gửi tin" in page


async def test_each_gap_of_a_template_has_its_field_and_a_list_keeps_its_lines(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.PREPARER)
    page = (await seat.get("/news/new?kind=huong_dan_dvc")).text
    assert '<textarea id="f-gap.cac_buoc" name="gap.cac_buoc"' in page
    assert 'name="gap.ten_thu_tuc" aria-describedby' in page
    path = await a_draft(seat, **GUIDE, **{"gap.cac_buoc": STEPS})
    shown = (await seat.get(path)).text
    assert "Mở Cổng dịch vụ công\nĐăng nhập VNeID\nChọn thủ tục\n\nGọi" in shown
    assert "Chưa điền: tên thủ tục {ten_thu_tuc}" in shown
    form = (await seat.get(f"{path}/edit")).text
    assert "Mở Cổng dịch vụ công\nĐăng nhập VNeID\nChọn thủ tục</textarea>" in form
    several = {"gap.ten_thu_tuc": "khai\nsinh", "gap.cac_buoc": STEPS}
    assert "done=text_kept" in (await seat.post(f"{path}/edit", **GUIDE, **several)).where
    assert "Hướng dẫn nộp trực tuyến: khai sinh</" in (await seat.get(path)).text


async def test_what_was_typed_into_a_gap_is_still_there_when_something_is_to_be_mended(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.PREPARER)
    wrong = {"buttons": "Nộp ngay", "gap.cac_buoc": STEPS, "body": "{cac_buoc} {gio}"}
    refused = await seat.post(f"/news/{HERE}/new", **{**GUIDE, **wrong})
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chọn thủ tục</textarea>" in refused.text
    # A gap written into the text by hand has its field, too.
    assert 'name="gap.gio"' in refused.text
    long = await seat.post(f"/news/{HERE}/new", **GUIDE, **{"gap.cac_buoc": "bước " * 1000})
    assert 'href="#f-gap.cac_buoc">Các bước:' in long.text


async def planned(house: ConsoleHouse, seat: Seat, activity: str) -> str:
    """Give the form for a time of an activity of a plan."""
    slot = (await a_slot(house, HERE))["slot"]
    async with house.database.writing() as connection:
        await connection.execute(update(plan_entries).values(content=activity))
    return (await seat.get(f"/news/new?slot={slot}")).text


async def test_a_plans_activity_chooses_the_kind_only_where_its_words_tell_one(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    told = await planned(house, seat, "Tuyên truyền dịch vụ bưu chính công ích")
    assert '<option value="buu_chinh" selected>' in told
    assert "chọn theo lời của việc này" in told
    mixed = await planned(house, seat, "Tổ chức cuộc thi và nêu gương điển hình")
    assert "selected" not in mixed.partition('name="kind"')[2].partition("</select>")[0]
    assert 'name="body"' not in mixed


def a_photo() -> tuple[str, bytes]:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(drawn, "JPEG")
    return "mot-cua.jpg", drawn.getvalue()


async def test_a_picture_is_seen_where_each_way_shows_it_by_who_may_see_the_text(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    seat = await signed_in(Role.PREPARER)
    told = TEXT | {"depicted": "Quầy số 3 của bộ phận một cửa"}
    done = await seat.upload(f"/news/{HERE}/new", a_photo(), field="picture", **told)
    path = done.where.removeprefix("/console").partition("?")[0]
    page = (await seat.get(path)).text
    address = f"{path}/files/1"
    shown = f'<img class="picture" src="/console{address}" alt="{told["depicted"]}">'
    telegram = page.partition("Người nhận qua Telegram thấy")[2].partition("</details>")[0]
    assert shown in page.partition("Người nhận qua")[0]
    assert telegram.index(shown) < telegram.index('class="words"')
    assert "Loa chỉ đọc chữ" in page
    picture = await seat.get(address)
    assert picture.body.startswith(b"\xff\xd8\xff")
    assert (await seat.get(f"{path}/files/2")).status == HTTPStatus.NOT_FOUND
    other = await a_draft(seat)
    assert (await seat.get(f"{other}/files/1")).status == HTTPStatus.NOT_FOUND
    stranger = await signed_in(Role.PREPARER, office="xa-b")
    assert (await stranger.get(address)).status == HTTPStatus.NOT_FOUND
    # Who takes the picture off takes its words along.
    await seat.post(f"{path}/edit", **told, no_picture="on")
    assert told["depicted"] not in (await seat.get(f"{path}/edit")).text


async def test_a_text_is_tied_to_no_time_of_a_plan_its_editor_does_not_see(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat, above = await signed_in(Role.PREPARER), await a_slot(house, "tinh")
    path = await a_draft(seat)
    refused = await seat.post(f"{path}/edit", **TEXT, **above)
    assert refused.status == HTTPStatus.NOT_FOUND
    own = (await a_slot(house, HERE))["slot"]
    assert "done=text_kept" in (await seat.post(f"{path}/edit", **TEXT, slot=own)).where
    async with house.database.reading() as connection:
        slot = await slot_of(connection, int(own))
        made = await find_broadcast(connection, int(path.rpartition("/")[2]))
    assert slot
    assert made
    assert (made.slot, made.entry) == (slot.id, slot.entry)


async def test_a_file_that_is_attached_once_more_goes_along_once(signed_in: Reception) -> None:
    seat, paper = await signed_in(Role.PREPARER), ("giay-moi.pdf", b"%PDF-1.7")
    done = await seat.upload(f"/news/{HERE}/new", paper, field="file", **TEXT)
    path = done.where.removeprefix("/console").partition("?")[0]
    await seat.upload(f"{path}/edit", paper, field="file", **TEXT)
    assert (await seat.get(f"{path}/edit")).text.count("giay-moi.pdf") == 1


async def test_a_dropped_text_that_is_still_public_says_so_and_is_taken_down_from_its_page(
    signed_in: Reception,
) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    await approver.post(f"{path}/post")
    assert "vẫn còn trên trang tin cho đến khi" in (await author.get(path)).text
    await author.post(f"{path}/drop", reason="Soạn lại từ đầu")
    assert "nhờ người có quyền gửi tin gỡ xuống" in (await author.get(path)).text
    page = (await approver.get(path)).text
    assert "Bản tin đã bỏ nhưng bài đã đăng vẫn còn" in page
    assert f"{path}/take-down" in page
    down = await approver.post(f"{path}/take-down", reason="Tin đã bỏ")
    assert "done=text_taken_down" in down.where
    assert "trang tin" not in (await approver.get(path)).text.partition("<main")[2]


async def test_what_was_sent_for_a_plan_leads_from_the_evidence_to_its_text(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    number = (await a_slot(house, HERE))["slot"]
    path = await a_draft(seat, slot=number)
    async with house.database.writing() as connection:
        slot = await slot_of(connection, int(number))
        assert slot
        piece = Evidence(
            id=0,
            entry=slot.entry,
            slot=slot.id,
            kind=EvidenceKind.BROADCAST,
            title=TEXT["title"],
            url="",
            file=None,
            happened_on=date(2026, 11, 20),
            made_at=NOON,
            made_by=None,
        )
        await add_evidence(connection, piece)
    evidence = (await seat.get(f"/slots/{number}")).text.partition("bản tin đã gửi")[2]
    assert f'href="/console{path}">Xem bản tin của lần này</a>' in evidence


async def test_ones_own_chat_is_known_as_where_trials_go(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    assert "Gửi thử cho tôi" in (await seat.get("/account/chats")).text
    path = await a_draft(seat)
    nowhere = await seat.post(f"{path}/try")
    assert nowhere.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#f-try"' in nowhere.text
    assert "Bạn chưa nối cuộc trò chuyện nào" in nowhere.text
    assert 'href="/console/account/chats">Nối cuộc' in nowhere.text.partition('id="f-try"')[2]
