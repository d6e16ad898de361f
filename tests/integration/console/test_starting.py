"""When an approved text goes out: the plan's time, one's own, or at once, and never unsaid."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

import pytest

from bot.clock import VIETNAM
from bot.officials.models import Role
from bot.storage.schedule_rows import schedules_of
from broadcasts.models import BroadcastId
from broadcasts.schedule.models import Schedule
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.integration.console.made.plans import a_slot
from tests.integration.console.test_news import a_draft

IN_TIME = date(2026, 12, 1)
CHOSEN = 'value="{}" checked'


async def approved(signed_in: Reception, **other: str) -> tuple[Seat, str]:
    """Let two people write and approve a text; give the approver's seat, and the text's path."""
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author, **other)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    return approver, path


async def scheduled(house: ConsoleHouse, path: str) -> Schedule:
    async with house.database.reading() as connection:
        (made,) = await schedules_of(connection, BroadcastId(int(path.rpartition("/")[2])))
    return made


async def test_what_carries_out_the_plan_goes_out_at_its_time_unless_said_otherwise(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    slot = await a_slot(house, HERE, IN_TIME)
    seat, path = await approved(signed_in, **slot)
    page = (await seat.get(path)).text
    assert "08:00, thứ Ba 01/12/2026 (giờ Việt Nam)" in page
    assert CHOSEN.format("slot") in page
    assert "done=text_started" in (await seat.post(f"{path}/start", when="slot")).where
    timetable = (await scheduled(house, path)).timetable
    assert timetable.starts_at.astimezone(VIETNAM).isoformat() == "2026-12-01T08:00:00+07:00"
    assert timetable.grace_minutes == 120


async def test_a_time_that_is_moved_tells_that_its_text_goes_out_when_it_was_to(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    slot = await a_slot(house, HERE, IN_TIME)
    seat, path = await approved(signed_in, **slot)
    its_page = f"/slots/{slot['slot']}"
    assert "hẹn gửi" not in (await seat.get(its_page)).text
    await seat.post(f"{path}/start", when="slot")
    assert "Bản tin của lần này hẹn gửi lúc 01/12/2026 08:00" in (await seat.get(its_page)).text
    clerk = await signed_in(Role.PREPARER)
    await clerk.post(f"{its_page}/move", due_on="02/12/2026", last_on="02/12/2026")
    assert "vẫn hẹn gửi lúc 01/12/2026 08:00" in (await seat.get(its_page)).text


async def test_a_time_of_the_plan_that_is_over_is_told_and_not_offered(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    slot = await a_slot(house, HERE, NOON.date() - timedelta(days=1))
    seat, path = await approved(signed_in, **slot)
    page = (await seat.get(path)).text
    assert "Giờ theo lịch của kế hoạch (19/11/2026 08:00) đã qua" in page
    assert CHOSEN.format("at") in page
    refused = await seat.post(f"{path}/start", when="slot")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, "Hãy chọn gửi vào lúc nào."),
        ({"when": "at"}, "Hãy ghi giờ gửi, hoặc chọn “gửi ngay”."),
        ({"when": "slot"}, "Hãy chọn gửi vào lúc nào."),
        ({"when": "now", "at": "01/12/2026 08:00"}, "đang chọn cách khác"),
        ({"when": "now", "grace": "10081"}, "từ 0 đến 10.080"),
    ],
)
async def test_nothing_goes_out_at_once_unsaid(
    house: ConsoleHouse, signed_in: Reception, told: dict[str, str], why: str
) -> None:
    seat, path = await approved(signed_in)
    refused = await seat.post(f"{path}/start", **told)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert why in refused.text
    async with house.database.reading() as connection:
        assert not await schedules_of(connection, BroadcastId(int(path.rpartition("/")[2])))


async def test_how_late_it_may_begin_is_told_and_can_be_chosen(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat, path = await approved(signed_in)
    assert "Bỏ trống: 120 phút" in (await seat.get(path)).text
    await seat.post(f"{path}/start", when="at", at="01/12/2026 08:00", grace="30")
    assert (await scheduled(house, path)).timetable.grace == timedelta(minutes=30)


async def test_what_is_called_off_stays_approved_and_can_be_scheduled_again(
    signed_in: Reception,
) -> None:
    seat, path = await approved(signed_in)
    await seat.post(f"{path}/start", when="at", at="01/12/2026 08:00")
    await seat.post(f"{path}/call-off", reason="Đổi giờ gửi")
    stands = (await seat.get(path)).text.partition("<h1")[2].partition("<h2")[0]
    assert "đã duyệt" in stands
    assert "vẫn được duyệt, có thể gửi hoặc hẹn lại" in stands
    again = await seat.post(f"{path}/start", when="at", at="02/12/2026 08:00")
    assert "done=text_started" in again.where


async def test_what_comes_again_tells_its_rule_its_times_and_what_moves_them(
    signed_in: Reception,
) -> None:
    seat, path = await approved(signed_in)
    told = {"when": "at", "at": "28/12/2026 05:00", "often": "daily", "until": "04/01/2027"}
    assert "done=text_started" in (await seat.post(f"{path}/start", **told, again="on")).where
    page = (await seat.get(path)).text
    assert "Hằng ngày, 5 giờ, đến hết 04/01/2027." in page
    assert "Bắt đầu muộn nhất 120 phút sau giờ gửi." in page
    assert "dời từ 28/12/2026 05:00: giờ yên tĩnh" in page
    shown = page.partition("Lịch gửi")[2].partition("</ol>")[0]
    assert shown.count("<li>") == 5
    assert "giờ yên tĩnh, cuối tuần hoặc ngày lễ" in shown


async def test_each_form_of_a_page_keeps_its_own_words(signed_in: Reception) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_draft(seat, kind="khan_cap", urgent="on", body="Theo dõi {so_la}.")
    refused = await seat.post(f"{path}/urgent", reason="Bão số 9 vào đêm nay")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    urgent, drop = (
        refused.text.partition(f'action="/console{path}/{act}"')[2].partition("</form>")[0]
        for act in ("urgent", "drop")
    )
    assert "Bão số 9 vào đêm nay" in urgent
    assert 'name="reason"' in drop
    assert "Bão số 9 vào đêm nay" not in drop
    dropped = (await seat.post(f"{path}/drop", reason="Hết")).text
    above, _, form = dropped.partition(f'action="/console{path}/drop"')
    assert above.rpartition("<details")[2].startswith(' class="ask" open>')
    assert 'aria-invalid="true"' in form.partition("</form>")[0]
    assert 'aria-invalid="true"' not in above
