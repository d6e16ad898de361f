"""Pictures and files to Telegram: brought once, never sent twice, refused as texts are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import aiohttp
import pytest

from bot.channels.errors import SendCode, SendError
from bot.channels.pace.budget import Budget
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.introduction import Introduction
from bot.channels.uploads import Upload
from bot.messages import (
    Author,
    ChannelName,
    CitizenAddress,
    Enclosure,
    Link,
    OutgoingMessage,
    QuickReply,
    Reply,
)
from tests.fakes.shelf import PaperCopies, PaperShelf, a_picture
from tests.fakes.telegram import TOKEN, FakeTelegram, buttons, links, serving_telegram

PAGE = "https://xa.vn/tin-tuc/5"
BLOCKED = (403, {"description": "Forbidden: bot was blocked by the user"})
FLOOD = (429, {"description": "Too Many Requests", "parameters": {"retry_after": 1}})
UNFIT = (400, {"description": "Bad Request: PHOTO_INVALID_DIMENSIONS"})


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with serving_telegram() as fake:
        yield fake


@pytest.fixture
def shelf() -> PaperShelf:
    return PaperShelf()


@pytest.fixture
async def channel(telegram: FakeTelegram, shelf: PaperShelf) -> AsyncIterator[TelegramChannel]:
    made = _channel(telegram, shelf)
    yield made
    await made.close()


def _channel(
    telegram: FakeTelegram, shelf: PaperShelf, copies: PaperCopies | None = None
) -> TelegramChannel:
    return TelegramChannel(
        TOKEN,
        base_url=telegram.url,
        proxy=None,
        introduction=Introduction.read(),
        budget=Budget(1000),
        shelf=shelf,
        copies=copies or PaperCopies(),
        answers=PaperCopies(),
    )


def _message(reply: Reply, chat: int = 7) -> OutgoingMessage:
    address = CitizenAddress(channel=ChannelName.TELEGRAM, user_id=str(chat))
    return OutgoingMessage(id=chat, address=address, reply=reply)


async def _sent(channel: TelegramChannel, reply: Reply, chat: int = 7) -> str:
    try:
        await channel.send(_message(reply, chat))
    except SendError as error:
        return str(error.code)
    return "sent"


def _with(*enclosures: Enclosure, text: str = "Tin mới") -> Reply:
    return Reply(text, enclosures=enclosures)


async def test_a_picture_to_many_readers_is_brought_once(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    reply = _with(shelf.put(a_picture()))
    waiting: Sequence[int] = range(1, 31)
    while waiting:
        told = await asyncio.gather(*(_sent(channel, reply, chat) for chat in waiting))
        assert set(told) <= {"sent", "no_file"}
        waiting = [chat for chat, one in zip(waiting, told, strict=True) if one != "sent"]
    assert telegram.files.brought == 1
    assert sorted(int(one["chat_id"]) for one in telegram.sent) == [*range(1, 31)]
    assert {one["photo"] for one in telegram.sent} == {"photo-1"}


async def test_another_process_sends_by_the_id_that_was_kept(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    reply = _with(shelf.put(b"%PDF-1.7", "công văn.pdf", "application/pdf"))
    assert await _sent(channel, reply) == "sent"
    other = _channel(telegram, shelf)
    assert await _sent(other, reply, 8) == "sent"
    await other.close()
    assert telegram.files.brought == 1
    kept = telegram.files.of(telegram.sent[1])
    assert kept
    assert (kept.kind, kept.name, kept.content) == ("document", "công văn.pdf", b"%PDF-1.7")


async def test_what_is_ones_own_is_brought_each_time_and_no_id_of_it_is_kept(
    telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    made = _channel(telegram, shelf, PaperCopies({3: ("7", b"<p>ho")}))
    own = Enclosure(file=3, name="a.html", media="text/html", size=0, digest="", private=True)
    for _ in range(2):
        assert await _sent(made, _with(own)) == "sent"
    assert await _sent(made, _with(replace(own, file=4))) == "refused"
    await made.close()
    assert (telegram.files.brought, shelf.ids, shelf.asked) == (2, {}, 0)
    kept = telegram.files.of(telegram.sent[1])
    assert kept
    assert (kept.kind, kept.name, kept.content) == ("document", "a.html", b"<p>ho")


async def test_an_id_that_is_lost_is_brought_anew_and_nothing_is_sent_twice(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    reply = _with(shelf.put(a_picture()))
    await _sent(channel, reply, 1)
    telegram.files.lose()
    assert await _sent(channel, reply, 2) == "no_file"
    assert await _sent(channel, reply, 2) == "sent"
    assert await _sent(channel, reply, 3) == "sent"
    assert [one["chat_id"] for one in telegram.sent] == ["1", "2", "3"]
    assert telegram.files.brought == 2


async def test_the_same_bytes_as_a_file_are_brought_apart(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    one = shelf.put(b"%PDF-1", "a.pdf", "application/pdf")
    for enclosure in (one, replace(one, name="b.pdf"), one):
        assert await _sent(channel, _with(enclosure)) == "sent"
    assert telegram.files.brought == 2
    names = [kept.name for sent in telegram.sent if (kept := telegram.files.of(sent))]
    assert names == ["a.pdf", "b.pdf", "a.pdf"]


async def test_the_longest_caption_goes_and_a_longer_text_goes_with_the_pages_picture(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    picture = replace(shelf.put(a_picture()), address=f"{PAGE}/tep/1")
    assert await _sent(channel, _with(picture, text="👍" * 512)) == "sent"
    assert await _sent(channel, Reply("ệ" * 1025, enclosures=(picture,), page=PAGE)) == "sent"
    caption, text = telegram.sent
    assert "photo" in caption
    assert "photo" not in text
    assert '"url": "https://xa.vn/tin-tuc/5/tep/1"' in text["link_preview_options"]
    assert [address for _, address in links(text)] == [PAGE]


async def test_buttons_of_both_kinds_stand_below(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    reply = Reply(
        "Tin",
        (QuickReply("Lệ phí", "a:fee"),),
        (Link(label="Nộp hồ sơ", address="https://dichvucong.gov.vn"),),
        (shelf.put(a_picture()),),
    )
    await channel.send(replace(_message(reply), author=Author.OFFICER))
    (sent,) = telegram.sent
    assert buttons(sent) == [("Lệ phí", "a:fee")]
    assert links(sent) == [("Nộp hồ sơ", "https://dichvucong.gov.vn")]
    assert sent["caption"] == "Cán bộ:\nTin"


@pytest.mark.parametrize(
    ("refusal", "code"), [(BLOCKED, "blocked"), (FLOOD, "rate_limited"), (UNFIT, "refused")]
)
@pytest.mark.parametrize("known", [False, True])
async def test_refusals_mean_what_they_mean_for_texts(
    channel: TelegramChannel,
    telegram: FakeTelegram,
    shelf: PaperShelf,
    refusal: tuple[int, dict[str, object]],
    code: str,
    known: bool,
) -> None:
    reply = _with(shelf.put(a_picture()))
    if known:
        await _sent(channel, reply)
    telegram.refusals.append(refusal)
    assert await _sent(channel, reply, 8) == code
    assert telegram.tries == 1 + known


async def test_an_answer_nobody_understands_leaves_it_open_and_the_next_brings_the_file(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    reply = _with(shelf.put(a_picture()))
    telegram.odd["sendPhoto"] = (200, b"<html>")
    assert await _sent(channel, reply) == SendCode.UNCERTAIN
    telegram.odd.clear()
    assert await _sent(channel, reply, 8) == "sent"


async def test_without_its_file_a_message_does_not_leave(
    channel: TelegramChannel, telegram: FakeTelegram, shelf: PaperShelf
) -> None:
    reply = _with(shelf.put(a_picture()))
    shelf.closed = True
    assert await _sent(channel, reply) == "no_file"
    shelf.closed = False
    shelf.contents.clear()
    assert await _sent(channel, reply) == "refused"
    assert telegram.tries == 0


async def test_a_text_that_waits_for_no_file_asks_no_shelf(
    channel: TelegramChannel, shelf: PaperShelf
) -> None:
    assert await _sent(channel, Reply("Tin")) == "sent"
    assert shelf.asked == 0


def test_ids_are_kept_by_bot_way_content_and_a_documents_name() -> None:
    one = Upload(bot="telegram:1", kind="photo", digest="a")
    assert len({one, replace(one, bot="telegram:2"), replace(one, kind="document")}) == 3


@pytest.mark.parametrize(
    ("method", "fields", "says"),
    [
        ("sendPhoto", {"caption": "Tin"}, "there is no photo"),
        ("sendPhoto", {"photo": "photo-9"}, "wrong file identifier"),
        ("sendDocument", {"document": "photo-1"}, "wrong file identifier"),
        ("sendPhoto", {"photo": "photo-1", "caption": "a" * 1025}, "caption is too long"),
        ("sendPhoto", {"photo": b"no picture"}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": a_picture(2100, 100)}, "PHOTO_INVALID_DIMENSIONS"),
        ("sendDocument", {"document": b""}, "must be non-empty"),
        ("sendMessage", {"text": "a", "reply_markup": '{"inline_keyboard": [[{"text": "x", '
          '"url": "http://xa.vn"}]]}'}, "is invalid"),
    ],
)  # fmt: skip
async def test_the_small_telegram_refuses_what_the_real_one_does(
    channel: TelegramChannel,
    telegram: FakeTelegram,
    shelf: PaperShelf,
    method: str,
    fields: dict[str, str | bytes],
    says: str,
) -> None:
    await _sent(channel, _with(shelf.put(a_picture())))
    form = aiohttp.FormData({"chat_id": "8"})
    for name, value in fields.items():
        form.add_field(name, value, filename="a.jpg" if isinstance(value, bytes) else None)
    async with aiohttp.ClientSession() as http:
        url = f"{telegram.url}/bot{TOKEN}/{method}"
        async with http.post(url, data=form) as answer:
            assert answer.status == 400
            assert says in (await answer.json())["description"]
    assert len(telegram.sent) == 1
