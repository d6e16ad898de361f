"""Wishes about personal data: settled by who may, in time, and told to who wished them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.console.words import say
from bot.feedback.reference import shown
from bot.feedback.wishes import DataWish
from bot.officials.models import Role
from bot.storage import audit_rows
from bot.storage.conflict_rows import Complained, put_complained
from bot.storage.data_wish_rows import StoredWish, find_wish
from bot.storage.feedback_person_tables import data_wishes
from bot.storage.feedback_tables import cases
from bot.storage.tables import inbox, outbox
from tests.conftest import NOON
from tests.factories import a_citizen
from tests.fakes.console import ConsoleHouse, Reception, Seat
from tests.fakes.filed import file_case
from tests.integration.console.made.data_wishes import a_wish


async def deeds(house: ConsoleHouse) -> list[str]:
    async with house.database.reading() as connection:
        entries = await audit_rows.following(connection, 0, 99)
    assert not any("web:7" in entry.body for entry in entries)
    return [entry.action for entry in entries]


async def stored(house: ConsoleHouse, wish: str) -> StoredWish:
    async with house.database.reading() as connection:
        found = await find_wish(connection, int(wish))
    assert found is not None
    return found


async def said(house: ConsoleHouse) -> list[str]:
    async with house.database.reading() as connection:
        return list((await connection.execute(select(outbox.c.text))).scalars())


@pytest.fixture
async def wrote(house: ConsoleHouse) -> None:
    """Let the citizen of the wishes have written a moment ago."""
    row = {"id": 7, "conversation": "web:7", "channel": "web", "user_id": "7", "external_id": "m"}
    told = {"text": "xóa dữ liệu", "kind": "text", "received_at": NOON, "done": True}
    async with house.database.writing() as connection:
        await connection.execute(insert(inbox).values(row | told))


@pytest.fixture
async def seat(signed_in: Reception) -> Seat:
    return await signed_in(Role.SECRETARIAT)


async def test_what_is_due_first_stands_first_and_what_is_late_is_marked(
    house: ConsoleHouse, seat: Seat
) -> None:
    later = await a_wish(house, who="8")
    late = await a_wish(house, who="7", due=NOON - timedelta(days=1))
    await a_wish(house, office="xa-b", who="9")
    listed = (await seat.get("/data-wishes")).text
    places = [listed.index(say("data_wishes.item", number=int(one))) for one in (late, later)]
    assert places == sorted(places)
    assert listed.count(say("data_wishes.late")) == 1
    assert listed.count("/console/data-wishes/") == 2
    assert "Điều 5 Nghị định 356/2025" in (await seat.get(f"/data-wishes/{int(late)}")).text
    assert say("home.data_wishes") in (await seat.get("/")).text
    assert say("data_wishes.empty_settled") in (await seat.get("/data-wishes?view=settled")).text


@pytest.mark.usefixtures("wrote")
@pytest.mark.parametrize(("wish", "told"), [("export", "đã đưa bản sao"), ("erase", "đã xóa")])
async def test_a_wish_fulfilled_is_told_and_whose_it_was_is_forgotten(
    house: ConsoleHouse, seat: Seat, wish: str, told: str
) -> None:
    number = await a_wish(house, wish=DataWish(wish))
    done = await seat.post(f"/data-wishes/{number}/fulfil", details="Cảm ơn bà con.")
    assert done.where.endswith("done=wish_fulfilled")
    (text,) = await said(house)
    assert told in text
    assert "Cảm ơn bà con." in text
    after = await stored(house, number)
    assert (after.status, after.person, after.note) == ("done", None, "Cảm ơn bà con.")
    assert await deeds(house) == ["wish_fulfilled"]
    again = await seat.post(f"/data-wishes/{number}/decline", code="withdrawn")
    assert again.where.endswith("failed=wish_settled")
    assert "/fulfil" not in (await seat.get(f"/data-wishes/{number}")).text
    assert await deeds(house) == ["wish_fulfilled"]


@pytest.mark.usefixtures("wrote")
async def test_nothing_is_erased_while_a_case_is_open_and_all_when_it_ended(
    house: ConsoleHouse, seat: Seat
) -> None:
    case = await file_case(house, address=a_citizen("7"))
    number = await a_wish(house)
    assert say("data_wishes.cases_open") in (await seat.get(f"/data-wishes/{number}")).text
    done = await seat.post(f"/data-wishes/{number}/fulfil")
    assert done.where.endswith("failed=wish_cases_open")
    assert (await said(house), await deeds(house)) == ([], [])
    async with house.database.writing() as connection:
        ended = {"state": "closed", "is_open": False, "closed_at": NOON}
        await connection.execute(cases.update().values(ended))
    done = await seat.post(f"/data-wishes/{number}/fulfil")
    assert done.where.endswith("done=wish_fulfilled")
    async with house.database.reading() as connection:
        row = (await connection.execute(select(cases).where(cases.c.id == case.id))).one()
    assert (row.words, row.conversation, row.erased_at) == ("", "", NOON)


async def test_who_cannot_be_told_is_told_of_by_the_officer(
    house: ConsoleHouse, seat: Seat
) -> None:
    number = await a_wish(house, wish=DataWish.EXPORT)
    done = await seat.post(f"/data-wishes/{number}/fulfil")
    assert done.where.endswith("failed=wish_fulfilled")
    assert (await stored(house, number)).status == "done"


@pytest.mark.usefixtures("wrote")
async def test_a_wish_is_declined_by_a_reason_of_the_data_alone(
    house: ConsoleHouse, seat: Seat
) -> None:
    number = await a_wish(house)
    wrong = await seat.post(f"/data-wishes/{number}/decline", code="not_fetched")
    assert say("faults.not_choice") in wrong.text
    assert (await stored(house, number)).waits
    done = await seat.post(f"/data-wishes/{number}/decline", code="duty", details="Việc còn dở.")
    assert done.where.endswith("done=wish_declined")
    (text,) = await said(house)
    assert "vì cơ quan còn cần dữ liệu này để giải quyết việc theo nhiệm vụ (Điều 19" in text
    assert "Việc còn dở." in text
    page = (await seat.get(f"/data-wishes/{number}")).text
    assert "cơ quan còn cần dữ liệu này" in page


@pytest.mark.usefixtures("wrote")
async def test_the_law_gives_more_time_once_and_in_time(house: ConsoleHouse, seat: Seat) -> None:
    number = await a_wish(house)
    before = (await stored(house, number)).due_at
    done = await seat.post(f"/data-wishes/{number}/prolong", reason="Còn phải hỏi cơ quan khác.")
    assert done.where.endswith("done=wish_prolonged")
    after = await stored(house, number)
    assert timedelta(days=19) < after.due_at - before <= timedelta(days=21)
    (text,) = await said(house)
    assert "Còn phải hỏi cơ quan khác." in text
    again = await seat.post(f"/data-wishes/{number}/prolong", reason="Còn phải hỏi thêm.")
    assert again.where.endswith("failed=wish_not_prolonged")
    late = await a_wish(house, who="8", due=NOON - timedelta(hours=1))
    refused = await seat.post(f"/data-wishes/{late}/prolong", reason="Còn phải hỏi thêm.")
    assert refused.where.endswith("failed=wish_not_prolonged")
    assert await deeds(house) == ["wish_prolonged"]


async def test_a_copy_is_given_by_a_click_that_is_remembered(
    house: ConsoleHouse, seat: Seat
) -> None:
    await file_case(house, address=a_citizen("7"))
    number = await a_wish(house, wish=DataWish.EXPORT)
    given = await seat.post(f"/data-wishes/{number}/copy")
    assert given.status == 200
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Cache-Control"] == "no-store"
    assert "Bản sao dữ liệu của bà con" in given.text
    assert await deeds(house) == ["wish_copy_taken"]
    assert (await seat.get(f"/data-wishes/{number}/copy")).status == 405


async def test_who_may_not_see_senders_takes_no_copy(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    other = await signed_in(Role.ADMINISTRATOR)
    number = await a_wish(house, wish=DataWish.EXPORT)
    given = await other.post(f"/data-wishes/{number}/copy")
    assert given.where.endswith("failed=wish_copy_not")
    assert await deeds(house) == []


async def test_whom_a_case_complains_of_is_given_nothing_of_it(
    house: ConsoleHouse, seat: Seat
) -> None:
    case, number = await file_case(house, address=a_citizen("7")), await a_wish(house)
    assert shown(case.reference) in (await seat.get(f"/data-wishes/{number}")).text
    async with house.database.writing() as connection:
        await put_complained(connection, case.id, Complained(officer=seat.officer))
    page = (await seat.get(f"/data-wishes/{number}")).text
    assert shown(case.reference) not in page
    assert "/copy" not in page
    given = await seat.post(f"/data-wishes/{number}/copy")
    assert given.where.endswith("failed=wish_copy_not")
    assert await deeds(house) == []


@pytest.mark.parametrize("act", ["", "/copy", "/fulfil", "/decline", "/prolong"])
async def test_another_offices_wish_is_not_there(
    house: ConsoleHouse, seat: Seat, act: str
) -> None:
    theirs = await a_wish(house, office="xa-b")
    path = f"/data-wishes/{theirs}{act}"
    fields = {"code": "duty", "reason": "Không phải của tôi."}
    tried = await (seat.post(path, **fields) if act else seat.get(path))
    assert tried.status == 404
    async with house.database.reading() as connection:
        row = (await connection.execute(select(data_wishes))).one()
    assert (row.status, row.office) == ("waiting", "xa-b")
    assert await deeds(house) == ["data_wish_look_refused"]
