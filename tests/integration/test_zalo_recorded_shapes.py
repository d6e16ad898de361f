"""What the emulator of Zalo answers and tells has the shapes public sources record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fakes.zalo import Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.callers import Caller, calling
from tests.fakes.zalo.people import Json
from tests.fakes.zalo.recorded import ANSWERS, EVENTS, differences
from tests.fakes.zalo.shapes import Draft
from tests.fakes.zalo.templates import Gap

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
PHOTO = {"cover_type": "photo", "photo_url": "https://a.vn/a.png", "status": "show"}
ARTICLE = {
    "type": "normal",
    "title": "Lịch trả kết quả",
    "author": "Phường",
    "cover": PHOTO,
    "description": "Từ thứ hai",
    "body": [{"type": "text", "content": "Nội dung"}],
    "status": "show",
}
MADE = "/v2.0/article/upload_video"
MP4 = b"\0\0\0\x18ftypmp42"


@pytest.fixture
async def fake() -> AsyncIterator[FakeZalo]:
    async with serving_zalo(clock=Clock.standing(NOON)) as emulator:
        yield emulator


@pytest.fixture
async def caller(fake: FakeZalo) -> AsyncIterator[Caller]:
    async with calling(fake) as found:
        yield found


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"id": "4318281827364550001"}, []),
        ({"id": 4318281827364550001}, [".id"]),
        ({}, [".id"]),
        ({"id": "4318281827364550001", "more": 1}, [".more"]),
        ({"id": "4318281827364550001", "many": []}, [".many"]),
        ({"id": "4318281827364550001", "many": [True, 1]}, [".many[]"]),
        ([], [""]),
    ],
)
def test_what_differs_from_a_shape_is_named(found: Any, told: list[str]) -> None:
    assert differences(found, {"id": "id", "many?": ["number"]}) == told


async def test_every_event_is_told_as_recorded(fake: FakeZalo, caller: Caller) -> None:
    nam, template = fake.citizen(phone="84912345678"), fake.templates.approve(fake.oa, "Mẫu")
    seen = fake.messages.show(nam, Draft(kind="text", text="…"), route="cs")
    word = await nam.says("a", quotes=seen.message_id)
    stranger = fake.strangers.meet(fake.oa)
    for act in (
        nam.follows_oa(), nam.says("a"), nam.sends_image(b"\xff\xd8", "ảnh"),
        nam.sends_gif(b"GIF8"), nam.sends_file(b"%PDF", "đơn.pdf"),
        nam.sends_audio(b"#!AMR"), nam.sends_video(b"0"),
        nam.sends_sticker(), nam.shows_place(13.77, 109.22), nam.sends_link("https://a.vn"),
        nam.sends_business_card(), nam.submits_info(), nam.submits_info(older=True), nam.sees(),
        nam.reacts(seen), nam.opens_chat(), nam.is_tagged("hỏi"), nam.hears_manager("Tôi đây"),
        nam.withdraws(), nam.unfollows(), stranger.says("ai đó"),
        fake.templates.becomes(template, "DISABLE"), fake.templates.is_rated(template, "LOW"),
        fake.templates.daily_limit(fake.oa, 100),
    ):  # fmt: skip
        await act
    # Somebody who left a moment ago writes again.
    await fake.advance(timedelta(seconds=1))
    await nam.says("b")
    known = (await caller.upload("file", "đơn.pdf", b"%PDF"))["data"]["token"]
    await caller.cs(nam, {"attachment": {"type": "file", "payload": {"token": known}}})
    untag = {"user_id": nam.user_id, "tag_name": "hỏi"}
    await caller.post("/v2.0/oa/tag/rmfollowerfromtag", untag)
    react = {"react_icon": "/-heart", "react_message_id": word.told["message"]["msg_id"]}
    body = {"recipient": {"user_id": nam.user_id}, "sender_action": react}
    await caller.post("/v2.0/oa/message", body)
    who = {"anonymous_id": stranger.anonymous_id, "conversation_id": stranger.conversation_id}
    await caller.post("/v2.0/oa/message", {"recipient": who, "message": {"text": "Chào"}})
    await fake.webhooks.settle()
    assert {event.name for event in fake.webhooks.events} == EVENTS.keys()
    for event in fake.webhooks.events:
        assert differences(event.told, EVENTS[event.name], event.name) == []


async def test_every_call_is_answered_as_recorded(fake: FakeZalo, caller: Caller) -> None:
    for kind, answer in [
        *(await _about_people(fake, caller)), *(await _about_news(fake, caller)),
        *(await _about_tokens(fake, caller)),
    ]:  # fmt: skip
        found = answer["data"] if "error" in answer and "data" in answer else answer
        assert differences(found, ANSWERS[kind], kind) == []


async def _about_people(fake: FakeZalo, caller: Caller) -> list[tuple[str, Json]]:
    nam = fake.citizen(phone="84912345678")
    await nam.says("xin chào")
    template = fake.templates.approve(fake.oa, "Mẫu", Gap(name="ma"))
    filled = {"template_id": template.template_id, "template_data": {"ma": "1"}}
    by_phone = filled | {"phone": nam.phone, "tracking_id": "1"}
    sent = await caller.post("/message/template", by_phone, host="business")
    tag = {"user_id": nam.user_id, "tag_name": "hỏi"}
    await caller.post("/v2.0/oa/tag/tagfollower", tag)
    purse = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
    whole: dict[str, Any] = {"offset": 0, "count": 10}
    talk: dict[str, Any] = whole | {"user_id": nam.user_id}
    uid = filled | {"user_id": nam.user_id}
    asked, quota = sent["data"]["msg_id"], "/v3.0/oa/quota/message"
    return [
        ("cs", await caller.cs(nam, {"text": "Chào bạn"})),
        ("template", await caller.post("/v3.0/oa/message/template", uid)),
        ("template_phone", sent),
        ("template_status", await caller.asks("/message/status", message_id=asked)),
        (
            "template_info",
            await caller.asks("/template/info/v2", template_id=template.template_id),
        ),
        ("user_list", await caller.get("/v3.0/oa/user/getlist", **whole)),
        ("user_detail", await caller.get("/v3.0/oa/user/detail", user_id=nam.user_id)),
        ("tags", await caller.get("/v2.0/oa/tag/gettagsofoa")),
        ("recent", await caller.get("/v2.0/oa/listrecentchat", **whole)),
        ("conversation", await caller.get("/v2.0/oa/conversation", **talk)),
        ("getoa", await caller.get("/v2.0/oa/getoa")),
        ("person_quota", await caller.post(quota, {"user_id": nam.user_id})),
        ("account_quota", await caller.post(quota, purse)),
    ]


async def _about_news(fake: FakeZalo, caller: Caller) -> list[tuple[str, Json]]:
    made = await caller.post("/v2.0/article/create", ARTICLE)
    fake.rules.article_polls = 0
    await caller.post("/v2.0/article/verify", made["data"])
    ready = await caller.post("/v2.0/article/verify", made["data"])
    element = {"media_type": "article", "attachment_id": ready["data"]["id"]}
    payload = {"template_type": "media", "elements": [element]}
    message = {"attachment": {"type": "template", "payload": payload}}
    news = {"recipient": {"target": {}}, "message": message}
    listed: dict[str, Any] = {"offset": 0, "limit": 10, "type": "normal"}
    video = await caller.upload_to(f"{MADE}/preparevideo", "phim.mp4", MP4)
    return [
        ("article_create", made),
        ("article_verify", ready),
        ("article_list", await caller.get("/v2.0/article/getslice", **listed)),
        ("broadcast", await caller.post("/v2.0/oa/message", news)),
        ("upload_image", await caller.upload("image", "a.png", b"\x89PNG")),
        ("upload_gif", await caller.upload("gif", "a.gif", b"GIF8")),
        ("upload_file", await caller.upload("file", "a.pdf", b"%PDF")),
        ("upload_video", video),
        ("video_verify", await caller.get(f"{MADE}/verify", **video["data"])),
    ]


async def _about_tokens(fake: FakeZalo, caller: Caller) -> list[tuple[str, Json]]:
    pair = fake.mint()
    grant = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
    return [
        ("tokens", await caller.tokens(**grant)),
        ("refused_tokens", await caller.tokens(**grant)),
    ]


async def test_a_video_is_converted_before_an_article_may_show_it(
    fake: FakeZalo, caller: Caller
) -> None:
    async def verified() -> Json:
        found: Json = (await caller.get(f"{MADE}/verify", **token))["data"]
        return found

    token = (await caller.upload_to(f"{MADE}/preparevideo", "phim.mp4", MP4))["data"]
    early = await verified()
    assert early == {"status": 3, "convert_percent": 0, "video_id": ""}
    await fake.advance(timedelta(minutes=1))
    ready = await verified()
    assert (ready["status"], ready["convert_percent"]) == (1, 100)
    cover = {"cover_type": "video", "cover_view": "horizontal", "status": "show"}
    shown = ARTICLE | {"cover": cover | {"video_id": ready["video_id"]}}
    assert (await caller.post("/v2.0/article/create", shown))["error"] == 0
    strange = ARTICLE | {"body": [{"type": "video", "video_id": "1"}]}
    assert (await caller.post("/v2.0/article/create", strange))["error"] == -201
    odd = await caller.upload_to(f"{MADE}/preparevideo", "phim.mov", MP4)
    assert odd["error"] == -201


async def test_a_stranger_of_a_website_is_answered_by_their_conversation_alone(
    fake: FakeZalo, caller: Caller
) -> None:
    stranger = fake.strangers.meet(fake.oa)
    await stranger.says("xin chào")
    who = {"anonymous_id": stranger.anonymous_id, "conversation_id": stranger.conversation_id}
    answer = {"recipient": who, "message": {"text": "Chào bạn"}}
    assert (await caller.post("/v2.0/oa/message", answer))["error"] == 0
    assert stranger.answers == ["Chào bạn"]
    for wrong in ({"conversation_id": "1"}, {"anonymous_id": "1"}):
        body = answer | {"recipient": who | wrong}
        assert (await caller.post("/v2.0/oa/message", body))["error"] == -201
