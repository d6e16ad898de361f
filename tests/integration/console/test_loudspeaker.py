"""The loudspeakers' list from an approved text to the tick that its plan was carried out."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import pytest

from bot.officials.models import Role
from tests.fakes.console import ConsoleHouse, Reception, Seat, Shown
from tests.integration.console.made.plans import a_slot
from tests.integration.console.test_news import TEXT, a_draft

TODAY = "20/11/2026"


async def approved(signed_in: Reception, **other: str) -> str:
    """Let a text be approved; give the path of its page."""
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author, **other)
    await author.post(f"{path}/submit")
    assert "done=text_approved" in (await approver.post(f"{path}/approve", version="1")).where
    return path


async def laid(seat: Seat, path: str, **other: str) -> Shown:
    asked = {"first": TODAY, "hours": "13 giờ, 17h", **other}
    return await seat.post(f"{path}/readings", **asked)


async def readings(seat: Seat, view: str = "today") -> list[str]:
    page = await seat.get(f"/loudspeaker?view={view}")
    found = re.findall(r'href="/console(/loudspeaker/[0-9]+)"', page.text)
    return list(dict.fromkeys(found))


async def test_a_text_is_laid_down_read_and_ticked_for_its_plan(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    slot = (await a_slot(house, "xa-a"))["slot"]
    path = await approved(signed_in, slot=slot)
    seat = await signed_in(Role.APPROVER)
    done = await laid(seat, path, stations="Thôn Một\nThôn Hai\n")
    assert "done=readings_laid&count=4" in done.where
    assert (await seat.get(path)).text.count("Thôn Hai") == 2
    first, *more = await readings(seat)
    assert len(more) == 3
    page = await seat.get(first)
    assert "Kính thưa toàn thể bà con" in page.text
    assert "Chưa đến giờ phát" in page.text
    sheet = (await seat.get(f"{first}/script.txt")).text
    assert "Giờ phát: 13 giờ 00 phút, ngày 20/11/2026" in sheet
    assert "Nơi phát: Thôn Một" in sheet
    house.clock.move(timedelta(hours=2))
    seat = await signed_in(Role.PREPARER)
    ticked = await seat.post(f"{first}/tick", read_at=f"{TODAY} 13:05", note="Loa cụm 2 rè")
    assert "done=reading_ticked" in ticked.where
    page = await seat.get(first)
    assert "Loa cụm 2 rè" in page.text
    assert "20/11/2026 13:05" in page.text
    plan = (await seat.get(f"/slots/{slot}")).text
    assert "đã phát loa" in plan
    assert "đã làm" in plan
    assert (
        "failed=reading_moved"
        in (await seat.post(f"{first}/tick", read_at=TODAY + " 13:05")).where
    )
    assert "done=" in (await seat.post(f"{first}/untick", reason="Ghi nhầm cụm loa")).where
    assert "Chưa có minh chứng" in (await seat.get(f"/slots/{slot}")).text


async def test_what_was_not_ticked_by_the_end_of_its_day_is_late(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await laid(await signed_in(Role.APPROVER), await approved(signed_in))
    house.clock.move(timedelta(days=1))
    seat = await signed_in(Role.PREPARER)
    assert await readings(seat) == []
    late = await readings(seat, "unticked")
    assert len(late) == 2
    assert await readings(seat, "week") == late
    page = (await seat.get("/loudspeaker?view=unticked")).text
    assert "Chưa ghi (2)" in page
    assert "trễ, chưa ghi" in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"hours": "sáng"}, "Chưa đọc được các giờ này"),
        ({"hours": "5h30"}, "Giờ loa của cơ quan là 06:00–21:00"),
        ({"first": "19/11/2026"}, "đã qua"),
        ({"last": "19/11/2026"}, "Ngày cuối"),
        ({"last": "20/11/2027"}, "Quá nhiều lần phát"),
        ({"stations": "x" * 201}, "Hãy viết ngắn lại"),
    ],
)
async def test_times_that_cannot_be_kept_are_told_beside_the_form(
    signed_in: Reception, sent: dict[str, str], told: str
) -> None:
    path = await approved(signed_in)
    refused = await laid(await signed_in(Role.APPROVER), path, **sent)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    faults = refused.text.partition('role="alert"')[2].partition("</ul>")[0]
    assert told in faults


async def test_a_tick_before_its_hour_is_refused_in_words(signed_in: Reception) -> None:
    seat = await signed_in(Role.APPROVER)
    await laid(seat, await approved(signed_in))
    (first, _) = await readings(seat)
    refused = await seat.post(f"{first}/tick", read_at=f"{TODAY} 13:00")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Giờ này chưa đến" in refused.text


async def test_a_preparer_ticks_but_lays_nothing_down(signed_in: Reception) -> None:
    path = await approved(signed_in)
    seat = await signed_in(Role.PREPARER)
    assert (await laid(seat, path)).status == HTTPStatus.FORBIDDEN
    assert "Xếp lịch phát loa" not in (await seat.get(path)).text


async def test_another_commune_sees_nothing_of_the_list(signed_in: Reception) -> None:
    seat = await signed_in(Role.APPROVER)
    await laid(seat, await approved(signed_in))
    (first, _) = await readings(seat)
    stranger = await signed_in(Role.APPROVER, office="xa-b")
    assert await readings(stranger) == []
    assert (await stranger.get(first)).status == HTTPStatus.NOT_FOUND


async def test_a_reading_taken_off_is_off_the_list(signed_in: Reception) -> None:
    seat = await signed_in(Role.APPROVER)
    await laid(seat, await approved(signed_in))
    first, second = await readings(seat)
    assert "done=reading_off" in (await seat.post(f"{first}/take-off", reason="Mất điện")).where
    assert await readings(seat) == [second]


async def test_a_second_text_for_one_time_of_the_plan_is_refused(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    slot = (await a_slot(house, "xa-a"))["slot"]
    seat = await signed_in(Role.PREPARER)
    path = await a_draft(seat, slot=slot)
    assert "Soạn bản tin cho lần này" not in (await seat.get(f"/slots/{slot}")).text
    assert path in (await seat.get(f"/news/new?slot={slot}")).text
    refused = await seat.post("/news/xa-a/new", **TEXT, slot=slot)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đã có bản tin khác" in refused.text
    await seat.post(f"{path}/drop", reason="Soạn lại từ đầu")
    assert "Soạn bản tin cho lần này" in (await seat.get(f"/slots/{slot}")).text
    assert (await a_draft(seat, slot=slot)) != path
