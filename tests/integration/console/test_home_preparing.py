"""What an office lacks for feedback stands on the first page of who may set it, until it is."""

from __future__ import annotations

import re

from bot.officials.models import Role
from bot.storage.unit_rows import UnitWish, add_unit
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.integration.console.made.sealed import appoint

TITLE = "Chuẩn bị nhận phản ánh, kiến nghị"
WHY = "Theo cuộc họp giao ban"
LINKS = {
    "Lập đơn vị xử lý": "/console/cases/units?office=xa-a",
    "Xác nhận thời hạn xử lý": "/console/cases/settings/deadlines?office=xa-a",
    "Ghi lịch tiếp công dân": "/console/cases/settings/reception?office=xa-a",
    "Cử người đọc hộp kín": "/console/sealed/reader?office=xa-a",
}


async def _told(seat: Seat) -> set[str]:
    page = (await seat.get("/")).text
    _, _, below = page.partition(f"<h2>{TITLE}</h2>")
    links = re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', below.partition("</section>")[0])
    assert all(LINKS[label] == address for address, label in links)
    return {label for _, label in links}


async def test_each_is_told_what_they_may_set(signed_in: Reception) -> None:
    assert await _told(await signed_in(Role.LEADER)) == set(LINKS)
    settled = set(LINKS) - {"Cử người đọc hộp kín"}
    assert await _told(await signed_in(Role.ADMINISTRATOR)) == settled
    assert await _told(await signed_in(Role.PREPARER)) == set()
    assert await _told(await signed_in(Role.LEADER, office="xa-b")) == set()


async def test_each_thing_is_gone_when_it_is_done(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    leader = await signed_in(Role.LEADER)
    left = await _told(leader)
    async with house.database.writing() as connection:
        await add_unit(connection, UnitWish(office=HERE, name="Phòng Kinh tế"))
    assert await _told(leader) == (left := left - {"Lập đơn vị xử lý"})
    deadlines = "/cases/settings/deadlines/xa-a"
    await leader.post(f"{deadlines}/confirm", paper="Quyết định 12/QĐ-UBND", reason=WHY)
    assert await _told(leader) == (left := left - {"Xác nhận thời hạn xử lý"})
    assert leader.officer is not None
    await appoint(house, leader.officer)
    assert await _told(leader) == (left := left - {"Cử người đọc hộp kín"})
    page = (await leader.get("/cases/settings/reception")).text
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    hours = {"hours.monday.1.opens": "08:00", "hours.monday.1.closes": "11:00"}
    await leader.post("/cases/settings/reception/xa-a", token=token[1], reason=WHY, **hours)
    assert await _told(leader) == left - {"Ghi lịch tiếp công dân"} == set()


async def test_the_navigation_leads_an_administrator_to_feedback(signed_in: Reception) -> None:
    page = (await (await signed_in(Role.ADMINISTRATOR)).get("/")).text
    for way in ("import", "units", "settings/deadlines"):
        assert f'<a href="/console/cases/{way}"' in page
    assert '<a href="/console/cases"' not in page
    page = (await (await signed_in(Role.PREPARER)).get("/")).text
    assert '<a href="/console/cases"' in page
    assert "/console/cases/import" not in page
