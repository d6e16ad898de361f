"""The web chat over real HTTP and a real database: the page's JSON in, its replies out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import FormData, StreamReader
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, select

from bot.bootstrap import House, build
from bot.conversation.desk import Desk
from bot.messages import Enclosure, Reply, Wanted
from bot.settings import Settings
from bot.storage.draft_case_rows import keep_draft
from bot.storage.errors import NotStored
from bot.storage.file_rows import NewFile, file_heads, store_file
from bot.storage.outbox_rows import FIRST_SAID, Place, said_row
from bot.storage.photo_rows import find_photo
from bot.storage.tables import conversations, inbox, outbox, turns
from bot.web.app import create_app
from tests.conftest import open_database
from tests.factories import a_citizen
from tests.fakes.furnished import settled
from tests.fakes.house import PaperHouse
from tests.fakes.photos import a_photo, tells_where
from tests.fakes.postgres import Postgres
from tests.integration.conftest import Web

pytestmark = pytest.mark.asyncio(loop_scope="module")
SESSIONS = count()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, desk: Desk) -> AsyncIterator[House]:
    settings = settled(tmp_path_factory.mktemp("chat"))
    async with build(settings, desk=desk) as built, built.working():
        yield built


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(house: House) -> AsyncIterator[Web]:
    async with TestClient(TestServer(create_app(house))) as opened:
        yield opened


@pytest.fixture
def session() -> str:
    """A citizen who has said nothing yet."""
    return f"s{next(SESSIONS)}"


async def _say(client: Web, session: str, text: str, **more: str) -> list[dict[str, Any]]:
    body = {"session": session, "text": text, **more}
    async with client.post("/chat/messages?wait=10", json=body) as answer:
        assert answer.status == HTTPStatus.OK
        replies: list[dict[str, Any]] = (await answer.json())["replies"]
        return replies


async def _post(client: Web, session: str, text: str) -> int:
    body = {"session": session, "text": text}
    async with client.post("/chat/messages", json=body) as answer:
        assert answer.status == HTTPStatus.ACCEPTED
        row: int = (await answer.json())["id"]
        return row


@pytest.mark.parametrize(
    ("typed", "hidden"),
    [("gọi ０９１２ 345 678 nhé", {"hidden": "gọi [số điện thoại] nhé"}), ("xin chào", {})],
)
async def test_the_page_hears_how_what_it_sent_was_stored(
    client: Web, session: str, typed: str, hidden: dict[str, str]
) -> None:
    async with client.post("/chat/messages", json={"session": session, "text": typed}) as answer:
        told = await answer.json()
    told.pop("id")
    assert told == hidden


async def _replies(client: Web, session: str, **query: str) -> list[dict[str, Any]]:
    async with client.get("/chat/replies", params={"session": session, **query}) as answer:
        assert answer.status == HTTPStatus.OK
        replies: list[dict[str, Any]] = (await answer.json())["replies"]
        return replies


async def _event(stream: StreamReader) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while True:
            line = await stream.readline()
            if line.startswith(b"data: "):
                return dict(json.loads(line.removeprefix(b"data: ")))


async def test_a_question_gets_its_card(client: Web, session: str) -> None:
    replies = await _say(client, session, "mo quan tap hoa can giay to gi")
    assert "hộ kinh doanh" in replies[0]["text"].lower()
    assert {"label", "value"} == set(replies[0]["choices"][0])


async def test_a_choice_is_followed(client: Web, session: str) -> None:
    replies = await _say(client, session, "mo quan tap hoa can giay to gi")
    value = next(c["value"] for c in replies[0]["choices"] if c["label"] == "Lệ phí")
    chosen = await _say(client, session, "", choice=value)
    assert "Lệ phí" in chosen[0]["text"]


async def test_the_page_can_begin_anew(client: Web, session: str) -> None:
    replies = await _say(client, session, "", choice="menu")
    assert replies[0]["choices"]


async def test_without_waiting_the_message_is_taken_and_answered_later(
    client: Web, session: str
) -> None:
    assert await _post(client, session, "chào") > 0
    assert len(await _replies(client, session, wait="10")) == 1


async def test_a_resend_with_the_same_id_is_answered_once_and_the_same(
    client: Web, session: str
) -> None:
    first = await _say(client, session, "chào", id="m1")
    again = await _say(client, session, "chào", id="m1")
    assert again == first
    assert len(await _replies(client, session)) == 1


async def test_many_copies_at_once_are_one_message(client: Web, session: str) -> None:
    copies = (_say(client, session, "chào", id="m1") for _ in range(8))
    answers = await asyncio.gather(*copies)
    assert {answer[0]["id"] for answer in answers} == {answers[0][0]["id"]}
    assert len(await _replies(client, session)) == 1


async def test_a_citizens_messages_are_answered_in_their_order(client: Web, session: str) -> None:
    for text in ("lam giay khai sinh cho con can gi", "hết bao nhiêu tiền?", "cảm ơn"):
        await _post(client, session, text)
    await _say(client, session, "chào")
    replies = [reply["text"] for reply in await _replies(client, session)]
    assert "KHAI SINH" in replies[0]
    assert "Lệ phí" in replies[1]


async def test_events_go_on_after_the_last_seen(client: Web, session: str) -> None:
    await _say(client, session, "chào")
    await _say(client, session, "cảm ơn")
    path = f"/chat/events?session={session}"
    async with client.get(path) as stream:
        first, second = await _event(stream.content), await _event(stream.content)
    headers = {"Last-Event-ID": str(first["id"])}
    async with client.get(path, headers=headers) as stream:
        assert await _event(stream.content) == second


async def test_an_event_comes_while_it_is_waited_for(client: Web, session: str) -> None:
    async with client.get(f"/chat/events?session={session}") as stream:
        reply = (await _say(client, session, "chào"))[0]
        assert await _event(stream.content) == reply


async def test_another_session_sees_nothing(client: Web, session: str) -> None:
    await _say(client, session, "chào")
    assert await _replies(client, session + "x") == []


async def test_personal_data_does_not_reach_the_tables(
    house: House, client: Web, session: str
) -> None:
    await _say(client, session, "so cccd cua toi la 079123456789 lam ho chieu the nao")
    async with house.database.reading() as connection:
        stored = await connection.scalar(
            select(inbox.c.text).where(inbox.c.conversation == f"web:{session}")
        )
    assert stored
    assert "079123456789" not in stored


async def test_the_answer_of_another_process_is_heard(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path, desk: Desk, session: str
) -> None:
    """One process takes the message and streams; only the other one works."""
    settings = Settings.from_env({"DATABASE_URL": postgres.url})
    async with (
        open_database("postgres", request, tmp_path),
        build(settings, desk=desk) as silent,
        build(settings, desk=desk) as other,
        TestClient(TestServer(create_app(silent))) as web,
        other.working(),
    ):
        stopping = asyncio.Event()
        watching = asyncio.create_task(silent.lookout.watching(stopping))
        writing = asyncio.create_task(silent.inbox.writing())
        async with web.get(f"/chat/events?session={session}") as stream:
            await _post(web, session, "chào")
            async with asyncio.timeout(5):
                assert (await _event(stream.content))["text"]
        assert await _say(web, session, "cảm ơn")
        stopping.set()
        writing.cancel()
        await asyncio.gather(watching, writing, return_exceptions=True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b"[1]", 400),
        (b'{"session":"a b","text":"x"}', 400),
        (b'{"session":"a","text":"   "}', 400),
        (b'{"session":"a","text":5}', 400),
        ('{"session":"a","text":"đ"}'.encode("utf-16"), 400),
        (json.dumps({"session": "a", "text": "x" * 2001}).encode(), 400),
        (b'{"session":"a","text":"' + b"x" * 70_000 + b'"}', 413),
    ],
)
async def test_bad_bodies_are_refused_in_vietnamese(client: Web, body: bytes, status: int) -> None:
    async with client.post("/chat/messages", data=body) as answer:
        assert answer.status == status
        assert "Hãy" in (await answer.json())["error"]


@pytest.mark.parametrize("wait", ["31", "-1", "x", "nan", "1e1", ""])
async def test_a_wait_nobody_can_grant_is_refused(client: Web, wait: str) -> None:
    body = {"session": "s", "text": "chào"}
    async with client.post("/chat/messages", params={"wait": wait}, json=body) as answer:
        assert answer.status == HTTPStatus.BAD_REQUEST
        assert "wait" in (await answer.json())["error"]


async def test_an_answer_that_does_not_come_in_time_comes_by_events() -> None:
    async with TestClient(TestServer(create_app(PaperHouse()))) as web:
        body = {"session": "s", "text": "chào"}
        async with web.post("/chat/messages?wait=0.1", json=body) as answer:
            assert answer.status == HTTPStatus.ACCEPTED
            assert await answer.json() == {"id": 1}


async def test_a_session_that_writes_too_fast_waits_and_others_do_not() -> None:
    paper = PaperHouse(settings=Settings(chat_rate_per_minute=20))

    async def say(session: str) -> tuple[int, str | None]:
        body = {"session": session, "text": "a"}
        async with web.post("/chat/messages", json=body) as answer:
            return answer.status, answer.headers.get("Retry-After")

    async with TestClient(TestServer(create_app(paper))) as web:
        assert [await say("s") for _ in range(21)] == [(202, None)] * 20 + [(429, "3")]
        assert await say("other") == (202, None)
        paper.clock.move(timedelta(seconds=3))
        assert await say("s") == (202, None)
    assert len(paper.inbox.stored) == 22
    assert _refused(paper, "too_fast") == 1


async def test_what_could_not_be_stored_is_not_confirmed() -> None:
    paper = PaperHouse()
    paper.inbox.fault = NotStored("disk full")
    async with (
        TestClient(TestServer(create_app(paper))) as web,
        web.post("/chat/messages", json={"session": "s", "text": "a"}) as answer,
    ):
        assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
        assert answer.headers["Retry-After"] == "5"
        assert "5 giây" in (await answer.json())["error"]
    assert _refused(paper, "not_stored") == 1


def _refused(paper: PaperHouse, reason: str) -> float | None:
    return paper.registry.get_sample_value("bot_web_refused_total", {"reason": reason})


async def test_a_denunciation_stands_in_no_table(client: Web, house: House, session: str) -> None:
    said = "tôi tố cáo ông Bảy Cà Mau phó chủ tịch xã nhận hối lộ 50 triệu"
    body = {"session": session, "text": said}
    async with client.post("/chat/messages", json=body) as answer:
        told = await answer.json()
    await _say(client, session, "menu")
    assert told["hidden"] == "tố cáo [nội dung không lưu lại]"
    async with house.database.reading() as connection:
        held = [
            str(row)
            for table in (inbox, turns, outbox, conversations)
            for row in await connection.execute(select(table))
        ]
    assert any("tố cáo [denunciation]" in row for row in held)
    assert not any("Bảy" in row or "50 triệu" in row for row in held)


async def _told_with_a_file(house: House, client: Web, session: str) -> dict[str, Any]:
    """Have a reply with a file under what a citizen said; give the file as the page gets it."""
    inbox_id = await _post(client, session, "xin chào")
    new = NewFile(office="xa", name="mẫu đơn.pdf", media="application/pdf", content=b"%PDF-1")
    async with house.database.writing() as connection:
        number = await store_file(connection, new, at=house.clock.now(), by=None)
        head = (await file_heads(connection, [number]))[number]
        one = Enclosure(file=number, name=head.name, media=head.media, size=6, digest=head.digest)
        row = said_row(
            Place(inbox_id, FIRST_SAID), a_citizen(session), Reply("Tin", enclosures=(one,)),
            house.clock.now(), kept=True,
        )  # fmt: skip
        await connection.execute(outbox.insert().values(row))
    async with client.get(f"/chat/replies?session={session}&after=0") as answer:
        replies = (await answer.json())["replies"]
    ((told,),) = [one["files"] for one in replies if one["files"]]
    return dict(told)


async def test_a_file_of_a_reply_is_given_to_who_has_its_address_alone(
    house: House, client: Web, session: str
) -> None:
    told = await _told_with_a_file(house, client, session)
    assert (told["name"], told["size"], told["picture"]) == ("mẫu đơn.pdf", "1 KB", False)
    assert session not in told["address"].split("/")
    async with client.get(f"/{told['address']}") as answer:
        assert (answer.status, await answer.read()) == (HTTPStatus.OK, b"%PDF-1")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "private, max-age=86400"
    reply, file, key = told["address"].split("/")[-3:]
    other = key[:-1] + ("0" if key[-1] != "0" else "1")
    for address in (
        f"/chat/tep/{reply}/{file}/{other}",
        f"/chat/tep/{reply}/{int(file) + 1}/{key}",
        f"/chat/tep/{int(reply) + 1}/{file}/{key}",
        f"/chat/tep/999999999999999/{file}/{key}",
        f"/chat/tep/{reply}/{file}/{key[:-1]}",
    ):
        async with client.get(address) as answer:
            assert answer.status == HTTPStatus.NOT_FOUND, address


async def test_a_photo_that_was_asked_for_is_handed_over_once_and_sealed(
    client: Web, house: House, session: str
) -> None:
    address = a_citizen(session)
    async with client.post("/chat/files", data=_photo_form(session)) as answer:
        assert answer.status == HTTPStatus.CONFLICT
    now = house.clock.now()
    async with house.database.writing() as connection:
        await keep_draft(
            connection, address.conversation, office="xa", step="photo", sealed=b"x", at=now
        )
    numbers = set()
    for _ in range(2):
        async with client.post("/chat/files", data=_photo_form(session)) as answer:
            assert answer.status == HTTPStatus.CREATED
            numbers.add((await answer.json())["file"])
    (number,) = numbers
    async with house.database.reading() as connection:
        stored = await find_photo(connection, number)
    content = house.photos.opened(stored) if stored else None
    assert content
    assert not tells_where(content)
    for one, status in ((session, HTTPStatus.ACCEPTED), ("another", HTTPStatus.BAD_REQUEST)):
        said = {"session": one, "file": number}
        async with client.post("/chat/messages", json=said) as answer:
            assert answer.status == status


def _photo_form(session: str) -> FormData:
    form = FormData()
    form.add_field("session", session)
    form.add_field("file", a_photo(), filename="a.jpg", content_type="image/jpeg")
    return form


async def test_what_a_reply_asks_for_is_told_to_the_page(
    client: Web, house: House, session: str
) -> None:
    number = await _post(client, session, "xin chào")
    reply = Reply("Ảnh?", wants=(Wanted.PHOTO, Wanted.PLACE))
    row = said_row(
        Place(number, FIRST_SAID), a_citizen(session), reply, house.clock.now(), kept=True
    )
    async with house.database.writing() as connection:
        await connection.execute(insert(outbox).values(row))
    async with client.get(f"/chat/replies?session={session}&after=0") as answer:
        told = (await answer.json())["replies"]
    assert ["photo", "place"] in [one["wants"] for one in told]
