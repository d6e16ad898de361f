"""The changes of one table are approved together, each as a change of its own."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import pytest
from sqlalchemy import select

from bot.casework.approving import Ending
from bot.casework.changing import propose
from bot.casework.deeds import acting
from bot.console.changes.running import ROUND, Running
from bot.officials.audit import By
from bot.officials.changes import Change, ChangeKind, ChangeStatus, Wish
from bot.officials.field_marks import token_of
from bot.officials.models import Role
from bot.storage.console_tables import audit_entries, changes
from knowledge.models import Fee, FeeStatus
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.integration.console.made.imports import an_import
from tests.integration.console.test_changes import turn_four_eyes_on

REASON = "Quyết định 12/QĐ-UBND"
FREE = {"fee": Fee(status=FeeStatus.FREE)}


async def a_wish(
    house: ConsoleHouse, ref: str, fields: dict[str, Any], *, publish: bool = False, **more: Any
) -> Change:
    author, token = more.pop("author", None), more.pop("token", token_of({}))
    wish = Wish(
        kind=ChangeKind.PROCEDURE, office=HERE, ref=ref, title=f"Thủ tục {ref}", fields=fields,
        reason="nhập tệp", **more,
    )  # fmt: skip
    async with acting(house.database, house.clock, By(officer=author, actor="thử")) as doing:
        made = await propose(doing, wish, token=token, publish=publish)
    assert isinstance(made, Change)
    return made


async def a_batch(
    house: ConsoleHouse, count: int, *, fees: Sequence[int] = (), author: int | None = None
) -> str:
    """A table of which so many changes wait; those of ``fees`` change a fee too."""
    number = (await an_import(house, HERE))["id"]
    for row in range(count):
        fields = {"everyday_name": f"Tên gọi {row}"} | (FREE if row in fees else {})
        await a_wish(house, f"1.{row:06d}", fields, batch=int(number), author=author)
    return number


async def statuses(house: ConsoleHouse, batch: str) -> dict[str, int]:
    async with house.database.reading() as connection:
        told = select(changes.c.status).where(changes.c.batch == int(batch))
        return dict(Counter((await connection.execute(told)).scalars()))


def ticked_in(text: str) -> list[str]:
    return re.findall(r'name="change" value="(\d+)"', text)


async def sent(seat: Seat, batch: str, pick: Sequence[tuple[str, str]], count: int) -> str:
    """Say yes to what was picked, and give the page that tells what came of it."""
    csrf = (await seat.get(f"/imports/{batch}/approval?which=every")).text
    token = re.search(r'name="_csrf" value="([^"]+)"', csrf)
    assert token
    fields = [("_csrf", token[1]), ("reason", REASON), ("count", str(count)), *pick]
    body = "&".join(f"{name}={value}" for name, value in fields)
    kind = "application/x-www-form-urlencoded"
    done = await seat.send(f"/imports/{batch}/approval", body, **{"Content-Type": kind})
    if done.status != HTTPStatus.SEE_OTHER:
        return done.text
    return (await seat.get(done.where.removeprefix("/console"))).text


async def test_a_whole_table_is_approved_with_one_reason_each_row_remembered(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat, count = await signed_in(Role.APPROVER), 2 * ROUND + 3
    batch = await a_batch(house, count, fees=[7])
    listed = (await seat.get("/changes")).text
    assert f"có {count} thay đổi đang chờ bạn duyệt" in listed
    assert f'href="/console/imports/{batch}/changes"' in listed
    asked = (await seat.get(f"/imports/{batch}/approval?which=every")).text
    assert f"Duyệt {count} thay đổi?" in asked
    assert "1 thay đổi không phải thay đổi nhẹ. Hãy đọc kỹ từng thay đổi:" in asked
    # What the weighty ones change is read before they are approved, not one page after another.
    assert re.search(r"<b>Phí, lệ phí</b>: <del>.*?</del> → <ins>", asked)
    assert await statuses(house, batch) == {"waiting": count}
    told = await sent(seat, batch, [("which", "every")], count)
    assert f"Đã công bố {count} trong {count} thay đổi." in told
    assert "không còn gì chờ duyệt" in told
    assert await statuses(house, batch) == {"published": count}
    async with house.database.reading() as connection:
        deeds = select(audit_entries.c.body).where(audit_entries.c.action == "change_published")
        bodies = (await connection.execute(deeds)).scalars().all()
        decided = select(changes.c.decision, changes.c.decided_by).distinct()
        assert (await connection.execute(decided)).all() == [(REASON, seat.officer)]
    assert len(bodies) == count
    assert all("12/QĐ-UBND" in body for body in bodies)


async def test_the_harmless_come_first_and_are_approved_without_the_others(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    batch = await a_batch(house, 4, fees=[1])
    await a_wish(house, "1.000002", {"everyday_name": "Khác"}, publish=True)
    await house.edition.renew()
    shown = (await seat.get(f"/imports/{batch}/changes")).text
    assert re.findall(r">(1\.\d{6}) Thủ tục", shown) == [
        "1.000000", "1.000003", "1.000001", "1.000002",
    ]  # fmt: skip
    assert "đã có người đổi</span> Tên gọi thường ngày" in shown
    assert "(2)</button>" in shown
    told = await sent(seat, batch, [("which", "plain")], 2)
    assert "Đã công bố 2 trong 2 thay đổi." in told
    assert await statuses(house, batch) == {"published": 2, "waiting": 2}
    told = await sent(seat, batch, [("which", "every")], 2)
    assert "Đã công bố 1 trong 2 thay đổi." in told
    assert "1 thay đổi trả về người nhập" in told
    assert 'class="note good"' not in told
    assert await statuses(house, batch) == {"published": 3, "returned": 1}


@pytest.mark.parametrize(
    ("earlier", "fields"),
    [
        ({}, {"notes": [{"text": "Nộp trực tuyến được giảm một nửa", "until": None}]}),
        ({}, {"result": "Trích lục"}),
        ({}, {"steps": ["Đến bộ phận một cửa"]}),
        ({}, {"where_note": "Trụ sở xã, nhận trong 3 ngày"}),
        ({}, {"everyday_name": "Khai sinh", "aliases": ["khai sinh có mất tiền không"]}),
        ({"where_note": "Nhà văn hóa, lệ phí nộp tại đây"}, {"where_note": "Trụ sở xã"}),
        ({"everyday_name": "Làm khai sinh"}, {"everyday_name": "Khai sinh"}),
        ({"where_note": "Trụ sở xã"}, {}),
    ],
)
async def test_what_is_not_surely_harmless_is_never_approved_as_light(
    house: ConsoleHouse, signed_in: Reception, earlier: dict[str, Any], fields: dict[str, Any]
) -> None:
    seat = await signed_in(Role.APPROVER)
    begun = token_of({})
    if earlier:
        begun = token_of((await a_wish(house, "1.000009", earlier, publish=True)).after)
    batch = await a_batch(house, 1)
    await a_wish(house, "1.000009", fields, batch=int(batch), token=begun)
    await house.edition.renew()
    shown = (await seat.get(f"/imports/{batch}/changes")).text
    assert "Thay đổi nhẹ chỉ đổi các mục: Tên gọi thường ngày, Cách hỏi thường ngày" in shown
    assert "Duyệt các thay đổi nhẹ (1)" in shown
    assert shown.index("1.000000 Thủ tục") < shown.index("1.000009 Thủ tục")
    assert "cần đọc kỹ</span>" in shown
    await sent(seat, batch, [("which", "plain")], 1)
    assert await statuses(house, batch) == {"published": 1, "waiting": 1}


async def test_those_ticked_are_approved_and_no_others(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    batch, other = await a_batch(house, 60), await a_wish(house, "1.999999", {"result": "Riêng"})
    page = await seat.get(f"/imports/{batch}/changes")
    ticks = ticked_in(page.text)
    assert len(ticks) == 50
    assert 'rel="next"' in page.text
    picked = [("change", one) for one in (*ticks[:2], str(other.id))]
    asked = await seat.get(
        f"/imports/{batch}/approval?which=ticked&" + "&".join(map("=".join, picked))
    )
    assert "Duyệt 2 thay đổi?" in asked.text
    assert ticked_in(asked.text) == ticks[:2]
    await sent(seat, batch, [("which", "ticked"), *picked], 2)
    assert await statuses(house, batch) == {"published": 2, "waiting": 58}
    async with house.database.reading() as connection:
        rows = await connection.execute(select(changes).where(changes.c.id == other.id))
    assert rows.one().status == ChangeStatus.WAITING
    none = await seat.get(f"/imports/{batch}/approval?which=ticked")
    assert "Chưa chọn mục nào" in none.text
    fewer = await sent(seat, batch, [("which", "every")], 57)
    assert "nhiều hơn số bạn đã xem" in fewer


async def test_with_four_eyes_who_handed_it_in_does_not_approve_it(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await turn_four_eyes_on(house)
    seat, leader = await signed_in(Role.APPROVER), await signed_in(Role.LEADER)
    batch = await a_batch(house, 2, author=seat.officer)
    page = (await seat.get(f"/imports/{batch}/changes")).text
    assert "Bạn không duyệt được lần nhập này" in page
    assert ticked_in(page) == []
    assert "đang chờ bạn duyệt" not in (await seat.get("/changes")).text
    await seat.post(f"/imports/{batch}/approval", which="every", reason=REASON, count="2")
    assert await statuses(house, batch) == {"waiting": 2}
    await leader.post(f"/imports/{batch}/approval", which="every", reason=REASON, count="2")
    assert await statuses(house, batch) == {"published": 2}


@pytest.mark.parametrize("role", [Role.PREPARER, Role.SECRETARIAT, Role.ADMINISTRATOR])
async def test_who_may_not_approve_sees_and_cannot(
    house: ConsoleHouse, signed_in: Reception, role: Role
) -> None:
    seat, batch = await signed_in(role), await a_batch(house, 1)
    assert ticked_in((await seat.get(f"/imports/{batch}/changes")).text) == []
    sent = await seat.post(f"/imports/{batch}/approval", which="every", reason=REASON, count="1")
    assert sent.status == HTTPStatus.FORBIDDEN


async def test_a_long_run_goes_on_while_the_page_tells_how_far_it_is() -> None:
    running, tried = Running(), list[int]()
    go_on, ended = asyncio.Event(), asyncio.Event()

    async def some(numbers: Sequence[int]) -> Counter[Ending]:
        tried.extend(numbers)
        if len(tried) > ROUND:
            await go_on.wait()
        return Counter({Ending.APPROVED: len(numbers)})

    async def after() -> None:
        ended.set()

    beginning = asyncio.create_task(
        running.begin(1, list(range(2 * ROUND + 1)), some, after=after, patience=0.01)
    )
    assert await beginning
    run = running.of(1)
    assert run
    assert (run.done, run.total, run.ended) == (ROUND, 2 * ROUND + 1, False)
    assert not await running.begin(1, [1], some, after=after)
    go_on.set()
    await ended.wait()
    assert (run.done, run.ended) == (run.total, True)
    await running.stop()


async def test_a_run_that_is_stopped_leaves_the_rest_waiting() -> None:
    running, began = Running(), asyncio.Event()

    async def some(_: Sequence[int]) -> Counter[Ending]:
        began.set()
        await asyncio.Event().wait()
        raise AssertionError("never")

    async def after() -> None:
        raise AssertionError("nothing was published")

    assert await running.begin(1, [1, 2], some, after=after, patience=0.01)
    await running.stop()
    run = running.of(1)
    assert run
    assert (run.ended, run.done) == (True, 0)
