"""What an office sets in the console is gone by at once, with its reason, and can be unset."""

from __future__ import annotations

import asyncio
import re
from datetime import time
from http import HTTPStatus

import pytest
from prometheus_client import CollectorRegistry

from bot.channels.kept import KEPT
from bot.console.standing.sentences import example_of
from bot.conversation.turn import ConversationState
from bot.conversation.wording import Wording as ReplyWording
from bot.intake.worker import Worker
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.metrics import Metrics
from bot.officials.models import Role
from bot.officials.own_words import gaps
from bot.officials.permissions import Action, permissions
from bot.storage.inbox_rows import insert_messages
from bot.storage.standing_rows import add_guest
from tests.conftest import NOON
from tests.factories import a_message
from tests.fakes.console import ConsoleHouse, Reception, Seat, Shown
from tests.fakes.talks import told

WHY = "Thử cho biết"
CHANGING = {
    "/settings": Action.TRIAL_MANAGE,
    "/settings/channels": Action.CHANNELS_SWITCH,
    "/settings/rules": Action.RULES_CHANGE,
    "/settings/sentences": Action.WORDING_CHANGE,
    "/settings/sentences/xa-a/menu": Action.WORDING_CHANGE,
    "/days": Action.CONTACTS_PREPARE,
}
TELEGRAM = CitizenAddress(channel=ChannelName.TELEGRAM, user_id="7")


def _told(house: ConsoleHouse, text: str, address: CitizenAddress = TELEGRAM) -> str:
    message = a_message(text, address=address)
    met = ConversationState(spoken_at=house.clock.now())
    result = house.conversation.answer(message, met, now=house.clock.now())
    return "\n".join(reply.text for reply in result.replies)


async def test_a_sentence_in_the_offices_words_is_said_and_taken_back(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.APPROVER)
    path = "/settings/sentences/xa-a/small_talk_thanks"
    sent = await seat.post(path, text="Dạ, không có chi!", reason=WHY)
    assert sent.where == "/console/settings/sentences?done=saved"
    assert _told(house, "cảm ơn nhé") == "Dạ, không có chi!"
    assert "lời của cơ quan" in (await seat.get("/settings/sentences")).text
    shown = await seat.get(path)
    assert f"Nguyễn Thị Lan đổi lúc 20/11/2026 12:00: {WHY}" in shown.text
    await seat.post(path, text="", do="shipped", reason=WHY)
    assert _told(house, "cảm ơn nhé") != "Dạ, không có chi!"


@pytest.mark.parametrize(
    ("key", "text", "fault"),
    [
        ("greeting", "Chào {office.__class__}", "Dấu ngoặc nhọn"),
        ("greeting", "Chào bà con", "Thiếu chỗ điền"),
        ("greeting", "Chào {office} {phone}", "chỗ điền mà câu này không có"),
        ("emergency_fire", "Gọi ủy ban", "không đổi ở đây"),
    ],
)
async def test_a_sentence_that_would_break_or_cost_lives_is_refused(
    house: ConsoleHouse, signed_in: Reception, key: str, text: str, fault: str
) -> None:
    seat = await signed_in(Role.APPROVER)
    shown = await seat.post(f"/settings/sentences/xa-a/{key}", text=text, reason=WHY)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert fault in shown.text
    assert house.conversation.stood.entries == ()


async def test_a_preview_changes_nothing(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.APPROVER)
    text = "<script>alert(1)</script> của {office}"
    shown = await seat.post("/settings/sentences/xa-a/greeting", text=text, do="preview")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; của Xã A" in shown.text
    assert "<script>alert" not in shown.text
    assert house.conversation.stood.entries == ()


async def test_a_storm_is_told_on_every_channel_until_it_is_taken_down(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    fields = {"text": "Bão số 9 đang vào.", "level": "storm", "reason": WHY}
    sent = await seat.post(
        "/settings/notices/xa-a", **fields, begins="20/11/2026 11:00", ends="21/11/2026 11:00"
    )
    assert sent.where == "/console/settings/notices?done=notice_put"
    assert _told(house, "xin chào").startswith("KHẨN: Bão số 9 đang vào.")
    (notice,) = house.conversation.desk.standing.notices
    await seat.post(f"/settings/notices/xa-a/{notice.id}/end", reason=WHY)
    assert "Bão" not in _told(house, "xin chào")


async def _put_up(seat: Seat, text: str, **other: str) -> Shown:
    fields = {"level": "info", "reason": WHY, "begins": "20/11/2026 11:00"}
    fields |= {"ends": "21/11/2026 11:00"}
    return await seat.post("/settings/notices/xa-a", **{**fields, **other}, text=text)


async def test_the_same_words_are_not_put_up_twice_for_one_time(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    assert (await _put_up(seat, "Nghỉ họp chiều nay.")).status == HTTPStatus.SEE_OTHER
    again = await _put_up(seat, "nghỉ  họp chiều nay.", begins="20/11/2026 20:00")
    assert again.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đúng lời này" in again.text
    later = {"begins": "23/11/2026 11:00", "ends": "24/11/2026 11:00"}
    assert (await _put_up(seat, "Nghỉ họp chiều nay.", **later)).status == HTTPStatus.SEE_OTHER
    assert len(house.conversation.desk.standing.notices) == 2


async def test_a_notice_sent_many_times_at_once_is_put_up_and_taken_down_once(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    sent = await asyncio.gather(*(_put_up(seat, "Nghỉ họp chiều nay.") for _ in range(5)))
    assert sorted(one.status for one in sent) == [303, 422, 422, 422, 422]
    (notice,) = house.conversation.desk.standing.notices
    path = f"/settings/notices/xa-a/{notice.id}/end"
    ended = await asyncio.gather(*(seat.post(path, reason=WHY) for _ in range(5)))
    assert [one.where.endswith("done=notice_ended") for one in ended].count(True) == 1
    others = [one for one in ended if not one.where.endswith("done=notice_ended")]
    assert all(one.status == 404 or "notice_gone" in one.where for one in others)


@pytest.mark.parametrize("text", ["\u200b" * 6, "\u0301" * 9, "b" + "\u0301" * 290])
async def test_a_notice_that_shows_nothing_is_refused(
    house: ConsoleHouse, signed_in: Reception, text: str
) -> None:
    refused = await _put_up(await signed_in(Role.SECRETARIAT), text)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert house.conversation.desk.standing.notices == ()


@pytest.mark.parametrize(
    ("begins", "ends", "fault"),
    [
        ("20/11/2026 11:00", "20/11/2026 10:00", "Lúc hết phải sau"),
        ("20/11/2026 11:00", "20/12/2026 11:00", "tối đa 14 ngày"),
        ("18/11/2026 11:00", "19/11/2026 11:00", "đã qua rồi"),
    ],
)
async def test_a_notice_has_an_end_ahead(
    signed_in: Reception, begins: str, ends: str, fault: str
) -> None:
    seat = await signed_in(Role.SECRETARIAT)
    shown = await seat.post(
        "/settings/notices/xa-a",
        text="Nghỉ lễ",
        level="info",
        reason=WHY,
        begins=begins,
        ends=ends,
    )
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert fault in shown.text
    assert "Nghỉ lễ" in shown.text


async def test_a_channel_is_switched_off_and_on(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    assert "trục trặc: timeout" in (await seat.get("/settings/channels")).text
    await seat.post("/settings/channels/xa-a/telegram", to="off", reason=WHY)
    assert "tạm ngừng" in _told(house, "đăng ký khai sinh")
    assert WHY in (await seat.get("/settings/channels")).text
    await seat.post("/settings/channels/xa-a/telegram", to="on", reason=WHY)
    assert "tạm ngừng" not in _told(house, "đăng ký khai sinh")


@pytest.mark.parametrize(
    ("path", "role", "who"),
    [
        ("/settings/channels", Role.APPROVER, "Quản trị, Lãnh đạo"),
        ("/settings/rules", Role.APPROVER, "Quản trị"),
        ("/settings/sentences", Role.ADMINISTRATOR, "Người duyệt, Văn phòng, Lãnh đạo"),
        ("/settings/sentences/xa-a/menu", Role.ADMINISTRATOR, "Người duyệt, Văn phòng, Lãnh đạo"),
        ("/settings", Role.APPROVER, "Quản trị"),
        ("/days", Role.LEADER, "Cán bộ, Người duyệt, Văn phòng"),
    ],
)
async def test_who_may_only_look_on_is_told_who_may_change(
    signed_in: Reception, path: str, role: Role, who: str
) -> None:
    page = await (await signed_in(role)).get(path)
    assert page.status == HTTPStatus.OK
    assert f"đổi được: {who}." in page.text
    allowed = min(permissions()[CHANGING[path]])
    assert f"đổi được: {who}." not in (await (await signed_in(allowed)).get(path)).text


async def test_sentences_are_listed_as_they_read(signed_in: Reception) -> None:
    page = (await (await signed_in(Role.APPROVER)).get("/settings/sentences")).text
    assert "chương trình trả lời tự động của Xã A" in page
    assert "{office}" not in page


def test_every_gap_has_an_example() -> None:
    for sentence in ReplyWording.load().replies.values():
        for gap in gaps(sentence):
            assert example_of(gap)


async def test_offices_are_listed_as_the_tree_has_them(signed_in: Reception) -> None:
    seat = await signed_in(Role.ADMINISTRATOR, Role.APPROVER, office="tinh")
    for path in ("/settings", "/settings/channels", "/days", "/cards", "/contacts", "/questions"):
        page = (await seat.get(path)).text
        told = re.findall(r'<option value="[^"]*"[^>]*>([^<]*)</option>', page)
        named = [one for one in told if "Xã" in one or "Tỉnh" in one or "Một cửa" in one]
        assert named == ["Tỉnh Mẫu", "— Xã A", "— — Một cửa xã A", "— Xã B"], path


async def test_a_channel_has_one_state(signed_in: Reception) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    unset = ["chưa cấu hình"] * 2
    assert await _states(seat) == ["đang hoạt động", "trục trặc: timeout", *unset]
    await seat.post("/settings/channels/xa-a/web", to="off", reason=WHY)
    await seat.post("/settings/channels/xa-a/telegram", to="off", reason=WHY)
    assert await _states(seat) == ["đang tắt", "đang tắt", *unset]


async def test_an_office_switches_on_what_is_off_above(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    above = await signed_in(Role.ADMINISTRATOR, office="tinh")
    await above.post("/settings/channels/tinh/telegram", to="off", reason=WHY)
    seat = await signed_in(Role.ADMINISTRATOR)
    assert (await _states(seat))[1] == "đang tắt"
    await seat.post("/settings/channels/xa-a/telegram", to="on", reason=WHY)
    assert (await _states(seat))[1] == "trục trặc: timeout"
    assert "tạm ngừng" not in _told(house, "đăng ký khai sinh")
    await seat.post("/settings/channels/xa-a/telegram", to="off", reason=WHY)
    assert "tạm ngừng" in _told(house, "đăng ký khai sinh")


async def _states(seat: Seat) -> list[str]:
    page = (await seat.get("/settings/channels?office=xa-a")).text
    shown = re.findall(r'class="tag[^"]*"><span[^>]*>[^<]*</span>([^<]+)<', page)
    return [one.strip() for one in shown]


async def test_a_trial_answers_its_guests_until_they_are_taken_off(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    await seat.post("/settings/trial/xa-a", to="on", reason=WHY)
    code = house.conversation.desk.standing.trial.code
    assert "chạy thử" in _told(house, "xin chào")
    assert "danh sách thử" in _told(house, code)
    async with house.database.writing() as connection:
        await add_guest(connection, TELEGRAM.conversation, "xa-a", at=NOON)
    await house.orders.renew()
    assert "chạy thử" not in _told(house, "xin chào")
    shown = await seat.get("/settings/trial")
    assert code in shown.text
    assert "telegram:7" not in shown.text
    guest = shown.text.partition("/settings/trial/xa-a/")[2].partition("/")[0]
    await seat.post(f"/settings/trial/xa-a/{guest}/label", label="Anh Bình")
    assert "Anh Bình" in (await seat.get("/settings/trial")).text
    await seat.post(f"/settings/trial/xa-a/{guest}/remove", reason=WHY)
    await house.orders.renew()
    assert "chạy thử" in _told(house, "xin chào")
    await seat.post("/settings/trial/xa-a", to="code", reason=WHY)
    assert house.conversation.desk.standing.trial.code != code
    await seat.post("/settings/trial/xa-a", to="off", reason=WHY)
    assert "chạy thử" not in _told(house, "xin chào")


async def test_who_joined_the_trial_is_served_from_the_next_message_on(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    await seat.post("/settings/trial/xa-a", to="on", reason=WHY)
    worker = Worker(
        house.database,
        house.conversation,
        clock=house.clock,
        bell=house.bell,
        metrics=Metrics.on(CollectorRegistry()),
        apology=Reply("xin lỗi"),
        kept=KEPT,
        admit=house.orders.renew,
    )
    for number, text in enumerate((house.conversation.desk.standing.trial.code, "xin chào")):
        async with house.database.writing() as connection:
            message = a_message(text, external_id=f"thử-{number}", address=TELEGRAM)
            await insert_messages(connection, [message])
        await worker.round()
    joined, greeted = [text for _, text in await told(house, TELEGRAM.user_id)]
    assert "danh sách thử" in joined
    assert "chạy thử" not in greeted


async def test_rules_that_stay_are_not_set_anew(house: ConsoleHouse, signed_in: Reception) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    same = {
        "quiet_from": "21:30", "quiet_to": "6h30", "loud_from": "6h00", "loud_to": "21:00",
        "minutes": "30", "reason": WHY,
    }  # fmt: skip
    sent = await seat.post("/settings/rules/xa-a", **same)
    assert sent.where == "/console/settings/rules?done=nothing_changed"
    eyes = {"four_eyes": "on", "case_four_eyes": "on"}
    sent = await seat.post("/settings/rules/xa-a", **{**same, "minutes": "45"}, **eyes)
    assert sent.where == "/console/settings/rules?done=saved"
    rules = house.conversation.desk.standing.rules
    assert (rules.take_over_minutes, rules.case_four_eyes) == (45, True)
    assert (rules.four_eyes, rules.show_names) == (True, False)
    keys = {entry.key for entry in house.conversation.stood.entries}
    assert keys == {"rule:take_over_minutes", "rule:four_eyes", "rule:case_four_eyes"}
    asked = await seat.post(
        "/settings/rules/xa-a", **{**same, "minutes": "45"}, **eyes, feedback_telegram="ask"
    )
    assert asked.where == "/console/settings/rules?done=saved"
    assert house.conversation.desk.standing.rules.feedback_telegram == "ask"
    strange = await seat.post("/settings/rules/xa-a", **same, feedback_telegram="fax")
    assert strange.status == HTTPStatus.UNPROCESSABLE_ENTITY
    backwards = await seat.post("/settings/rules/xa-a", **{**same, "loud_to": "05:00"})
    assert backwards.status == HTTPStatus.UNPROCESSABLE_ENTITY
    await seat.post("/settings/rules/xa-a", **{**same, "loud_from": "05:00"})
    rules = house.conversation.desk.standing.rules
    assert (rules.loud_from, rules.loud_to) == (time(5), time(21))


async def test_who_only_sees_finds_no_form(signed_in: Reception) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    shown = await seat.get("/settings/sentences/xa-a/menu")
    assert shown.status == HTTPStatus.OK
    assert "<textarea" not in shown.text
    assert (await seat.get("/settings")).heading == "Cài đặt của Xã A"


async def test_of_two_who_change_one_sentence_the_second_is_told(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    first, second = await signed_in(Role.APPROVER), await signed_in(Role.SECRETARIAT)
    path = "/settings/sentences/xa-a/small_talk_thanks"
    token = (await second.get(path)).text.partition('name="token" value="')[2].partition('"')[0]
    await first.post(path, text="Dạ, lời người một.", reason=WHY)
    shown = await second.post(path, text="Dạ, lời người hai.", reason=WHY, token=token)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Người khác vừa đổi" in shown.text
    assert "Dạ, lời người hai." in shown.text
    assert _told(house, "cảm ơn nhé") == "Dạ, lời người một."


async def test_a_channel_that_fails_tells_what_to_do(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    house.channels = {"zalo": "misconfigured", "telegram": "unheard-of"}
    shown = await (await signed_in(Role.ADMINISTRATOR)).get("/settings/channels")
    assert "mở trang Zalo dưới đây" in shown.text
    assert 'href="/console/settings/zalo"' in shown.text
    assert "unheard-of" in shown.text
