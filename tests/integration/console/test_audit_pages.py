"""The record of deeds as pages: searched, told field by field, with its anchor."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.casework.deeds import COMMAND_LINE, acting
from bot.casework.verifying import verify
from bot.officials.audit import By, Deed
from bot.officials.models import EVERYWHERE, Role
from tests.fakes.console import ConsoleHouse, Reception, Seat
from tests.fakes.talks import asked


@pytest.fixture
async def leader(signed_in: Reception) -> Seat:
    return await signed_in(Role.LEADER)


@pytest.fixture(autouse=True)
async def past(house: ConsoleHouse) -> None:
    """What was done over three days, at two communes and from a shell."""
    lan = By(officer=7, actor="Nguyễn Thị Lan (lan)", address="10.0.0.7")
    for office, by, action, subject in (
        ("xa-a", lan, "officer_off", "41"),
        ("xa-b", lan, "officer_off", "42"),
        ("xa-a", COMMAND_LINE, "officer_added", "43"),
    ):
        async with acting(house.database, house.clock, by) as doing:
            doing.did(
                Deed(
                    action=action,
                    office=office,
                    kind="officer",
                    subject=subject,
                    before={"name": "Lan", "active": True},
                    after={"name": "Lan <b>", "active": False},
                    note=f"lý do {subject}",
                )
            )
        house.clock.move(timedelta(days=1))


async def test_entries_of_the_own_branch_are_shown_with_the_anchor(
    house: ConsoleHouse, leader: Seat, signed_in: Reception
) -> None:
    shown = await leader.get("/audit")
    assert "Tắt tài khoản" in shown.text
    assert "dòng lệnh trên máy chủ" in shown.text
    assert "Xã B" not in shown.text
    assert str((await verify(house.database)).anchor) in shown.text
    whole = await signed_in(Role.LEADER, office=EVERYWHERE)
    assert "Đang xem 3 dòng" in (await whole.get("/audit")).text


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("", 2),
        ("deed=officer_off", 1),
        ("kind=officer", 2),
        ("kind=talk", 0),
        ("kind=officer&subject=43", 1),
        ("office=xa-a", 2),
        ("office=xa-b", 0),
        ("who=dong+lenh", 1),
        ("who=hoa", 0),
        ("from=2026-11-20&to=2026-11-20", 1),
        ("from=2026-11-22", 1),
        ("to=2026-11-19", 0),
    ],
)
async def test_entries_are_searched(leader: Seat, asked: str, rows: int) -> None:
    shown = await leader.get(f"/audit?{asked}")
    assert f"Đang xem {rows} dòng" in shown.text
    assert ("Chưa có dòng nào" in shown.text) is (rows == 0)


async def test_what_an_officer_did_is_found_by_name(
    house: ConsoleHouse, signed_in: Reception, leader: Seat
) -> None:
    admin, hoa = await signed_in(Role.ADMINISTRATOR, sure=True), await signed_in()
    await admin.post(f"/people/{hoa.officer}/off", reason="nghỉ hưu")
    shown = await leader.get("/audit?who=nguyen+thi+lan")
    assert "Đang xem 1 dòng" in shown.text
    assert "Nguyễn Thị Lan (can-bo-" in shown.text
    assert (await verify(house.database)).breach is None


async def test_an_entry_tells_before_and_after_and_its_chain(leader: Seat) -> None:
    shown = await leader.get("/audit/1")
    assert shown.heading == "Dòng 1"
    for told in ("lý do 41", "10.0.0.7", "<del>Lan</del>", "<ins>Lan &lt;b&gt;</ins>", "Họ tên"):
        assert told in shown.text
    assert "Mã băm khớp nội dung" in shown.text


async def test_roles_and_offices_are_told_by_name(
    signed_in: Reception, leader: Seat, house: ConsoleHouse
) -> None:
    admin, hoa = await signed_in(Role.ADMINISTRATOR, sure=True), await signed_in()
    await admin.post(f"/people/{hoa.officer}/grants", role="approver", at="xa-a-mot-cua")
    last = (await verify(house.database)).anchor.seq
    shown = await leader.get(f"/audit/{last}")
    assert "<ins>Người duyệt</ins>" in shown.text
    assert "<ins>Một cửa xã A</ins>" in shown.text


@pytest.mark.parametrize("seq", ["2", "99", "0", "-1", "x", "9" * 30, "١"])
async def test_an_entry_of_others_or_of_nobody_is_not_there(leader: Seat, seq: str) -> None:
    assert (await leader.get(f"/audit/{seq}")).status == HTTPStatus.NOT_FOUND


async def test_the_entries_asked_for_are_given_as_a_spreadsheet(leader: Seat) -> None:
    shown = await leader.get("/files/audit.xlsx?deed=officer_off&who=")
    book = load_workbook(BytesIO(shown.body))
    rows = list(book.worksheets[0].values)
    assert [row[0] for row in rows[1:]] == [1]
    conditions = list(book.worksheets[1].values)
    assert ("Việc", "Tắt tài khoản") in conditions
    assert ("Người tải", "Nguyễn Thị Lan") in conditions
    assert (await leader.get("/audit?deed=exported")).text.count("Bảng tải về") >= 1


async def test_things_are_told_by_name_and_lead_to_where_they_stand(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    root = await signed_in(*Role, sure=True)
    why = {"reason": "theo lịch bảo trì"}
    await root.post("/settings/channels/xa-a/web", to="off", **why)
    await root.post("/settings/channels/xa-a/web", to="on", **why)
    await root.post("/settings/trial/xa-a", to="on", **why)
    notice = {"begins": "2026-11-24T07:00", "ends": "2026-11-25T07:00", "level": "storm"}
    put = await root.post("/settings/notices/xa-a", text="Bão số 12 vào bờ", **notice, **why)
    assert put.where.endswith("done=notice_put")
    hoa = await signed_in()
    await root.post(f"/people/{hoa.officer}/off", **why)
    talk = await asked(house, "cho tôi gặp cán bộ", user="x")
    await root.post(f"/talks/{talk}/take")
    shown = await root.get("/audit?from=2026-11-23")
    links = re.findall(r'<span class="quiet">(.+?)</span> <a href="(.+?)">(.+?)</a>', shown.text)
    assert links == [
        ("Cuộc trò chuyện", f"/console/talks/{talk}", f"số {talk}"),
        ("Cán bộ", f"/console/people/{hoa.officer}", "Nguyễn Thị Lan"),
        ("Cài đặt", "/console/settings/notices?office=xa-a", "Thông báo: Bão số 12 vào bờ"),
        ("Cài đặt", "/console/settings/trial?office=xa-a", "Bật chế độ thử"),
        ("Cài đặt", "/console/settings/channels?office=xa-a", "Bật kênh Web"),
        ("Cài đặt", "/console/settings/channels?office=xa-a", "Tắt kênh Web"),
    ]
    for _, place, _ in links:
        assert (await root.get(place.removeprefix("/console"))).status == HTTPStatus.OK
    entry = await root.get(f"/audit/{(await verify(house.database)).anchor.seq - 2}")
    assert "khẩn, thiên tai" in entry.text
    assert "24/11/2026 07:00" in entry.text
    (change,) = re.findall(r'<a href="/console(/changes/\d+)">Xem thay đổi</a>', entry.text)
    assert "Bão số 12" in (await root.get(change)).text
    sheet = load_workbook(BytesIO((await root.get("/files/audit.xlsx")).body)).worksheets[0]
    assert "Thông báo: Bão số 12 vào bờ" in [row[6] for row in sheet.values]


async def test_who_may_not_look_at_a_thing_gets_its_name_without_a_link(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user="x")
    await (await signed_in(Role.PREPARER)).post(f"/talks/{talk}/take")
    admin = await signed_in(Role.ADMINISTRATOR)
    shown = await admin.get("/audit?kind=talk")
    assert f"số {talk}" in shown.text
    assert "/console/talks/" not in shown.text
