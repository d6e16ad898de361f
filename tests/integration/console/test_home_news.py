"""The first page tells of news and plans: what went out urgently, stopped, or waits for a word."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert

from bot.officials.models import Role
from bot.storage.broadcast_tables import broadcasts, deliveries, runs
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception
from tests.integration.console.made.loudspeaker import a_reading
from tests.integration.console.made.plans import a_slot
from tests.integration.console.test_news import a_draft, a_reader


async def keep(house: ConsoleHouse, table: Table, **row: Any) -> None:
    async with house.database.writing() as connection:
        await connection.execute(insert(table).values(**row))


async def a_text(house: ConsoleHouse, number: int, **more: Any) -> None:
    plain = {
        "id": number, "office": HERE, "kind": "khac", "title": f"Tin {number}", "version": 1,
        "status": "submitted", "author": 99, "urgent": False, "made_at": NOON, "changed_at": NOON,
    }  # fmt: skip
    await keep(house, broadcasts, **plain | more)


async def a_run(house: ConsoleHouse, number: int, **more: Any) -> None:
    plain = {
        "id": number, "schedule": number, "due_at": NOON, "broadcast": 1, "version": 1,
        "office": HERE, "status": "missed", "reason": "",
    }  # fmt: skip
    await keep(house, runs, **plain | more)


@pytest.fixture
async def newsy(house: ConsoleHouse) -> ConsoleHouse:
    """One of each thing of news and plans that waits at xa-a."""
    await a_text(house, 1)
    await a_run(house, 1)
    await a_run(house, 2, status="paused", reason="errors")
    await a_run(house, 3, status="finished")
    await keep(
        house, deliveries, run=3, route="web", subscriber=1, address="a", status="uncertain",
        not_before=NOON,
    )  # fmt: skip
    await a_reading(house, HERE)
    day = NOON.date()
    await a_slot(house, HERE, day - timedelta(days=1))
    await a_slot(house, HERE, day + timedelta(days=7))
    await a_slot(house, HERE, day + timedelta(days=8))
    return house


OF_NEWS = (
    "Bản tin chờ bạn duyệt", "Bản tin lỡ lịch", "Chương trình tự dừng", "Tin chưa rõ đã đến",
    "Phát loa chưa ghi", "Việc truyền thông quá hạn", "Việc truyền thông sắp đến hạn",
)  # fmt: skip


@pytest.mark.parametrize(
    ("role", "office", "shown"),
    [
        (Role.APPROVER, "xa-a", {0, 1, 2, 3, 4, 5, 6}),
        (Role.LEADER, "tinh", {0, 1, 2, 3}),
        (Role.SECRETARIAT, "xa-a", {1, 2, 3, 4, 5, 6}),
        (Role.PREPARER, "xa-a", {4, 5, 6}),
        (Role.APPROVER, "xa-b", set()),
        (Role.ADMINISTRATOR, "", set()),
    ],
)
@pytest.mark.usefixtures("newsy")
async def test_each_sees_what_of_news_and_plans_waits_for_them(
    signed_in: Reception, role: Role, office: str, shown: set[int]
) -> None:
    seat = await signed_in(role, office=office)
    boxes = (await seat.get("/")).text.partition('<ul class="boxes">')[2].partition("</ul>")[0]
    assert {number for number, label in enumerate(OF_NEWS) if label in boxes} == shown
    assert set(re.findall(r"<b>([0-9.]+)</b>", boxes)) <= {"1"}
    for address in re.findall(r'href="/console(/[^"]*)"', boxes):
        assert (await seat.get(address.replace("&amp;", "&"))).status == 200


async def test_a_box_leads_to_the_runs_it_counts(
    newsy: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    await a_run(newsy, 4, status="paused", reason="officer")
    for which, run in (("missed", 1), ("stopped", 2), ("uncertain", 3)):
        page = (await seat.get(f"/runs?which={which}")).text
        assert re.findall(r"/console/runs/([0-9]+)\"", page) == [str(run)]
    assert (await seat.get("/runs?which=going")).text.count("/console/runs/") == 2
    elsewhere = await signed_in(Role.SECRETARIAT, office="xa-b")
    assert "/console/runs/" not in (await elsewhere.get("/runs")).text


async def test_the_calendar_lists_what_the_boxes_count_soonest_first(
    newsy: ConsoleHouse, signed_in: Reception
) -> None:
    day = NOON.date()
    for days in (3, 5, 1, 40):
        await a_slot(newsy, HERE, day + timedelta(days=days))
    seat = await signed_in(Role.SECRETARIAT)
    boxes = re.findall(r'calendar#(\w+)">[^<]*<b>(\d+)', (await seat.get("/")).text)
    assert boxes == [("late", "1"), ("soon", "4")]
    calendar = (await seat.get("/calendar")).text
    lists = [calendar.partition(f'id="{key}"')[2].partition("</section>")[0] for key, _ in boxes]
    told = [re.findall(r"Chậm nhất (\d\d)/", one) for one in lists]
    assert told == [["19"], ["21", "23", "25", "27"]]


async def test_the_list_is_narrowed_to_texts_of_ones_own_hand(signed_in: Reception) -> None:
    author, other = await signed_in(Role.PREPARER), await signed_in(Role.PREPARER)
    path = await a_draft(author)
    assert path in (await author.get("/news?status=draft&mine=on")).text
    assert path not in (await other.get("/news?status=draft&mine=on")).text
    assert path in (await other.get("/news?status=draft")).text


async def test_an_urgent_notice_is_told_to_approvers_until_each_has_marked_it(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_draft(seat, kind="khan_cap", urgent="on", title="Bão số 9")
    approver, leader = await signed_in(Role.APPROVER), await signed_in(Role.LEADER)
    told = "Tin khẩn đã phát"
    assert told not in (await approver.get("/")).text
    await seat.post(f"{path}/urgent", reason="Bão vào đêm nay")
    page = (await approver.get("/")).text
    assert told in page
    assert "Bão số 9" in page
    assert "Bão vào đêm nay" in page
    assert "20/11/2026 12:00" in page
    for stranger in (Role.PREPARER, Role.SECRETARIAT):
        assert told not in (await (await signed_in(stranger)).get("/")).text
    assert told not in (await (await signed_in(Role.APPROVER, office="xa-b")).get("/")).text
    marked = await approver.post(f"{path}/seen")
    assert marked.where == "/console/?done=urgent_seen"
    assert told not in (await approver.get("/")).text
    assert told in (await leader.get("/")).text
    assert "xem tin khẩn đã phát" in (await leader.get(path)).text
    assert (await seat.post(f"{path}/seen")).status == 403


async def test_what_was_not_sent_urgently_is_not_marked(signed_in: Reception) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    plain = await a_draft(author)
    assert (await approver.post(f"{plain}/seen")).status == 422
    secretary = await signed_in(Role.SECRETARIAT)
    unsent = await a_draft(secretary, kind="khan_cap", urgent="on")
    assert (await approver.post(f"{unsent}/seen")).status == 422
