"""The pages of the emulator of Zalo: chatting by forms alone, consent, and the desk."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientError, ClientSession, FormData, web
from aiohttp.test_utils import TestServer

from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo.__main__ import environment_of, serve
from tests.fakes.zalo.articles import Article
from tests.fakes.zalo.callers import calling
from tests.fakes.zalo.calls import calls
from tests.fakes.zalo.errors import API, BUSINESS
from tests.fakes.zalo.grants import challenge_of
from tests.fakes.zalo.page.routes import Page
from tests.fakes.zalo.page.switches import ERRORS, KINDS, SWITCHES
from tests.fakes.zalo.people import Element, Numbers, Seen
from tests.fakes.zalo_bot import TOKEN

BACK = "http://127.0.0.1:8080/zalo/callback"


@dataclass
class Browser:
    """Opens pages and sends forms, with no script."""

    fake: FakeZalo
    session: ClientSession

    async def opens(self, path: str) -> str:
        async with self.session.get(self.fake.url + path) as answer:
            assert answer.status == 200, path
            return await answer.text()

    async def sends(self, path: str, **fields: str | bytes) -> str:
        form = FormData()
        for name, value in fields.items():
            filename = {"filename": "anh.png", "content_type": "image/png"}
            form.add_field(name, value, **(filename if isinstance(value, bytes) else {}))
        async with self.session.post(self.fake.url + path, data=form) as answer:
            assert answer.status == 200, path
            return await answer.text()


@pytest.fixture
async def fake() -> AsyncIterator[FakeZalo]:
    emulator = FakeZalo()
    told = environment_of(emulator, "http://127.0.0.1:8090", "http://127.0.0.1:8080")
    emulator.mounts.append(Page(emulator, told).mount)
    await emulator.start()
    yield emulator
    await emulator.stop()


@pytest.fixture
async def browser(fake: FakeZalo) -> AsyncIterator[Browser]:
    async with ClientSession() as session:
        yield Browser(fake, session)


async def test_one_chats_by_forms_alone(fake: FakeZalo, browser: Browser) -> None:
    assert "Nguyễn Văn Nam" in await browser.opens("/")
    nam = f"/page/citizen/{fake.oa.oa_id}/1"
    await browser.sends(nam, act="follows")
    await browser.sends(nam, act="says", text="<b>xin chào</b>")
    await browser.sends(nam, act="sends", file=b"\x89PNG", text="ổ gà")
    await browser.sends(nam, act="places", name="Nhà tôi", latitude="13.7", longitude="109.2")
    citizen = fake.citizen("1")
    button = {"title": "Lệ phí", "type": "oa.query.show", "payload": "#phi"}
    buttons = {"type": "template", "payload": {"buttons": [button]}}
    card = {"title": "Liên hệ", "subtitle": "Để trả lời", "image_url": "https://a.vn/a.png"}
    request = {"template_type": "request_user_info", "elements": [card]}
    fake.rules.buttons = True
    async with calling(fake) as caller:
        await caller.cs(citizen, {"text": "Chọn", "attachment": buttons})
        await caller.cs(citizen, {"attachment": {"type": "template", "payload": request}})
        known = (await caller.upload("file", "đơn.pdf", b"%PDF"))["data"]["token"]
        await caller.cs(citizen, {"attachment": {"type": "file", "payload": {"token": known}}})
    page = await browser.opens(nam)
    assert "&lt;b&gt;xin chào&lt;/b&gt;" in page
    assert "Chia sẻ thông tin" in page
    kept = re.search(r'href="(/page/kept/[^"]+/file/0)"', page)
    assert kept
    assert await browser.opens(kept[1]) == "%PDF"
    await browser.sends(nam, act="presses", value="#phi")
    await browser.sends(nam, act="submits", name="Nam", phone="84900000001")
    manager = f"/page/manager/{fake.oa.oa_id}/1"
    assert "Tôi trả lời" in await browser.sends(manager, act="manager", text="Tôi trả lời")
    names = [event.name for event in fake.webhooks.events if not event.name.startswith("oa_")]
    assert [name for name in names if name != "user_received_message"] == [
        "follow", "user_send_text", "user_send_image", "user_send_location", "user_send_text",
        "user_submit_info",
    ]  # fmt: skip
    assert fake.webhooks.events[-1].told["sender"]["admin_id"]


async def test_what_is_sent_from_the_page_is_fetched_whole(
    fake: FakeZalo, browser: Browser
) -> None:
    nam = f"/page/citizen/{fake.oa.oa_id}/1"
    page = await browser.sends(nam, act="sends", file=b"\x89PNG of a hole")
    kept = re.search(r"/page/kept/[^\"]+|/media/[^\"]+", page)
    assert kept, page
    async with browser.session.get(fake.url + kept[0]) as answer:
        assert await answer.read() == b"\x89PNG of a hole"


async def test_what_seldom_happens_is_made_by_its_name(fake: FakeZalo, browser: Browser) -> None:
    nam = f"/page/citizen/{fake.oa.oa_id}/1"
    assert "user_call_oa" in await browser.opens(nam)
    await browser.sends(nam, act="happens", name="user_call_oa")
    assert fake.webhooks.events[-1].name == "user_call_oa"
    assert fake.citizen("1").interacted_at


async def test_news_a_list_and_a_template_are_shown(fake: FakeZalo, browser: Browser) -> None:
    nam = fake.citizen("1")
    await nam.follows_oa()
    body = [
        {"type": "text", "content": "Từ thứ hai"},
        {"type": "image", "url": "https://a.vn/b.png"},
        {"type": "video", "url": "https://a.vn/c.mp4"},
    ]
    cover = {"cover_type": "photo", "photo_url": "https://a.vn/a.png"}
    fields = {"title": "Lịch trả kết quả", "description": "Tuần này", "cover": cover}
    article = Article(fake.oa, fields | {"body": body})
    fake.articles.by_id[article.known] = article
    cards = (Element(title="Lịch trả kết quả", link=f"article:{article.known}"),)
    rows = (Element(title="Lệ phí", subtitle="Xem", link="#phi"),)
    details = (("ma", "H21-1"),)
    for seen in (
        Seen(
            message_id="1", at=fake.clock.now(), kind="article", route="broadcast", elements=cards
        ),
        Seen(message_id="2", at=fake.clock.now(), kind="list", elements=rows),
        Seen(message_id="3", at=fake.clock.now(), kind="template", details=details),
    ):
        nam.shown.append(seen)
    shown = await browser.opens(f"/page/citizen/{fake.oa.oa_id}/1")
    for words in ("Từ thứ hai", "https://a.vn/b.png", "https://a.vn/a.png", "(phim)", "H21-1"):
        assert words in shown
    assert 'value="#phi"' in shown


async def test_consent_sends_back_a_code(fake: FakeZalo, browser: Browser) -> None:
    challenge = challenge_of("v" * 43)
    await browser.sends(
        "/page/developer", act="save", callback=BACK, challenge=challenge, events_to=""
    )
    page = await browser.opens("/page/developer")
    link = re.search(r'<a href="([^"]+/v4/oa/permission[^"]+)"', page)
    assert link
    asked = urlsplit(link[1].replace("&amp;", "&"))
    consent = await browser.opens(f"{asked.path}?{asked.query}&state=s1")
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', consent))
    url = fake.url + asked.path
    given = fields | {"oa_id": fake.oa.oa_id}
    async with browser.session.post(url, data=given, allow_redirects=False) as answer:
        back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (back["oa_id"], back["state"]) == ([fake.oa.oa_id], ["s1"])
    grant = {"grant_type": "authorization_code", "code": back["code"][0]}
    async with calling(fake) as caller:
        assert "access_token" in await caller.tokens(**grant, code_verifier="v" * 43)
    # Another address than the saved one is refused, unless pairs are made for each consent.
    strange = f"{asked.path}?app_id={fake.app.app_id}&redirect_uri=http://a.vn&code_challenge=x"
    assert "-14003" in await browser.opens(strange)
    fake.rules.saved_consent = False
    assert "-14003" not in await browser.opens(strange)


async def test_the_developers_desk_and_the_clock(fake: FakeZalo, browser: Browser) -> None:
    assert "access_token" in await browser.sends("/page/developer", act="mint", oa=fake.oa.oa_id)
    await browser.sends("/page/developer", act="open", name="Phường Hai")
    await browser.sends("/page/developer", act="template", oa=fake.oa.oa_id, name="Mẫu", gaps="a")
    (known,) = fake.templates.by_id
    await browser.sends("/page/developer", act="becomes", template=known, status="DISABLE")
    await browser.sends("/page/developer", act="switch", buttons="1", free="")
    assert "Phường Hai" in await browser.opens("/page/developer")
    (template,) = fake.templates.by_id.values()
    assert (template.name, template.status) == ("Mẫu", "DISABLE")
    assert fake.webhooks.events[-1].name == "change_template_status"
    assert (fake.rules.buttons, fake.rules.lists, fake.rules.free_replies) == (True, False, None)
    before = fake.clock.now()
    fake.fail("getoa", -200)
    async with calling(fake) as caller:
        await caller.get("/v2.0/oa/getoa")
    page = await browser.sends("/page/calls", act="move", by="day")
    assert (fake.clock.now() - before).days == 1
    assert "-200" in page
    assert 'id="live"' in await browser.opens("/page/calls?part=1")


TROUBLES = "/page/troubles"


async def test_every_switch_shows_is_met_by_a_call_and_is_put_back(
    fake: FakeZalo, browser: Browser
) -> None:
    before = replace(fake.oa), replace(fake.app), replace(fake.rules)
    assert "Mọi thứ đang bình thường" in await browser.opens(TROUBLES)
    for switch in SWITCHES:
        shown = await browser.sends(TROUBLES, act="trouble", **{f"on_{switch.name}": "1"})
        assert f"Đang bật:</b> {switch.says}." in shown
    every = {f"on_{one.name}": "1" for one in SWITCHES if one.name not in {"down", "disabled"}}
    await browser.sends(TROUBLES, act="trouble", rate="5", latency="0.01", late="60", **every)
    async with calling(fake) as caller:
        assert (await caller.get("/v2.0/oa/getoa"))["error"] == -242
    page = await browser.sends(TROUBLES, act="put_back")
    assert "Mọi thứ đang bình thường" in page
    assert (fake.oa, fake.app, fake.rules) == before


async def test_every_call_and_every_error_has_words(fake: FakeZalo, browser: Browser) -> None:
    assert {kind for _, _, _, kind, _ in calls(fake)} <= KINDS.keys()
    of = [(label, {int(number) for number in table}) for label, table in ERRORS]
    assert of == [("Official Account", {*API}), ("ZBS", {*BUSINESS})]
    shown = await browser.opens(TROUBLES)
    assert "-230 Người này không nhắn OA trong 7 ngày qua" in shown
    assert "has not interacted" not in shown


async def test_errors_and_broken_lines_by_hand(fake: FakeZalo, browser: Browser) -> None:
    page = await browser.sends(TROUBLES, act="fail", where="getoa", code="-221", times="2")
    assert "Đọc thông tin OA: lỗi -221 (2 lần tới)" in page
    async with calling(fake) as caller:
        for code in (-221, -221, 0):
            assert (await caller.get("/v2.0/oa/getoa"))["error"] == code
        await browser.sends(TROUBLES, act="break", where="getoa", how="before", times="")
        with pytest.raises(ClientError):
            await caller.get("/v2.0/oa/getoa")
        await browser.sends(TROUBLES, act="put_back")
        await browser.sends(TROUBLES, act="revoke")
        assert (await caller.get("/v2.0/oa/getoa"))["error"] == -220
        await browser.sends(TROUBLES, act="put_back")
        assert (await caller.get("/v2.0/oa/getoa"))["error"] == 0
        pair = fake.mint()
        refresh = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
        assert "Mã làm mới không được nhận" in await browser.sends(TROUBLES, act="refuse")
        assert "error" in await caller.tokens(**refresh)
        await browser.sends(TROUBLES, act="put_back")
        assert "access_token" in await caller.tokens(**refresh)


async def test_night_and_back_to_now(fake: FakeZalo, browser: Browser) -> None:
    await browser.sends("/page/calls", act="move", by="night")
    assert f"{fake.clock.local():%H:%M}" == "22:30"
    assert "Đồng hồ chạy trước" in await browser.opens("/page/calls")
    await browser.sends("/page/calls", act="move", by="back")
    assert fake.clock.ahead == timedelta(0)


async def test_events_twice_late_held_and_forged_by_hand(fake: FakeZalo, browser: Browser) -> None:
    heard: list[str] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        event = next(one for one in fake.webhooks.events if body and one.body.startswith(body))
        signed = fake.webhooks.signature(fake.oa, body, event.timestamp)
        well = signed == request.headers["X-ZEvent-Signature"]
        heard.append(event.told["message"]["text"] if well else "?")
        return web.Response(status=200 if well else 403)

    app = web.Application()
    app.router.add_post("/", take)
    nam = fake.citizen("1")
    async with TestServer(app) as server:
        fake.app.events_to = str(server.make_url("/"))
        await browser.sends(TROUBLES, act="trouble", on_twice="1")
        await nam.says("hai lần")
        await browser.sends(TROUBLES, act="hold")
        await nam.says("một")
        assert "Đang giữ 1 sự kiện" in await browser.opens(TROUBLES)
        await browser.sends(TROUBLES, act="put_back")
        for act, answer in (("again", "200"), ("forge", "403"), ("truncate", "403")):
            assert f"Chương trình trả lời {answer}" in await browser.sends(TROUBLES, act=act)
        await browser.sends(TROUBLES, act="trouble", late="30")
        await nam.says("muộn")
        assert heard == ["hai lần", "hai lần", "một", "một", "?", "?"]
        await fake.advance(timedelta(seconds=30))
        assert heard[-1] == "muộn"
        await browser.sends(TROUBLES, act="hold")
        await nam.says("trước")
        await nam.says("sau")
        await browser.sends(TROUBLES, act="release_backwards")
        assert heard[-2:] == ["sau", "trước"]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("/zalo_verifierEmulatorProof0123456789.html", "EmulatorProof0123456789", "tệp xác thực."),
        (
            "/",
            '<meta content="EmulatorProof0123456789" name="zalo-platform-site-verification"/>',
            "thẻ meta ở",
        ),
        ("/", "<p>EmulatorProof0123456789</p>", "Không thấy"),
    ],
)
async def test_a_domain_is_proved_by_a_file_or_a_tag(
    browser: Browser, path: str, text: str, told: str
) -> None:
    async def given(_request: web.Request) -> web.Response:
        return web.Response(text=text, content_type="text/html")

    site = web.Application()
    site.router.add_get(path, given)
    async with TestServer(site) as server:
        url = str(server.make_url("/"))
        assert told in await browser.sends("/page/developer", act="prove", site=url)


async def test_it_serves_by_hand_until_it_is_stopped(
    unused_tcp_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    serving = asyncio.create_task(serve(unused_tcp_port, "http://127.0.0.1:8080"))
    url = f"http://127.0.0.1:{unused_tcp_port}"
    async with asyncio.timeout(5):
        while f"ZALO_API_URL={url}/api" not in (printed := capsys.readouterr().out):  # noqa: ASYNC110 - as one looks
            await asyncio.sleep(0.01)
    assert f"ZALO_FILE_HOSTS=127.0.0.1:{unused_tcp_port}" in printed
    assert "PUBLIC_URL=http://127.0.0.1:8080" in printed
    async with ClientSession() as session:
        async with session.get(url) as answer:
            assert "máy mô phỏng" in await answer.text()
        async with session.post(f"{url}/page/bot", data={"text": "xin chào"}) as answer:
            assert "xin chào" in await answer.text()
        platform = f"{url}/zalo-bot/bot{TOKEN}"
        async with session.post(f"{platform}/getUpdates", json={"timeout": "1"}) as answer:
            assert (await answer.json())["result"]["message"]["text"] == "xin chào"
        told = {"chat_id": "1", "text": "Chào bạn"}
        async with session.post(f"{platform}/sendMessage", json=told) as answer:
            assert (await answer.json())["ok"]
        async with session.get(f"{url}/page/bot") as answer:
            assert re.search("xin chào.+Chào bạn", await answer.text(), re.DOTALL)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


async def test_what_the_program_needs_is_kept_in_files(
    unused_tcp_port: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "var"
    serving = asyncio.create_task(serve(unused_tcp_port, "http://127.0.0.1:8080", folder))
    async with asyncio.timeout(5):
        while "bot zalo connect mau-xa" not in capsys.readouterr().out:  # noqa: ASYNC110 - as one looks
            await asyncio.sleep(0.01)
    assert "export ZALO_APP_ID=" in (folder / "zalo.env").read_text()
    access, refresh = (folder / "zalo.pair").read_text().split()
    headers = {"access_token": access}
    url = f"http://127.0.0.1:{unused_tcp_port}/api/v2.0/oa/getoa"
    async with ClientSession() as session, session.get(url, headers=headers) as answer:
        assert (await answer.json())["error"] == 0
    assert refresh != access
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


def test_another_run_gives_other_ids() -> None:
    numbers = Numbers()
    first = numbers.take()
    numbers.later(1)
    assert numbers.take() > first


async def test_the_pages_ask_nothing_of_other_sites(browser: Browser) -> None:
    for path in ("/", "/page/manager", "/page/developer", "/page/calls", TROUBLES):
        assert re.findall(r'(?:src|stylesheet" href)="http', await browser.opens(path)) == []
