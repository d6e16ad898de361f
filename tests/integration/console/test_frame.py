"""The frame of the console: who is let in, what is read, how errors end."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from http import HTTPStatus

import pytest
from markupsafe import escape
from sqlalchemy import select

from bot.console.app import create_console
from bot.console.cookies import fresh_token
from bot.console.origin import form_token
from bot.console.routing import Room
from bot.officials.models import Role, Stage
from bot.officials.permissions import Action
from bot.settings import Settings
from bot.storage.people_tables import sessions
from tests.fakes.console import Client, ConsoleHouse, Reception, Seat, console_client
from tests.integration.console import specimen

HTML = {"Accept": "text/html"}


@pytest.fixture
async def client(house: ConsoleHouse) -> AsyncIterator[Client]:
    async with console_client(house, [specimen.room]) as opened:
        yield opened


async def test_nobody_signed_in_is_led_to_the_door_and_back_afterwards(stranger: Seat) -> None:
    shown = await stranger.get("/specimen?q=phi")
    assert shown.status == HTTPStatus.SEE_OTHER
    assert shown.where == "/console/sign-in?next=/console/specimen%3Fq%3Dphi"


async def test_a_form_or_a_script_without_session_is_told_so(stranger: Seat) -> None:
    sent = await stranger.post("/specimen/xa-a", text="một hai ba")
    asked = await stranger.get("/own", Accept="application/json")
    assert {sent.status, asked.status} == {HTTPStatus.UNAUTHORIZED}
    assert sent.heading == "Phiên đã hết hạn"


@pytest.mark.parametrize("token", ["x" * 43, "x" * 4_000, "'; DROP TABLE sessions; --"])
async def test_a_cookie_nobody_was_given_opens_nothing(stranger: Seat, token: str) -> None:
    stranger.token = token
    assert (await stranger.get("/specimen")).status == HTTPStatus.SEE_OTHER


async def test_a_session_ends_after_half_an_hour_without_use_and_after_half_a_day(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    for _ in range(28):
        house.clock.move(timedelta(minutes=25))
        assert (await seat.get("/specimen")).status == HTTPStatus.OK
    house.clock.move(timedelta(minutes=25))
    assert (await seat.get("/specimen")).status == HTTPStatus.SEE_OTHER

    idle = await signed_in(Role.PREPARER)
    house.clock.move(timedelta(minutes=31))
    assert (await idle.get("/specimen")).status == HTTPStatus.SEE_OTHER


async def test_what_a_page_asks_by_itself_is_no_use_of_it(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    for _ in range(3):
        house.clock.move(timedelta(minutes=8))
        assert (await seat.get("/own")).status == HTTPStatus.OK
    house.clock.move(timedelta(minutes=8))
    assert (await seat.get("/own")).status == HTTPStatus.SEE_OTHER


async def test_being_seen_is_written_once_a_minute(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    written = set()
    for _ in range(4):
        house.clock.move(timedelta(seconds=20))
        await seat.get("/specimen")
        async with house.database.reading() as connection:
            written.add((await connection.execute(select(sessions.c.seen_at))).scalar_one())
    assert len(written) == 2


async def test_who_is_switched_off_is_out_at_once(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    assert (await seat.get("/specimen")).status == HTTPStatus.OK
    await signed_in.switch_off(seat)
    assert (await seat.get("/specimen")).status == HTTPStatus.SEE_OTHER


@pytest.mark.parametrize(
    ("stage", "path", "leads"),
    [
        (Stage.SECOND, "/specimen", "/console/second"),
        (Stage.SECOND, "/own", "/console/second"),
        (Stage.SECOND, "/enrol", "/console/second"),
        (Stage.ENROL, "/specimen", "/console/enrol"),
        (Stage.ENROL, "/second", "/console/enrol"),
        (Stage.FULL, "/second", "/console/"),
        (Stage.SECOND, "/second", ""),
        (Stage.ENROL, "/enrol", ""),
        (Stage.FULL, "/enrol", ""),
    ],
)
async def test_who_is_half_way_in_is_led_where_they_belong(
    signed_in: Reception, stage: Stage, path: str, leads: str
) -> None:
    seat = await signed_in(Role.ADMINISTRATOR, office="", stage=stage)
    assert (await seat.get(path)).where == leads


@pytest.mark.parametrize(
    ("role", "at", "office", "status"),
    [
        (Role.PREPARER, "xa-a", "xa-a", HTTPStatus.OK),
        (Role.PREPARER, "xa-a", "xa-a-mot-cua", HTTPStatus.OK),
        (Role.PREPARER, "", "xa-b", HTTPStatus.OK),
        (Role.PREPARER, "xa-a", "xa-b", HTTPStatus.NOT_FOUND),
        (Role.PREPARER, "xa-a", "tinh", HTTPStatus.NOT_FOUND),
        (Role.PREPARER, "xa-a", "", HTTPStatus.NOT_FOUND),
        (Role.PREPARER, "xa-a", "nowhere", HTTPStatus.NOT_FOUND),
        (Role.PREPARER, "gone", "gone", HTTPStatus.NOT_FOUND),
        (Role.LEADER, "xa-a", "xa-a", HTTPStatus.FORBIDDEN),
        (Role.LEADER, "xa-a", "xa-b", HTTPStatus.NOT_FOUND),
        (None, "xa-a", "xa-a", HTTPStatus.NOT_FOUND),
    ],
)
async def test_what_lies_outside_the_branch_is_not_there_and_inside_it_is_refused(
    signed_in: Reception, role: Role | None, at: str, office: str, status: HTTPStatus
) -> None:
    seat = await signed_in(*([role] if role else []), office=at)
    path = f"/specimen/{office or '-'}"
    assert (await seat.get(path)).status == status
    assert (await seat.post(path, text="một hai ba")).status in (status, HTTPStatus.SEE_OTHER)


async def test_a_refusal_names_the_task_and_the_office(signed_in: Reception) -> None:
    seat = await signed_in(Role.LEADER)
    assert (
        "Soạn, sửa thẻ và hướng dẫn” cần vai trò khác tại Xã A"
        in (await seat.get("/specimen/xa-a")).text
    )


async def test_without_an_object_the_action_must_be_the_officers_somewhere(
    signed_in: Reception,
) -> None:
    assert (await (await signed_in(Role.PREPARER)).get("/specimen")).heading == "xa-a,xa-a-mot-cua"
    assert (await (await signed_in(Role.LEADER, office="")).get("/specimen")).heading == "*"
    assert (await (await signed_in()).get("/specimen")).status == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("token", ["", "x", form_token("of another session"), "ký"])
async def test_a_form_needs_the_token_of_its_session(signed_in: Reception, token: str) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post("/specimen/xa-a", token, text="một hai ba")
    assert (shown.status, shown.heading) == (HTTPStatus.FORBIDDEN, "Chưa nhận được biểu mẫu")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "https://evil.vn"},
        {"Origin": "http://[evil"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_a_form_of_another_page_is_refused(
    signed_in: Reception, headers: dict[str, str]
) -> None:
    seat = await signed_in(Role.PREPARER)
    fields = {"_csrf": form_token(seat.token), "text": "một hai ba"}
    assert (await seat.send("/specimen/xa-a", fields, **headers)).status == HTTPStatus.FORBIDDEN


async def test_our_own_pages_may_send_forms_also_behind_a_proxy(house: ConsoleHouse) -> None:
    house.settings = Settings(public_url="https://bot.phuong.gov.vn")
    async with console_client(house, [specimen.room]) as client:
        seat = await Reception(house, client)(Role.PREPARER)
        fields = {"_csrf": form_token(seat.token), "text": "một hai ba"}
        here = f"http://{client.host}:{client.port}"
        written = "/specimen/xa-a?done=saved"
        for origin in (here, "https://bot.phuong.gov.vn"):
            sent = await seat.send("/specimen/xa-a", fields, Origin=origin)
            assert sent.where == f"/console{written}"
        page = await seat.get(written)
        assert re.search(r'role="status"[^>]*>.*Đã lưu\.</p>', page.text)
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_before_the_door_forms_are_signed_with_a_cookie_of_their_own(
    stranger: Seat, client: Client
) -> None:
    shown = await stranger.get("/door")
    given = shown.headers["Set-Cookie"]
    for attribute in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=3600"):
        assert attribute in given
    token = given.partition("=")[2].partition(";")[0]
    door = Seat(client, token, cookie="__Host-console-door")
    assert (await door.post("/door", text="/console/talks")).where == "/console/talks"
    assert "Set-Cookie" not in (await door.get("/door")).headers
    for stale in (Seat(client), Seat(client, "", cookie="__Host-console-door")):
        refused = await stale.post("/door", text="/console/talks")
        assert refused.status == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.vn",
        "/\\evil.vn",
        "https:evil.vn",
        "https://evil.vn/console/",
        "/console//evil.vn",
        "/console/../",
        "/console/.",
        "/consolee",
        "/console/%0d%0aSet-Cookie:x",
        "/console/\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "/console/?next=//evil.vn",
    ],
)
async def test_nobody_is_led_out_of_the_console(client: Client, elsewhere: str) -> None:
    door = Seat(client, fresh_token(), cookie="__Host-console-door")
    shown = await door.post("/door", text=elsewhere)
    assert shown.where in ("/console/", "")
    assert "x" not in shown.headers.getall("Set-Cookie", [])


async def test_a_faulty_form_comes_back_with_what_was_typed_and_what_to_mend(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post("/specimen/xa-a", text=" ", count="10", secret="giữ kín")
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert shown.heading == "Xã A| |"
    assert "Mục này bắt buộc. Ghi một số nguyên từ 0 đến 9." in shown.text
    assert "giữ kín" not in shown.text
    again = await seat.post("/specimen/xa-a", text="again")
    assert "viết khác đi" in again.text


@pytest.mark.parametrize("field", ["office", "role", "active", "__class__", "text2", "_csrf2"])
async def test_a_field_the_form_does_not_have_is_refused(signed_in: Reception, field: str) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post("/specimen/xa-a", text="một hai ba", **{field: "1"})
    assert (shown.status, shown.heading) == (HTTPStatus.BAD_REQUEST, "Chưa nhận được biểu mẫu")


async def test_a_field_sent_twice_is_refused(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    body = f"_csrf={form_token(seat.token)}&text=mot+hai&text=ba+bon"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await seat.send("/specimen/xa-a", body, **headers)).status == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "a" * 5_000},
        {"text": "a" * 501},
        {f"f{number}": "" for number in range(10)},
    ],
)
async def test_a_form_beyond_its_limits_is_refused(
    signed_in: Reception, fields: dict[str, str]
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post("/specimen/xa-a", **fields)
    assert shown.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "tối đa 4 KB" in shown.text


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/json"}, "{}", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"Content-Type": "text/plain"}, "_csrf=1", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        (
            {"Content-Type": "multipart/form-data; boundary=x"},
            "--x--",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"},
            "_csrf=1",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            {"Content-Type": "application/x-www-form-urlencoded; charset=klingon"},
            "_csrf=1",
            HTTPStatus.BAD_REQUEST,
        ),
        (
            {"Content-Type": "application/x-www-form-urlencoded"},
            b"_csrf=\xff\xfe",
            HTTPStatus.BAD_REQUEST,
        ),
    ],
)
async def test_what_is_no_form_is_refused(
    signed_in: Reception, headers: dict[str, str], body: str | bytes, status: HTTPStatus
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.send("/specimen/xa-a", body, **headers)
    assert shown.status == status
    assert shown.heading == "Chưa nhận được biểu mẫu"


def _multipart(seat: Seat, name: str, body: str) -> tuple[dict[str, str], str]:
    part = "--x\r\nContent-Disposition: form-data; name="
    text = (
        f'{part}"_csrf"\r\n\r\n{form_token(seat.token)}\r\n'
        f'{part}"file"; filename="{name}"\r\n\r\n{body}\r\n--x--\r\n'
    )
    return {"Content-Type": "multipart/form-data; boundary=x"}, text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bang.csv", "bang.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\Users\\\\bang.csv", "bang.csv"),
    ],
)
async def test_a_file_is_taken_under_the_last_part_of_its_name(
    signed_in: Reception, name: str, told: str
) -> None:
    seat = await signed_in(Role.PREPARER)
    headers, body = _multipart(seat, name, "mã;tên")
    assert (await seat.send("/file", body, **headers)).text == f"{told}: 8"


MANY = "".join(f"X-{number}: 1\r\n" for number in range(20_000))
PART = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n'
END = "\r\n1\r\n--x--\r\n"
NESTED = "Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n1\r\n--y--\r\n--x--\r\n"
CHARSET = '--x\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\n'


# aiohttp leaves the file of a part that breaks off to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("boundary", "body"),
    [
        ("; boundary=x", PART + MANY + END),
        ("; boundary=x", PART + f"X: {'y' * 50_000}\r\n" + END),
        ("; boundary=x", PART + "no header\r\n" + END),
        ("; boundary=x", PART + "Content-Transfer-Encoding: klingon\r\n" + END),
        ("; boundary=x", PART + "Content-Transfer-Encoding: base64\r\n" + END),
        ("; boundary=x", PART + NESTED),
        ("; boundary=x", "--x\r\n" + NESTED),
        ("; boundary=x", "--x\r\n" + END),
        ("; boundary=x", PART),
        ("; boundary=x", PART + "\r\n1"),
        ("; boundary=x", f"{CHARSET}{'k' * 40}{END}"),
        ("; boundary=x", "no form"),
        ("; boundary=x", ""),
        ("; boundary=" + "y" * 80, PART + END),
        ("; boundary=", PART + END),
        ("", PART + END),
        (
            "; boundary=x",
            '--x\r\nContent-Disposition: form-data; name="file"\r\n'
            "Content-Type: text/plain; charset=klingon\r\n" + END,
        ),
    ],
)
async def test_a_malformed_form_with_files_is_refused_without_a_fault_of_ours(
    signed_in: Reception, boundary: str, body: str
) -> None:
    seat = await signed_in(Role.PREPARER)
    headers = {"Content-Type": f"multipart/form-data{boundary}"}
    shown = await seat.send("/large-file", body, **headers)
    assert shown.status == HTTPStatus.BAD_REQUEST
    assert shown.heading == "Chưa nhận được biểu mẫu"


async def test_a_file_missing_or_too_large_is_refused(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    headers, body = _multipart(seat, "", "")
    missing = await seat.send("/file", body, **headers)
    assert "Hãy chọn một tệp." in missing.text
    headers, body = _multipart(seat, "bang.csv", "a" * 5_000)
    assert (
        await seat.send("/file", body, **headers)
    ).status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


async def test_what_must_be_sure_asks_for_the_password_again(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    fields = {"_csrf": form_token(seat.token), "text": "một hai ba"}
    page, again = "http://ours/console/specimen/xa-a?q=1", "failed%3Ddo_again"
    asked = await seat.send("/sure", fields, Referer=page)
    # The form has a secret, which no page may carry: it is to be sent again.
    assert asked.where == f"/console/sure?next=/console/specimen/xa-a%3Fq%3D1%26{again}"
    led = await seat.send("/sure", fields)
    assert led.where == f"/console/sure?next=/console/%3F{again}"
    sure = await signed_in(Role.PREPARER, sure=True)
    assert (await sure.post("/sure", text="một hai ba")).text == "một hai ba"
    house.clock.move(timedelta(minutes=11))
    assert "/console/sure" in (await sure.post("/sure", text="một hai ba")).where


async def test_a_fault_of_ours_is_admitted_with_an_id_and_nothing_of_the_inside(
    signed_in: Reception,
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post("/specimen/xa-a", text="broken")
    assert shown.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert shown.heading == "Hệ thống trục trặc"
    assert "nobody must see" not in shown.text


async def test_without_a_database_the_page_says_when_to_come_back(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    async with house.database.writing() as connection:
        await connection.exec_driver_sql("DROP TABLE sessions")
    shown = await seat.get("/specimen")
    assert shown.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert shown.headers["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere", HTTPStatus.NOT_FOUND), ("/static/..%2fapp.py", HTTPStatus.NOT_FOUND)],
)
async def test_what_is_not_there_is_said_on_a_page_of_the_console(
    stranger: Seat, path: str, status: HTTPStatus
) -> None:
    shown = await stranger.get(path)
    assert (shown.status, shown.heading) == (status, "Không có trang này")


async def test_a_way_takes_only_its_method(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post("/specimen")
    assert shown.status == HTTPStatus.METHOD_NOT_ALLOWED
    assert shown.headers["Allow"] == "GET"


@pytest.mark.parametrize("path", ["/specimen", "/door", "/nowhere", "/specimen/xa-b"])
async def test_every_page_is_guarded_and_kept_nowhere(signed_in: Reception, path: str) -> None:
    seat = await signed_in(Role.PREPARER)
    headers = (await seat.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


async def test_redirects_are_sealed(stranger: Seat) -> None:
    headers = (await stranger.get("/specimen")).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; frame")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]
)
async def test_what_is_shown_is_text_whatever_stands_in_it(
    signed_in: Reception, text: str
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.get(f"/specimen?q={text.replace('=', '%3D')}")
    assert f"<p>{escape(text)}</p>" in shown.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("done=saved", True),
        ("done=scheduled&day=20/11/2026", True),
        ("done=scheduled&day=<b>", False),
        ("done=scheduled", False),
        ("done=nothing", False),
        ("done=", False),
    ],
)
async def test_what_was_done_is_said_in_words_of_ours_only(
    signed_in: Reception, asked: str, said: bool
) -> None:
    seat = await signed_in(Role.PREPARER)
    assert ('role="status"' in (await seat.get(f"/specimen?{asked}")).text) == said


async def test_the_navigation_holds_what_the_officer_may_open(signed_in: Reception) -> None:
    link = r'<a href="/console/specimen"[^>]*>Thẻ thủ tục</a>'
    assert re.search(link, (await (await signed_in(Role.PREPARER)).get("/specimen")).text)
    assert "<nav" not in (await (await signed_in()).get("/specimen")).text


async def test_on_a_network_without_https_cookies_are_plain(house: ConsoleHouse) -> None:
    house.settings = Settings(console_plain_http="on")
    async with console_client(house, [specimen.room]) as client:
        given = (await Seat(client).get("/door")).headers["Set-Cookie"]
    assert given.startswith("console-door=")
    assert "Secure" not in given


async def test_files_are_kept_by_their_fingerprint(house: ConsoleHouse) -> None:
    async with console_client(house) as client:
        shown = await Seat(client).get("/static/console.css")
    assert shown.headers["Content-Type"].startswith("text/css")


async def test_without_the_last_stroke_the_console_is_found_too(stranger: Seat) -> None:
    shown = await stranger.get("")
    assert shown.where == "/console/"


def test_a_way_without_rule_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        Room("x").page("/x", queries=0)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Room("x").act("/x", form=specimen.Note)  # type: ignore[call-arg]


def test_a_page_of_the_navigation_needs_a_place_there(house: ConsoleHouse) -> None:
    room = Room("x")
    room.page("/x", Action.HOME_SEE, queries=0, menu="nowhere")(specimen.own)
    with pytest.raises(ValueError, match="nowhere"):
        create_console(house, [room])
