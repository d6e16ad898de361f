"""What somebody tries who wants to come in without being asked: each refused, and how."""

from __future__ import annotations

import base64
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import pytest
from sqlalchemy import select

from bot.console.cookies import fresh_token
from bot.console.origin import form_token
from bot.officials.models import Purpose, Role
from bot.settings import Settings
from bot.storage.console_tables import audit_entries
from bot.storage.officer_rows import find_login, grants_of
from bot.storage.people_tables import officers
from tests.fakes.console import Client, ConsoleHouse, Seat, Shown, console_client
from tests.fakes.visitor import DEVICE, DOOR, SESSION, codes_shown, secret_shown
from tests.integration.console.hiring import ANOTHER, PASSWORD, Application, Office

FORM = "application/x-www-form-urlencoded"
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}${7*7}",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
)


@pytest.fixture
def office(house: ConsoleHouse, client: Client) -> Office:
    return Office(house, client)


# ---------------------------------------------------------------- forms of others' pages


@pytest.mark.parametrize("path", ["/sign-in", "/link"])
async def test_the_door_takes_only_forms_of_its_own_page(office: Office, path: str) -> None:
    await office.hires("lan")
    fields = {"login": "lan", "password": PASSWORD}
    visitor = office.visitor()
    await visitor.get("/sign-in")
    stranger = Seat(office.client, visitor.cookies[DOOR], cookie=DOOR)
    without = Seat(office.client)
    for seat, token in ((stranger, ""), (stranger, form_token(fresh_token())), (without, "x")):
        shown = await seat.post(path, token, **fields)
        assert shown.status == HTTPStatus.FORBIDDEN
        assert "Set-Cookie" not in shown.headers
    body = f"_csrf={form_token(visitor.cookies[DOOR])}&login=lan&password={quote(PASSWORD)}"
    for sent_from in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.vn"},
        {"Origin": "null"},
    ):
        shown = await stranger.send(path, body, **{"Content-Type": FORM}, **sent_from)
        assert shown.status == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("public", "host", "origin", "status"),
    [
        ("", "evil.vn", "http://evil.vn", HTTPStatus.FORBIDDEN),
        ("", "127.0.0.1.evil.vn:8080", "http://127.0.0.1.evil.vn:8080", HTTPStatus.FORBIDDEN),
        ("", "x]", "http://x]", HTTPStatus.FORBIDDEN),
        ("", "10.0.0.5:8080", "http://10.0.0.6:8080", HTTPStatus.FORBIDDEN),
        ("", "localhost:8080", "http://localhost:8080", HTTPStatus.SEE_OTHER),
        ("", "10.0.0.5:8080", "http://10.0.0.5:8080", HTTPStatus.SEE_OTHER),
        ("", "[::1]:8080", "http://[::1]:8080", HTTPStatus.SEE_OTHER),
        ("https://hoi.vn", "bot:8080", "https://hoi.vn", HTTPStatus.SEE_OTHER),
        ("https://hoi.vn", "10.0.0.5:8080", "http://10.0.0.5:8080", HTTPStatus.SEE_OTHER),
        ("https://hoi.vn", "evil.vn", "http://evil.vn", HTTPStatus.FORBIDDEN),
        ("https://hoi.vn", "hoi.vn", "", HTTPStatus.FORBIDDEN),
    ],
)
async def test_forms_come_from_an_address_or_the_name_that_is_ours(
    house: ConsoleHouse, public: str, host: str, origin: str, status: HTTPStatus
) -> None:
    house.settings = Settings(public_url=public) if public else Settings()
    async with console_client(house) as client:
        office = Office(house, client)
        await office.hires("lan")
        visitor = office.visitor()
        page = await visitor.get("/sign-in")
        door = Seat(client, visitor.cookies[DOOR], cookie=DOOR)
        fields = {"_csrf": form_token(door.token), "login": "lan", "password": PASSWORD}
        shown = await door.send("/sign-in", fields, Host=host, Origin=origin)
        assert shown.status == status
        page = await door.get("/sign-in", Host=host)
        if "evil" in host:
            assert ("PUBLIC_URL" in page.text) == (not public)


async def test_the_token_of_the_door_and_of_an_old_session_sign_nothing_afterwards(
    office: Office,
) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    await visitor.get("/sign-in")
    at_the_door = visitor.cookies[DOOR]
    await visitor.signs_in("lan", PASSWORD)
    seat = Seat(office.client, visitor.session)
    before = form_token(visitor.session)
    fields = {"old": PASSWORD, "password": ANOTHER, "again": ANOTHER}
    shown = await seat.post("/account/password", form_token(at_the_door), **fields)
    assert shown.status == HTTPStatus.FORBIDDEN
    await visitor.post("/account/password", **fields)
    seat = Seat(office.client, visitor.session)
    assert (await seat.post("/sign-out", before)).status == HTTPStatus.FORBIDDEN


async def test_signing_out_by_a_link_somebody_sent_does_not_work(office: Office) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    assert (await visitor.get("/sign-out")).status == HTTPStatus.METHOD_NOT_ALLOWED
    assert (await visitor.get("/account")).status == HTTPStatus.OK


# ---------------------------------------------------------------- cookies


async def test_cookies_are_for_this_host_over_https_and_for_no_script(office: Office) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    given = (await visitor.get("/sign-in")).headers.getall("Set-Cookie")
    given += (await visitor.signs_in("lan", PASSWORD)).headers.getall("Set-Cookie")
    kept = {line.partition("=")[0]: line for line in given if "Max-Age=0" not in line}
    assert set(kept) == {SESSION, DOOR, DEVICE}
    for line in kept.values():
        for part in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"):
            assert part in line
        assert "Domain" not in line
    assert "Max-Age" not in kept[SESSION]


@pytest.mark.parametrize("value", ["", "x", "a" * 3_000, "'; drop table sessions", "%00", "é"])
async def test_a_cookie_of_somebody_elses_making_is_none(office: Office, value: str) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    visitor.cookies |= {SESSION: quote(value), DEVICE: quote(value)}
    assert (await visitor.get("/account")).where.startswith("/console/sign-in")
    assert (await visitor.signs_in("lan", PASSWORD)).where == "/console/"


# ---------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    "login", [*NASTY, "lan\x00", "' or 1=1 --", "lan\r\nSet-Cookie: x=1", "a" * 128, "ｌａｎ"]
)
async def test_no_login_typed_is_more_than_text(office: Office, login: str) -> None:
    await office.hires("lan")
    shown = await office.visitor().signs_in(login, "sai")
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not any(nasty in shown.text for nasty in NASTY if "<" in nasty)
    assert "7*7" not in login or login in shown.text
    assert "x=1" not in str(shown.headers)


@pytest.mark.parametrize("password", ["a\x00b" * 10, "ế" * 128, "\ud7ff" * 128, " " * 20])
async def test_any_password_is_looked_at_or_refused_in_words(
    office: Office, password: str
) -> None:
    await office.hires("lan")
    shown = await office.visitor().signs_in("lan", password)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"password": "x" * 513}, HTTPStatus.UNPROCESSABLE_ENTITY),
        ({"login": "x" * 129}, HTTPStatus.UNPROCESSABLE_ENTITY),
        ({"password": "x" * 20_001}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        ({"password": "x" * 70_000}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        ({f"f{n}": "" for n in range(201)}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        ({"role": "administrator"}, HTTPStatus.BAD_REQUEST),
        ({"stage": "full"}, HTTPStatus.BAD_REQUEST),
        ({"officer": "1"}, HTTPStatus.BAD_REQUEST),
    ],
)
async def test_more_than_the_door_asks_for_is_refused(
    office: Office, fields: dict[str, str], status: HTTPStatus
) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    await visitor.get("/sign-in")
    shown = await visitor.post("/sign-in", **({"login": "lan", "password": PASSWORD} | fields))
    assert shown.status == status
    assert visitor.session == ""
    assert office.hasher.asked == []


async def test_a_link_gives_a_password_and_nothing_besides(office: Office) -> None:
    officer = await office.hires("lan")
    token = (await office.links(officer)).partition("t=")[2]
    visitor = office.visitor()
    for more in ({"login": "admin"}, {"role": "administrator"}, {"officer": "1"}, {"office": ""}):
        fields = {"t": token, "password": ANOTHER, "again": ANOTHER} | more
        assert (await visitor.post("/link", **fields)).status == HTTPStatus.BAD_REQUEST
    shown = await visitor.post("/link", t=token, password=ANOTHER, again=ANOTHER)
    assert shown.status == HTTPStatus.SEE_OTHER
    async with office.house.database.reading() as connection:
        row = await find_login(connection, "lan")
        (grant,) = (await grants_of(connection, [officer]))[officer]
    assert row
    assert (grant.role, row.active, row.office) == (Role.PREPARER, True, "xa-a")


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "' or 1=1", "x" * 5_000, "%00"])
async def test_a_made_up_link_is_gone_like_any_other(office: Office, token: str) -> None:
    await office.links(await office.hires("lan"))
    shown = await office.visitor().get(f"/link?t={quote(token)}")
    assert (shown.status, shown.heading) == (HTTPStatus.OK, "Liên kết không còn dùng được")


async def test_a_link_of_another_purpose_or_a_guessed_one_opens_no_session(
    office: Office,
) -> None:
    path = await office.links(await office.hires("lan"), Purpose.RESET)
    visitor = office.visitor()
    visitor.cookies[SESSION] = path.partition("t=")[2]
    assert (await visitor.get("/account")).where.startswith("/console/sign-in")


# ---------------------------------------------------------------- where it leads


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.vn",
        "/\\evil.vn",
        "https:evil.vn",
        "https://evil.vn/console/",
        "/console/..//evil.vn",
        "/console/%2e%2e/",
        "/console/\r\nLocation: //evil.vn",
        "/console@evil.vn",
        "javascript:alert(1)",
        '/console/"><script>',
    ],
)
async def test_coming_in_leads_nowhere_else(office: Office, elsewhere: str) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    page = await visitor.get(f"/sign-in?next={quote(elsewhere)}")
    assert "<script>" not in page.text
    shown = await visitor.signs_in("lan", PASSWORD, next=elsewhere)
    assert shown.status == HTTPStatus.SEE_OTHER
    assert shown.where == "/console/"
    office.house.clock.move(timedelta(minutes=11))
    shown = await visitor.post("/sure", password=PASSWORD, next=elsewhere)
    assert shown.where == "/console/"


async def test_the_second_step_leads_nowhere_else(office: Office) -> None:
    _, application, _ = await office.enrolled()
    visitor = office.visitor()
    shown = await visitor.signs_in("lan", PASSWORD, next="//evil.vn")
    assert shown.where == "/console/second?next=/console/"
    shown = await visitor.post("/second", code=application.code(), next="//evil.vn")
    assert shown.where == "/console/"


# ---------------------------------------------------------------- what is shown of others' words


async def test_what_browsers_and_officers_call_themselves_stays_text(office: Office) -> None:
    officer = await office.hires("lan")
    async with office.house.database.writing() as connection:
        await connection.execute(officers.update().values(name=NASTY[0], title=NASTY[1]))
    path = await office.links(officer)
    visitor = office.visitor()
    visitor.agent = NASTY[1] + NASTY[3] + "x" * 500
    await visitor.signs_in("lan", PASSWORD)
    for shown in (await visitor.get("/account"), await visitor.get(path)):
        assert shown.status == HTTPStatus.OK
        assert not any(nasty in shown.text for nasty in NASTY)
    assert "&lt;svg/onload" in (await visitor.get("/account")).text


# ---------------------------------------------------------------- what must never be seen


async def test_no_secret_of_a_whole_journey_is_logged_shown_again_or_remembered(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets, pages = await _journey(office)
    async with office.house.database.reading() as connection:
        record = str((await connection.execute(select(audit_entries))).all())
    logged = capsys.readouterr()
    for name, secret in secrets.items():
        assert secret not in record, name
        assert secret not in logged.out + logged.err, name
        assert [shown for shown in pages if secret in shown.text] == [], name
        assert [shown for shown in pages if secret in shown.where] == [], name
    assert "sign_in_refused" in logged.out


async def _journey(office: Office) -> tuple[dict[str, str], list[Shown]]:
    """Go every way through the door; give the secrets of it, and the pages that hold none."""
    officer = await office.hires("lan", Role.ADMINISTRATOR, password="")
    visitor, token = office.visitor(), (await office.links(officer)).partition("t=")[2]
    secrets = {"link": token, "first": PASSWORD, "next": ANOTHER, "wrong": "gõ nhầm một câu"}
    pages = [await visitor.post("/link", t=token, password=PASSWORD, again=PASSWORD)]
    pages.append(await visitor.signs_in("lan", secrets["wrong"]))
    pages.append(await visitor.signs_in("lan", PASSWORD))
    secrets["half"] = visitor.session
    asked = await visitor.get("/enrol")
    application = Application(office.house, base64.b32decode(secret_shown(asked.text)))
    secrets |= {"secret": base64.b32encode(application.secret).decode()}
    secrets |= {"code": application.code()}
    codes = codes_shown((await visitor.post("/enrol", code=secrets["code"])).text)
    secrets |= {f"recovery {n}": code for n, code in enumerate(codes)}
    secrets |= {"whole": visitor.session, "device": visitor.cookies[DEVICE]}
    fields = {"old": PASSWORD, "password": ANOTHER, "again": ANOTHER}
    pages.append(await visitor.post("/account/password", **fields))
    secrets["last"] = visitor.session
    visitor.forgets_the_session()
    pages.append(await visitor.signs_in("lan", ANOTHER))
    pages.append(await visitor.post("/second", recovery=codes[0]))
    pages.append(await visitor.get("/account"))
    return secrets, pages
