"""A text from its author to its readers: written, approved by another, let go, watched."""

from __future__ import annotations

import re
from http import HTTPStatus

from sqlalchemy import select

from bot.officials.models import EVERYWHERE, Role
from bot.storage.broadcast_tables import deliveries, subscribers
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown

TEXT = {
    "kind": "khac",
    "title": "Nộp hồ sơ trực tuyến",
    "body": "Theo Quyết định số 5/QĐ-UBND, hồ sơ nộp tại https://dichvucong.gov.vn.",
    "whom": "all",
}


async def written(seat: Seat, **other: str) -> Shown:
    return await seat.post(f"/news/{HERE}/new", **{**TEXT, **other})


async def a_draft(seat: Seat, **other: str) -> str:
    """Write a draft; give the path of its page."""
    done = await written(seat, **other)
    assert done.status == HTTPStatus.SEE_OTHER, done.text
    return done.where.removeprefix("/console").partition("?")[0]


async def a_reader(house: ConsoleHouse, address: str = "7001") -> None:
    async with house.database.writing() as connection:
        await connection.execute(
            subscribers.insert().values(
                channel="telegram",
                address=address,
                office=HERE,
                kind="citizen",
                person=f"telegram:{address}",
                status="active",
                consent="import",
                agreed_at=NOON,
                changed_at=NOON,
            )
        )


async def test_a_text_goes_out_by_two_peoples_hands(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    author = await signed_in(Role.PREPARER)
    path = await a_draft(author)
    assert "done=text_submitted" in (await author.post(f"{path}/submit")).where
    approver = await signed_in(Role.APPROVER)
    page = await approver.get(path)
    assert "Gửi đến 1 người" in page.text
    assert "Người nhận qua Telegram thấy" in page.text
    spoken = await approver.get(f"{path}/script.txt")
    assert "Quyết định số năm" in spoken.text
    assert "done=text_approved" in (await approver.post(f"{path}/approve", version="1")).where
    assert "done=text_started" in (await approver.post(f"{path}/start")).where
    assert "đã hẹn giờ" in (await approver.get(path)).text


async def test_who_wrote_it_does_not_approve_it(signed_in: Reception) -> None:
    seat = await signed_in(Role.APPROVER)
    path = await a_draft(seat)
    await seat.post(f"{path}/submit")
    assert "không tự duyệt" in (await seat.get(path)).text
    refused = await seat.post(f"{path}/approve", version="1")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY


async def test_an_edit_of_an_approved_text_is_a_draft_again(signed_in: Reception) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    kept = await author.post(f"{path}/edit", **{**TEXT, "title": "Nộp hồ sơ tại nhà"})
    assert "done=text_kept" in kept.where
    page = await approver.get(path)
    assert "bản nháp" in page.text
    assert (await approver.post(f"{path}/start")).status == HTTPStatus.UNPROCESSABLE_ENTITY


async def test_what_is_returned_says_what_to_mend(signed_in: Reception) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/return", note="Ghi rõ địa chỉ một cửa")
    page = await author.get(path)
    assert "Ghi rõ địa chỉ một cửa" in page.text
    assert "bị trả lại" in page.text


async def test_an_incomplete_text_is_not_submitted(signed_in: Reception) -> None:
    author = await signed_in(Role.PREPARER)
    path = await a_draft(author, body="Gọi {so_la} để hỏi.")
    refused = await author.post(f"{path}/submit")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "{so_la}" in refused.text


async def test_buttons_stand_one_on_a_line_and_slips_are_named(signed_in: Reception) -> None:
    author = await signed_in(Role.PREPARER)
    refused = await written(author, buttons="Nộp ngay https://dichvucong.gov.vn")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "chữ trên nút | địa chỉ" in refused.text
    path = await a_draft(author, buttons="Nộp ngay | https://dichvucong.gov.vn")
    assert "Nộp ngay" in (await author.get(path)).text


async def test_an_urgent_notice_goes_out_at_once_by_one_person(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_draft(seat, kind="khan_cap", urgent="on")
    sent = await seat.post(f"{path}/urgent", reason="Bão số 9 vào đêm nay")
    assert "done=text_started" in sent.where
    async with house.database.reading() as connection:
        rows = (await connection.execute(select(deliveries.c.address))).scalars().all()
    assert rows == ["7001"]
    page = await seat.get(path)
    assert "đang gửi" in page.text


async def test_a_preparer_writes_no_urgent_notice(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    assert (await written(seat, urgent="on")).status == HTTPStatus.FORBIDDEN


async def test_a_run_rests_goes_on_and_ends(house: ConsoleHouse, signed_in: Reception) -> None:
    await a_reader(house)
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_draft(seat, kind="khan_cap", urgent="on")
    await seat.post(f"{path}/urgent", reason="Bão số 9 vào đêm nay")
    page = await seat.get(path)
    run = page.text.partition('href="/console/runs/')[2].partition('"')[0]
    for act, told in (("pause", "tạm dừng"), ("resume", "đang gửi"), ("cancel", "đã hủy")):
        done = await seat.post(f"/runs/{run}/{act}", reason="Thử điều khiển")
        assert "done=run_" in done.where
        assert told in (await seat.get(f"/runs/{run}")).text
    table = await seat.get(f"/runs/{run}/file")
    assert table.status == HTTPStatus.OK
    moved = await seat.post(f"/runs/{run}/pause", reason="Thử điều khiển")
    assert "failed=run_moved" in moved.where


async def test_an_approved_text_stands_on_the_public_page_until_it_is_taken_down(
    signed_in: Reception,
) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    early = await approver.post(f"{path}/post")
    assert early.status == HTTPStatus.UNPROCESSABLE_ENTITY
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    assert "done=text_posted" in (await approver.post(f"{path}/post")).where
    assert "đang trên trang tin" in (await approver.get(path)).text
    down = await approver.post(f"{path}/take-down", reason="Tin đã cũ")
    assert "done=text_taken_down" in down.where


async def test_who_works_everywhere_narrows_the_list_by_any_office(
    signed_in: Reception,
) -> None:
    path = await a_draft(await signed_in(Role.PREPARER))
    seat = await signed_in(Role.LEADER, office=EVERYWHERE)
    page = await seat.get("/news")
    assert path in page.text
    for code in re.findall(r'<option value="([^"]*)"', page.text.partition('name="office"')[2]):
        shown = await seat.get(f"/news?office={code}")
        assert shown.status == HTTPStatus.OK
    assert path in (await seat.get("/news?office=tinh")).text
    assert '<option value="-"' not in page.text
