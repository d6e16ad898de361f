"""The sealed inbox in the console: its reader alone, item by item; others' tries are deeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.console.words import say
from bot.officials.models import Role
from bot.storage import audit_rows
from bot.storage.feedback_person_tables import sealed_items
from bot.storage.officer_rows import find_officer
from bot.storage.tables import inbox, outbox
from bot.vault import Vaults
from tests.conftest import NOON
from tests.fakes.console import HERE, Client, ConsoleHouse, Reception, Seat, console_client
from tests.integration.console.made.sealed import DOCUMENT, appointed, sealed_item


async def deeds(house: ConsoleHouse) -> list[str]:
    async with house.database.reading() as connection:
        entries = await audit_rows.following(connection, 0, 99)
    assert not any("nhận tiền" in entry.body for entry in entries)
    return [entry.action for entry in entries]


@pytest.fixture
async def reader(house: ConsoleHouse, signed_in: Reception) -> Seat:
    return await appointed(house, await signed_in(Role.PREPARER, sure=True))


@pytest.mark.parametrize("role", Role)
async def test_no_role_opens_it_and_every_try_is_remembered(
    house: ConsoleHouse, signed_in: Reception, reader: Seat, role: Role
) -> None:
    item, other = await sealed_item(house), await signed_in(role, office="", sure=True)
    assert reader.officer != other.officer
    tried = [
        await other.get("/sealed"),
        await other.post("/sealed/open", item=item),
        await other.post("/sealed/decide", item=item, decision="unusable"),
    ]
    assert [one.status for one in tried] == [404] * 3
    assert not any("nhận tiền" in one.text for one in tried)
    assert await deeds(house) == ["sealed_look_refused"] * 3


async def test_the_list_tells_no_word_and_an_item_is_opened_once_for_each_press(
    house: ConsoleHouse, reader: Seat
) -> None:
    item = await sealed_item(house)
    listed = await reader.get("/sealed")
    assert say("sealed.item", number=int(item)) in listed.text
    assert "nhận tiền" not in listed.text
    assert listed.headers["Cache-Control"] == "no-store"
    for times in (1, 2):
        shown = await reader.post("/sealed/open", item=item)
        assert "ông A nhận tiền của bà B &lt;script&gt;" in shown.text
        assert f"đã mở {times} lần" in shown.text
        assert shown.headers["Cache-Control"] == "no-store"
    assert (await reader.get(f"/sealed/open?item={item}")).status == 405
    assert await deeds(house) == ["sealed_listed", "sealed_opened", "sealed_opened"]


async def test_another_offices_items_and_guessed_numbers_are_refused_and_remembered(
    house: ConsoleHouse, reader: Seat
) -> None:
    theirs = await sealed_item(house, office="xa-b")
    assert (await reader.get("/sealed?office=xa-b")).status == 404
    assert (await reader.post("/sealed/open", item=theirs)).status == 404
    assert (await reader.post("/sealed/open", item="987654")).status == 404
    assert (await reader.post("/sealed/decide", item=theirs, decision="unusable")).status == 404
    assert await deeds(house) == ["sealed_look_refused"] * 4


async def test_without_the_password_typed_lately_nothing_is_shown(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat, item = await appointed(house, await signed_in(Role.PREPARER)), await sealed_item(house)
    assert (await seat.get("/sealed")).where.startswith("/console/sure")
    asked = await seat.post("/sealed/open", item=item)
    assert "nhận tiền" not in asked.text
    assert await deeds(house) == []


@pytest.mark.parametrize(("decision", "gone"), [("handed_over", 30), ("unusable", 0)])
async def test_what_was_decided_is_told_with_when_it_goes(
    house: ConsoleHouse, reader: Seat, decision: str, gone: int
) -> None:
    item = await sealed_item(house)
    done = await reader.post("/sealed/decide", item=item, decision=decision)
    assert done.where.endswith(f"done=sealed_{decision}")
    async with house.database.reading() as connection:
        row = (await connection.execute(select(sealed_items))).one()
    assert (row.decision, row.erase_at) == (decision, NOON + timedelta(days=gone))
    opened = await reader.post("/sealed/open", item=item)
    assert "/console/sealed/decide" not in opened.text


async def test_who_wrote_is_asked_in_their_own_chat_or_nothing_is_decided(
    house: ConsoleHouse, reader: Seat
) -> None:
    item = await sealed_item(house, anchor=7)
    nobody = await reader.post("/sealed/decide", item=item, decision="offered")
    assert nobody.where.endswith("failed=sealed_nobody")
    told = {"id": 7, "conversation": "telegram:7", "channel": "telegram", "user_id": "7"}
    row = told | {"external_id": "m", "text": "[…]", "kind": "text"}
    async with house.database.writing() as connection:
        await connection.execute(insert(inbox).values(row | {"received_at": NOON, "done": True}))
    asked = await reader.post("/sealed/decide", item=item, decision="offered")
    assert asked.where.endswith("done=sealed_offered")
    async with house.database.reading() as connection:
        said = (await connection.execute(select(outbox))).all()
    assert len(said) == 1
    assert "nhận tiền" not in said[0].text


@pytest.fixture
def keyless(house: ConsoleHouse) -> ConsoleHouse:
    return replace(house, vaults=Vaults(data=None, sealed=None))


async def test_without_keys_the_page_says_so_and_nothing_is_lost(
    house: ConsoleHouse, keyless: ConsoleHouse
) -> None:
    item = await sealed_item(house)
    async with console_client(keyless) as client:
        seat = await appointed(house, await Reception(keyless, client)(sure=True))
        assert "SEALED_KEYS" in (await seat.get("/sealed")).text
        for path, told in (("open", {}), ("decide", {"decision": "offered"})):
            shown = await seat.post(f"/sealed/{path}", item=item, **told)
            assert shown.where.endswith("failed=sealed_no_keys")
    assert "sealed_opened" not in await deeds(house)


async def test_the_first_page_tells_the_reader_alone_how_many_wait(
    house: ConsoleHouse, signed_in: Reception, reader: Seat
) -> None:
    other = await signed_in(Role.LEADER)
    for anchor in (1, 2):
        await sealed_item(house, anchor=anchor)
    home = (await reader.get("/")).text
    assert f'{say("home.sealed")} <b>2</b> <span class="quiet">{say("home.sealed_says")}' in home
    assert "/console/sealed" not in (await other.get("/")).text


async def test_the_leader_appoints_by_a_document_and_dismisses(
    house: ConsoleHouse, client: Client, signed_in: Reception
) -> None:
    leader, lan = await signed_in(Role.LEADER, sure=True), await signed_in(Role.PREPARER)
    stranger = await signed_in(Role.PREPARER, office="xa-b")
    page = f"/sealed/reader/{HERE}"
    for officer, document in ((stranger.officer, DOCUMENT), (lan.officer, "")):
        faulty = await leader.post(page, officer=str(officer), document=document)
        assert faulty.status == 422
    done = await leader.post(page, officer=str(lan.officer), document=DOCUMENT)
    shown = await leader.get(done.where.removeprefix("/console"))
    assert DOCUMENT in shown.text
    async with house.database.reading() as connection:
        assert lan.officer is not None
        known = await find_officer(connection, lan.officer)
    assert known is not None
    assert known.login in shown.text
    assert (await lan.get("/sealed")).where.startswith("/console/sure")
    await leader.post(f"{page}/dismiss")
    assert (await lan.get("/sealed")).status == 404
    assert (await Seat(client).get("/sealed/reader")).where.startswith("/console/sign-in")
