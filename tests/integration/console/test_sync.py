"""What the National portal changed: taking its word or keeping ours."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.officials.models import Role
from knowledge.layers import OfficeEdit
from knowledge.portal_records import ChangeKind, PortalChange, PortalRecord
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import make_procedure
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown

CODE = "1.001193"
FORM = re.compile(
    r'action="/console(/sync/[^"]+/(accept|keep))".*?name="token" value="([^"]+)"', re.DOTALL
)


async def portal_says(
    house: ConsoleHouse, result: str, *, code: str = CODE, before: str = "Giấy khai sinh"
) -> None:
    """Let the portal have changed the result of a procedure."""
    record = PortalRecord(
        portal_id=code,
        procedure=replace(make_procedure(code, has_card=False), result=result),
        stamp="2",
        seen_at=NOON,
        first_seen=NOON,
        changed_at=NOON,
    )
    change = PortalChange(
        at=NOON,
        kind=ChangeKind.CHANGED,
        code=code,
        name="Thủ tục đăng ký khai sinh",
        fields={"result": (before, result)},
    )
    store = SqlSnapshotStore(house.database)
    await store.save_portal([record], run=None, changes=[change], publish=True)
    await house.edition.renew()


def told(house: ConsoleHouse, code: str = CODE) -> str:
    return house.conversation.desk.knowledge.procedure(code).result


async def press(seat: Seat, what: str, page: str = "/sync") -> Shown:
    """Press a button of the page."""
    forms = {
        name: (path, token) for path, name, token in FORM.findall((await seat.get(page)).text)
    }
    path, token = forms[what]
    return await seat.post(path, token=token)


async def test_the_portals_word_is_taken_at_once(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    await portal_says(house, "Bản chính Giấy khai sinh")
    shown = await seat.get("/sync")
    for said in ("Bản chính Giấy khai sinh", "Kết quả", "Nhận theo Cổng", "20/11/2026 12:00"):
        assert said in shown.text
    assert told(house) == ""
    done = await press(seat, "accept")
    assert "Đã nhận theo Cổng" in (await seat.get(done.where.removeprefix("/console"))).text
    assert told(house) == "Bản chính Giấy khai sinh"
    assert "Không có thay đổi nào" in (await seat.get("/sync")).text
    assert "Đã nhận theo Cổng" in (await seat.get("/sync?only=all")).text
    listed = await seat.get("/changes?status=published")
    assert "Đăng ký khai sinh" in listed.text


async def test_an_office_keeps_its_own_word(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.LEADER)
    await portal_says(house, "Bản chính Giấy khai sinh")
    await press(seat, "keep")
    assert told(house) == ""
    assert "Không có thay đổi nào" in (await seat.get("/sync")).text
    assert "Đã giữ của cơ quan" in (await seat.get("/sync?only=all")).text
    # Who thinks better of it takes the portal's word after all.
    await press(seat, "accept", "/sync?only=all")
    assert told(house) == "Bản chính Giấy khai sinh"


async def test_what_follows_the_portal_by_itself_needs_no_decision(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    await portal_says(house, "Thẻ tạm trú", code="1.9")
    assert "Không có thay đổi nào" in (await seat.get("/sync")).text
    assert "Người dân đã được trả lời theo Cổng" in (await seat.get("/sync?only=all")).text
    assert told(house, "1.9") == "Thẻ tạm trú"


async def test_an_offices_own_edit_over_the_portal_is_taken_back(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    edit = OfficeEdit(office=HERE, code="1.9", fields={"result": "Thẻ của xã"})
    await SqlSnapshotStore(house.database).save_edits([edit], at=NOON)
    await portal_says(house, "Thẻ tạm trú", code="1.9")
    assert told(house, "1.9") == "Thẻ của xã"
    await press(seat, "accept")
    assert told(house, "1.9") == "Thẻ tạm trú"
    assert (await SqlSnapshotStore(house.database).layers()).edits == ()


async def test_who_edited_the_card_meanwhile_is_not_overruled(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    await portal_says(house, "Bản chính Giấy khai sinh")
    (path, _, token), *_ = FORM.findall((await seat.get("/sync")).text)
    edit = OfficeEdit(office=HERE, code=CODE, fields={"result": "Giấy màu hồng"})
    await SqlSnapshotStore(house.database).save_edits([edit], at=NOON)
    await house.edition.renew()
    refused = await seat.post(path, token=token)
    assert refused.status == 422
    assert "Vừa có người sửa thẻ này" in refused.text
    assert told(house) == "Giấy màu hồng"


async def test_who_may_not_decide_sees_no_buttons(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await portal_says(house, "Bản chính Giấy khai sinh")
    shown = await (await signed_in(Role.PREPARER)).get("/sync")
    assert "Bản chính Giấy khai sinh" in shown.text
    assert not FORM.findall(shown.text)


async def test_before_the_first_reading_it_is_said_what_will_come(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    assert house.settings.portal_sync == "off"
    shown = await (await signed_in(Role.LEADER)).get("/sync")
    assert "Chưa đọc Cổng lần nào" in shown.text
    assert "PORTAL_SYNC=nightly" in shown.text
