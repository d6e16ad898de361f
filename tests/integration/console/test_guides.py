"""Guides and answers to questions: found, edited, made, hidden and shown again."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import quote

import pytest

from bot.officials.models import Role
from knowledge.record_edits import RecordEdit, RecordKind
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON
from tests.fakes.console import ConsoleHouse, Reception, Seat
from tests.fakes.forms import form_on

GUIDE = "/guides/xa-a/cai-vneid"
WHY = "người dân hỏi mà chưa có"


@pytest.fixture
async def seat(signed_in: Reception) -> Seat:
    return await signed_in(Role.APPROVER)


async def _asked(seat: Seat, question: str) -> str:
    return (await seat.get(f"/cards/why?q={quote(question)}")).text


async def _opened(seat: Seat, path: str = f"{GUIDE}/edit") -> dict[str, str]:
    shown = await seat.get(path)
    assert shown.status == HTTPStatus.OK
    return form_on(shown) | {"reason": WHY, "do": "save"}


async def test_a_guide_is_shown_as_citizens_get_it(seat: Seat) -> None:
    page = (await seat.get(GUIDE)).text
    assert "CÀI VNEID THẾ NÀO" in page
    assert "tải vneid" in page
    assert "Chưa ai ở cơ quan này sửa." in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("", True), ("text=TAI+vneid", True), ("text=khai", False), ("only=hidden", False)],
)
async def test_guides_are_found_by_their_words(seat: Seat, asked: str, found: bool) -> None:
    assert (f'"/console{GUIDE}"' in (await seat.get(f"/guides?{asked}")).text) == found


async def test_an_edited_guide_is_told_at_once(seat: Seat) -> None:
    form = await _opened(seat) | {"field.intro": "Ra bộ phận một cửa nhờ cài.", "field.link": ""}
    done = await seat.post(GUIDE, **form)
    assert done.where == f"/console{GUIDE}?done=published"
    assert "Ra bộ phận một cửa nhờ cài." in await _asked(seat, "cài vneid thế nào")
    page = (await seat.get(GUIDE)).text
    assert f"Lý do: {WHY}" in page
    assert "Xã A, 20/11/2026" in page
    assert (await seat.post(GUIDE, **await _opened(seat))).where.endswith("?done=nothing_changed")


async def test_a_preview_of_a_guide_stores_nothing(seat: Seat) -> None:
    form = await _opened(seat) | {"field.title": "Cài định danh", "do": "preview", "reason": ""}
    shown = await seat.post(GUIDE, **form)
    assert "CÀI ĐỊNH DANH" in shown.text
    assert (await seat.get(GUIDE)).heading == "Cài VNeID thế nào"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", " "),
        ("link", "javascript:alert(1)"),
        ("steps", "\n".join(map(str, range(9)))),
        ("notes", "hết hạn | đến 31/02/2027"),
    ],
)
async def test_what_cannot_be_read_is_said_where_it_stands(
    seat: Seat, field: str, text: str
) -> None:
    shown = await seat.post(GUIDE, **(await _opened(seat) | {f"field.{field}": text}))
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="f-field.{field}-fault"' in shown.text


async def test_a_question_gets_an_answer_of_its_own(seat: Seat) -> None:
    form = await _opened(seat, "/guides/xa-a/new") | {
        "field.title": "Chợ phiên họp ngày nào",
        "field.aliases": "chợ phiên mấy giờ\nbao giờ có chợ phiên",
        "field.intro": "Chợ phiên họp sáng chủ nhật.",
    }
    assert (await seat.post("/guides/xa-a/new", **form)).where.endswith("/guides?done=published")
    assert "Chợ phiên họp sáng chủ nhật." in await _asked(seat, "bao giờ có chợ phiên")
    assert "Chợ phiên họp ngày nào" in (await seat.get("/guides?only=own")).text


async def test_a_guide_is_hidden_and_shown_again(seat: Seat) -> None:
    token = (await _opened(seat))["token"]
    done = await seat.post(f"{GUIDE}/hide", token=token, reason=WHY)
    assert done.where == "/console/guides?done=published"
    assert "Mở kho ứng dụng" not in await _asked(seat, "cài vneid thế nào")
    page = await seat.get(GUIDE)
    assert "đang được ẩn" in page.text
    assert "cai-vneid" in (await seat.get("/guides?only=hidden")).text
    assert "Bỏ phần sửa của cơ quan" not in page.text
    token = form_on(page)["token"]
    await seat.post(f"{GUIDE}/show", token=token, reason=WHY)
    assert "Mở kho ứng dụng" in await _asked(seat, "cài vneid thế nào")


async def test_what_the_office_says_of_a_guide_outlasts_hiding_it(seat: Seat) -> None:
    note = "Người cao tuổi được cán bộ làm giúp"
    await seat.post(GUIDE, **await _opened(seat) | {"field.notes": note})
    token = (await _opened(seat))["token"]
    await seat.post(f"{GUIDE}/hide", token=token, reason=WHY)
    hidden = await seat.get(GUIDE)
    assert note in hidden.text
    assert "Hiện lại hướng dẫn này" in hidden.text
    assert "Mở kho ứng dụng" not in await _asked(seat, "cài vneid thế nào")
    await seat.post(f"{GUIDE}/show", token=form_on(hidden)["token"], reason=WHY)
    shown = await seat.get(GUIDE)
    assert note in shown.text
    assert "đang được ẩn" not in shown.text
    assert "Bỏ phần sửa của cơ quan" in shown.text
    await seat.post(f"{GUIDE}/drop", token=form_on(shown)["token"], reason=WHY)
    dropped = await seat.get(GUIDE)
    assert note not in dropped.text.partition("Lịch sử")[0]
    assert "Mở kho ứng dụng" in await _asked(seat, "cài vneid thế nào")


async def test_a_guide_only_the_office_has_is_hidden_and_shown_again(seat: Seat) -> None:
    form = await _opened(seat, "/guides/xa-a/new")
    words = {"field.title": "Chợ phiên họp ngày nào", "field.intro": "Họp sáng chủ nhật."}
    await seat.post("/guides/xa-a/new", **form | words)
    (path,) = re.findall(
        r'href="/console(/guides/xa-a/cho_[^"/]+)"', (await seat.get("/guides")).text
    )
    token = (await _opened(seat, path))["token"]
    await seat.post(f"{path}/hide", token=token, reason=WHY)
    assert path in (await seat.get("/guides?only=hidden")).text
    token = (await _opened(seat, path))["token"]
    await seat.post(f"{path}/show", token=token, reason=WHY)
    assert "Họp sáng chủ nhật." in await _asked(seat, "chợ phiên họp ngày nào")


async def test_two_who_edit_one_guide_are_told_apart(signed_in: Reception, seat: Seat) -> None:
    other = await signed_in(Role.APPROVER)
    first, second = await _opened(seat), await _opened(other)
    await seat.post(GUIDE, **first | {"field.intro": "Câu của người thứ nhất"})
    clash = await other.post(GUIDE, **second | {"field.intro": "Câu của người thứ hai"})
    assert clash.status == HTTPStatus.CONFLICT
    assert "Câu của người thứ nhất" in clash.text
    done = await other.post(GUIDE, **form_on(clash) | {"do": "save"})
    assert done.where.endswith("?done=published")
    assert "Câu của người thứ hai" in (await seat.get(GUIDE)).text


async def test_what_another_office_hides_stays_elsewhere(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    gone = RecordEdit(office="xa-b", kind=RecordKind.GUIDE, ref="cai-vneid", fields={"gone": True})
    await SqlSnapshotStore(house.database).save_records([gone], at=NOON)
    await house.edition.renew()
    seat = await signed_in(Role.PREPARER, office="xa-b")
    assert "đang được ẩn" in (await seat.get("/guides/xa-b/cai-vneid")).text
    assert "Mở kho ứng dụng" in await _asked(seat, "cài vneid thế nào")


async def test_a_guide_nobody_has_is_not_there(seat: Seat) -> None:
    assert (await seat.get("/guides/xa-a/khong-co")).status == HTTPStatus.NOT_FOUND
