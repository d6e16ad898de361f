"""Officers release a case: what was taken out is shown, what still looks personal refused."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from bot.feedback.models import Case, Contact, Publicity, Result
from bot.feedback.moves import CaseState
from bot.messages import ChannelName, CitizenAddress
from bot.officials.models import Role
from bot.storage.feedback_tables import cases, releases
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.fakes.filed import file_case
from tests.integration.console.test_cases import as_it_is, deeds

TEXTS = {"question": "Cống tắc ở đầu ngõ.", "answer": "Đã thông cống.", "read": "on"}


async def an_ended_case(house: ConsoleHouse, **told: Any) -> Case:
    """File a case of somebody on a chat, and say that it was answered."""
    sender = CitizenAddress(channel=ChannelName.TELEGRAM, user_id="77002")
    words = "Cống tắc, gọi tôi Trần Thị Hoa số 0912345678."
    contact = Contact(name="Trần Thị Hoa", phone="0912345678")
    about = {"words": words, "contact": contact, "address": sender, "anonymous": False}
    case = await file_case(house, **about | told)
    ended = {
        "state": CaseState.ANSWERED,
        "is_open": False,
        "result": Result.DONE,
        "answered_at": NOON,
    }
    async with house.database.writing() as connection:
        await connection.execute(update(cases).where(cases.c.id == case.id).values(ended))
    return case


async def board_on(seat: Seat, *, four_eyes: bool = False) -> None:
    """Switch the board on in the rules of the office, as its administrator does."""
    form = {
        "quiet_from": "21:30",
        "quiet_to": "06:30",
        "loud_from": "06:00",
        "loud_to": "21:00",
        "minutes": "30",
        "reason": "Chủ tịch đồng ý mở bảng",
        "board": "on",
    } | ({"case_four_eyes": "on"} if four_eyes else {})
    assert (await seat.post(f"/settings/rules/{HERE}", **form)).status == 303


async def test_a_case_is_released_by_who_read_it_and_taken_down_again(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await an_ended_case(house), await signed_in(Role.APPROVER)
    page = f"/cases/{case.id}/board"
    assert "chưa bật" in (await lead.get(page)).text
    await board_on(await signed_in(Role.ADMINISTRATOR))
    assert page in (await lead.get(f"/cases/{case.id}")).text
    assert (await lead.post(f"{page}/ask")).status == 303
    assert (await as_it_is(house, case)).publicity is Publicity.PROPOSED
    why = "Gọi điện ngày 20/9, đồng ý"
    assert (await lead.post(f"{page}/agreed", reason=why)).status == 303
    shown = await lead.get(page)
    assert "<mark>[tên]</mark>" in shown.text
    assert "<mark>[số điện thoại]</mark>" in shown.text
    assert "0912345678" not in shown.text
    unread = await lead.post(page, **TEXTS | {"read": ""})
    assert unread.status == 422
    assert "Cống tắc ở đầu ngõ." in unread.text
    personal = await lead.post(page, **TEXTS | {"answer": "Gọi 0987654321."})
    assert personal.status == 422
    assert "số điện thoại" in personal.text
    assert (await lead.post(page, **TEXTS)).status == 303
    assert (await as_it_is(house, case)).publicity is Publicity.PUBLIC
    assert f"/phan-anh/{case.id}" in (await lead.get(page)).text
    assert (await lead.post(f"{page}/hide", reason="đăng nhầm")).status == 303
    async with house.database.reading() as connection:
        row = (await connection.execute(select(releases))).one()
    assert (row.question, row.withdrawn_at) == ("", NOON)
    about = [one for one in await deeds(house) if one.startswith("case_")]
    assert about == ["case_proposed", "case_publish_agreed", "case_released", "case_hidden"]


async def test_where_four_eyes_are_asked_for_a_colleague_releases(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await board_on(await signed_in(Role.ADMINISTRATOR), four_eyes=True)
    case, page = await an_ended_case(house, address=None), ""
    page = f"/cases/{case.id}/board"
    lead, leader = await signed_in(Role.APPROVER), await signed_in(Role.LEADER)
    assert (await lead.post(f"{page}/agreed", reason="Ký giấy tại quầy")).status == 303
    assert (await lead.post(page, **TEXTS)).status == 303
    assert "board/approve" not in (await lead.get(page)).text
    assert "board/approve" in (await leader.get(page)).text
    assert "Chờ người khác duyệt" in (await leader.get("/board?stage=prepared")).text
    assert f'href="/console{page}"' not in (await leader.get("/board?stage=agreed")).text
    assert (await lead.post(f"{page}/approve", version="1", read="on")).status == 422
    assert (await leader.post(f"{page}/approve", version="1")).status == 422
    assert (await leader.post(f"{page}/approve", version="1", read="on")).status == 303
    assert (await as_it_is(house, case)).publicity is Publicity.PUBLIC
    assert f'href="/console{page}"' in (await lead.get("/board?stage=public")).text
    assert f'href="/console{page}"' in (await leader.get("/board")).text


async def test_who_may_not_publish_sees_no_way_there(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await board_on(await signed_in(Role.ADMINISTRATOR))
    case = await an_ended_case(house)
    worker = await signed_in(Role.PREPARER)
    page = f"/cases/{case.id}/board"
    assert page not in (await worker.get(f"/cases/{case.id}")).text
    assert (await worker.get(page)).status == 403
    assert (await worker.get("/board")).status == 403
    assert (await worker.post(page, **TEXTS)).status == 403


@pytest.mark.parametrize("state", [CaseState.RECEIVED, CaseState.REFUSED])
async def test_what_is_never_shown_says_why(
    house: ConsoleHouse, signed_in: Reception, state: CaseState
) -> None:
    await board_on(await signed_in(Role.ADMINISTRATOR))
    case, lead = await file_case(house), await signed_in(Role.APPROVER)
    async with house.database.writing() as connection:
        await connection.execute(update(cases).values(state=state, is_open=state.is_open))
    shown = await lead.get(f"/cases/{case.id}/board")
    assert "Vụ chưa trả lời xong." in shown.text
    assert 'name="question"' not in shown.text
    assert (await lead.post(f"/cases/{case.id}/board", **TEXTS)).status == 422
