"""Who gave a case to another office sees where it stands, and nothing else of it, by no way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import pytest

from bot.console.feedback.addresses import case_in_path, case_or_state_in_path
from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Way
from bot.feedback.models import Case, Contact, Place
from bot.feedback.reference import shown
from bot.officials.models import EVERYWHERE, Role
from bot.officials.permissions import Action, permissions
from bot.storage.conflict_rows import Complained, put_complained
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.filed import file_case, sent_on
from tests.integration.console.made.cases import THERE
from tests.integration.console.test_cases import as_it_is, deeds

WORDS = "Xe tải đổ đất thải ngay cầu Bến Mới"
NAME, PHONE, PLACE, HAPPENED = "Lò Thị Mẩy", "0912345678", "chân cầu Bến Mới", "đêm mùng ba"
NOTE = "Chủ xe quen ông phó thôn"
HIDDEN = (WORDS, "đất thải", NAME, PHONE, PLACE, "Tổ 77", HAPPENED, NOTE)
LIST = "/cases/sent"
WAYS = [way for way in ways_of(ROOMS) if way.of in (case_in_path, case_or_state_in_path)]
BELOW = "xa-a-mot-cua"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A case that HERE gave to THERE, with whatever can be told in it."""

    house: ConsoleHouse
    case: Case
    path: str


@pytest.fixture
async def hall(house: ConsoleHouse, signed_in: Reception) -> Hall:
    told = await file_case(
        house,
        words=WORDS,
        place=Place(words=PLACE, hamlet="Tổ 77"),
        happened=HAPPENED,
        contact=Contact(name=NAME, phone=PHONE),
        anonymous=False,
    )
    path = f"/cases/{told.id}"
    lead = await signed_in(Role.SECRETARIAT)
    assert (await lead.post(f"{path}/note", words=NOTE)).status == 303
    return Hall(house=house, case=await sent_on(house, told, THERE), path=path)


async def tried(hall: Hall, seat: Seat, way: Way) -> Shown:
    path = way.path.replace("{case}", str(hall.case.id))
    return await (seat.get(path) if way.form is None else seat.post(path))


def sees(role: Role) -> bool:
    return role in permissions()[Action.CASES_SEE]


async def test_its_page_tells_where_it_stands_and_no_word_of_what_is_in_it(
    hall: Hall, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    assert "(hôm nay)" in (await seat.get(hall.path)).text
    hall.house.clock.move(timedelta(days=3))
    seat = await signed_in(Role.SECRETARIAT)
    page = await seat.get(hall.path)
    assert page.status == HTTPStatus.OK
    for told in (
        shown(hall.case.reference),
        "Phản ánh",
        "chiếu sáng",
        "Xã B",
        "Mới nhận",
        "đã 3 ngày",
        "Hạn",
    ):
        assert told in page.text, told
    assert [one for one in HIDDEN if one in page.text] == []
    # Nothing can be done there: the one form is that of signing out.
    assert page.text.count("<form") == (await seat.get(LIST)).text.count('method="post"')


@pytest.mark.parametrize("role", Role)
async def test_of_all_ways_to_it_one_is_open_to_the_office_that_gave_it_away(
    hall: Hall, signed_in: Reception, role: Role
) -> None:
    seat, refused = await signed_in(role, sure=True), 0
    for way in WAYS:
        page = await tried(hall, seat, way)
        if way.name == "case.case" and sees(role):
            assert (page.status, WORDS in page.text) == (HTTPStatus.OK, False)
            continue
        assert page.status == HTTPStatus.NOT_FOUND, way.name
        refused += 1
        hall.house.clock.move(timedelta(minutes=1))
    looks = await deeds(hall.house, about=f'"{hall.case.id}"')
    assert looks.count("case_look_refused") == refused > 20
    assert (await as_it_is(hall.house, hall.case)).version == hall.case.version


@pytest.mark.parametrize("role", Role)
async def test_a_third_office_finds_no_case_and_the_one_that_has_it_the_whole(
    hall: Hall, signed_in: Reception, role: Role
) -> None:
    third = await signed_in(role, office=BELOW, sure=True)
    ours = await signed_in(role, office=THERE, sure=True)
    for way in WAYS:
        assert (await tried(hall, third, way)).status == HTTPStatus.NOT_FOUND, way.name
        assert isinstance(way.rule, Action)
        if role not in permissions()[way.rule]:
            assert (await tried(hall, ours, way)).status == HTTPStatus.FORBIDDEN, way.name
        elif way.form is None:
            assert (await tried(hall, ours, way)).status == HTTPStatus.OK, way.name
    assert (WORDS in (await ours.get(hall.path)).text) == sees(role)
    for seat in (third, ours):
        assert shown(hall.case.reference) not in (await seat.get(LIST)).text


async def test_the_list_names_it_and_those_above_see_the_whole(
    hall: Hall, signed_in: Reception
) -> None:
    seat, above = await signed_in(Role.PREPARER), await signed_in(Role.LEADER, office="tinh")
    listed = await seat.get(LIST)
    assert hall.path in listed.text
    assert "Xã B" in listed.text
    assert [one for one in HIDDEN if one in listed.text] == []
    assert LIST in (await seat.get("/cases")).text
    assert hall.path not in (await seat.get("/cases?tab=all")).text
    assert hall.path not in (await seat.get(f"{LIST}?status=closed")).text
    assert hall.path in (await seat.get(f"{LIST}?status=received")).text
    everywhere = await signed_in(Role.LEADER, office=EVERYWHERE)
    for one in (above, everywhere):
        assert hall.path in (await one.get(LIST)).text
        assert hall.path in (await one.get(f"{LIST}?office={HERE}")).text
        assert hall.path not in (await one.get(f"{LIST}?office={THERE}")).text
        assert WORDS in (await one.get(hall.path)).text


async def test_what_came_back_is_the_offices_own_again(hall: Hall, signed_in: Reception) -> None:
    seat, other = await signed_in(Role.LEADER), await signed_in(Role.LEADER, office=THERE)
    await sent_on(hall.house, hall.case, HERE)
    assert WORDS in (await seat.get(hall.path)).text
    assert hall.path not in (await seat.get(LIST)).text
    page = await other.get(hall.path)
    assert (page.status, WORDS in page.text) == (HTTPStatus.OK, False)
    assert hall.path in (await other.get(LIST)).text


async def test_a_case_handed_on_twice_is_seen_by_both_who_gave_it_away(
    hall: Hall, signed_in: Reception
) -> None:
    await sent_on(hall.house, hall.case, "tinh")
    for office in (HERE, THERE):
        seat = await signed_in(Role.PREPARER, office=office)
        page = await seat.get(hall.path)
        assert ("Tỉnh Mẫu" in page.text, WORDS in page.text) == (True, False)


async def test_for_whom_it_complains_of_there_is_none(hall: Hall, signed_in: Reception) -> None:
    seat, other = await signed_in(Role.LEADER), await signed_in(Role.LEADER)
    async with hall.house.database.writing() as connection:
        await put_complained(connection, hall.case.id, Complained(officer=seat.officer))
    assert (await seat.get(hall.path)).status == HTTPStatus.NOT_FOUND
    assert hall.path not in (await seat.get(LIST)).text
    assert hall.path in (await other.get(LIST)).text


async def test_refused_as_a_denunciation_it_does_not_tell_so(
    hall: Hall, signed_in: Reception
) -> None:
    seat, other = await signed_in(Role.LEADER), await signed_in(Role.SECRETARIAT, office=THERE)
    why = {"kind": "to_cao", "topic": hall.case.topic, "reason": "Nêu rõ người nhận tiền."}
    assert (await other.post(f"{hall.path}/kind", **why)).status == HTTPStatus.SEE_OTHER
    for page in (await seat.get(hall.path), await seat.get(LIST)):
        assert "ố cáo" not in page.text
        assert "Nêu rõ" not in page.text
        assert "Không giải quyết" in page.text
