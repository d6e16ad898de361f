"""Changes in the console: who sees them, who decides, and that citizens are told at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.casework.changing import propose
from bot.casework.deeds import acting
from bot.officials.audit import By
from bot.officials.changes import Change, ChangeKind, ChangeStatus, Wish
from bot.officials.field_marks import mark_of, token_of
from bot.officials.models import Role
from bot.storage.change_rows import find_change
from knowledge.models import Fee, FeeStatus
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown

REASON = "Nghị quyết 12 vừa ban hành"
FEE = {"fee": Fee(status=FeeStatus.FREE, note="Đúng hạn")}
OF_KIND: Mapping[ChangeKind, tuple[str, Mapping[str, Any]]] = {
    ChangeKind.PROCEDURE: ("1.001193", FEE),
    ChangeKind.GUIDE: ("cai-vneid", {"intro": "Vào kho ứng dụng."}),
    ChangeKind.HOTLINE: ("1022", {"name": "Đường dây nóng mới"}),
    ChangeKind.OFFICE: (HERE, {"phone": "0123 456"}),
    ChangeKind.SETTING: ("wording:greeting", {"text": "Chào bà con"}),
}
PUBLISHERS = {
    ChangeKind.PROCEDURE: {Role.APPROVER, Role.LEADER},
    ChangeKind.GUIDE: {Role.APPROVER, Role.LEADER},
    ChangeKind.HOTLINE: {Role.APPROVER, Role.LEADER, Role.SECRETARIAT},
    ChangeKind.OFFICE: {Role.APPROVER, Role.LEADER, Role.SECRETARIAT},
    ChangeKind.SETTING: {Role.APPROVER, Role.LEADER, Role.SECRETARIAT},
}


async def a_change(
    house: ConsoleHouse,
    kind: ChangeKind = ChangeKind.PROCEDURE,
    *,
    by: Seat | None = None,
    publish: bool = False,
    office: str = HERE,
    seen: Change | None = None,
    **changes: Any,
) -> Change:
    ref, fields = OF_KIND[kind]
    wish = Wish(kind=kind, office=office, ref=ref, title="Thẻ thử", fields=fields, reason=REASON)
    who = By(officer=by.officer if by else None, actor="thử")
    async with acting(house.database, house.clock, who) as doing:
        told = replace(wish, **changes)
        token = token_of(seen.after if seen else {})
        made = await propose(doing, told, token=token, publish=publish)
    assert isinstance(made, Change)
    return made


async def status(house: ConsoleHouse, change: Change) -> ChangeStatus:
    async with house.database.reading() as connection:
        found = await find_change(connection, change.id)
    assert found
    return found.status


async def approve(seat: Seat, change: Change) -> Shown:
    return await seat.post(f"/changes/{change.id}/approve", seen=mark_of(change.after))


async def test_what_waits_is_listed_and_approved_and_told_at_once(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    preparer, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    change = await a_change(house, by=preparer)
    listed = await approver.get("/changes")
    assert "Thẻ thử" in listed.text
    assert "Phí, lệ phí" in listed.text
    shown = await approver.get(f"/changes/{change.id}")
    for said in ("(để trống)", "Không thu", REASON, "Nguyễn Thị Lan", "Xã A"):
        assert said in shown.text
    done = await approve(approver, change)
    assert done.status == 303
    assert "Đã công bố" in (await approver.get(done.where.removeprefix("/console"))).text
    card = house.conversation.desk.knowledge.procedure("1.001193")
    assert card.fee.note == "Đúng hạn"
    assert "Thẻ thử" not in (await approver.get("/changes")).text
    assert "Thẻ thử" in (await approver.get("/changes?status=published")).text


async def test_what_is_not_the_offices_own_word_is_told_from_what_is_shipped(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    for kind, said in (
        (ChangeKind.GUIDE, "Mở kho ứng dụng, tìm VNeID."),
        (ChangeKind.HOTLINE, "Đường dây nóng</del>"),
        (ChangeKind.OFFICE, "(để trống)"),
        (ChangeKind.SETTING, "(như bản gốc)"),
    ):
        change = await a_change(house, kind)
        assert said in (await seat.get(f"/changes/{change.id}")).text


async def test_a_change_is_sent_back_with_what_is_to_be_mended(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    preparer, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    change = await a_change(house, by=preparer)
    faulty = await approver.post(f"/changes/{change.id}/return", reason="ừ")
    assert faulty.status == 422
    assert "lý do" in faulty.text
    await approver.post(f"/changes/{change.id}/return", reason="Thiếu số nghị quyết")
    assert await status(house, change) is ChangeStatus.RETURNED
    shown = await preparer.get(f"/changes/{change.id}")
    assert "Thiếu số nghị quyết" in shown.text
    assert "Thẻ thử" in (await preparer.get("/changes?status=returned&mine=on")).text
    late = await approve(approver, change)
    said = await approver.get(late.where.removeprefix("/console"))
    assert "đã có người quyết định trước" in said.text


async def test_who_made_a_change_withdraws_it_and_nobody_else_without_the_right(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    preparer, other = await signed_in(Role.PREPARER), await signed_in(Role.PREPARER)
    change = await a_change(house, by=preparer)
    refused = await other.post(f"/changes/{change.id}/withdraw", reason="không phải của tôi")
    assert refused.status == 403
    await preparer.post(f"/changes/{change.id}/withdraw", reason="ghi nhầm thẻ")
    assert await status(house, change) is ChangeStatus.WITHDRAWN


async def test_a_change_is_undone_with_a_reason_and_told_as_before(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    approver = await signed_in(Role.APPROVER)
    change = await a_change(house, by=approver, publish=True)
    await house.edition.renew()
    done = await approver.post(f"/changes/{change.id}/undo", reason="nghị quyết bị hoãn")
    shown = await approver.get(done.where.removeprefix("/console"))
    assert "Đã hoàn tác" in shown.text
    assert f'href="/console/changes/{change.id}"' in shown.text
    assert house.conversation.desk.knowledge.procedure("1.001193").fee.note == ""
    again = await approver.post(f"/changes/{change.id}/undo", reason="nghị quyết bị hoãn")
    assert (
        "đã có người quyết định" in (await approver.get(again.where.removeprefix("/console"))).text
    )


async def test_what_was_edited_since_is_not_undone(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    approver = await signed_in(Role.APPROVER)
    first = await a_change(house, publish=True)
    wish = Wish(
        kind=first.kind,
        office=HERE,
        ref=first.ref,
        title="Thẻ thử",
        fields={"fee": Fee(status=FeeStatus.PROVINCIAL)},
        reason=REASON,
    )
    async with acting(house.database, house.clock, By(officer=None, actor="thử")) as doing:
        await propose(doing, wish, token=token_of(first.after), publish=True)
    done = await approver.post(f"/changes/{first.id}/undo", reason="muốn như cũ")
    said = await approver.get(done.where.removeprefix("/console"))
    assert "Không hoàn tác được" in said.text


async def test_an_approval_over_another_edit_goes_back_to_its_author(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    approver, other = await signed_in(Role.APPROVER), await signed_in(Role.LEADER)
    waiting = await a_change(house)
    met = await a_change(
        house, by=other, publish=True, fields={"fee": Fee(status=FeeStatus.PROVINCIAL)}
    )
    seen = await approver.get(f"/changes/{waiting.id}")
    assert "Từ khi gửi, đã có người đổi: Phí, lệ phí." in seen.text
    # What would not be published is not offered, sending it back is.
    assert "Duyệt và công bố" not in seen.text
    assert f"/changes/{waiting.id}/return" in seen.text
    done = await approve(approver, waiting)
    told = await approver.get(done.where.removeprefix("/console"))
    assert "Chưa công bố" in told.text
    assert 'class="note good"' not in told.text
    assert "data-done" not in told.text
    assert await status(house, waiting) is ChangeStatus.RETURNED
    await a_change(
        house, publish=True, fields={"fee": Fee(status=FeeStatus.FREE, note="Về sau")}, seen=met
    )
    shown = (await approver.get(f"/changes/{waiting.id}")).text
    assert "<dt>Ý kiến</dt>" in shown
    assert shown.count("Trong lúc chờ duyệt, đã có người đổi: Phí, lệ phí.") == 2
    assert f'<a href="/console/changes/{met.id}">Nguyễn Thị Lan đổi lúc' in shown
    # What it was written over, what is told now, and what was wished, side by side.
    assert re.findall(r'role="columnheader" scope="col">(.*?)<', shown)[:4] == [
        "Mục", "Khi soạn", "Đang áp dụng", "Sau",
    ]  # fmt: skip
    assert [text in shown for text in ("(để trống)", "Về sau", "Đúng hạn")] == [True] * 3


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ChangeKind.GUIDE, "Ẩn hướng dẫn, hỏi đáp này"),
        (ChangeKind.HOTLINE, "Ẩn đường dây nóng này"),
    ],
)
async def test_hiding_reads_as_hiding(
    house: ConsoleHouse, signed_in: Reception, kind: ChangeKind, said: str
) -> None:
    seat = await signed_in(Role.APPROVER)
    own = await a_change(house, kind, publish=True)
    hiding = await a_change(house, kind, fields={"gone": True}, publish=True, seen=own)
    shown = (await seat.get(f"/changes/{hiding.id}")).text
    table = shown.partition("<h2>Khác nhau")[2].partition("<dl")[0]
    assert re.findall(r"<ins[^>]*>(.*?)</ins>", table) == [said]
    assert re.findall(r"<del[^>]*>(.*?)</del>", table) == ["Hiện"]


async def test_an_approver_is_told_of_what_is_approved_for_the_same_days(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    approver = await signed_in(Role.APPROVER)
    days: dict[str, Any] = {"valid_from": date(2027, 1, 1), "valid_until": date(2027, 1, 31)}
    await a_change(house, publish=True, **days)
    fields = {"fee": Fee(status=FeeStatus.PROVINCIAL)}
    waiting = await a_change(house, fields=fields, **days)
    seen = (await approver.get(f"/changes/{waiting.id}")).text
    assert "nói khác về: Phí, lệ phí, trong cùng những ngày" in seen
    assert "Duyệt và công bố" not in seen
    later = await a_change(house, fields=fields, valid_from=date(2027, 2, 1))
    assert "Duyệt và công bố" in (await approver.get(f"/changes/{later.id}")).text


@pytest.mark.parametrize("kind", list(ChangeKind))
async def test_what_a_change_would_meet_is_told_before_it_is_approved(
    house: ConsoleHouse, signed_in: Reception, kind: ChangeKind
) -> None:
    seat, waiting = await signed_in(Role.LEADER), await a_change(house, kind)
    assert "Từ khi gửi" not in (await seat.get(f"/changes/{waiting.id}")).text
    field, value = next(iter(waiting.after.items()))
    words = {**value, "note": "khác"} if isinstance(value, dict) else f"{value} khác"
    await a_change(house, kind, publish=True, fields={field: words})
    shown = (await seat.get(f"/changes/{waiting.id}")).text
    assert "Từ khi gửi, đã có người đổi" in shown
    assert "Đang áp dụng</th>" in shown


async def test_with_four_eyes_one_alone_takes_back_but_puts_nothing_back(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await turn_four_eyes_on(house)
    approver, leader = await signed_in(Role.APPROVER), await signed_in(Role.LEADER)
    change = await a_change(house, publish=True)
    await house.edition.renew()
    assert "không chờ ai duyệt" in (await approver.get(f"/changes/{change.id}")).text
    done = await approver.post(f"/changes/{change.id}/undo", reason="số tiền sai")
    assert "done=undone" in done.where
    told = house.conversation.desk.knowledge
    assert told.procedure("1.001193").fee.note == ""
    undoing = done.where.partition("?")[0].removeprefix("/console")
    assert "Nội dung này do một người gỡ" in (await approver.get(undoing)).text
    done = await approver.post(f"{undoing}/undo", reason="số tiền đúng rồi")
    shown = await approver.get(done.where.removeprefix("/console"))
    assert "chỉ được áp dụng lại khi có người khác duyệt" in shown.text
    assert "Duyệt và công bố" not in shown.text
    assert "Hoàn tác</button>" not in (await approver.get(undoing)).text
    waiting = done.where.partition("?")[0].removeprefix("/console")
    sent = {"seen": mark_of({**change.after}), "reason": ""}
    await approver.post(f"{waiting}/approve", **sent)
    assert house.conversation.desk.knowledge.procedure("1.001193").fee.note == ""
    await leader.post(f"{waiting}/approve", **sent)
    assert house.conversation.desk.knowledge.procedure("1.001193").fee.note == "Đúng hạn"


async def test_a_change_names_the_others_of_the_same_thing_that_wait(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    first = await a_change(house, by=seat)
    later = house.clock.now().date() + timedelta(days=11)
    second = await a_change(house, publish=True, valid_from=later)
    said = (await seat.get(f"/changes/{first.id}")).text
    assert f'<a href="/console/changes/{second.id}">Đã có một thay đổi sẽ có hiệu lực' in said
    assert "sẽ có hiệu lực từ 01/12/2026" in said
    said = (await seat.get(f"/changes/{second.id}")).text
    assert "đang chờ duyệt (của Nguyễn Thị Lan, lúc 20/11/2026" in said


async def test_with_four_eyes_the_author_is_told_to_ask_somebody_else(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await turn_four_eyes_on(house)
    approver, leader = await signed_in(Role.APPROVER), await signed_in(Role.LEADER)
    change = await a_change(house, by=approver)
    shown = await approver.get(f"/changes/{change.id}")
    assert "nhờ người khác duyệt" in shown.text
    assert "Duyệt và công bố" not in shown.text
    await approve(approver, change)
    assert await status(house, change) is ChangeStatus.WAITING
    await approve(leader, change)
    assert await status(house, change) is ChangeStatus.PUBLISHED


def a_rule_of_four_eyes() -> Wish:
    return Wish(
        kind=ChangeKind.SETTING,
        office="",
        ref="rule:four_eyes",
        title="Người soạn không tự duyệt",
        fields={"on": True},
        reason=REASON,
    )


async def turn_four_eyes_on(house: ConsoleHouse, office: str = "") -> None:
    rule = replace(a_rule_of_four_eyes(), office=office)
    async with acting(house.database, house.clock, By(officer=None, actor="thử")) as doing:
        await propose(doing, rule, token=token_of({}), publish=True)
    await house.orders.renew()


async def waits_for(seat: Seat) -> int:
    """How many changes the navigation says wait for somebody; the list shows as many."""
    told = json.loads((await seat.get("/waiting")).text).get("changes", 0)
    assert (await seat.get("/changes?status=for_me")).text.count(">Thẻ thử</a>") == told
    return int(told)


@pytest.mark.parametrize("four_eyes", [None, ""])
@pytest.mark.parametrize(
    "change",
    [
        {"kind": ChangeKind.PROCEDURE},
        {"kind": ChangeKind.HOTLINE},
        {"kind": ChangeKind.OFFICE},
        {"kind": ChangeKind.OFFICE, "fields": {"sample": False, "phone": "0123 456"}},
        {"kind": ChangeKind.SETTING, "ref": "day:2026-11-24", "fields": {"name": "Nghỉ"}},
    ],
    ids=["card", "hotline", "contact", "tree", "day"],
)
async def test_a_change_waits_for_those_who_may_approve_it_and_for_nobody_else(
    house: ConsoleHouse, signed_in: Reception, change: dict[str, Any], four_eyes: str | None
) -> None:
    if four_eyes is not None:
        await turn_four_eyes_on(house, four_eyes)
    author = await signed_in(*Role)
    one = await a_change(house, by=author, **change)
    for seat in [author, *[await signed_in(role) for role in Role]]:
        shown = await seat.get(f"/changes/{one.id}")
        may = "Duyệt và công bố" in shown.text
        assert await waits_for(seat) == may
        # The mark of something else: whoever may approve is told that it was decided.
        sent = await seat.post(f"/changes/{one.id}/approve", seen="khac", reason="")
        assert may <= (sent.status == 303)
        assert ("duyệt.</p>" in shown.text) == (shown.status == 200 and not may)


async def test_who_may_not_approve_is_told_who_may(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    approver, administrator = await signed_in(Role.APPROVER), await signed_in(Role.ADMINISTRATOR)
    change = await a_change(house, ChangeKind.OFFICE, fields={"sample": False})
    said = "Thay đổi này chờ Quản trị của Xã A, hoặc của cơ quan cấp trên, duyệt."
    assert said in (await approver.get(f"/changes/{change.id}")).text
    assert said not in (await administrator.get(f"/changes/{change.id}")).text


WAITS = "Đã có một thay đổi đang chờ duyệt (của Nguyễn Thị Lan, lúc 20/11/2026 12:00)"
OF_DAY = {"ref": "day:2026-11-24", "fields": {"name": "Nghỉ"}}


@pytest.mark.parametrize(
    ("kind", "changes", "pages"),
    [
        (ChangeKind.PROCEDURE, {}, [f"/cards/{HERE}/1.001193", f"/cards/{HERE}/1.001193/edit"]),
        (ChangeKind.GUIDE, {}, [f"/guides/{HERE}/cai-vneid", f"/guides/{HERE}/cai-vneid/edit"]),
        (ChangeKind.HOTLINE, {}, ["/contacts", f"/contacts/{HERE}/hotlines/1022"]),
        (ChangeKind.OFFICE, {}, ["/contacts", f"/contacts/{HERE}"]),
        (ChangeKind.SETTING, OF_DAY, ["/days"]),
    ],
)
async def test_what_waits_is_told_where_the_same_is_shown_or_edited(
    house: ConsoleHouse,
    signed_in: Reception,
    kind: ChangeKind,
    changes: dict[str, Any],
    pages: list[str],
) -> None:
    seat = await signed_in(Role.PREPARER)
    for page in pages:
        assert "Đã có một thay đổi" not in (await seat.get(page)).text
    waiting = await a_change(house, kind, by=seat, **changes)
    later = house.clock.now().date() + timedelta(days=11)
    other = await a_change(house, kind, publish=True, valid_from=later, **changes)
    for page in pages:
        shown = (await seat.get(page)).text
        assert f'<a href="/console/changes/{waiting.id}">{WAITS}</a>' in shown
        assert f'<a href="/console/changes/{other.id}">Đã có một thay đổi sẽ có hiệu' in shown
    for one in (waiting, other):
        assert (await seat.get(f"/changes/{one.id}")).status == 200
    await a_change(house, kind, office="xa-b", **changes | {"title": "Của xã khác"})
    assert "Của xã khác" not in (await seat.get(pages[0])).text


async def test_who_sends_a_second_change_is_told_of_the_first(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    assert house.database.embedded
    form = {"name": "Đường dây", "purpose": "Hỏi đáp", "source": "Thông báo", "seen": "01/11/2026"}
    for waiting in (1, 2):
        seat = await signed_in(Role.PREPARER)
        done = await seat.post(
            f"/contacts/{HERE}/hotlines", phone="0256 3822 118", reason=REASON, **form
        )
        said = (await seat.get(done.where.removeprefix("/console"))).text
        assert "Đã gửi duyệt" in said
        # The list tells of one's own too.
        assert said.count(WAITS) == waiting


@pytest.mark.parametrize("kind", list(ChangeKind))
async def test_each_kind_is_decided_by_those_the_table_names(
    house: ConsoleHouse, signed_in: Reception, kind: ChangeKind
) -> None:
    for role in Role:
        seat = await signed_in(role)
        for act in ("return", "withdraw", "undo", "approve"):
            change = await a_change(house, kind)
            # The mark of something else: whoever may approve is told that it was decided.
            seen = {"seen": "khac"} if act == "approve" else {}
            sent = await seat.post(f"/changes/{change.id}/{act}", reason="vì một lẽ khác", **seen)
            assert (sent.status == 303) == (role in PUBLISHERS[kind]), (role, act)


async def test_settings_are_seen_by_those_who_may(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    change = await a_change(house, ChangeKind.SETTING)
    preparer, leader = await signed_in(Role.PREPARER), await signed_in(Role.LEADER)
    assert (await preparer.get(f"/changes/{change.id}")).status == 403
    assert "Chào bà con" in (await leader.get(f"/changes/{change.id}")).text
    assert "Thẻ thử" not in (await preparer.get("/changes")).text
    assert "Thẻ thử" in (await leader.get("/changes")).text


async def test_another_offices_changes_are_not_there(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER, office="xa-b")
    change = await a_change(house)
    assert (await seat.get(f"/changes/{change.id}")).status == 404
    assert (await approve(seat, change)).status == 404
    assert "Thẻ thử" not in (await seat.get("/changes?status=all")).text
    assert "Thẻ thử" not in (await seat.get(f"/changes?status=all&office={HERE}")).text


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40, "x", "1e3", "%31%30%30%30%31"])
async def test_what_is_no_change_is_not_there(
    house: ConsoleHouse, signed_in: Reception, number: str
) -> None:
    assert house.database.embedded
    assert (await (await signed_in(Role.LEADER)).get(f"/changes/{number}")).status == 404


async def test_what_was_typed_is_shown_as_text(house: ConsoleHouse, signed_in: Reception) -> None:
    nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}'
    change = await a_change(
        house,
        ChangeKind.GUIDE,
        fields={"intro": nasty},
        title=nasty,
        reason=nasty,
    )
    seat = await signed_in(Role.LEADER)
    for path in (f"/changes/{change.id}", "/changes"):
        text = (await seat.get(path)).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "{{7*7}}" in text


async def test_the_list_is_filtered_by_what_it_is_asked(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    await a_change(house, ChangeKind.GUIDE, title="Hướng dẫn riêng")
    await a_change(house, title="Thẻ riêng")

    async def found(query: str) -> list[str]:
        text = (await seat.get(f"/changes?{query}")).text
        return re.findall(r">((?:Thẻ|Hướng dẫn) riêng)</a>", text)

    assert await found("") == ["Thẻ riêng", "Hướng dẫn riêng"]
    assert await found("kind=guide") == ["Hướng dẫn riêng"]
    assert await found("text=1.001193") == ["Thẻ riêng"]
    assert await found("from=20/11/2026&to=20/11/2026") == ["Thẻ riêng", "Hướng dẫn riêng"]
    assert await found("from=21/11/2026") == []
    assert await found("mine=on") == []
    assert await found("status=all&kind=khac") == ["Thẻ riêng", "Hướng dẫn riêng"]


async def test_the_list_is_given_as_a_spreadsheet(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    await a_change(house, title="=1+1")
    sent = await seat.get("/files/changes.xlsx?status=waiting&kind=procedure&mine=")
    book = load_workbook(BytesIO(sent.body))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("Nội dung", "Mã", "Loại")
    assert rows[1][:3] == ("'=1+1", "1.001193", "Thẻ thủ tục")


async def test_what_is_over_and_was_edited_since_is_shown_first(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    over = house.clock.now().date().replace(year=2025)
    await a_change(house, publish=True, valid_until=over)
    assert "đã có người sửa tiếp" in (await seat.get("/changes")).text
