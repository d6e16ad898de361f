"""Telegram end to end: what only Telegram has, on a small Telegram and the whole house."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr
from sqlalchemy import func, insert, select
from telegram import Bot

from bot.bootstrap import KEPT, House, build
from bot.casework.unfit import NotAttachable, Unfit
from bot.channels.pace.budget import Budget
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.introduction import Introduction
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import CitizenAddress, Reply
from bot.storage.fetch_rows import want
from bot.storage.outbox_rows import reply_rows
from bot.storage.photo_rows import find_photo, loose_files
from bot.storage.tables import inbox, outbox, unreachable
from bot.web.app import create_app
from tests.conftest import open_database
from tests.fakes.photos import a_photo, about_to_send, tells_where
from tests.fakes.postgres import Postgres
from tests.fakes.shelf import PaperCopies, PaperShelf
from tests.fakes.sides import (
    HEADERS,
    PolledTelegramSide,
    PushedTelegramSide,
    a_polled_side,
    a_pushed_side,
    heard,
    telegram_settings,
)
from tests.fakes.telegram import TOKEN, Json, buttons, serving_telegram

BLOCKED = (403, {"description": "Forbidden: bot was blocked by the user"})
FLOOD = {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
REVOKED = (401, {"description": "Unauthorized"})


@pytest.fixture
async def polled(tmp_path: Path, desk: Desk) -> AsyncIterator[PolledTelegramSide]:
    async with a_polled_side(tmp_path, desk) as side:
        yield side


@pytest.fixture
async def pushed(tmp_path: Path, desk: Desk) -> AsyncIterator[PushedTelegramSide]:
    async with a_pushed_side(tmp_path, desk) as side:
        yield side


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - the other side is a server
            await asyncio.sleep(0.02)


async def _stored(house: House) -> int:
    async with house.database.reading() as connection:
        return int(
            (await connection.execute(select(func.count()).select_from(inbox))).scalar_one()
        )


async def _fates(house: House) -> list[tuple[str, str]]:
    async with house.database.reading() as connection:
        rows = await connection.execute(select(outbox).order_by(outbox.c.id))
        return [(row.status, row.error_code) for row in rows]


async def _ended(house: House, *fates: tuple[str, str]) -> None:
    """Wait until the replies ended so, and give up when they end otherwise."""
    async with asyncio.timeout(20):
        while await _fates(house) != [*fates]:  # noqa: ASYNC110 - the table is the only sign
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("text", ["/start", "/menu", "/start@hanhchinh_bot", "/start tu_to_roi"])
async def test_commands_open_the_menu(pushed: PushedTelegramSide, text: str) -> None:
    await pushed.says(text)
    (menu,) = await heard(pushed, 1)
    assert menu.choices
    assert "Chào bà con" in menu.text


async def test_help_tells_how_and_back_goes_back(pushed: PushedTelegramSide) -> None:
    for text in ("/help", "đăng ký kết hôn cần gì", "lệ phí", "/back"):
        await pushed.says(text)
    replies = await heard(pushed, 4)
    assert "Cách dùng" in replies[0].text
    assert replies[3].text == replies[1].text != replies[2].text


@pytest.mark.parametrize(
    ("text", "told"), [("/phananh", "muốn gửi gì"), ("/tracuu", "mã của vụ việc")]
)
async def test_commands_tell_the_office_and_look_up(
    pushed: PushedTelegramSide, text: str, told: str
) -> None:
    await pushed.says(text)
    (reply,) = await heard(pushed, 1)
    assert told in reply.text


PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
FILE = {"file_id": "a", "file_unique_id": "b", "duration": 1}


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO},
        {"photo": PHOTO, "caption": "giấy này làm sao"},
        {"voice": FILE},
        {"audio": FILE},
        {"video_note": FILE},
        {"video": FILE},
        {"document": FILE},
        {"animation": FILE, "document": FILE},
        {"sticker": FILE},
        {"location": {"latitude": 13.7, "longitude": 109.2}},
        {"venue": {"title": "UBND"}, "location": {"latitude": 13.7, "longitude": 109.2}},
        {"contact": {"phone_number": "0912345678", "first_name": "Nam"}},
        {"poll": {"id": "1", "question": "x"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"story": {"id": 1}},
    ],
    ids="+".join,
)
async def test_what_is_no_text_is_received_politely(
    pushed: PushedTelegramSide, content: Json
) -> None:
    await pushed.delivers(pushed.telegram.says("", **content))
    (reply,) = await heard(pushed, 1)
    # A picture with words may be meant for a report.
    wanted = "Tôi chỉ nhận ảnh khi" if "caption" in content else "gõ câu hỏi bằng chữ"
    assert wanted in reply.text
    async with pushed.house.database.reading() as connection:
        texts = (await connection.execute(select(inbox.c.text))).scalars().all()
    assert texts == [content.get("caption") or content.get("venue", {}).get("title", "")]


async def test_an_album_is_answered_once(pushed: PushedTelegramSide) -> None:
    await pushed.says("menu")
    for _ in range(4):
        await pushed.delivers(pushed.telegram.says("", photo=PHOTO, media_group_id="99"))
    await pushed.says("xin chào")
    assert [one.text[:7] for one in (await heard(pushed, 3))[1:]] == ["Tôi đã ", "Chào bà"]


async def test_a_corrected_question_is_answered_anew(pushed: PushedTelegramSide) -> None:
    await pushed.says("xin chào")
    edited = pushed.telegram.message("đăng ký kết hôn cần gì", edit_date=1763600009)
    await pushed.delivers(pushed.telegram.add({"edited_message": edited}))
    assert "KẾT HÔN" in (await heard(pushed, 2))[1].text


async def test_a_whole_page_of_text_is_read(pushed: PushedTelegramSide) -> None:
    await pushed.says("đăng ký kết hôn " * 256)
    assert await heard(pushed, 1)


async def test_a_pressed_button_stops_turning_at_once(pushed: PushedTelegramSide) -> None:
    pushed.telegram.refusals.append((429, FLOOD))
    await pushed.presses("menu")
    await _until(lambda: pushed.telegram.released == ["q1"])
    assert pushed.telegram.sent == []


async def test_a_press_telegram_forgot_is_answered_all_the_same(
    polled: PolledTelegramSide,
) -> None:
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    polled.telegram.nod_refusals.append((400, {"description": old}))
    await polled.presses("menu")
    await heard(polled, 1)
    await polled.presses("menu")
    await heard(polled, 2)
    await _until(lambda: polled.telegram.released == ["q2"])


ODD = {
    "a list": (200, b"[]"),
    "an object": (200, b"{}"),
    "no result": (200, b'{"ok":true}'),
    "not ok": (200, b'{"ok":false,"result":true}'),
    "a page": (200, b"<html>Sign in</html>"),
    "nothing": (204, b""),
    "too deep": (200, b"[" * 5000 + b"]" * 5000),
    "flood, words": (429, b'{"parameters":{"retry_after":"soon"}}'),
    "flood, a list": (429, b'["retry_after"]'),
    "flood, for ever": (429, b'{"parameters":{"retry_after":1e15}}'),
    "refusal, a list": (400, b"[]"),
    "refusal, odd parts": (403, b'{"description":{},"parameters":[1]}'),
    "unknown status": (499, b'{"parameters":"x"}'),
}
ODD_ANSWERS = pytest.mark.parametrize("odd", ODD.values(), ids=ODD)


@pytest.mark.parametrize(
    "odd", [pytest.param(odd, id=name) for name, odd in ODD.items() if name != "flood, for ever"]
)
async def test_an_odd_answer_to_a_press_ends_nothing(
    polled: PolledTelegramSide, odd: tuple[int, bytes]
) -> None:
    polled.telegram.odd["answerCallbackQuery"] = odd
    await polled.presses("menu")
    await _until(lambda: polled.telegram.odd_calls == 1)
    await heard(polled, 1)
    polled.telegram.odd.clear()
    await polled.presses("menu")
    await heard(polled, 2)
    await _until(lambda: polled.telegram.released == ["q2"])
    assert (await polled.house.readiness())["work"] == ""


async def test_a_wait_asked_of_a_nod_is_kept_by_the_nods_alone(polled: PolledTelegramSide) -> None:
    polled.telegram.odd["answerCallbackQuery"] = ODD["flood, for ever"]
    await polled.presses("menu")
    await _until(lambda: polled.telegram.odd_calls == 1)
    polled.telegram.odd.clear()
    await heard(polled, 1)
    await polled.presses("menu")
    await heard(polled, 2)
    assert polled.telegram.released == []


async def test_an_odd_answer_to_a_press_is_told_until_a_reply_goes_out(
    polled: PolledTelegramSide,
) -> None:
    polled.telegram.odd |= dict.fromkeys(("answerCallbackQuery", "sendMessage"), (200, b"{}"))
    await polled.presses("menu")
    await _until(lambda: polled.house.channel_faults()["telegram"] != "")
    polled.telegram.odd.clear()
    await polled.says("xin chào")
    await _until(lambda: polled.house.channel_faults() == {"telegram": ""})


@ODD_ANSWERS
async def test_odd_answers_to_asking_are_told_and_end_nothing(
    polled: PolledTelegramSide, odd: tuple[int, bytes]
) -> None:
    await _until(lambda: "setMyShortDescription" in polled.telegram.told)
    polled.telegram.odd["getUpdates"] = odd
    await _until(lambda: polled.telegram.odd_calls > 0)
    await _until(lambda: polled.house.channel_faults()["telegram"] != "")
    assert (await polled.house.readiness())["work"] == ""


@pytest.mark.parametrize("result", [b'{"a":1}', b'[{"update_id":' + b"9" * 4300 + b"}]"])
async def test_polling_goes_on_after_an_odd_answer(
    polled: PolledTelegramSide, result: bytes
) -> None:
    polled.telegram.odd["getUpdates"] = (200, b'{"ok":true,"result":' + result + b"}")
    await _until(lambda: polled.telegram.odd_calls > 0)
    polled.telegram.odd.clear()
    await polled.says("xin chào")
    await heard(polled, 1)
    await _until(lambda: polled.house.channel_faults() == {"telegram": ""})


@pytest.mark.parametrize("method", ["setWebhook", "setMyCommands"])
@pytest.mark.parametrize("odd", [(200, b"{}"), (200, b"[]"), (200, b'{"ok":true}')])
async def test_an_introduction_answered_oddly_is_told_and_tried_again(
    tmp_path: Path, desk: Desk, method: str, odd: tuple[int, bytes]
) -> None:
    async with serving_telegram() as telegram:
        telegram.odd[method] = odd
        settings = telegram_settings(tmp_path, telegram.url, "webhook")
        async with build(settings, desk=desk) as house, house.working():
            await _until(lambda: house.channel_faults() == {"telegram": "misconfigured"})
            telegram.odd.clear()
            await _until(lambda: "setMyShortDescription" in telegram.told)
            await _until(lambda: house.channel_faults() == {"telegram": ""})
        assert method in telegram.told


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"ok":true}', b"<html>Sign in</html>", b""])
async def test_a_reply_answered_oddly_is_uncertain_and_not_repeated(
    pushed: PushedTelegramSide, body: bytes
) -> None:
    pushed.telegram.odd["sendMessage"] = (200, body)
    await pushed.says("xin chào")
    await _ended(pushed.house, ("uncertain", "uncertain"))
    assert pushed.telegram.odd_calls == 1
    assert pushed.house.channel_faults() == {"telegram": "uncertain"}


@pytest.mark.parametrize("result", [b"true", b"[1]", b'{"a":1}', b'{"message_id":1,"date":1e99}'])
async def test_a_reply_that_was_taken_is_sent_whatever_is_told_about_it(
    pushed: PushedTelegramSide, result: bytes
) -> None:
    pushed.telegram.odd["sendMessage"] = (200, b'{"ok":true,"result":' + result + b"}")
    await pushed.says("xin chào")
    await _ended(pushed.house, ("sent", ""))


async def test_a_flood_said_to_last_for_decades_silences_nobody_for_long(
    pushed: PushedTelegramSide,
) -> None:
    for_ever = (429, {"parameters": {"retry_after": 10**9}})
    pushed.telegram.refusals.append(for_ever)
    await pushed.says("xin chào")
    await _ended(pushed.house, ("created", "rate_limited"))
    async with pushed.house.database.reading() as connection:
        wait = (await connection.execute(select(outbox.c.not_before))).scalar_one()
    assert wait - pushed.house.clock.now() <= timedelta(days=1)


async def test_an_update_nobody_can_read_does_not_hide_the_others(
    polled: PolledTelegramSide,
) -> None:
    polled.telegram.repeated.extend([{"message": {}}, {"update_id": "x"}, "x", None])
    polled.telegram.add({"callback_query": {"id": "q0", "data": "menu"}})
    await polled.says("xin chào")
    await heard(polled, 1)
    assert (await polled.house.readiness())["work"] == ""


async def test_a_citizen_who_blocked_the_bot_is_left_alone_until_they_write(
    pushed: PushedTelegramSide,
) -> None:
    pushed.telegram.refusals.append(BLOCKED)
    await pushed.says("cccd 001099012345 mất thì làm sao")
    await _ended(pushed.house, *[("failed", "blocked")] * 2)
    assert pushed.telegram.tries == 1
    async with pushed.house.database.reading() as connection:
        row = (await connection.execute(select(unreachable))).one()
    assert (row.conversation, row.reason) == ("telegram:7", "blocked")
    await pushed.says("xin chào")
    await heard(pushed, 1)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(429, FLOOD, id="flood"),
        pytest.param(429, {"description": "Too Many Requests"}, id="flood, time not told"),
        pytest.param(500, {"description": "Internal Server Error"}, id="500"),
        pytest.param(502, {"description": "Bad Gateway"}, id="502"),
        pytest.param(401, {"description": "Unauthorized"}, id="401 for a moment"),
    ],
)
async def test_what_was_surely_not_sent_is_sent_later(
    pushed: PushedTelegramSide, status: int, body: Json
) -> None:
    pushed.telegram.refusals.append((status, body))
    await pushed.says("xin chào")
    await heard(pushed, 1)
    await _ended(pushed.house, ("sent", ""))
    assert pushed.telegram.tries == 2


async def test_what_telegram_will_never_take_is_given_up_by_name(
    pushed: PushedTelegramSide,
) -> None:
    pushed.telegram.refusals.append((400, {"description": "Bad Request: message is too long"}))
    await pushed.says("xin chào")
    await pushed.says("cảm ơn")
    await heard(pushed, 1)
    await _ended(pushed.house, ("failed", "refused"), ("sent", ""))


async def test_what_is_no_chat_of_telegram_is_refused_and_not_taken_for_sent(
    pushed: PushedTelegramSide,
) -> None:
    await _told(pushed, "Chào", user="nam")
    await _ended(pushed.house, ("failed", "refused"))


async def test_a_revoked_token_is_told_and_stops_nothing_else(polled: PolledTelegramSide) -> None:
    house, telegram = polled.house, polled.telegram
    await polled.says("xin chào")
    await heard(polled, 1)
    telegram.ill = REVOKED
    await _until(lambda: house.channel_faults() == {"telegram": "misconfigured"})
    async with TestClient(TestServer(create_app(house))) as web, web.get("/readyz") as answer:
        assert answer.status == 200
        assert (await answer.json())["channels"] == {"telegram": "misconfigured"}
    assert house.registry.get_sample_value("bot_channel_works", {"channel": "telegram"}) == 0
    assert not any((await house.readiness()).values())
    telegram.ill = None
    await polled.says("cảm ơn")
    await heard(polled, 2)
    await _until(lambda: house.channel_faults() == {"telegram": ""})
    assert house.registry.get_sample_value("bot_channel_works", {"channel": "telegram"}) == 1


async def test_somebody_else_who_asks_with_our_token_is_named(polled: PolledTelegramSide) -> None:
    conflict = "Conflict: terminated by other getUpdates request"
    await _until(lambda: "setMyShortDescription" in polled.telegram.told)
    polled.telegram.ill = (409, {"description": conflict})
    await _until(lambda: polled.house.channel_faults() == {"telegram": "conflict"})


async def test_the_bot_introduces_itself_and_says_where_it_listens(
    pushed: PushedTelegramSide,
) -> None:
    told = pushed.telegram.told
    await _until(lambda: "setMyShortDescription" in told)
    commands = {one["command"] for one in json.loads(told["setMyCommands"]["commands"])}
    assert commands == {"menu", "phananh", "tracuu", "back", "help"}
    assert json.loads(told["setMyCommands"]["scope"]) == {"type": "all_private_chats"}
    hook = told["setWebhook"]
    assert hook["url"] == "https://example.vn/webhooks/telegram"
    assert hook["secret_token"] == HEADERS["X-Telegram-Bot-Api-Secret-Token"]
    wanted = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert json.loads(hook["allowed_updates"]) == wanted


async def test_polling_takes_a_webhook_left_by_others_away(polled: PolledTelegramSide) -> None:
    await _until(lambda: "deleteWebhook" in polled.telegram.told)
    assert polled.telegram.told["deleteWebhook"].get("drop_pending_updates") is None


async def test_links_of_a_card_unfold_no_preview(pushed: PushedTelegramSide) -> None:
    await pushed.says("đăng ký kết hôn cần gì")
    await heard(pushed, 1)
    (sent,) = pushed.telegram.sent
    assert json.loads(sent["link_preview_options"]) == {"is_disabled": True}
    assert "parse_mode" not in sent
    assert all(len(value.encode()) <= 64 for _, value in buttons(sent))


LONG = "\n".join(f"{number}. Một dòng của câu trả lời dài." for number in range(250))


async def _told(side: PushedTelegramSide, text: str, user: str = "7") -> None:
    address = CitizenAddress(channel=side.name, user_id=user)
    result = TurnResult(
        outcome=Outcome.ANSWERED, replies=(Reply(text),), state=ConversationState()
    )
    rows = reply_rows(900, address, result, side.house.clock.now(), KEPT)
    async with side.house.database.writing() as connection:
        await connection.execute(insert(outbox), rows)


async def test_a_flood_answer_in_the_middle_of_a_long_reply_loses_and_doubles_nothing(
    pushed: PushedTelegramSide,
) -> None:
    pushed.telegram.refusals.extend([None, (429, FLOOD)])
    await _told(pushed, LONG)
    parts = await heard(pushed, 3)
    assert "\n".join(part.text for part in parts) == LONG
    assert pushed.telegram.tries == 4


async def test_of_a_long_reply_it_is_known_that_a_part_went_out_and_why_no_more_did(
    pushed: PushedTelegramSide,
) -> None:
    pushed.telegram.refusals.extend([None, *[(502, {"description": "Bad Gateway"})] * 3])
    await _told(pushed, LONG)
    await _ended(pushed.house, ("failed", "unreachable"))
    (first,) = pushed.telegram.sent
    async with pushed.house.database.reading() as connection:
        known = (await connection.execute(select(outbox.c.external_id))).scalar_one()
    assert known
    assert LONG.startswith(str(first["text"]))


@pytest.mark.parametrize(
    ("body", "headers", "status", "reason"),
    [
        pytest.param(None, {}, 401, "forged", id="no secret"),
        pytest.param(None, {"X-Telegram-Bot-Api-Secret-Token": "x"}, 401, "forged", id="guess"),
        pytest.param(
            None, {"X-Telegram-Bot-Api-Secret-Token": "\xff"}, 401, "forged", id="odd bytes"
        ),
        pytest.param(b"not json", HEADERS, 400, "unreadable", id="no json"),
        pytest.param(b"[]", HEADERS, 400, "unreadable", id="a list"),
        pytest.param(b"{}", HEADERS, 400, "unreadable", id="no update"),
        pytest.param(b'{"update_id":"1"}', HEADERS, 400, "unreadable", id="odd number"),
        pytest.param(b"[" * 60_000, HEADERS, 400, "unreadable", id="too deep"),
        pytest.param('{"update_id":1}'.encode("utf-16"), HEADERS, 400, "unreadable", id="utf-16"),
        pytest.param(b'"' + b"x" * 100_000 + b'"', HEADERS, 413, "too_large", id="oversized"),
    ],
)
async def test_a_bad_call_is_refused_counted_and_not_stored(
    pushed: PushedTelegramSide,
    body: bytes | None,
    headers: dict[str, Any],
    status: int,
    reason: str,
) -> None:
    update = pushed.telegram.says("xin chào")
    pushed.telegram.updates.clear()
    assert await pushed.pushes(body or json.dumps(update).encode(), headers) == status
    assert await _stored(pushed.house) == 0
    labels = {"channel": "telegram", "reason": reason}
    assert pushed.house.registry.get_sample_value("bot_webhooks_refused_total", labels) == 1


class BrokenIntroduction(Introduction):
    async def listen(self, bot: Bot) -> None:  # noqa: ARG002
        raise ValueError("a fault of ours")


async def test_a_fault_of_ours_in_the_introduction_is_not_kept_quiet() -> None:
    broken = BrokenIntroduction.read()
    channel = TelegramChannel(
        TOKEN,
        base_url="http://127.0.0.1:9",
        proxy=None,
        introduction=broken,
        budget=Budget(25),
        shelf=PaperShelf(),
        copies=PaperCopies(),
        answers=PaperCopies(),
    )
    async with asyncio.timeout(20):
        with pytest.raises(ExceptionGroup) as raised:
            await channel.attending(asyncio.Event())
    assert raised.group_contains(ValueError, match="a fault of ours")
    await channel.close()


async def test_polling_opens_no_webhook(tmp_path: Path, desk: Desk) -> None:
    settings = telegram_settings(tmp_path, "http://127.0.0.1:9", "polling")
    async with build(settings, desk=desk) as house:
        assert house.webhooks == {}


@pytest.mark.postgres
async def test_of_two_processes_on_one_database_one_alone_asks(
    request: pytest.FixtureRequest, tmp_path: Path, desk: Desk
) -> None:
    async with open_database("postgres", request, tmp_path), serving_telegram() as telegram:
        server: Postgres = request.getfixturevalue("postgres")
        shared = SecretStr(server.url.replace("+asyncpg", ""))
        settings = telegram_settings(tmp_path, telegram.url, "polling")
        settings = settings.model_copy(update={"database_url": shared})
        async with (
            build(settings, desk=desk) as one,
            one.working(),
            build(settings, desk=desk) as other,
            other.working(),
        ):
            for number in range(5):
                telegram.says("xin chào", user=100 + number)
            await _until(lambda: len(telegram.sent) == 5)
            await asyncio.sleep(1.5)
            assert one.ticking.lease.held
            assert not other.ticking.lease.held
    assert telegram.most_asking == 1
    assert len(telegram.sent) == 5


async def _wanted(side: PushedTelegramSide, **photo: Any) -> int:
    """Send a photo while feedback is filed, and have it fetched."""
    talk = CitizenAddress(channel=side.name, user_id="7").conversation
    house = side.house
    await about_to_send(house.database, house.vaults.data, talk, house.clock.now())
    await side.delivers(side.telegram.says("", photo=[photo]))
    await heard(side, 1)
    async with side.house.database.writing() as connection:
        (number,) = await loose_files(connection, talk)
        await want(connection, talk, [number])
    return number


async def _content(side: PushedTelegramSide, number: int) -> bytes | None:
    async with asyncio.timeout(10), side.house.database.reading() as connection:
        found = await find_photo(connection, number)
    return side.house.photos.opened(found) if found else None


async def test_a_wanted_photo_comes_from_telegram_without_where_it_was_taken(
    pushed: PushedTelegramSide,
) -> None:
    number = await _wanted(pushed, file_id=pushed.telegram.theirs.add(a_photo()))
    async with asyncio.timeout(20):
        while not (content := await _content(pushed, number)):  # noqa: ASYNC110 - the row alone tells
            await asyncio.sleep(0.05)
    assert not tells_where(content)


async def test_a_photo_telegram_does_not_give_is_told_of_once_and_does_not_count(
    pushed: PushedTelegramSide,
) -> None:
    number = await _wanted(pushed, file_id="never-was")
    said = [one.text for one in await heard(pushed, 2)]
    assert sum(str(NotAttachable(Unfit.GONE)) == one for one in said) == 1
    assert await _content(pushed, number) is None
    await pushed.says("không có giấy tờ")
    assert (await heard(pushed, 3))[-1].text.startswith("Có ảnh thì bà con gửi vào đây")
