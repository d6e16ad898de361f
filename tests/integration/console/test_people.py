"""Officers as pages: made, given roles, let in by a link, switched off, in one's own branch."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook

from bot.console.origin import form_token
from bot.officials.audit import AuditEntry, told_of
from bot.officials.models import EVERYWHERE, OfficerId, Role
from bot.storage import audit_rows
from bot.storage.credential_rows import SecondFactor, set_password, set_second_factor
from bot.storage.officer_rows import find_officer, grants_of
from tests.fakes.console import Client, ConsoleHouse, Reception, Seat, Shown
from tests.integration.console.hiring import PASSWORD, Office

NEW = {"login": "Lan.NT", "name": "Nguyễn Thị Lan", "title": "Tư pháp", "office": "xa-a"}
REASON = {"reason": "theo đề nghị của xã"}


@pytest.fixture
async def admin(signed_in: Reception) -> Seat:
    """The administrator of xa-a, sure of themselves."""
    return await signed_in(Role.ADMINISTRATOR, sure=True)


@pytest.fixture
async def root(signed_in: Reception) -> Seat:
    """The administrator of all offices."""
    return await signed_in(Role.ADMINISTRATOR, office=EVERYWHERE, sure=True)


async def deeds(house: ConsoleHouse) -> list[AuditEntry]:
    async with house.database.reading() as connection:
        return list(await audit_rows.following(connection, None, 99))


async def roles_of(house: ConsoleHouse, officer: OfficerId) -> list[tuple[str, str]]:
    async with house.database.reading() as connection:
        granted = await grants_of(connection, [officer])
    return [(grant.role, grant.office) for grant in granted[officer]]


def led_to(shown: Shown) -> str:
    """The page somebody is led to, behind /console."""
    return urlsplit(shown.where).path.removeprefix("/console")


def led_to_done(shown: Shown) -> str:
    """The same with what it says was done."""
    return shown.where.removeprefix("/console")


async def test_an_officer_is_made_given_a_role_and_a_link_that_is_shown_once(
    house: ConsoleHouse, admin: Seat
) -> None:
    page = led_to(await admin.post("/people/new", **NEW))
    shown = await admin.get(page)
    assert shown.heading == "Nguyễn Thị Lan"
    assert "lan.nt" in shown.text
    assert "Chưa có vai trò</span>" in shown.text
    assert "Chưa đặt mật khẩu</span>" in shown.text
    given = await admin.post(f"{page}/grants", role="preparer", at="xa-a-mot-cua")
    assert "chưa đặt mật khẩu: hãy tạo liên kết mời" in (await admin.get(led_to_done(given))).text
    assert "Chưa có vai trò</span>" not in (await admin.get(page)).text
    assert await roles_of(house, OfficerId(int(page.rpartition("/")[2]))) == [
        ("preparer", "xa-a-mot-cua")
    ]
    made = await admin.post(f"{page}/link")
    assert made.status == HTTPStatus.OK
    assert made.headers["Cache-Control"] == "no-store"
    found = re.search(r"http://127\.0\.0\.1:\d+/console/link\?t=([\w-]{43})", made.text)
    assert found
    assert found[1] not in (await admin.get(page)).text
    assert [one.action for one in await deeds(house)] == ["officer_added", "granted", "link_made"]
    assert all(found[1] not in one.body for one in await deeds(house))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"login": "Lan NT"}, "Tên đăng nhập dài 3–64 ký tự"),
        ({"name": " "}, "Mục này bắt buộc."),
        ({"office": "xa-b"}, "Chỉ làm được trong phạm vi"),
        ({"office": "-"}, "Chỉ làm được trong phạm vi"),
        ({"office": "khong-co"}, "Chỉ làm được trong phạm vi"),
    ],
)
async def test_what_is_wrong_with_a_new_account_is_told_and_kept(
    house: ConsoleHouse, admin: Seat, changed: dict[str, str], told: str
) -> None:
    shown = await admin.post("/people/new", **NEW | changed)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in shown.text
    assert 'value="Tư pháp"' in shown.text
    assert await deeds(house) == []


async def test_a_login_is_given_once(admin: Seat) -> None:
    await admin.post("/people/new", **NEW)
    shown = await admin.post("/people/new", **NEW)
    assert "Tên đăng nhập này đã có người dùng." in shown.text


async def test_particulars_are_changed(house: ConsoleHouse, admin: Seat) -> None:
    page = led_to(await admin.post("/people/new", **NEW))
    sent = {"name": "Nguyễn Thị Lan Anh", "title": "", "office": "xa-a-mot-cua"}
    assert (await admin.post(f"{page}/edit", **sent)).where.endswith("?done=saved")
    assert (await admin.get(page)).heading == "Nguyễn Thị Lan Anh"
    again = await admin.post(f"{page}/edit", **sent)
    assert again.where.endswith("?done=nothing_changed")
    assert told_of((await deeds(house))[-1]).before["name"] == "Nguyễn Thị Lan"


async def test_the_past_of_a_role_taken_and_an_account_switched_off_stays(
    house: ConsoleHouse, admin: Seat, signed_in: Reception
) -> None:
    lan = await signed_in(Role.PREPARER)
    page = f"/people/{lan.officer}"
    assert (await lan.get("/")).status == HTTPStatus.OK
    done = await admin.post(f"{page}/off", **REASON)
    assert done.where.endswith("?done=officer_off")
    assert (await lan.get("/")).status == HTTPStatus.SEE_OTHER
    assert "Đã tắt từ 20/11/2026 12:00" in (await admin.get(page)).text
    await admin.post(f"{page}/on", **REASON)
    taken = await admin.post(f"{page}/grants/take", role="preparer", at="xa-a")
    assert taken.where.endswith("?done=revoked")
    assert [one.action for one in await deeds(house)] == ["officer_off", "officer_on", "revoked"]
    assert told_of((await deeds(house))[0]).note == REASON["reason"]


async def test_a_new_password_for_somebody_needs_a_reason_and_the_first_does_not(
    house: ConsoleHouse, admin: Seat, signed_in: Reception
) -> None:
    lan = await signed_in(Role.PREPARER)
    assert lan.officer
    page = f"/people/{lan.officer}"
    async with house.database.writing() as connection:
        await set_password(connection, lan.officer, "plain x", at=house.clock.now())
    assert "Đang làm việc</span>" in (await admin.get(page)).text
    shown = await admin.post(f"{page}/link")
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Mục này bắt buộc." in shown.text
    given = await admin.post(f"{page}/grants", role="leader", at="xa-a")
    assert given.where.endswith("?done=granted")


async def test_sessions_are_ended_and_a_second_factor_taken_away(
    house: ConsoleHouse, admin: Seat, signed_in: Reception
) -> None:
    lan = await signed_in(Role.PREPARER)
    assert lan.officer
    page = f"/people/{lan.officer}"
    assert "trình duyệt thử" in (await admin.get(page)).text
    ended = await admin.post(f"{page}/sessions/end")
    assert ended.where.endswith("?done=all_sessions_ended&count=1")
    second = SecondFactor(secret="kín", step=0, recovery=())
    async with house.database.writing() as connection:
        await set_second_factor(connection, lan.officer, second)
    await admin.post(f"{page}/second/reset", **REASON)
    async with house.database.reading() as connection:
        known = await find_officer(connection, lan.officer)
    assert known is not None
    assert not known.second_factor
    assert [one.action for one in await deeds(house)] == ["sessions_ended", "second_reset"]


async def test_nobody_changes_their_own_roles_or_switches_themselves_off(
    house: ConsoleHouse, root: Seat
) -> None:
    page = f"/people/{root.officer}"
    shown = await root.get(page)
    assert "Đây là tài khoản của bạn" in shown.text
    assert "/grants" not in shown.text
    tried = [
        await root.post(f"{page}/grants", role="leader", at="-"),
        await root.post(f"{page}/grants/take", role="administrator", at="-"),
        await root.post(f"{page}/off", **REASON),
        await root.post(f"{page}/link", **REASON),
        await root.post(f"{page}/sessions/end"),
        await root.post(f"{page}/second/reset", **REASON),
    ]
    assert {one.status for one in tried} == {HTTPStatus.UNPROCESSABLE_ENTITY}
    assert await roles_of(house, root.officer or OfficerId(0)) == [("administrator", "")]
    assert await deeds(house) == []


async def test_who_has_a_role_elsewhere_is_out_of_reach(
    house: ConsoleHouse, admin: Seat, root: Seat, signed_in: Reception
) -> None:
    """Else a link to their account would lead out of the branch."""
    lan = await signed_in(Role.PREPARER)
    page = f"/people/{lan.officer}"
    await root.post(f"{page}/grants", role="leader", at="tinh")
    shown = await admin.get(page)
    assert "do người quản trị cấp trên lo" in shown.text
    for path in ("link", "off", "on", "second/reset"):
        refused = await admin.post(f"{page}/{path}", **REASON)
        assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY, path
    assert [one.action for one in await deeds(house)] == ["granted"]


async def test_roles_are_given_inside_the_own_branch_only(
    house: ConsoleHouse, admin: Seat, signed_in: Reception
) -> None:
    lan = await signed_in()
    for office in ("xa-b", "tinh", "-", "khong-co"):
        refused = await admin.post(f"/people/{lan.officer}/grants", role="leader", at=office)
        assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY, office
    assert await deeds(house) == []


async def test_what_touches_an_account_needs_the_password_typed_lately(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    unsure, lan = await signed_in(Role.ADMINISTRATOR), await signed_in()
    for path in ("off", "on", "link", "grants", "grants/take", "second/reset", "sessions/end"):
        form = {"role": "leader", "at": "xa-a"} if "grants" in path else {}
        reason = REASON if path in {"off", "on", "second/reset"} else {}
        asked = await unsure.post(f"/people/{lan.officer}/{path}", **form, **reason)
        assert asked.heading == "Xác nhận lại là bạn", path
    assert await deeds(house) == []


async def test_a_leader_sees_people_and_changes_nobody(signed_in: Reception) -> None:
    leader, lan = await signed_in(Role.LEADER, sure=True), await signed_in()
    shown = await leader.get(f"/people/{lan.officer}")
    assert shown.status == HTTPStatus.OK
    assert "<form" not in shown.text.partition("<main")[2].partition("</main>")[0]
    assert (await leader.get("/people")).status == HTTPStatus.OK


async def test_people_are_found_without_marks_and_by_state(
    admin: Seat, signed_in: Reception
) -> None:
    await admin.post("/people/new", **NEW | {"name": "Đỗ Thị Mỹ"})
    gone = await signed_in()
    await signed_in.switch_off(gone)
    await signed_in(office="xa-b")
    assert "Đỗ Thị Mỹ" in (await admin.get("/people?text=do+thi+mi")).text
    assert "Đỗ Thị Mỹ" not in (await admin.get("/people?text=hoa")).text
    off = await admin.get("/people?status=inactive")
    assert "Đang xem 1 dòng" in off.text
    assert "Đang xem 3 dòng" in (await admin.get("/people")).text


async def test_the_list_is_given_as_a_spreadsheet(house: ConsoleHouse, admin: Seat) -> None:
    await admin.post("/people/new", **NEW | {"name": "=cmd|' /C calc'!A0"})
    shown = await admin.get("/files/people.xlsx")
    assert re.fullmatch(
        r'attachment; filename="can-bo-2026-11-20\.xlsx"', shown.headers["Content-Disposition"]
    )
    book = load_workbook(BytesIO(shown.body))
    rows = list(book.worksheets[0].values)
    assert rows[0][0] == "Tên đăng nhập"
    assert ("lan.nt", "'=cmd|' /C calc'!A0") in {row[:2] for row in rows}
    last = (await deeds(house))[-1]
    assert (last.action, last.kind, last.subject) == ("exported", "list", "people")
    assert told_of(last).after == {"rows": 2}


async def test_the_tree_shows_what_lies_in_the_branch(admin: Seat, root: Seat) -> None:
    own, whole = await admin.get("/offices"), await root.get("/offices")
    assert "Một cửa xã A" in own.text
    assert "Xã B" not in own.text
    tree = whole.text.partition("<main")[2]
    assert tree.index("Tỉnh Mẫu") < tree.index("Xã A") < tree.index("Một cửa") < tree.index("Xã B")
    assert "1 cán bộ" in own.text


def a_placement(token: str, **changed: str) -> dict[str, str]:
    told = {"name": "Xã A", "parent": "tinh", "province": "01", "aliases": ""}
    return told | REASON | {"token": token} | changed


async def token_at(seat: Seat, path: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f.]+)"', (await seat.get(path)).text)
    assert found
    return found[1]


async def test_an_office_is_added_and_a_role_given_there(house: ConsoleHouse, root: Seat) -> None:
    token = await token_at(root, "/offices/new")
    sent = a_placement(token, code="xa-c", name="Xã C", aliases="xã mới\n\n Tân C ")
    assert (await root.post("/offices/new", **sent)).where == "/console/offices?done=saved"
    assert "Xã C" in (await root.get("/offices")).text
    made = house.conversation.desk.knowledge.offices["xa-c"]
    assert (made.parent, made.aliases) == ("tinh", ("xã mới", "Tân C"))
    await root.post("/people/new", **NEW | {"office": "xa-c"})
    assert [one.action for one in await deeds(house)] == ["change_published", "officer_added"]
    again = await root.post("/offices/new", **sent)
    assert "Mã này đã có cơ quan dùng." in again.text


async def test_an_office_is_named_otherwise_and_keeps_its_place(
    house: ConsoleHouse, admin: Seat
) -> None:
    path = "/offices/xa-a"
    token = await token_at(admin, path)
    named = a_placement(token, name="Phường A")
    assert (await admin.post(path, **named)).where.endswith("?done=saved")
    assert house.conversation.desk.knowledge.offices["xa-a"].name == "Phường A"
    assert house.conversation.desk.knowledge.offices["xa-a"].parent == "tinh"
    clash = await admin.post(path, **a_placement(token, name="Thị trấn A"))
    assert clash.status == HTTPStatus.UNPROCESSABLE_ENTITY
    told = told_of((await deeds(house))[-1])
    assert (told.kind, told.subject, told.after["name"]) == ("office", "xa-a", "Phường A")


@pytest.mark.parametrize("parent", ["xa-a", "xa-a-mot-cua", "xa-b", "-", "khong-co"])
async def test_an_office_stands_neither_below_itself_nor_where_nobody_gave_it(
    house: ConsoleHouse, admin: Seat, parent: str
) -> None:
    token = await token_at(admin, "/offices/xa-a")
    refused = await admin.post("/offices/xa-a", **a_placement(token, parent=parent))
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert await deeds(house) == []


async def test_an_office_is_added_below_ones_own_only(admin: Seat) -> None:
    token = await token_at(admin, "/offices/new")
    for parent, status in (("tinh", 422), ("-", 422), ("xa-a", 303)):
        sent = a_placement(token, code="thon-moi", name="Thôn mới", parent=parent)
        assert (await admin.post("/offices/new", **sent)).status == status, parent


async def test_an_account_somebody_guesses_at_stands_out(
    house: ConsoleHouse, client: Client, admin: Seat
) -> None:
    office = Office(house, client)
    lan, hoa = await office.hires("lan"), await office.hires("hoa")
    owner = office.visitor()
    await owner.signs_in("lan", PASSWORD)
    assert "không có trong 24 giờ qua" in (await admin.get(f"/people/{lan}")).text
    for login in ("lan", "lan", "lan", "hoa", "nobody"):
        await office.visitor().signs_in(login, "sai")
    await owner.signs_in("lan", "gõ nhầm")
    shown = await admin.get(f"/people/{lan}")
    assert "4 lần mật khẩu hoặc mã, lần cuối 20/11/2026 12:00." in shown.text
    assert "Nhiều lần đăng nhập sai" not in shown.text
    assert "Nhiều lần đăng nhập sai" not in (await admin.get("/")).text
    for _ in range(3):
        await office.visitor().signs_in("lan", "sai")
    shown = await admin.get(f"/people/{lan}")
    assert "6 lần mật khẩu hoặc mã" in shown.text
    assert "Lần thử tới phải chờ đến" in shown.text
    assert "Nhiều lần đăng nhập sai" in shown.text
    assert "Nhiều lần đăng nhập sai <b>1</b>" in (await admin.get("/")).text
    found = (await admin.get("/people?status=guessed")).text
    assert f"/people/{lan}" in found
    assert f"/people/{hoa}" not in found
    house.clock.move(timedelta(minutes=1))
    assert (await owner.signs_in("lan", PASSWORD)).where
    entry = (await deeds(house))[-1]
    assert told_of(entry).after["failures"] == 1


async def test_who_is_guessed_at_elsewhere_is_not_told(
    house: ConsoleHouse, client: Client, signed_in: Reception
) -> None:
    office = Office(house, client)
    await office.hires("lan")
    for _ in range(6):
        await office.visitor().signs_in("lan", "sai")
    other = await signed_in(Role.ADMINISTRATOR, office="xa-b")
    preparer = await signed_in(Role.PREPARER)
    for seat in (other, preparer):
        assert "Nhiều lần đăng nhập sai" not in (await seat.get("/")).text
    house.clock.move(timedelta(days=1))
    leader = await signed_in(Role.LEADER)
    assert "Nhiều lần đăng nhập sai" not in (await leader.get("/")).text


@pytest.mark.parametrize(
    "host", ["evil.com", "evil.com:80", "evil.com\\@127.0.0.1", "127.0.0.1.evil"]
)
async def test_a_link_to_hand_on_never_leads_to_a_name_nobody_told_us(
    house: ConsoleHouse, admin: Seat, signed_in: Reception, host: str
) -> None:
    lan = await signed_in()
    form = {"_csrf": form_token(admin.token), **REASON}
    refused = await admin.send(f"/people/{lan.officer}/link", form, Host=host)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "PUBLIC_URL" in refused.text
    assert f"http://{host}" not in refused.text
    assert await deeds(house) == []
    house.settings = house.settings.model_copy(update={"public_url": "https://xa-a.vn"})
    given = await admin.send(f"/people/{lan.officer}/link", form, Host=host)
    assert "https://xa-a.vn/console/link?t=" in given.text
