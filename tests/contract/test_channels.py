"""Every channel keeps the same promises: what is said counts once, what is answered comes whole.

The table is cases × ``tests.fakes.sides.SIDES``.
"""

from __future__ import annotations

import asyncio
import io
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, insert, select

from bot.bootstrap import KEPT
from bot.channels.render import parts
from bot.channels.spoken import REST
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName, Enclosure, Link, QuickReply, Reply
from bot.storage.fetch_rows import want
from bot.storage.file_rows import NewFile, file_heads, store_file
from bot.storage.outbox_rows import reply_rows
from bot.storage.photo_rows import find_photo, loose_files
from bot.storage.tables import inbox, outbox
from broadcasts.carriage import replies_of
from tests.fakes.listening import PATIENCE
from tests.fakes.photos import a_photo, about_to_send, tells_where
from tests.fakes.shelf import a_picture
from tests.fakes.sides import FORMS, SIDES, Side, heard

ODD_TEXT = "a <b>đậm</b> & *sao* _gạch_ [x](y) `mã` \\ 1.000.000đ – “ngoặc” 👩‍👩‍👧 🇻🇳"


in_every_form = pytest.mark.parametrize("side", [*SIDES, *FORMS], indirect=True)
# How messages come in makes no difference to what goes out.
going_out = pytest.mark.parametrize(
    "side", [one for one in SIDES if "polling" not in one], indirect=True
)


@pytest.fixture(params=list(SIDES))
async def side(request: pytest.FixtureRequest, tmp_path: Path, desk: Desk) -> AsyncIterator[Side]:
    async with (SIDES | FORMS)[request.param](tmp_path, desk) as opened:
        yield opened


async def _told(side: Side, *replies: Reply, user: str = "7", inbox_id: int = 900) -> None:
    """Have the office say something to a citizen."""
    address = side.address(user)
    result = TurnResult(outcome=Outcome.ANSWERED, replies=replies, state=ConversationState())
    rows = reply_rows(inbox_id, address, result, side.house.clock.now(), KEPT)
    async with side.house.database.writing() as connection:
        await connection.execute(insert(outbox), rows)


async def _greeted(side: Side) -> None:
    """Have a citizen write first: on Zalo nobody is written to who never did."""
    await side.says("xin chào")
    await heard(side, 1)


def _met(side: Side, desk: Desk, text: str) -> str:
    """Give the first reply to somebody: on a page alone it need not say who answers."""
    return text if side.name is ChannelName.WEB else f"{desk.say('introduction')}\n{text}"


async def _stored(side: Side) -> list[str]:
    async with side.house.database.reading() as connection:
        found = await connection.execute(select(inbox.c.text).order_by(inbox.c.id))
        return list(found.scalars())


@in_every_form
async def test_a_question_is_answered_with_choices_and_a_press_is_followed(side: Side) -> None:
    await side.says("lam giay khai sinh cho con can gi")
    (first,) = await heard(side, 1)
    assert "KHAI SINH" in first.text
    fee = dict(first.choices)["Lệ phí"]
    await side.presses(fee)
    assert "Lệ phí" in (await heard(side, 2))[1].text


async def test_what_was_answered_waits_no_more_and_the_house_stays_ready(side: Side) -> None:
    await _greeted(side)
    async with side.house.database.reading() as connection:
        waiting = select(func.count()).select_from(inbox).where(inbox.c.done.is_(False))
        assert (await connection.execute(waiting)).scalar_one() == 0
    assert {part: fault for part, fault in (await side.house.readiness()).items() if fault} == {}


async def test_a_typed_number_means_the_choice_at_that_place(side: Side) -> None:
    for user in ("7", "8"):
        await side.says("lam giay khai sinh cho con can gi", user)
    (offered,) = await heard(side, 1, "7")
    await heard(side, 1, "8")
    await side.presses(offered.choices[1][1], "7")
    await side.says("2", "8")
    pressed, typed = (await heard(side, 2, "7"))[1], (await heard(side, 2, "8"))[1]
    assert typed == pressed


@pytest.mark.parametrize("side", [*SIDES, "zalo by buttons"], indirect=True)
async def test_what_is_delivered_twice_is_answered_once(side: Side) -> None:
    receipt = await side.says("xin chào")
    await heard(side, 1)
    await side.delivers_again(receipt)
    pressed = await side.presses("menu")
    await heard(side, 2)
    await side.delivers_again(pressed)
    await side.says("cảm ơn")
    await heard(side, 3)
    assert await _stored(side) == ["xin chào", "menu", "cảm ơn"]


async def test_a_citizens_messages_are_answered_in_order(side: Side, desk: Desk) -> None:
    talk = [("xin chào", "hello"), ("cảm ơn", "thanks"), ("tạm biệt", "bye")] * 2
    for text, _ in talk:
        await side.says(text)
    first, *more = [desk.say(f"small_talk_{kind}") for _, kind in talk]
    expected = [_met(side, desk, first), *more]
    assert [one.text for one in await heard(side, len(talk))] == expected


async def test_many_citizens_each_get_their_own_answer(side: Side, desk: Desk) -> None:
    talk = [("xin chào", "hello"), ("cảm ơn", "thanks"), ("tạm biệt", "bye")]
    for user in range(12):
        await side.says(talk[user % 3][0], str(100 + user))
    for user in range(12):
        (reply,) = await heard(side, 1, str(100 + user))
        assert reply.text == _met(side, desk, desk.say(f"small_talk_{talk[user % 3][1]}"))


async def test_marks_typed_as_pieces_are_understood_alike(side: Side) -> None:
    text = "đăng ký kết hôn cần giấy tờ gì"
    await side.says(unicodedata.normalize("NFC", text), "7")
    await side.says(unicodedata.normalize("NFD", text), "8")
    assert await heard(side, 1, "7") == await heard(side, 1, "8")
    assert len(set(await _stored(side))) == 1


async def test_personal_data_is_not_stored_and_the_citizen_is_told(side: Side, desk: Desk) -> None:
    await side.says("cccd 001099012345 làm lại được không")
    assert (await heard(side, 2))[0].text == _met(side, desk, desk.say("privacy"))
    assert await _stored(side) == ["cccd [cccd] làm lại được không"]


async def test_what_nobody_said_to_us_leaves_nothing(side: Side) -> None:
    await side.makes_noise()
    await side.says("xin chào")
    await heard(side, 1)
    assert await _stored(side) == ["xin chào"]


@in_every_form
async def test_signs_arrive_as_written(side: Side) -> None:
    await side.says(ODD_TEXT)
    await heard(side, 1)
    assert await _stored(side) == [ODD_TEXT]
    await _told(side, Reply(ODD_TEXT, (QuickReply(ODD_TEXT[:20], "menu"),)))
    reply = (await heard(side, 2))[1]
    assert (reply.text, reply.choices) == (ODD_TEXT, ((ODD_TEXT[:20], "menu"),))


@in_every_form
async def test_a_long_reply_arrives_whole_in_order_with_its_choices_at_the_end(side: Side) -> None:
    lines = [f"{number}. Giấy tờ thứ {number} 👍 của hồ sơ; nộp bản sao." for number in range(250)]
    text = "\n".join(lines)
    await _greeted(side)
    await _told(side, Reply(text, (QuickReply("Lệ phí", "menu"),)), Reply("hết"))
    messages = len(parts(text, side.name))
    _, *arrived, _ = await heard(side, messages + 2)
    assert "\n".join(part.text for part in arrived) == text
    assert [len(part.choices) for part in arrived] == [0] * (messages - 1) + [1]


@going_out
async def test_several_replies_arrive_in_order(side: Side) -> None:
    await _greeted(side)
    await _told(side, *(Reply(f"{number}") for number in range(5)))
    assert [one.text for one in (await heard(side, 6))[1:]] == ["0", "1", "2", "3", "4"]


async def _stored_file(
    side: Side, name: str, media: str, content: bytes, address: str = ""
) -> Enclosure:
    new = NewFile(office="xa", name=name, media=media, content=content)
    async with side.house.database.writing() as connection:
        number = await store_file(connection, new, at=side.house.clock.now(), by=None)
        head = (await file_heads(connection, [number]))[number]
    return Enclosure(
        file=number,
        name=name,
        media=media,
        size=head.size,
        digest=head.digest,
        told="Ảnh",
        address=address,
    )


@going_out
async def test_a_picture_goes_with_its_text_and_its_buttons(side: Side) -> None:
    await _greeted(side)
    content = a_picture()
    address = await side.publishes(content)
    picture = await _stored_file(side, "ảnh lễ.jpg", "image/jpeg", content, address)
    link = Link(label="Nộp hồ sơ", address="https://dichvucong.gov.vn/?a=1&b=2")
    await _told(side, Reply(ODD_TEXT, links=(link,), enclosures=(picture,)))
    news = (await heard(side, 2))[1]
    assert (news.text, news.pictures) == (ODD_TEXT, (content,))
    assert news.links == (("Nộp hồ sơ", "https://dichvucong.gov.vn/?a=1&b=2"),)


@going_out
async def test_a_file_goes_with_its_text_under_its_own_name(side: Side) -> None:
    await _greeted(side)
    file = await _stored_file(side, "công văn số 5.pdf", "application/pdf", b"%PDF-1.7 x")
    page = "https://xa.vn/tin-tuc/5"
    for number, text in enumerate(("Một", "Hai")):
        await _told(side, Reply(text, enclosures=(file,), page=page), inbox_id=900 + number)
    carries = replies_of(side.name)
    if carries.takes_alone(file.name, file.size):
        news = (await heard(side, 5))[1:]
        assert [(one.text, len(one.files)) for one in news] == [
            *(("Một", 0), ("", 1)),
            *(("Hai", 0), ("", 1)),
        ]
    else:
        news = (await heard(side, 3))[1:]
        assert [one.text for one in news] == ["Một", "Hai"]
    came = [found for one in news for found in one.files]
    if carries.file_bytes or carries.alone:
        assert came == [("công văn số 5.pdf", b"%PDF-1.7 x")] * 2
    else:
        assert [one.links for one in news] == [((REST, page),)] * 2


@going_out
async def test_more_files_than_a_message_holds_are_reached_by_the_page(side: Side) -> None:
    await _greeted(side)
    files = [
        await _stored_file(side, f"{number}.pdf", "application/pdf", f"%PDF-{number}".encode())
        for number in range(3)
    ]
    page = "https://xa.vn/tin-tuc/5"
    await _told(side, Reply("Tin", enclosures=tuple(files), page=page))
    carries = replies_of(side.name)
    news = (await heard(side, 2 + (3 if carries.alone else 0)))[1:]
    came = [name for one in news for name, _ in one.files]
    assert came[:1] == ["0.pdf"][: carries.file_bytes + carries.alone_bytes]
    assert len(came) == 3 or [address for _, address in news[0].links] == [page]


async def _files(side: Side, user: str = "7") -> str:
    """Let a citizen be about to file feedback; give the conversation."""
    talk = side.address(user).conversation
    house = side.house
    await about_to_send(house.database, house.vaults.data, talk, house.clock.now())
    return talk


async def _photos(side: Side, talk: str) -> list[bytes | None]:
    async with side.house.database.reading() as connection:
        numbers = await loose_files(connection, talk)
        found = [await find_photo(connection, number) for number in numbers]
    return [side.house.photos.opened(one) for one in found if one]


async def _came(side: Side, talk: str) -> list[bytes]:
    """Have the photos of a conversation fetched, as its draft wants them, and give them."""
    async with side.house.database.writing() as connection:
        await want(connection, talk, await loose_files(connection, talk))
    async with asyncio.timeout(PATIENCE):
        while not all(photos := await _photos(side, talk)):  # noqa: ASYNC110 - the rows alone tell
            await asyncio.sleep(0.05)
    return [one for one in photos if one]


async def test_a_photo_comes_once_sealed_and_without_where_it_was_taken(side: Side) -> None:
    talk = await _files(side)
    receipt = await side.sends_photo(a_photo())
    await heard(side, 1)
    await side.delivers_again(receipt)
    (content,) = await _came(side, talk)
    assert content.startswith(b"\xff\xd8")
    assert not tells_where(content)


async def test_photos_are_their_senders_alone_and_come_in_order(side: Side) -> None:
    talks = [await _files(side, user) for user in ("7", "8")]
    colours = {"7": ("#f00", "#0f0"), "8": ("#00f",)}
    for user, sent in colours.items():
        for number, colour in enumerate(sent, start=1):
            await side.sends_photo(a_photo(colour), user)
            await heard(side, number, user)
    seen = [[_colour(one) for one in await _came(side, talk)] for talk in talks]
    assert seen == [["red", "green"], ["blue"]]


def _colour(content: bytes) -> str:
    red, green, blue = Image.open(io.BytesIO(content)).convert("RGB").resize((1, 1)).tobytes()
    return max((red, "red"), (green, "green"), (blue, "blue"))[1]


async def test_a_place_is_received_and_kept_no_longer_than_its_turn(side: Side) -> None:
    await side.shows_place(21.0285111, 105.8542)
    await heard(side, 1)
    async with side.house.database.reading() as connection:
        rows = await connection.execute(select(inbox.c.kind, inbox.c.along, inbox.c.text))
        # A bot of Zalo is told that there was something, and not what.
        kind = "unsupported" if side.name is ChannelName.ZALO_BOT else "location"
        assert [tuple(row) for row in rows] == [(kind, None, "")]
