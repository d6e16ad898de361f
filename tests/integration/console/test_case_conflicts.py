"""Whom a case complains of finds it nowhere, wherever cases are seen; others see it as before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.console.feedback.addresses import case_in_path, case_or_state_in_path
from bot.console.rooms import ROOMS, ways_of
from bot.console.talks.addresses import talk_in_path
from bot.feedback.models import Case
from bot.officials.models import EVERYWHERE, Role
from tests.factories import a_citizen
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.fakes.filed import file_case, file_cases
from tests.fakes.talks import asked
from tests.integration.console.test_cases import a_unit, as_it_is, deeds

WORDS = "Cán bộ một cửa hách dịch, hẹn đi hẹn lại năm lần."
REASON = "Người gửi nêu rõ đơn vị."
BESIDE = "Một việc khác của cùng cơ quan."


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """An office with a case; ``theirs`` work in the unit it complains of, ``others`` do not."""

    house: ConsoleHouse
    case: Case
    unit: str
    lead: Seat
    theirs: tuple[Seat, ...]
    others: tuple[Seat, ...]

    async def complained(self, of: str) -> int:
        path = f"/cases/{self.case.id}/complained"
        return (await self.lead.post(path, of=of, reason=REASON)).status


@pytest.fixture
async def hall(house: ConsoleHouse, signed_in: Reception) -> Hall:
    lead = await signed_in(Role.LEADER)
    theirs = (await signed_in(Role.PREPARER), await signed_in(Role.APPROVER, Role.SECRETARIAT))
    others = (await signed_in(Role.PREPARER), await signed_in(Role.SECRETARIAT))
    unit = await a_unit(house, *theirs)
    case, _ = await file_cases(house, [{"words": WORDS}, {"words": BESIDE}])
    return Hall(house=house, case=case, unit=unit, lead=lead, theirs=theirs, others=others)


async def cells(seat: Seat) -> str:
    """Give the words of the list somebody may take away."""
    shown = await seat.get("/files/cases.xlsx")
    sheet = load_workbook(BytesIO(shown.body)).active
    assert sheet is not None
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


async def test_it_stands_in_no_list_of_theirs_and_in_every_list_of_others(hall: Hall) -> None:
    assert await hall.complained(hall.unit) == 303
    for tab in ("unassigned", "all"):
        for seat in hall.theirs:
            shown = await seat.get(f"/cases?tab={tab}&office={HERE}")
            assert WORDS not in shown.text
            assert BESIDE in shown.text
            assert "Chưa giao (1)" in shown.text
            assert WORDS not in (await seat.get("/cases?tab=all&text=hách")).text
            assert WORDS not in (await seat.get(f"/cases?tab=all&text={hall.case.reference}")).text
        for seat in (*hall.others, hall.lead):
            assert WORDS in (await seat.get(f"/cases?tab={tab}")).text
    assert WORDS not in await cells(hall.theirs[1])
    assert WORDS in await cells(hall.others[1])
    assert BESIDE in await cells(hall.theirs[1])


async def test_every_way_to_it_is_refused_as_if_there_were_none_and_remembered(
    hall: Hall,
) -> None:
    assert await hall.complained(hall.unit) == 303
    ways = [way for way in ways_of(ROOMS) if way.of in (case_in_path, case_or_state_in_path)]
    assert len(ways) > 20
    for seat in hall.theirs:
        for way in ways:
            path = way.path.replace("{case}", str(hall.case.id))
            asked = seat.get(path) if way.form is None else seat.post(path)
            assert (await asked).status == 404, path
    looks = await deeds(hall.house, about=f'"{hall.case.id}"')
    assert looks.count("case_look_refused") == len(hall.theirs)
    for seat in hall.others:
        assert (await seat.get(f"/cases/{hall.case.id}")).status == 200


async def test_whom_it_names_does_not_see_it_whatever_they_are(
    hall: Hall, signed_in: Reception
) -> None:
    chief = hall.theirs[1]
    assert await hall.complained(f"{hall.unit}o{chief.officer}") == 303
    assert (await chief.get(f"/cases/{hall.case.id}")).status == 404
    assert (await hall.theirs[0].get(f"/cases/{hall.case.id}")).status == 200
    above = await signed_in(Role.LEADER, office=EVERYWHERE)
    shown = await above.get(f"/cases/{hall.case.id}")
    assert "Phản ánh về" in shown.text
    assert "Nguyễn Thị Lan" in shown.text


async def test_it_cannot_be_given_to_them_and_given_to_them_it_is_not_hidden(hall: Hall) -> None:
    path, others = f"/cases/{hall.case.id}", await a_unit(hall.house, hall.others[0])
    assert (await hall.lead.post(f"{path}/assign", post=hall.unit)).status == 303
    assert await hall.complained(hall.unit) == 422
    away = {"post": others, "reason": "bị phản ánh"}
    assert (await hall.lead.post(f"{path}/assign", **away)).status == 303
    assert await hall.complained(hall.unit) == 303
    for post in (hall.unit, f"{hall.unit}o{hall.theirs[0].officer}"):
        back = await hall.lead.post(f"{path}/assign", post=post, reason="trả lại")
        assert (back.status, "Hãy giao cho nơi khác" in back.text) == (422, True)
    assert (await as_it_is(hall.house, hall.case)).unit == int(others.removeprefix("u"))


async def test_somebody_must_be_left_who_gives_it_out(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    lead, case = await signed_in(Role.LEADER), await file_case(house, words=WORDS)
    unit = await a_unit(house, lead)
    path = f"/cases/{case.id}"
    alone = await lead.post(f"{path}/complained", of=unit, reason=REASON)
    assert (alone.status, "không còn ai phân công" in alone.text) == (422, True)
    assert (await lead.get(path)).status == 200
    await signed_in(Role.APPROVER)
    assert (await lead.post(f"{path}/complained", of=unit, reason=REASON)).status == 303
    assert (await lead.get(path)).status == 404


async def test_who_notes_it_may_take_it_back(hall: Hall) -> None:
    path = f"/cases/{hall.case.id}"
    assert await hall.complained(hall.unit) == 303
    assert (await hall.lead.post(f"{path}/uncomplained", reason="nhầm đơn vị")).status == 303
    assert (await hall.theirs[0].get(path)).status == 200
    assert (await hall.lead.post(f"{path}/uncomplained", reason="nhầm đơn vị")).status == 422
    told = await deeds(hall.house, about=f'"{hall.case.id}"')
    assert told == ["case_complained", "case_uncomplained"]


async def test_whom_it_names_reads_nothing_of_it_in_the_audit(
    hall: Hall, signed_in: Reception
) -> None:
    chief, above = await signed_in(Role.LEADER), await signed_in(Role.LEADER, office=EVERYWHERE)
    unit = await a_unit(hall.house, chief)
    assert (await hall.complained(unit)) == 303
    told = re.findall(r"/console(/audit/\d+)", (await above.get("/audit?kind=case")).text)
    assert told
    for path in told:
        assert REASON in (await above.get(path)).text
        assert (await chief.get(path)).status == 404
    shown = (await chief.get(f"/audit?kind=case&subject={hall.case.id}")).text
    assert "Đang xem 0 dòng" in shown
    sheet = load_workbook(BytesIO((await chief.get("/files/audit.xlsx?kind=case")).body)).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not any("bị phản ánh" in cell or str(hall.case.id) == cell for cell in cells[8:])
    assert REASON in (await hall.lead.get(told[0])).text


async def test_the_talk_with_its_words_is_no_talk_for_them_and_the_try_is_remembered(
    hall: Hall,
) -> None:
    house, named = hall.house, hall.theirs[0]
    talk = await asked(house, "cho tôi gặp cán bộ", user="người gửi")
    free = await asked(house, "gặp cán bộ giúp tôi", user="người khác")
    case = await file_case(house, words=WORDS, address=a_citizen("người gửi"))
    assert f"/talks/{talk}" in (await named.get("/talks")).text
    path = f"/cases/{case.id}/complained"
    assert (await hall.lead.post(path, of=hall.unit, reason=REASON)).status == 303
    ways = [way for way in ways_of(ROOMS) if way.of is talk_in_path]
    assert len(ways) > 4
    for way in ways:
        at = way.path.replace("{talk}", str(talk))
        shown = await (named.get(at) if way.form is None else named.post(at))
        assert shown.status == 404, at
    assert await deeds(house, about=f'"{talk}"') == ["talk_look_refused"]
    listed = (await named.get("/talks")).text
    assert (f"/talks/{talk}" in listed, f"/talks/{free}" in listed) == (False, True)
    other = hall.others[0]
    assert f"/talks/{talk}" in (await other.get("/talks")).text
    assert (await other.post(f"/talks/{talk}/take")).status == 303
    assert f"/talks/{talk}" not in (await named.get("/talks")).text
