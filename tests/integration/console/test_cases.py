"""Officers work on the cases of their offices: they see them, move them, and all is remembered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.feedback.models import Case, Contact, Place
from bot.feedback.reference import shown
from bot.messages import ChannelName, CitizenAddress
from bot.officials.models import EVERYWHERE, Role
from bot.storage import case_list_rows
from bot.storage.case_rows import find_case
from bot.storage.console_tables import audit_entries
from bot.storage.feedback_person_tables import consents
from bot.storage.feedback_tables import cases, notices
from bot.storage.tables import outbox
from bot.storage.unit_rows import UnitWish, add_unit
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.fakes.filed import file_case, file_cases

PHONE, NAME = "0912345678", "Trần Thị Hoa"
ANSWER = "Đã thông cống sáng nay."
SENDER = CitizenAddress(channel=ChannelName.TELEGRAM, user_id="77001")
NAMED: dict[str, Any] = {
    "words": f"Cống đầu ngõ 12 tắc. Tôi tên {NAME}, gọi tôi số {PHONE}.",
    "topic": "cap_thoat_nuoc",
    "contact": Contact(name=NAME, phone=PHONE),
    "anonymous": False,
    "address": SENDER,
}


async def a_unit(house: ConsoleHouse, *members: Seat, office: str = HERE) -> str:
    """Add a unit with the officers of some seats; give what the form of giving out sends."""
    officers = frozenset(one.officer for one in members if one.officer)
    async with house.database.writing() as connection:
        wish = UnitWish(office=office, name="Phòng Kinh tế", members=officers)
        return f"u{await add_unit(connection, wish)}"


async def as_it_is(house: ConsoleHouse, case: Case) -> Case:
    async with house.database.reading() as connection:
        found = await find_case(connection, case.id)
    assert found
    return found


async def deeds(house: ConsoleHouse, *, about: str = "") -> list[str]:
    """Give what the audit tells, in its order."""
    wanted = select(audit_entries.c.action, audit_entries.c.body).order_by(audit_entries.c.seq)
    async with house.database.reading() as connection:
        rows = (await connection.execute(wanted)).all()
    return [row.action for row in rows if about in row.body]


async def test_a_case_goes_from_receipt_to_an_answer_that_a_second_officer_signs(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case = await file_case(house, **NAMED)
    lead, worker = await signed_in(Role.APPROVER), await signed_in(Role.PREPARER)
    unit, page = await a_unit(house, worker), f"/cases/{case.id}"
    assert "Chưa giao (1)" in (await lead.get("/cases?tab=unassigned")).text
    # Who only prepares works on nothing that was not given to them.
    assert (await worker.post(f"{page}/begin")).status == 422
    for seat, act, form in (
        (lead, "assign", {"post": f"{unit}o{worker.officer}"}),
        (worker, "begin", {}),
        (worker, "note", {"words": "Nội bộ: chiều nay đi xem."}),
        (worker, "ask", {"words": "Cống tắc từ hôm nào?"}),
        (worker, "reply", {"words": "Từ thứ hai."}),
        (
            worker,
            "answer",
            {"result": "done", "text": "Đã thông cống sáng nay.", "send": "submit"},
        ),
    ):
        done = await seat.post(f"{page}/{act}", **form)
        assert done.status == 303, (act, done.text)
    assert "Chờ ký (1)" in (await lead.get("/cases")).text
    assert shown(case.reference) in (await lead.get("/cases?tab=to_sign")).text
    # It waits for who may sign, not for who wrote it.
    assert "Câu trả lời chờ bạn ký" in (await lead.get("/")).text
    assert "Câu trả lời chờ bạn ký" not in (await worker.get("/")).text
    waiting = await lead.get(page)
    version = re.search(r'name="version" value="(\d+)"', waiting.text)
    assert version
    assert ANSWER in waiting.text
    assert (await worker.post(f"{page}/approve", version=version[1])).status == 403
    assert (await lead.post(f"{page}/approve", version=version[1])).status == 303
    assert "Chờ ký (0)" in (await lead.get("/cases")).text
    after = await as_it_is(house, case)
    assert (after.state, after.result) == ("answered", "done")
    async with house.database.writing() as connection:
        await connection.execute(update(notices).values(status="said"))
    told = (await lead.get(page)).text
    assert "Người gửi thấy:" in told
    assert "nội bộ, người dân không thấy" in told
    assert await deeds(house) == [
        "case_assigned", "case_claimed", "case_begun", "case_noted", "case_asked", "case_replied",
        "case_submitted", "case_look_refused", "case_answered",
    ]  # fmt: skip


async def test_what_stands_against_an_act_is_said_beside_its_form(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await file_case(house), await signed_in(Role.SECRETARIAT)
    page = f"/cases/{case.id}"
    early = await lead.post(f"{page}/answer", result="done", text="Đã xong việc.", send="keep")
    assert early.status == 422
    assert "đang ở bước khác" in early.text
    assert "Đã xong việc." not in (await lead.get(page)).text
    unknown = await lead.post(f"{page}/merge", main="PA-2222-2222-2")
    assert "Không có vụ nào" in unknown.text
    assert (await as_it_is(house, case)).state == "received"


async def test_words_as_typed_are_shown_once_to_who_works_on_it_and_each_look_is_remembered(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case = await file_case(house, **NAMED)
    lead, other = await signed_in(Role.SECRETARIAT), await signed_in(Role.PREPARER)
    page = f"/cases/{case.id}"
    for seat in (lead, other):
        assert PHONE not in (await seat.get(page)).text
    refused = await other.post(f"{page}/contact")
    assert refused.where.endswith("failed=case_not_yours")
    assert (await (await signed_in(Role.LEADER)).post(f"{page}/contact")).status == 403
    for _ in range(2):
        shown_now = await lead.post(f"{page}/contact")
        assert PHONE in shown_now.text
        assert NAME in shown_now.text
        assert shown_now.headers["Cache-Control"] == "no-store"
    looks = [one for one in await deeds(house) if one == "case_person_shown"]
    assert len(looks) == 2
    async with house.database.reading() as connection:
        bodies = (await connection.execute(select(audit_entries.c.body))).scalars()
        assert not [body for body in bodies if PHONE in body or NAME in body]


async def test_a_place_shown_on_the_map_and_a_number_without_a_name_are_told_as_what_they_are(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    desk = await signed_in(Role.SECRETARIAT)
    pin = Place(latitude=21.0285, longitude=105.8542)
    told = await file_case(house, place=pin, contact=Contact(phone=PHONE), anonymous=False)
    page = (await desk.get(f"/cases/{told.id}")).text
    assert "Người gửi chỉ vị trí trên bản đồ." in page
    assert "Người gửi có để lại tên hoặc số điện thoại." in page
    bare = await file_case(house, place=Place())
    assert "Người gửi chưa nói nơi nào." in (await desk.get(f"/cases/{bare.id}")).text


async def test_another_communes_case_and_a_guessed_number_are_refused_and_remembered(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    theirs, ours = await file_case(house, office="xa-b"), await file_case(house)
    stranger, administrator = await signed_in(Role.LEADER), await signed_in(Role.ADMINISTRATOR)
    for _ in range(2):
        assert (await stranger.get(f"/cases/{theirs.id}")).status == 404
        assert (await stranger.post(f"/cases/{theirs.id}/note", words="xem")).status == 404
        assert (await stranger.get("/cases/999999")).status == 404
        assert (await administrator.get(f"/cases/{ours.id}")).status == 403
    assert await deeds(house, about="look_refused") == ["case_look_refused"] * 3
    house.clock.move(timedelta(minutes=1))
    await stranger.get(f"/cases/{theirs.id}")
    assert len(await deeds(house, about="look_refused")) == 4


async def test_the_inbox_shows_what_is_asked_for_and_nothing_of_elsewhere(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    made = await file_cases(
        house,
        [
            {"topic": "moi_truong", "words": "Rác đầy ngõ", "place": Place(hamlet="Thôn Đông")},
            {"topic": "chieu_sang", "words": "Đèn tắt cả tháng", "source": "phone"},
            {"topic": "moi_truong", "words": "Khói đốt rơm", "office": "xa-b"},
        ],
    )
    lead = await signed_in(Role.LEADER)
    rubbish, lamp, elsewhere = (shown(one.reference) for one in made)

    async def listed(asked: str) -> list[str]:
        page = (await lead.get(f"/cases?tab=all&{asked}")).text
        return [one for one in (rubbish, lamp, elsewhere) if one in page]

    assert await listed("") == [rubbish, lamp]
    assert await listed("topic=moi_truong") == [rubbish]
    assert await listed("hamlet=thôn đông") == [rubbish, lamp]
    assert await listed("channel=phone") == [lamp]
    assert await listed("text=cả tháng") == [lamp]
    assert await listed(f"text={lamp.lower()}") == [lamp]
    assert await listed("kind=khen") == []
    assert await listed("office=xa-b") == []
    assert await listed("to=01/01/2026") == []
    whole = await signed_in(Role.LEADER, office=EVERYWHERE)
    assert elsewhere in (await whole.get("/cases?tab=all&office=xa-b")).text


async def test_tabs_part_what_is_late_from_what_is_soon_and_count_no_further_than_99(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    made = await file_cases(house, [{} for _ in range(101)])
    lead, mine = await signed_in(Role.SECRETARIAT), made[0]
    moments = {made[0].id: -1, made[1].id: 2}
    async with house.database.writing() as connection:
        for number, hours in moments.items():
            due = {"due_at": NOON + timedelta(hours=hours), "officer": lead.officer}
            await connection.execute(update(cases).where(cases.c.id == number).values(due))
    text = (await lead.get("/cases")).text
    for tab in ("Của tôi (2)", "Chưa giao (99+)", "Sắp đến hạn (1)", "Quá hạn (1)"):
        assert tab in text
    late = (await lead.get("/cases?tab=overdue")).text
    assert shown(mine.reference) in late
    assert shown(made[1].reference) not in late
    first = (await lead.get("/cases?tab=unassigned")).text
    following = re.search(r'rel="next" href="/console([^"]+)"', first)
    assert following
    second = (await lead.get(following[1].replace("&amp;", "&"))).text
    seen = set(re.findall(r"PA-\w{4}-\w{4}-\w", first))
    assert not seen & set(re.findall(r"PA-\w{4}-\w{4}-\w", second))


async def test_a_step_the_citizen_did_not_hear_of_asks_for_a_call(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await file_case(house, **NAMED), await signed_in(Role.SECRETARIAT)
    unit, page = await a_unit(house, lead), f"/cases/{case.id}"
    await lead.post(f"{page}/assign", post=unit)
    async with house.database.writing() as connection:
        await connection.execute(update(notices).values(status="closed", reason="window"))
    assert "Chưa báo được cho người dân" in (await lead.get(page)).text
    assert shown(case.reference) in (await lead.get("/cases?tab=untold")).text
    first_page = (await lead.get("/")).text
    for waits in ("Cần gọi điện báo người dân", "Phản ánh của tôi"):
        assert waits in first_page
    called = await lead.post(f"{page}/phoned", words="Gọi 9 giờ, bà Hoa nghe máy, đã báo.")
    assert called.status == 303
    assert "Chưa báo được cho người dân" not in (await lead.get(page)).text
    assert "case_phoned" in await deeds(house)


async def test_what_a_template_told_of_is_told_as_far_as_it_came(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await file_case(house, **NAMED), await signed_in(Role.SECRETARIAT)
    await lead.post(f"/cases/{case.id}/assign", post=await a_unit(house, lead))
    sent = {"status": "templated", "external_id": "m7", "at": NOON}
    stages: list[tuple[dict[str, Any], str, bool]] = [
        (sent, "chưa báo tới máy", False),
        ({"at": NOON - timedelta(days=2)}, "quá một ngày, chưa báo tới máy", True),
        ({"received_at": NOON}, "đã tới máy lúc", False),
        ({"seen_at": NOON}, "đã xem lúc", False),
    ]
    for became, words, warns in stages:
        async with house.database.writing() as connection:
            await connection.execute(update(notices).values(became))
        page = (await lead.get(f"/cases/{case.id}")).text
        assert words in page
        assert ("Tin mẫu Zalo chưa tới máy người gửi" in page) == warns
        assert "họ nhắn tin thì thấy" in page
        assert "Người gửi thấy:" not in page


async def test_words_that_did_not_reach_the_sender_are_not_said_to_be_seen(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await file_case(house, **NAMED), await signed_in(Role.SECRETARIAT)
    await lead.post(f"/cases/{case.id}/assign", post=await a_unit(house, lead))
    heard, missed = "Người gửi thấy:", "Chưa tới người gửi, cần gọi điện:"
    stages = [("said", "", heard, missed), ("closed", "template_refused", missed, heard)]
    for status, reason, there, absent in stages:
        async with house.database.writing() as connection:
            await connection.execute(update(notices).values(status=status, reason=reason))
        page = (await lead.get(f"/cases/{case.id}")).text
        assert there in page
        assert absent not in page


async def test_words_on_their_way_are_not_said_to_be_seen_nor_to_need_a_call(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await file_case(house, **NAMED), await signed_in(Role.SECRETARIAT)
    await lead.post(f"/cases/{case.id}/assign", post=await a_unit(house, lead))
    row = {
        "inbox_id": 1, "seq": 1, "channel": "zalo", "user_id": "5:7", "conversation": "zalo:5:7",
        "text": "Đã dọn.", "choices": "[]", "not_before": NOON, "created_at": NOON,
    }  # fmt: skip
    going = {"status": "created", "error_code": "no_token"}
    stages = [("due", going, False), ("said", going, False), ("said", {"status": "sent"}, True)]
    async with house.database.writing() as connection:
        written = insert(outbox).values(row | going).returning(outbox.c.id)
        said = (await connection.execute(written)).scalar_one()
    for status, became, heard in stages:
        async with house.database.writing() as connection:
            await connection.execute(update(outbox).values(**became))
            await connection.execute(update(notices).values(status=status, outbox=said))
        page = (await lead.get(f"/cases/{case.id}")).text
        assert ("Người gửi thấy:" in page) == heard
        assert ("Đang chờ gửi cho người gửi:" in page) != heard
        assert "Chưa báo được cho người dân" not in page
        assert "Tin đang chờ trả phí" not in page


async def test_nobody_is_told_to_call_who_left_no_number(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await file_case(house, address=SENDER), await signed_in(Role.SECRETARIAT)
    await lead.post(f"/cases/{case.id}/assign", post=await a_unit(house, lead))
    async with house.database.writing() as connection:
        await connection.execute(update(notices).values(status="closed", reason="window"))
    page = (await lead.get(f"/cases/{case.id}")).text
    assert "Chưa tới người gửi, họ không để lại số:" in page
    assert "Họ gõ “tra cứu” và mã của vụ thì thấy." in page
    for call in ("Hãy gọi điện", "cần gọi điện"):
        assert call not in page


async def test_a_step_that_waits_to_be_paid_for_stands_with_the_case_at_once(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    case, lead = await file_case(house, **NAMED), await signed_in(Role.SECRETARIAT)
    await lead.post(f"/cases/{case.id}/assign", post=await a_unit(house, lead))
    row = {
        "inbox_id": 1, "seq": 1, "channel": "zalo", "user_id": "5:7", "conversation": "zalo:5:7",
        "text": "Đã dọn.", "choices": "[]", "status": "created", "error_code": "no_quota",
        "not_before": NOON, "created_at": NOON,
    }  # fmt: skip
    async with house.database.writing() as connection:
        said = (
            await connection.execute(insert(outbox).values(row).returning(outbox.c.id))
        ).scalar_one()
        await connection.execute(update(notices).values(status="said", outbox=said))
    assert "Tin đang chờ trả phí" in (page := (await lead.get(f"/cases/{case.id}")).text)
    assert "Đang chờ gửi cho người gửi:" in page
    assert "Chưa báo được cho người dân" not in page
    async with house.database.writing() as connection:
        await connection.execute(update(outbox).values(status="sent", error_code=""))
    assert "Tin đang chờ trả phí" not in (await lead.get(f"/cases/{case.id}")).text


async def test_the_file_of_cases_holds_no_personal_data_and_its_taking_is_remembered(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await file_case(house, **NAMED)
    keeper = await signed_in(Role.SECRETARIAT)
    assert (await (await signed_in(Role.PREPARER)).get("/files/cases.xlsx")).status == 403
    given = await keeper.get("/files/cases.xlsx?tab=all")
    assert given.status == 200
    assert "exported" in await deeds(house)


ENTERED = {
    "once": "a" * 20,
    "source": "phone",
    "kind": "phan_anh",
    "topic": "tieng_on",
    "words": "Quán bên cạnh hát đến nửa đêm, cả xóm mất ngủ.",
}


async def test_a_case_is_entered_for_who_calls_once_with_a_slip_and_their_consent(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    desk = await signed_in(Role.PREPARER)
    form = ENTERED | {"name": NAME, "phone": PHONE, "call_back": "on"}
    asked = await desk.post(f"/cases/new/{HERE}", **form)
    assert asked.status == 422
    assert "phải được người dân đồng ý" in asked.text
    for _ in range(2):
        made = await desk.post(f"/cases/new/{HERE}", **form, agreed="on")
        assert made.status == 303
    async with house.database.reading() as connection:
        (row,) = (await connection.execute(select(cases))).all()
        (agreed,) = (await connection.execute(select(consents))).all()
    assert (row.source, row.entered_by, row.is_open) == ("phone", desk.officer, True)
    assert PHONE not in f"{row.words}{row.place}"
    assert (agreed.case, agreed.purpose) == (row.id, "contact")
    page = (await desk.get(f"/cases/{row.id}")).text
    assert "Người dân đồng ý: Điều 9" in page
    assert "lúc 20/11/2026 12:00 (lời bản 2)" in page
    assert "contact-2" not in page
    slip = await desk.get(f"/cases/{row.id}/slip")
    assert shown(row.reference) in slip.text
    assert NAME not in slip.text
    assert await deeds(house) == ["case_entered"]
    lead = await signed_in(Role.SECRETARIAT)
    assert PHONE in (await lead.post(f"/cases/{row.id}/contact")).text


async def test_units_are_added_changed_and_closed_once_they_have_no_case(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    lead, worker = await signed_in(Role.SECRETARIAT), await signed_in(Role.PREPARER)
    wished = {"name": "Phòng Kinh tế", "members": str(worker.officer), "topics": "chieu_sang"}
    assert (await lead.post(f"/cases/units/new/{HERE}", **wished)).status == 303
    again = await lead.post(f"/cases/units/new/{HERE}", **wished)
    assert "đã có bộ phận tên như vậy" in again.text
    assert "Phòng Kinh tế" in (await lead.get("/cases/units")).text
    assert (await lead.post("/cases/units/1", **wished | {"name": "Tổ đô thị"})).status == 303
    case = await file_case(house)
    # What looks after the field is proposed.
    assert '<option value="u1" selected>' in (await lead.get(f"/cases/{case.id}")).text
    await lead.post(f"/cases/{case.id}/assign", post="u1")
    busy = await lead.post("/cases/units/1/close")
    assert "còn 1 vụ" in busy.text
    assert (await worker.get("/cases/units")).status == 403
    assert "unit_added" in await deeds(house)


async def test_a_reference_finds_its_case_however_old_and_other_words_the_newest_alone(
    house: ConsoleHouse, signed_in: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list_rows, "WINDOW", 1)
    days = [{"at": NOON - timedelta(days=ago)} for ago in (9, 1)]
    old, new = (shown(one.reference) for one in await file_cases(house, days))
    lead = await signed_in(Role.LEADER)
    by_words = (await lead.get("/cases?tab=all&text=Đèn")).text
    assert new in by_words
    assert old not in by_words
    assert "vụ mới nhất theo cơ quan" in by_words
    further = (await lead.get("/cases?tab=all&text=Đèn&to=15/11/2026")).text
    assert old in further
    by_reference = (await lead.get(f"/cases?tab=all&text={old}")).text
    assert f">{old}<" in by_reference
    assert "vụ mới nhất theo cơ quan" not in by_reference


async def test_open_cases_that_may_be_the_same_matter_stand_beside_one(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    other = {"words": "Xe tải chở đất làm hỏng đường liên xã.", "place": Place(hamlet="Tổ 9")}
    one, same, _ = await file_cases(house, [{}, {}, {"topic": "dat_dai", **other}])
    page = (await (await signed_in(Role.LEADER)).get(f"/cases/{one.id}")).text
    assert "Có thể cùng một việc" in page
    linked = set(re.findall(r'href="/console/cases/(\d+)"', page))
    assert linked == {str(same.id)}
