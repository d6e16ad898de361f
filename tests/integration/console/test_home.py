"""The first page: each officer sees what waits for them, and how their offices' day goes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert, update

from bot.conversation.pipeline import Conversation
from bot.officials.models import Role
from bot.storage.broadcast_rows import add_broadcast
from bot.storage.broadcast_tables import broadcast_steps, broadcasts, runs
from bot.storage.console_tables import changes, question_groups, waiting_talks
from bot.storage.tables import daily_turns, turns
from broadcasts.models import Audience, NewsText
from broadcasts.texts import Wish
from knowledge.models import OpeningHours
from knowledge.tables import portal_changes
from tests.conftest import NOON
from tests.fakes.console import HERE, LITTLE, ConsoleHouse, Reception, Shown, little_desk
from tests.integration.console.made.plans import a_slot

WAITS = ("Câu chưa trả lời", "Người muốn gặp cán bộ", "Chờ bạn duyệt")


async def _keep(house: ConsoleHouse, table: Table, **row: Any) -> None:
    async with house.database.writing() as connection:
        await connection.execute(insert(table).values(**row))


async def _turn(house: ConsoleHouse, number: int, **more: Any) -> None:
    plain: dict[str, Any] = {
        "conversation": f"web:{number}", "channel": "web", "question": "", "outcome": "answered",
        "procedure": "", "aspect": "", "hits": "", "took_ms": 1, "office": "xa-a",
    }  # fmt: skip
    at = NOON - timedelta(minutes=number)
    await _keep(house, turns, **plain | {"inbox_id": number, "created_at": at} | more)


@pytest.fixture
async def busy(house: ConsoleHouse) -> ConsoleHouse:
    """A question, somebody waiting and a change to approve at xa-a, and a question at xa-b."""
    for number, office in enumerate(("xa-a", "xa-b")):
        await _keep(
            house, question_groups, office=office, shape="", shape_key=str(number), sample="",
            status="open", wishes=2, first_at=NOON, last_at=NOON,
        )  # fmt: skip
    await _keep(
        house, waiting_talks, conversation="web:bí-mật", talk=1, channel="web", user_id="bí-mật",
        office="xa-a", question="", asked_at=NOON,
    )  # fmt: skip
    await _keep(
        house, changes, kind="procedure", office="xa-a", ref="1", title="", before="{}",
        after="{}", token="", reason="", status="waiting", author=9, made_at=NOON,
        needs="knowledge_publish",
    )  # fmt: skip
    return house


@pytest.mark.parametrize(
    ("role", "office", "shown"),
    [
        (Role.APPROVER, "xa-a", {0, 1, 2}),
        (Role.LEADER, "tinh", {0, 1, 2}),
        (Role.PREPARER, "xa-a", {0, 1}),
        (Role.SECRETARIAT, "xa-b", {0}),
        (Role.PREPARER, "xa-a-mot-cua", set()),
        (Role.ADMINISTRATOR, "", set()),
    ],
)
@pytest.mark.usefixtures("busy")
async def test_each_sees_what_waits_for_them(
    signed_in: Reception, role: Role, office: str, shown: set[int]
) -> None:
    page = await (await signed_in(role, office=office)).get("/")
    assert page.status == 200
    boxes = page.text.partition('<ul class="boxes">')[2].partition("</ul>")[0]
    assert {number for number, label in enumerate(WAITS) if label in boxes} == shown
    assert ("Không có việc nào đang chờ" in page.text) is (not shown)


async def test_nothing_of_a_citizen_is_on_the_page(
    busy: ConsoleHouse, signed_in: Reception
) -> None:
    await _turn(busy, 1, conversation="web:bí-mật", question="câu kín")
    page = await (await signed_in(Role.LEADER, office="")).get("/")
    assert "bí-mật" not in page.text
    assert "câu kín" not in page.text


async def test_the_day_is_drawn_and_told_in_words_and_as_a_table(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    for number in range(3):
        await _turn(house, number)
    await _turn(house, 7, channel="telegram", outcome="unanswered")
    await _turn(house, 8, office="xa-b")
    # Who begins to follow is greeted, and has asked nothing.
    await _turn(house, 9, channel="zalo", outcome="menu")
    # And so has who says thanks.
    await _turn(house, 10, outcome="small_talk")
    page = await (await signed_in(Role.LEADER)).get("/")
    assert "Hôm nay có 4 câu hỏi, trả lời được 3. Nhiều nhất lúc 11 giờ: 3 câu." in page.text
    assert "Hôm nay: Web 3 câu, Telegram 1 câu." in page.text
    assert page.text.count('<svg role="img"') == 3
    assert page.text.count('<table class="figures">') == 3


async def test_earlier_days_are_drawn_from_what_was_counted(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    days = (
        ("2026-11-19", "choices", 40), ("2026-11-18", "menu", 5), ("2026-11-18", "small_talk", 7),
        ("2026-11-06", "choices", 9),
    )  # fmt: skip
    for day, outcome, count in days:
        await _keep(
            house,
            daily_turns,
            day=day,
            channel="web",
            outcome=outcome,
            office="xa-a",
            turns=count,
        )
    page = await (await signed_in(Role.LEADER)).get("/")
    assert "Hôm nay chưa có câu hỏi nào." in page.text
    assert "Trong 14 ngày qua có 40 câu hỏi, trả lời được 0." in page.text


async def test_an_open_page_is_told_what_waits_and_that_is_no_activity(
    busy: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    told = await seat.get("/waiting")
    assert json.loads(told.text) == {"questions": 1, "talks": 1, "changes": 1}
    busy.clock.move(timedelta(minutes=29))
    await seat.get("/waiting")
    busy.clock.move(timedelta(minutes=2))
    assert (await seat.get("/waiting")).status == 303


async def test_what_the_portal_changed_is_shown_to_who_decides(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    told = {"at": NOON, "kind": "changed", "code": "1.001193", "name": "", "fields": "{}"}
    await _keep(house, portal_changes, **told)
    label = "Cổng quốc gia vừa đổi"
    assert label in (await (await signed_in(Role.APPROVER)).get("/")).text
    assert label not in (await (await signed_in(Role.PREPARER)).get("/")).text


FIRST = "Việc cần làm trước"


def renewed(house: ConsoleHouse, **changes: Any) -> None:
    """Let the office that answers be another."""
    offices = tuple(replace(one, **changes) if one.code == HERE else one for one in LITTLE.offices)
    house.conversation = Conversation(little_desk(replace(LITTLE, offices=offices)))


HOURS = (OpeningHours(weekdays=(0, 1, 2, 3, 4), opens="07:30", closes="17:00"),)


async def test_what_an_administrator_does_first_stands_there_until_it_is_done(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    renewed(house, sample=True)
    admin = await signed_in(Role.ADMINISTRATOR)
    page = (await admin.get("/")).text
    assert FIRST in page
    assert '<a href="/console/people/new">Thêm cán bộ</a>' in page
    assert '<a href="/console/contacts?office=xa-a">Thay dữ liệu mẫu' in page
    lan = await signed_in(Role.PREPARER)
    assert FIRST not in (await lan.get("/")).text
    page = (await admin.get("/")).text
    assert "/console/people/new" not in page
    renewed(house)
    page = (await admin.get("/")).text
    assert "Thay dữ liệu mẫu" not in page
    assert '<a href="/console/contacts?office=xa-a">Bổ sung liên hệ' in page
    renewed(house, phone="0203 3822 001", hours=HOURS)
    assert FIRST not in (await admin.get("/")).text
    await signed_in.switch_off(lan)
    assert "/console/people/new" in (await admin.get("/")).text
    assert FIRST not in (await (await signed_in(Role.ADMINISTRATOR, office="xa-b")).get("/")).text


async def _text(house: ConsoleHouse, status: str, author: int, title: str) -> None:
    """Keep a text at xa-a that ``author`` wrote."""
    wish = Wish(
        office=HERE,
        kind="khac",
        text=NewsText(title=title, body="Từ ngày 01/12/2026."),
        audience=Audience(offices=(HERE,)),
    )
    async with house.database.writing() as connection:
        number = await add_broadcast(connection, wish, author=author, at=NOON)
        written = {"broadcast": number, "version": 1, "step": "written", "officer": author}
        await connection.execute(insert(broadcast_steps).values(**written, at=NOON))
        moved = update(broadcasts).where(broadcasts.c.id == number).values(status=status)
        await connection.execute(moved)


def _box(page: Shown, label: str) -> str:
    """Give the count of a box of the first page, empty where there is none."""
    found = re.search(rf"{label} <b>(\d+)</b>", page.text)
    return found[1] if found else ""


async def test_news_wait_for_who_may_approve_them_and_go_back_to_who_wrote_them(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    elsewhere = await signed_in(Role.APPROVER, office="xa-b")
    assert author.officer
    assert approver.officer
    await _text(house, "submitted", author.officer, "Chờ duyệt")
    await _text(house, "submitted", approver.officer, "Tự viết")
    await _text(house, "returned", author.officer, "Bị trả lại")
    assert _box(await approver.get("/"), "Bản tin chờ bạn duyệt") == "1"
    assert _box(await elsewhere.get("/"), "Bản tin chờ bạn duyệt") == ""
    assert _box(await author.get("/"), "Bản tin chờ bạn duyệt") == ""
    assert _box(await author.get("/"), "Bản tin bị trả lại") == "1"
    assert json.loads((await approver.get("/waiting")).text)["news"] == 1


async def test_what_a_plan_is_late_with_and_a_run_that_missed_its_time_are_told(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    today = NOON.date()
    for days in (1, 0):
        await a_slot(house, HERE, today - timedelta(days=days))
    await _keep(
        house, runs, schedule=1, due_at=NOON, broadcast=1, version=1, office=HERE, status="missed"
    )
    page = await (await signed_in(Role.SECRETARIAT)).get("/")
    assert _box(page, "Việc truyền thông quá hạn") == "1"
    assert _box(page, "Bản tin lỡ lịch") == "1"
    other = await (await signed_in(Role.SECRETARIAT, office="xa-b")).get("/")
    assert _box(other, "Việc truyền thông quá hạn") == _box(other, "Bản tin lỡ lịch") == ""
