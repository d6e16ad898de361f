"""From an officer's draft with a picture, a file and a button to what a citizen sees of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import insert, select

from bot.casework.attaching import examined
from bot.casework.deeds import acting
from bot.casework.taking import announce
from bot.conversation.desk import Desk
from bot.messages import ChannelName
from bot.newsroom import refusing, wording
from bot.newsroom.trying import try_out
from bot.storage.broadcast_tables import deliveries
from bot.storage.file_rows import NewFile, store_file
from bot.storage.people_tables import officers
from bot.storage.plan_tables import officer_chats
from broadcasts.composing.checking import Draft, check
from broadcasts.composing.likeness import guards
from broadcasts.models import Button, NewsText
from tests.conftest import NOON, FrozenClock
from tests.fakes.listening import PATIENCE
from tests.fakes.newsroom import NAM, Newsroom, a_realm, a_wish
from tests.fakes.readers import a_reader, subscribe_all
from tests.fakes.shelf import a_picture
from tests.fakes.sides import Side, a_polled_side, a_web_side, heard
from tests.fakes.zalo_sides import a_zalo_side

BODY = "Từ ngày 01/12 nộp hồ sơ khai sinh trực tuyến, theo Quyết định số 5/QĐ-UBND."
ADDRESS = "https://dichvucong.gov.vn"


@pytest.fixture(autouse=True)
def rules_are_read() -> None:
    """Where officers work they have been read long before; here the loop is watched throughout."""
    check(Draft(kind="khac", text=a_wish().text, audience=a_wish().audience))
    guards()
    refusing.words()
    wording.words("trial")


@pytest.fixture(
    params=[a_web_side, a_polled_side, a_zalo_side], ids=["web chat", "telegram", "zalo"]
)
async def side(request: pytest.FixtureRequest, tmp_path: Path, desk: Desk) -> AsyncIterator[Side]:
    async with request.param(tmp_path, desk) as opened:
        yield opened


@pytest.fixture
def newsroom(side: Side) -> Newsroom:
    house = side.house
    return Newsroom(house.database, cast("FrozenClock", house.clock), a_realm())


async def _text(side: Side, picture: bytes, letter: bytes) -> NewsText:
    ids = []
    for name, content in (("lễ ra quân.jpg", picture), ("công văn.pdf", letter)):
        one = examined(name, content)
        new = NewFile(office="xa", name=one.name, media=one.media, content=one.content)
        async with side.house.database.writing() as connection:
            ids.append(await store_file(connection, new, at=side.house.clock.now(), by=7))
    return NewsText(
        title="Nộp hồ sơ trực tuyến",
        body=BODY,
        buttons=(Button(label="Nộp hồ sơ", address=ADDRESS),),
        picture=ids[0],
        files=(ids[1],),
    )


async def test_what_was_composed_arrives_once_with_all_that_goes_along(
    side: Side, newsroom: Newsroom
) -> None:
    await side.says("xin chào")
    await heard(side, 1)
    reader = a_reader(str(side.name), side.address().user_id, seen_at=side.house.clock.now())
    await subscribe_all(side.house.database, [reader])
    text = await _text(side, a_picture(), b"%PDF-1.7 5/QD-UBND")
    one = await newsroom.create(a_wish(text=text, urgent=True))
    await newsroom.start_urgent(one)
    news = (await heard(side, 2))[1]
    assert news.text == f"Nộp hồ sơ trực tuyến\n\n{BODY}"
    assert news.links == (("Nộp hồ sơ", ADDRESS),)
    assert [picture[:3] for picture in news.pictures] == [b"\xff\xd8\xff"]
    goes = (("công văn.pdf", b"%PDF-1.7 5/QD-UBND"),) if side.name is ChannelName.WEB else ()
    assert news.files == goes
    await _ended(side)


async def _ended(side: Side) -> None:
    """Wait until the one delivery is known to have been sent, by one call."""
    wanted = select(deliveries.c.status, deliveries.c.attempts)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with side.house.database.reading() as connection:
                rows = [tuple(row) for row in await connection.execute(wanted)]
            if rows == [("sent", 1)]:
                return
            await asyncio.sleep(0.05)


async def test_a_draft_comes_to_its_authors_own_chat_as_readers_will_get_it(
    side: Side, newsroom: Newsroom
) -> None:
    await side.says("xin chào")
    await heard(side, 1)
    house, own = side.house, side.address()
    async with house.database.writing() as connection:
        await connection.execute(insert(officer_chats).values(
            conversation=own.conversation, officer=NAM.officer, channel=own.channel,
            user_id=own.user_id, linked_at=house.clock.now(),
        ))  # fmt: skip
        await connection.execute(insert(officers).values(
            id=NAM.officer, login="nam", name=NAM.actor, office="xa", made_at=NOON,
            active=True,
        ))  # fmt: skip
    text = await _text(side, a_picture(), b"%PDF-1.7")
    one = await newsroom.create(a_wish(text=replace(text, body=f"{BODY} {{co_quan}}")))
    async with acting(house.database, house.clock, NAM) as doing:
        told = await try_out(doing, newsroom.realm, one.id, site="")
    for address in told:
        announce(house.bell, address)
    # Zalo carries a file in a message of its own.
    beside = ["công văn.pdf"] if side.name is ChannelName.ZALO else []
    _, head, news, *files = await heard(side, 3 + len(beside))
    assert [name for one in files for name, _ in one.files] == beside
    assert "gửi thử" in head.text
    assert news.text.endswith(f"{BODY} UBND xã An")
    assert len(news.pictures) == 1
    assert news.links == (("Nộp hồ sơ", ADDRESS),)
    assert await newsroom.ledger() == []
    assert (await newsroom.deeds())[-1] == "broadcast_tried"
