"""A card is edited as it is told: by its form, by whom may, at once, by two people, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import pytest

from bot.officials.models import Role
from bot.officials.office_entries import Entry, Stood
from knowledge.layers import OfficeEdit
from knowledge.models import Fee, FeeStatus, FieldSource
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON
from tests.fakes.console import SOURCE, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.forms import form_on

CARD = "/cards/xa-a/1.001193"
WHY = "theo nghị quyết 12"


async def _opened(seat: Seat, path: str = f"{CARD}/edit") -> dict[str, str]:
    shown = await seat.get(path)
    assert shown.status == HTTPStatus.OK
    return form_on(shown) | {"reason": WHY, "do": "save"}


async def _save(seat: Seat, form: Mapping[str, str], **fields: str) -> Shown:
    changed = {f"field.{name}": text for name, text in fields.items()}
    return await seat.post(CARD, **{**form, **changed})


async def _edit_of(house: ConsoleHouse, office: str = "xa-a") -> Mapping[str, object]:
    layers = await SqlSnapshotStore(house.database).layers()
    return layers.edits_of(office).get("1.001193", OfficeEdit(office=office, code="")).fields


@pytest.fixture
async def approver(signed_in: Reception) -> Seat:
    return await signed_in(Role.APPROVER)


async def test_who_may_publish_is_told_at_once(house: ConsoleHouse, approver: Seat) -> None:
    done = await _save(approver, await _opened(approver), fee="8.000 đồng", result="Bản chính")
    assert done.where == "/console/cards/xa-a/1.001193?done=published"
    asked = await approver.get(f"/cards/why?q={quote('lệ phí đăng ký khai sinh')}")
    assert "8.000 đồng" in asked.text
    edit = await _edit_of(house)
    assert set(edit) == {"fee", "result", "sources"}
    page = (await approver.get(done.where.removeprefix("/console"))).text
    assert "Đã công bố" in page
    assert "Nguồn: Xã A, xem ngày 20/11/2026" in page


async def test_others_wishes_wait(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    done = await _save(seat, await _opened(seat), result="Bản chính")
    assert done.where.endswith("?done=submitted")
    assert await _edit_of(house) == {}
    history = (await seat.get(f"{CARD}/history")).text
    assert "Chờ duyệt" in history
    assert WHY in history


async def test_a_form_sent_as_it_was_shown_changes_nothing(
    house: ConsoleHouse, approver: Seat
) -> None:
    told = {
        "fee": Fee(status=FeeStatus.FREE),
        "sources": (FieldSource(field="fee", source=SOURCE),),
    }
    edit = OfficeEdit(office="xa-a", code="1.001193", fields=told)
    await SqlSnapshotStore(house.database).save_edits([edit], at=NOON)
    await house.edition.renew()
    done = await _save(approver, await _opened(approver))
    assert done.where.endswith("?done=nothing_changed")
    assert await _edit_of(house) == told


async def test_a_field_taken_back_to_what_is_shipped_is_stated_no_more(
    house: ConsoleHouse, approver: Seat
) -> None:
    await _save(approver, await _opened(approver), result="Bản chính")
    await _save(approver, await _opened(approver), result="")
    assert await _edit_of(house) == {}


async def test_it_can_hold_from_a_day_on(house: ConsoleHouse, approver: Seat) -> None:
    form = await _opened(approver) | {"valid_from": "01/12/2026", "valid_until": "31/12/2026"}
    done = await _save(approver, form, result="Bản chính")
    assert done.where.endswith("?done=scheduled&day=01/12/2026")
    assert await _edit_of(house) == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"field.fee": "tám nghìn rưỡi"}, "field.fee"),
        ({"field.online_url": "javascript:alert(1)"}, "field.online_url"),
        ({"field.official_name": " "}, "field.official_name"),
        ({"field.level": "Cấp làng"}, "field.level"),
        ({"reason": "ok"}, "reason"),
        ({"valid_from": "02/12/2026", "valid_until": "01/12/2026"}, "valid_until"),
        ({"valid_until": "19/11/2026"}, "valid_until"),
        ({"field.fee": "9" * 20 + " đồng"}, "field.fee"),
        ({"field.everyday_name": "h" + "\u0301" * 30}, "field.everyday_name"),
        ({"field.everyday_name": "\u0301\u200b"}, "field.everyday_name"),
        ({"field.renumbered_to": "1.001193"}, "field.renumbered_to"),
    ],
)
async def test_what_cannot_be_read_is_said_where_it_stands(
    approver: Seat, fields: dict[str, str], field: str
) -> None:
    form = await _opened(approver) | {"field.result": "đã gõ"}
    shown = await approver.post(CARD, **{**form, **fields})
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="f-{field}-fault"' in shown.text
    assert "đã gõ</textarea>" in shown.text


@pytest.mark.parametrize("field", ["field.code", "field.sources", "office", "field.__class__"])
async def test_no_other_field_can_be_slipped_in(approver: Seat, field: str) -> None:
    form = await _opened(approver)
    assert (await approver.post(CARD, **{**form, field: "x"})).status == HTTPStatus.BAD_REQUEST


async def test_a_preview_shows_what_was_typed_and_stores_nothing(
    house: ConsoleHouse, approver: Seat
) -> None:
    form = await _opened(approver) | {"do": "preview", "reason": "", "valid_from": "01/12/2026"}
    shown = await _save(approver, form, everyday_name="Giấy khai sinh", result="Bản chính")
    assert shown.status == HTTPStatus.OK
    assert "GIẤY KHAI SINH" in shown.text
    assert form_on(shown)["field.result"] == "Bản chính"
    assert form_on(shown)["valid_from"] == "01/12/2026"
    assert await _edit_of(house) == {}


async def test_the_form_has_parts_to_jump_to_and_every_field_explains_itself(
    approver: Seat,
) -> None:
    page = (await approver.get(f"{CARD}/edit")).text
    parts = re.findall(r'<a href="#(part-[a-z]+)">', page)
    assert parts[:2] == ["part-names", "part-fee"]
    assert all(page.count(f'id="{part}"') == 1 for part in parts)
    for name in re.findall(r'name="(field\.[a-z_]+)"', page):
        assert f'id="f-{name}-hint"' in page
    assert '<details class="part" id="part-data"><summary>' in page
    assert '<option value="5">5 – hằng ngày</option>' in page
    assert '<option value="01">01 – Hà Nội</option>' in page


async def test_a_part_with_something_to_mend_is_open(approver: Seat) -> None:
    form = await _opened(approver) | {"field.has_card": "có lẽ"}
    page = (await approver.post(CARD, **form)).text
    assert '<a href="#f-field.has_card">' in page
    assert '<details class="part" id="part-data" open>' in page


@pytest.mark.parametrize(
    ("aliases", "told"),
    [
        ("Đăng ký kết hôn", '<a href="/console/cards/xa-a/1.000894">Đăng ký kết hôn</a>'),
        ("tải vneid", '<a href="/console/guides/xa-a/cai-vneid">'),
        ("cháy nhà", "sẽ được chỉ số khẩn cấp"),
        ("a", "quá ngắn"),
    ],
)
async def test_a_way_of_asking_that_may_mislead_is_looked_at_twice(
    approver: Seat, aliases: str, told: str
) -> None:
    form = await _opened(approver)
    aliases = f"{form['field.aliases']}\n{aliases}"
    shown = await _save(approver, form, aliases=aliases)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in shown.text
    done = await _save(approver, form_on(shown) | {"do": "save", "sure": "on"})
    assert done.where.endswith("?done=published")
    again = await _save(approver, await _opened(approver), result="Bản chính")
    assert again.where.endswith("?done=published")


async def test_two_who_edit_other_fields_are_joined(
    house: ConsoleHouse, signed_in: Reception, approver: Seat
) -> None:
    other = await signed_in(Role.APPROVER)
    first, second = await _opened(approver), await _opened(other)
    await _save(approver, first, result="Bản chính")
    done = await _save(other, second, fee="Không thu")
    assert done.where.endswith("?done=published")
    assert {"result", "fee"} <= set(await _edit_of(house))


async def test_two_who_edit_one_field_are_told_apart(
    house: ConsoleHouse, signed_in: Reception, approver: Seat
) -> None:
    other = await signed_in(Role.APPROVER)
    first, second = await _opened(approver), await _opened(other)
    await _save(approver, first, result="Bản của người thứ nhất")
    clash = await _save(other, second, result="Bản của\nngười thứ hai", fee="Không thu")
    assert clash.status == HTTPStatus.CONFLICT
    assert clash.heading == "Có người vừa sửa thẻ này"
    assert "Nguyễn Thị Lan đã sửa lúc 20/11/2026 12:00" in clash.text
    assert set(await _edit_of(house)) == {"result", "sources"}
    chosen = form_on(clash) | {"do": "save"}
    assert chosen["field.result"] == "Bản của\nngười thứ hai"
    done = await other.post(CARD, **chosen)
    assert done.where.endswith("?done=published")
    told = await _edit_of(house)
    assert (told["result"], set(told)) == ("Bản của\nngười thứ hai", {"result", "fee", "sources"})


async def test_what_changed_beneath_is_looked_at_again(
    house: ConsoleHouse, approver: Seat
) -> None:
    form = await _opened(approver)
    above = OfficeEdit(office="tinh", code="1.001193", fields={"result": "Bản của tỉnh"})
    await SqlSnapshotStore(house.database).save_edits([above], at=NOON)
    await house.edition.renew()
    clash = await _save(approver, form, fee="Không thu")
    assert clash.status == HTTPStatus.CONFLICT
    assert "cơ quan cấp trên vừa đổi" in clash.text


async def test_an_office_takes_its_word_back(house: ConsoleHouse, approver: Seat) -> None:
    await _save(approver, await _opened(approver), result="Bản chính")
    form = form_on(await approver.get(f"{CARD}/edit"))
    done = await approver.post(f"{CARD}/drop", token=form["token"], reason=WHY)
    assert done.where.endswith("?done=published")
    assert await _edit_of(house) == {}
    assert "Bỏ phần sửa" not in (await approver.get(f"{CARD}/edit")).text


async def test_the_history_tells_who_what_when_and_why(
    house: ConsoleHouse, approver: Seat
) -> None:
    await _save(approver, await _opened(approver), result="Bản thứ nhất")
    house.clock.move(timedelta(minutes=5))
    await _save(approver, await _opened(approver), result="Bản thứ hai")
    by_hand = OfficeEdit(office="xa-a", code="1.001193", fields={"result": "Bản nhập"})
    later = house.clock.now() + timedelta(minutes=5)
    await SqlSnapshotStore(house.database).save_edits([by_hand], at=later)
    page = (await approver.get(f"{CARD}/history")).text
    order = [page.index(f"<ins>{told}") for told in ("Bản nhập", "Bản thứ hai", "Bản thứ nhất")]
    assert order == sorted(order)
    assert "dòng lệnh hoặc chương trình" in page
    assert page.count(f"Lý do: {WHY}") == 2
    assert page.count("hoàn tác lần sửa này") == 2


async def test_a_card_nobody_had_is_made(approver: Seat) -> None:
    form = await _opened(approver, "/cards/xa-a/new") | {
        "code": "1.999999",
        "field.official_name": "Cấp giấy đi đường",
        "field.everyday_name": "Giấy đi đường",
        "field.sector": "An ninh",
        "field.level": "Cấp xã",
        "field.fee": "Không thu",
    }
    done = await approver.post("/cards/xa-a/new", **form)
    assert done.where.endswith("/cards?done=published")
    assert (await approver.get("/cards/xa-a/1.999999")).heading == "Giấy đi đường"
    asked = await approver.get(f"/cards/why?q={quote('xin giấy đi đường')}")
    assert "GIẤY ĐI ĐƯỜNG" in asked.text
    assert (await approver.get("/cards/xa-a/1.999999/edit")).status == HTTPStatus.OK
    again = await approver.post("/cards/xa-a/new", **form)
    assert "Mã này đã có thẻ" in again.text


@pytest.mark.parametrize("code", ["", "xyz", "1.001193"])
async def test_a_new_card_needs_a_code_of_its_own(approver: Seat, code: str) -> None:
    form = await _opened(approver, "/cards/xa-a/new") | {"code": code}
    shown = await approver.post("/cards/xa-a/new", **form)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="f-code-fault"' in shown.text


async def test_where_four_eyes_are_asked_for_nobody_publishes_their_own(
    house: ConsoleHouse, approver: Seat
) -> None:
    rule = Entry(office="xa-a", key="rule:four_eyes", value={"on": True})
    house.conversation.stand(Stood(entries=(rule,)))
    done = await _save(approver, await _opened(approver), result="Bản chính")
    assert done.where.endswith("?done=submitted")
