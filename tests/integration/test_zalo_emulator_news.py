"""News through the emulator of Zalo: articles, broadcasts, templates, quotas, and who is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from tests.fakes.zalo import Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.callers import Caller, calling
from tests.fakes.zalo.people import Json
from tests.fakes.zalo.templates import Gap

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
ARTICLE = {
    "type": "normal",
    "title": "Lịch trả kết quả",
    "author": "Phường",
    "cover": {"cover_type": "photo", "photo_url": "https://a.vn/a.png", "status": "show"},
    "description": "Từ thứ hai",
    "body": [{"type": "text", "content": "Nội dung"}],
    "status": "show",
}
BROADCAST = "/v2.0/oa/message"
BY_UID = "/v3.0/oa/message/template"
BY_PHONE = "/message/template"


@pytest.fixture
async def fake() -> AsyncIterator[FakeZalo]:
    async with serving_zalo(clock=Clock.standing(NOON)) as emulator:
        yield emulator


@pytest.fixture
async def caller(fake: FakeZalo) -> AsyncIterator[Caller]:
    async with calling(fake) as found:
        yield found


async def _published(caller: Caller, **changes: Any) -> str:
    token = (await caller.post("/v2.0/article/create", ARTICLE | changes))["data"]
    while (found := await caller.post("/v2.0/article/verify", token))["error"] == -214:
        pass
    known: str = found["data"]["id"]
    return known


def _news(*articles: str, **target: Any) -> Json:
    elements = [{"media_type": "article", "attachment_id": one} for one in articles]
    payload = {"template_type": "media", "elements": elements}
    attachment = {"type": "template", "payload": payload}
    return {"recipient": {"target": target}, "message": {"attachment": attachment}}


async def test_an_article_is_worked_on_before_it_has_an_id(fake: FakeZalo, caller: Caller) -> None:
    fake.rules.article_polls, fake.rules.article_takes = 0, timedelta(minutes=2)
    token = (await caller.post("/v2.0/article/create", ARTICLE))["data"]
    assert (await caller.post("/v2.0/article/verify", token))["error"] == -214
    await fake.advance(timedelta(minutes=2))
    known = (await caller.post("/v2.0/article/verify", token))["data"]["id"]
    listed = await caller.get("/v2.0/article/getslice", offset=0, limit=10, type="normal")
    assert [one["id"] for one in listed["data"]["medias"]] == [known]
    await caller.post("/v2.0/article/update", ARTICLE | {"id": known, "title": "Mới"})
    detail = await caller.get("/v2.0/article/getdetail", id=known)
    assert detail["data"]["title"] == "Mới"
    await caller.post("/v2.0/article/remove", {"id": known})
    assert (await caller.get("/v2.0/article/getdetail", id=known))["error"] == -201
    assert fake.ledger.codes() == {-214: 1, -201: 1}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "x" * 151}, -210),
        ({"description": "x" * 301}, -210),
        ({"body": []}, -201),
        ({"body": [{"type": "html", "content": "x"}]}, -201),
        ({"cover": {"cover_type": "photo"}}, -201),
        ({"status": "published"}, -201),
    ],
)
async def test_an_article_that_does_not_fit_is_refused(
    caller: Caller, change: Json, code: int
) -> None:
    assert (await caller.post("/v2.0/article/create", ARTICLE | change))["error"] == code


async def test_a_broadcast_reaches_the_followers_its_target_names(
    fake: FakeZalo, caller: Caller
) -> None:
    young, old = fake.citizen("1", age=2, city=18), fake.citizen("2", age=7, city=9)
    stranger = fake.citizen("3", age=2)
    await young.follows_oa()
    await old.follows_oa()
    article = await _published(caller)
    sent = await caller.post(BROADCAST, _news(article, ages="2,3", cities="18"))
    assert young.shown == []
    await fake.advance(fake.rules.moderation)
    assert young.shown[0].message_id == sent["data"]["message_id"]
    assert young.shown[0].elements[0].title == "Lịch trả kết quả"
    assert old.shown == stranger.shown == []
    await caller.post(BROADCAST, _news(article))
    await fake.advance(fake.rules.moderation)
    assert (len(young.shown), len(old.shown), len(stranger.shown)) == (2, 1, 0)


async def test_a_broadcast_that_breaks_a_rule_is_refused(fake: FakeZalo, caller: Caller) -> None:
    article, hidden = await _published(caller), await _published(caller, status="hide")
    bodies = [
        _news(hidden), _news("1"), _news(), _news(*[article] * 6), _news(article, ages="8"),
        _news(article, ages=[1]), _news(article, wards="1"),
        {"recipient": {"user_id": "1"}, "message": {"text": "x"}},
    ]  # fmt: skip
    codes = [(await caller.post(BROADCAST, body))["error"] for body in bodies]
    assert codes == [-201, -201, -201, -210, -201, -201, -201, -240]
    fake.rules.target_values = "numbers"
    assert (await caller.post(BROADCAST, _news(article, ages=[1])))["error"] == 0
    await fake.advance(timedelta(hours=10))
    assert (await caller.post(BROADCAST, _news(article)))["error"] == -234
    await fake.advance(timedelta(hours=8))
    fake.oa.broadcasts_a_month = 1
    assert (await caller.post(BROADCAST, _news(article)))["error"] == -211
    assert len(fake.ledger.foreseeable) == len(codes) + 1


async def test_a_template_by_user_id(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen()
    await nam.follows_oa()
    ready = fake.templates.approve(fake.oa, "Hồ sơ {code} đã xong", Gap(name="code", most=10))
    info = await caller.asks("/template/info/v2", template_id=ready.template_id)
    assert info["data"]["listParams"][0]["maxLength"] == 10
    assert (info["data"]["status"], info["data"]["price_uid"]) == ("ENABLE", 120)
    body: Json = {"user_id": nam.user_id, "template_id": ready.template_id}
    sent = await caller.post(BY_UID, body | {"template_data": {"code": "H01"}})
    assert sent["data"]["quota"]["remain"] == "1999"
    assert nam.shown[0].details == (("code", "H01"),)
    await fake.webhooks.settle()
    told = fake.webhooks.events[-1].told
    assert (told["event_name"], told["recipient"]["id"]) == ("user_received_message", nam.user_id)
    data: list[Json] = [{"code": "x" * 11}, {}, {"code": "1", "name": "x"}, {"code": 1}]
    codes = [(await caller.post(BY_UID, body | {"template_data": one}))["error"] for one in data]
    codes.append(
        (await caller.post(BY_UID, body | {"template_data": {}, "tracking_id": "1"}))["error"]
    )
    assert codes == [-210, -201, -201, -201, -201]
    phone_only = fake.templates.approve(fake.oa, "Mã", by_uid=False)
    body |= {"template_id": phone_only.template_id, "template_data": {}}
    assert (await caller.post(BY_UID, body))["error"] == -249
    fake.oa.cloud_money = 0
    body |= {"template_id": ready.template_id, "template_data": {"code": "1"}}
    assert (await caller.post(BY_UID, body))["error"] == -321


async def test_a_template_by_phone(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen(phone="84912345678")
    gaps = Gap(name="code", most=10), Gap(name="day", type="DATE", require=False)
    ready = fake.templates.approve(fake.oa, "Hồ sơ", *gaps)
    body: Json = {"phone": nam.phone, "template_id": ready.template_id, "tracking_id": "t1"}

    async def code_of(data: Json, **changes: Any) -> int:
        sent = await caller.post(
            BY_PHONE, body | {"template_data": data} | changes, host="business"
        )
        found: int = sent["error"]
        return found

    good = {"code": "H01", "day": "23/11/2026"}
    assert await code_of(good) == 0
    await fake.webhooks.settle()
    event = fake.webhooks.events[-1]
    assert event.headers["X-ZEvent-Server"] == "ZNS"
    assert event.told["recipient"]["id"] == nam.phone
    assert event.told["message"]["tracking_id"] == "t1"
    known = event.told["message"]["msg_id"]
    assert (await caller.asks("/message/status", message_id=known))["data"]["status"] == 1
    assert (await caller.asks("/message/status", message_id="1"))["data"]["status"] == -1
    quota = await caller.asks("/message/quota")
    assert quota["data"] == {"dailyQuota": "2000", "remainingQuota": "1999"}
    assert [
        await code_of({"code": "x" * 11}),
        await code_of({}),
        await code_of({"code": "1", "day": "2026-11-23"}),
        await code_of(good, phone="0912345678"),
        await code_of(good, phone="84912345679"),
        await code_of(good, template_id="1"),
        await code_of(good, tracking_id="x" * 49),
        await code_of(good, mode="development"),
    ] == [-1121, -1122, -1124, -108, -118, -109, -132, -127]
    hashed = {k: v for k, v in body.items() if k != "phone"} | {"template_data": good}
    hashed["hash_phone"] = sha256(nam.phone.encode()).hexdigest()
    assert (await caller.post(f"{BY_PHONE}/hashphone", hashed, host="business"))["error"] == 0
    await fake.templates.becomes(ready, "DISABLE")
    assert await code_of(good) == -146
    fake.oa.administrators.add(nam.user_id)
    assert await code_of(good, mode="development") == 0


async def test_what_happens_to_a_template_is_told(fake: FakeZalo, caller: Caller) -> None:
    ready = fake.templates.approve(fake.oa, "Hồ sơ")
    changed = await fake.templates.becomes(ready, "DISABLE")
    assert changed.told["status"] == {"prev_status": "ENABLE", "new_status": "DISABLE"}
    rated = await fake.templates.is_rated(ready, "LOW")
    assert rated.told["quality"] == {"prev_quality": "HIGH", "new_quality": "LOW"}
    await fake.templates.daily_limit(fake.oa, 500)
    assert (await caller.asks("/message/quota"))["data"]["dailyQuota"] == "500"


async def test_a_promotion_goes_to_followers_by_day_and_once(
    fake: FakeZalo, caller: Caller
) -> None:
    nam = fake.citizen(phone="84912345678")
    await nam.says("xin chào")
    offer = fake.templates.approve(fake.oa, "Ngày hội", tag=3)
    by_uid = {"user_id": nam.user_id, "template_id": offer.template_id, "template_data": {}}
    by_phone = {"phone": nam.phone, "template_id": offer.template_id, "template_data": {}}
    by_phone["tracking_id"] = "1"

    async def codes() -> list[int]:
        phoned = await caller.post(BY_PHONE, by_phone, host="business")
        return [(await caller.post(BY_UID, by_uid))["error"], phoned["error"]]

    assert await codes() == [-213, -140]
    await nam.follows_oa()
    await fake.advance(timedelta(hours=10))
    assert await codes() == [-234, -133]
    await fake.advance(timedelta(hours=8))
    assert (await caller.post(BY_UID, by_uid))["error"] == 0
    assert await codes() == [-218, -1471]
    assert len(fake.ledger.foreseeable) == 6
    fake.rules.promotions_a_month = 1
    await fake.advance(timedelta(days=1))
    caller.token = fake.mint()["access_token"]
    assert await codes() == [-218, -1471]


async def test_quotas_are_told(fake: FakeZalo, caller: Caller) -> None:
    nam = fake.citizen()
    await nam.says("xin chào")
    await caller.cs(nam, {"text": "x"})
    quota = await caller.post("/v3.0/oa/quota/message", {"user_id": nam.user_id})
    assert quota["data"]["last_interaction"] == str(int(NOON.timestamp() * 1000))
    assert quota["data"]["cs_reply"] == {"remain": 7, "total": 8}
    asked = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
    purse = await caller.post("/v3.0/oa/quota/message", asked)
    assert (purse["data"][0]["total"], purse["data"][0]["remain"]) == (500, 500)
    asked["quota_type"] = "any"
    assert (await caller.post("/v3.0/oa/quota/message", asked))["error"] == -201


async def test_who_is_there_and_what_was_said(fake: FakeZalo, caller: Caller) -> None:
    people = [fake.citizen(str(number)) for number in range(60)]
    for person in people[:55]:
        await person.follows_oa()
    await people[59].says("xin chào")
    await caller.cs(people[59], {"text": "Chào bạn"})
    listed = await caller.get("/v3.0/oa/user/getlist", offset=50, count=50, is_follower="true")
    assert (listed["data"]["total"], listed["data"]["count"]) == (55, 5)
    today: Json = {"offset": 0, "count": 1, "last_interaction_period": "TODAY"}
    assert (await caller.get("/v3.0/oa/user/getlist", **today))["data"]["total"] == 56
    for offset, count in ((9952, 1), (0, 51)):
        refused = await caller.get("/v3.0/oa/user/getlist", offset=offset, count=count)
        assert refused["error"] == -210
    who = {"user_id": people[59].user_id}
    await caller.post("/v2.0/oa/tag/tagfollower", who | {"tag_name": "hỏi"})
    assert (await caller.get("/v2.0/oa/tag/gettagsofoa"))["data"] == ["hỏi"]
    detail = (await caller.get("/v3.0/oa/user/detail", **who))["data"]
    assert detail["user_last_interaction_date"] == "23/11/2026"
    assert detail["tags_and_notes_info"]["tag_names"] == ["hỏi"]
    said = await caller.get("/v2.0/oa/conversation", offset=0, count=10, **who)
    assert [(one["src"], one["message"]) for one in said["data"]] == [
        (0, "Chào bạn"), (1, "xin chào"),
    ]  # fmt: skip
    recent = await caller.get("/v2.0/oa/listrecentchat", offset=0, count=10)
    assert len(recent["data"]) == 1


async def test_a_reaction_costs_nothing(fake: FakeZalo, caller: Caller) -> None:
    said = (await fake.citizen().says("cảm ơn")).told["message"]["msg_id"]
    action = {"react_icon": "/-heart", "react_message_id": said}
    assert (await caller.post(BROADCAST, {"sender_action": action}))["error"] == 0
    action["react_icon"] = "😀"
    assert (await caller.post(BROADCAST, {"sender_action": action}))["error"] == -201
    await fake.webhooks.settle()
    assert fake.webhooks.events[-1].name == "oa_reacted_message"
