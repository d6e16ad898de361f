"""Signing in, the second factor, links and leaving: each rule of the door, over HTTP."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import event, select

from bot.casework.deeds import COMMAND_LINE, acting
from bot.console.cookies import hash_of
from bot.console.origin import form_token
from bot.console.people.enrolment import reset_second_factor
from bot.console.people.porch import MOST
from bot.console.people.sealing import Seal
from bot.officials.models import OfficerId, Purpose, Role
from bot.settings import Settings
from bot.storage.console_tables import audit_entries
from bot.storage.credential_rows import second_factor_of, set_password
from bot.storage.officer_rows import find_officer, switch
from bot.storage.people_tables import devices, links, officers, sessions, throttles
from tests.conftest import NOON
from tests.fakes.console import Client, ConsoleHouse, Shown, console_client
from tests.fakes.visitor import DEVICE, DOOR, SESSION, codes_shown, secret_shown
from tests.integration.console.hiring import ANOTHER, PASSWORD, Application, Office

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
CODE_WRONG = "Mã chưa đúng hoặc đã hết hạn."


@pytest.fixture
def office(house: ConsoleHouse, client: Client) -> Office:
    return Office(house, client)


@contextmanager
def statements(house: ConsoleHouse) -> Iterator[list[str]]:
    """Collect what the database is asked meanwhile."""
    asked: list[str] = []

    def note(*told: Any) -> None:
        asked.append(told[2])

    engine = house.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def is_in(shown: Shown) -> bool:
    return shown.status == HTTPStatus.SEE_OTHER


# ---------------------------------------------------------------- login and password


async def test_who_has_login_and_password_comes_in_and_leaves(office: Office) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    shown = await visitor.signs_in(" LAN ", PASSWORD, next="/console/account")
    assert (shown.status, shown.where) == (HTTPStatus.SEE_OTHER, "/console/account")
    page = await visitor.get("/account")
    assert (page.status, page.heading) == (HTTPStatus.OK, "Tài khoản của tôi")
    shown = await visitor.post("/sign-out")
    assert shown.where == "/console/sign-in?done=signed_out"
    assert visitor.session == ""
    assert await office.count(sessions) == 0
    assert await office.deeds() == ["signed_in", "signed_out"]


async def test_all_who_may_not_come_in_are_told_the_same_after_the_same_work(
    office: Office,
) -> None:
    await office.hires("lan")
    off = await office.hires("off")
    await office.hires("fresh", password="")
    async with office.house.database.writing() as connection:
        await switch(connection, off, on=False, at=NOON)
    told = set()
    for login in ("lan", "off", "fresh", "nobody"):
        visitor = office.visitor()
        await visitor.get("/sign-in")
        with statements(office.house) as asked:
            shown = await visitor.signs_in(login, "một câu không đúng")
        assert WRONG in shown.text
        text = shown.text.replace(f'value="{login}"', "").replace(visitor.cookies[DOOR], "")
        text = text.replace(form_token(visitor.cookies[DOOR]), "")
        told.add((shown.status, visitor.session, text, tuple(asked)))
    assert len(told) == 1
    assert len(office.hasher.asked) == 4


async def test_a_wrong_password_leaves_the_login_typed_and_not_the_password(
    office: Office,
) -> None:
    shown = await office.visitor().signs_in("lan", "mật khẩu gõ nhầm đây")
    assert 'value="lan"' in shown.text
    assert "gõ nhầm" not in shown.text


async def test_after_five_failures_one_waits_and_longer_each_time(office: Office) -> None:
    await office.hires("lan")
    visitor, clock = office.visitor(), office.house.clock
    for _ in range(5):
        assert WRONG in (await visitor.signs_in("lan", "sai")).text
    for seconds in (5, 10, 20, 40):
        shown = await visitor.signs_in("lan", PASSWORD)
        assert f"Xin chờ {seconds} giây" in shown.text
        clock.move(timedelta(seconds=seconds))
        assert WRONG in (await visitor.signs_in("lan", "sai")).text
    clock.move(timedelta(seconds=80))
    assert is_in(await visitor.signs_in("lan", PASSWORD))
    assert await office.count(throttles) == 0


async def test_nobody_else_of_the_same_address_waits(office: Office) -> None:
    await office.hires("lan")
    await office.hires("hoa")
    for _ in range(6):
        await office.visitor().signs_in("lan", "sai")
    assert is_in(await office.visitor().signs_in("hoa", PASSWORD))


async def test_strangers_guesses_do_not_slow_the_owner_on_a_device_known(office: Office) -> None:
    await office.hires("lan")
    owner = office.visitor()
    await owner.signs_in("lan", PASSWORD)
    owner.forgets_the_session()
    for _ in range(6):
        await office.visitor().signs_in("lan", "sai")
    assert "Xin chờ" in (await office.visitor().signs_in("lan", PASSWORD)).text
    assert is_in(await owner.signs_in("lan", PASSWORD))


async def test_a_device_known_of_one_is_none_of_anothers(office: Office) -> None:
    await office.hires("lan")
    await office.hires("hoa")
    shared = office.visitor()
    await shared.signs_in("lan", PASSWORD)
    shared.forgets_the_session()
    for _ in range(6):
        await office.visitor().signs_in("hoa", "sai")
    assert "Xin chờ" in (await shared.signs_in("hoa", PASSWORD)).text


async def test_guesses_sent_all_at_once_are_not_all_heard(office: Office) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    await visitor.get("/sign-in")
    told = await asyncio.gather(*(visitor.signs_in("lan", f"sai {n}") for n in range(12)))
    assert sum(WRONG in shown.text for shown in told) == 5


async def test_logins_nobody_has_wait_just_the_same_and_keep_no_word_typed(
    office: Office,
) -> None:
    visitor = office.visitor()
    for _ in range(5):
        await visitor.signs_in("mật khẩu gõ nhầm ô", "sai")
    assert "Xin chờ 5 giây" in (await visitor.signs_in("mật khẩu gõ nhầm ô", "sai")).text
    async with office.house.database.reading() as connection:
        keys = (await connection.execute(select(throttles.c.key))).scalars().all()
    assert len(keys) == 1
    assert "mật" not in keys[0]


async def test_a_password_of_older_rules_is_stored_anew(office: Office) -> None:
    officer = await office.hires("lan")
    async with office.house.database.writing() as connection:
        await set_password(connection, officer, f"old {PASSWORD}", at=NOON)
    assert is_in(await office.visitor().signs_in("lan", PASSWORD))
    async with office.house.database.reading() as connection:
        stored = (await connection.execute(select(officers.c.password_hash))).scalar()
    assert stored == f"plain {PASSWORD}"


# ---------------------------------------------------------------- sessions


async def test_a_token_known_before_signing_in_is_worth_nothing_afterwards(
    office: Office,
) -> None:
    await office.hires("lan")
    visitor = office.visitor()
    planted = "A" * 43
    visitor.cookies[SESSION] = planted
    assert is_in(await visitor.signs_in("lan", PASSWORD))
    assert visitor.session != planted
    other = office.visitor()
    other.cookies[SESSION] = planted
    assert (await other.get("/account")).where.startswith("/console/sign-in")


async def test_a_session_ends_idle_or_old(office: Office) -> None:
    await office.hires("lan")
    visitor, clock = office.visitor(), office.house.clock
    await visitor.signs_in("lan", PASSWORD)
    for _ in range(26):
        clock.move(timedelta(minutes=27))
        assert (await visitor.get("/account")).status == HTTPStatus.OK
    clock.move(timedelta(minutes=19))
    assert (await visitor.get("/account")).where.startswith("/console/sign-in")
    await visitor.signs_in("lan", PASSWORD)
    clock.move(timedelta(minutes=31))
    assert (await visitor.get("/account")).where.startswith("/console/sign-in")


async def test_only_hashes_of_tokens_are_stored(office: Office) -> None:
    officer = await office.hires("lan")
    path = await office.links(officer)
    visitor = office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    secrets = [visitor.session, visitor.cookies[DEVICE], path.partition("t=")[2]]
    async with office.house.database.reading() as connection:
        for table in (sessions, devices, links):
            rows = str((await connection.execute(select(table))).all())
            assert [one for one in secrets if one in rows] == []
        stored = (await connection.execute(select(sessions.c.token_hash))).scalar()
    assert stored == hash_of(visitor.session)


async def test_officers_end_their_own_sessions_and_nobody_elses(office: Office) -> None:
    await office.hires("lan")
    await office.hires("hoa")
    here, there, hoa = office.visitor(), office.visitor(), office.visitor()
    for visitor, login in ((here, "lan"), (there, "lan"), (hoa, "hoa")):
        await visitor.signs_in(login, PASSWORD)
    ids = await _session_ids(office)
    for session in (ids[hoa.session], "x", "²", 2**70):
        shown = await here.post(f"/account/sessions/{session}/end")
        assert shown.where == "/console/account?done=session_gone"
    assert await office.count(sessions) == 3
    shown = await here.post(f"/account/sessions/{ids[there.session]}/end")
    assert shown.where == "/console/account?done=session_ended"
    assert (await there.get("/account")).where.startswith("/console/sign-in")
    shown = await here.post(f"/account/sessions/{ids[there.session]}/end")
    assert shown.where == "/console/account?done=session_gone"
    await there.signs_in("lan", PASSWORD)
    shown = await here.post("/account/sessions/end-others")
    assert shown.where == "/console/account?done=sessions_ended"
    shown = await here.post("/account/sessions/end-others")
    assert shown.where == "/console/account?done=no_sessions"
    assert (await there.get("/account")).where.startswith("/console/sign-in")
    for visitor in (here, hoa):
        assert (await visitor.get("/account")).status == HTTPStatus.OK


async def _session_ids(office: Office) -> dict[str, int]:
    """Give the public name of each session by its token's hash."""
    async with office.house.database.reading() as connection:
        rows = (await connection.execute(select(sessions))).all()

    class ByToken(dict[str, int]):
        def __missing__(self, token: str) -> int:
            return self[hash_of(token)]

    return ByToken({row.token_hash: row.id for row in rows})


# ---------------------------------------------------------------- one-time links


async def test_a_link_sets_the_first_password_once(office: Office) -> None:
    officer = await office.hires("lan", password="")
    path = await office.links(officer)
    visitor = office.visitor()
    for _ in range(2):  # a messenger looks at it first
        shown = await visitor.get(path)
        assert (shown.heading, "Trần Văn Bình" in shown.text) == ("Đặt mật khẩu lần đầu", True)
    token = path.partition("t=")[2]
    shown = await visitor.post("/link", t=token, password=PASSWORD, again=PASSWORD)
    assert shown.where == "/console/sign-in?done=link_set"
    shown = await visitor.post("/link", t=token, password=ANOTHER, again=ANOTHER)
    assert shown.heading == "Liên kết không còn dùng được"
    assert is_in(await visitor.signs_in("lan", PASSWORD))


async def test_two_who_use_a_link_at_once_do_not_both(office: Office) -> None:
    token = (await office.links(await office.hires("lan"))).partition("t=")[2]
    visitors = [office.visitor() for _ in range(4)]
    for visitor in visitors:
        await visitor.get("/sign-in")
    told = await asyncio.gather(
        *(
            visitor.post("/link", t=token, password=f"{ANOTHER} {n}", again=f"{ANOTHER} {n}")
            for n, visitor in enumerate(visitors)
        )
    )
    assert sum(is_in(shown) for shown in told) == 1


@pytest.mark.parametrize(
    ("purpose", "hours"), [(Purpose.FIRST, 1), (Purpose.INVITE, 48), (Purpose.RESET, 2)]
)
async def test_an_expired_an_unknown_and_a_switched_off_link_look_alike(
    office: Office, purpose: Purpose, hours: int
) -> None:
    officer = await office.hires("lan")
    path, visitor = await office.links(officer, purpose), office.visitor()
    gone = (await visitor.get("/link?t=" + "x" * 43)).text
    office.house.clock.move(timedelta(hours=hours, seconds=-1))
    assert (await visitor.get(path)).text != gone
    async with office.house.database.writing() as connection:
        await switch(connection, officer, on=False, at=NOON)
    off = (await visitor.get(path)).text
    office.house.clock.move(timedelta(seconds=1))
    assert off.count("<") == gone.count("<") == (await visitor.get(path)).text.count("<")
    assert "Liên kết không còn dùng được" in off


async def test_a_reset_ends_sessions_other_links_and_devices(office: Office) -> None:
    officer = await office.hires("lan")
    thief = office.visitor()
    await thief.signs_in("lan", PASSWORD)
    token = (await office.links(officer, Purpose.RESET)).partition("t=")[2]
    assert (await thief.get("/account")).status == HTTPStatus.OK
    visitor = office.visitor()
    await visitor.post("/link", t=token, password=ANOTHER, again=ANOTHER)
    assert (await thief.get("/account")).where.startswith("/console/sign-in")
    assert await office.count(devices) == 0
    assert WRONG in (await thief.signs_in("lan", PASSWORD)).text
    assert is_in(await visitor.signs_in("lan", ANOTHER))


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("ngắn quá", "ngắn quá", "ít nhất 12"),
        ("matkhau123456", "matkhau123456", "dễ bị đoán"),
        (PASSWORD, ANOTHER, "chưa giống nhau"),
        ("Trần Văn Bình", "Trần Văn Bình", "không được là tên"),
        ("xa a 123456789", "xa a 123456789", "không được là tên"),
        ("123456789012", "123456789012", "dãy liền nhau"),
    ],
)
async def test_a_password_not_good_enough_leaves_the_link_as_it_was(
    office: Office, password: str, again: str, told: str
) -> None:
    path = await office.links(await office.hires("lan", password=""))
    token = path.partition("t=")[2]
    shown = await office.visitor().post("/link", t=token, password=password, again=again)
    assert told in shown.text
    assert password not in shown.text.replace("Trần Văn Bình", "", 1)
    assert await office.count(links, links.c.used_at.is_not(None)) == 0


# ---------------------------------------------------------------- second factor


async def test_an_administrator_sets_up_the_second_factor_before_anything_else(
    office: Office,
) -> None:
    await office.hires("lan", Role.ADMINISTRATOR)
    visitor = office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    before = visitor.session
    for path in ("/account", "/sure"):
        assert (await visitor.get(path)).where == "/console/enrol"
    first, again = await visitor.get("/enrol"), await visitor.get("/enrol")
    assert secret_shown(first.text) == secret_shown(again.text)
    assert CODE_WRONG in (await visitor.post("/enrol", code="000000")).text
    code = Application(office.house, base64.b32decode(secret_shown(first.text))).code()
    shown = await visitor.post("/enrol", code=code)
    assert len(codes_shown(shown.text)) == 10
    assert visitor.session != before
    assert (await visitor.get("/account")).status == HTTPStatus.OK
    assert await office.count(sessions) == 1
    assert await office.deeds() == ["signed_in", "second_on"]


async def test_with_a_second_factor_the_password_alone_opens_nothing(office: Office) -> None:
    _, application, _ = await office.enrolled()
    visitor = office.visitor()
    shown = await visitor.signs_in("lan", PASSWORD, next="/console/account")
    assert shown.where == "/console/second?next=/console/account"
    assert DEVICE not in visitor.cookies
    for path in ("/account", "/sure", "/enrol"):
        assert (await visitor.get(path)).where == "/console/second"
    before = visitor.session
    shown = await visitor.post("/second", code=application.code(), next="/console/account")
    assert shown.where == "/console/account"
    assert visitor.session != before
    assert DEVICE in visitor.cookies
    old = office.visitor()
    old.cookies[SESSION] = before
    assert (await old.get("/account")).where.startswith("/console/sign-in")


async def test_the_second_step_lasts_five_minutes(office: Office) -> None:
    _, application, _ = await office.enrolled()
    visitor = office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    office.house.clock.move(timedelta(minutes=5))
    shown = await visitor.post("/second", code=application.code())
    assert shown.status == HTTPStatus.UNAUTHORIZED


async def test_a_code_is_taken_once_even_by_two_at_once(office: Office) -> None:
    _, application, _ = await office.enrolled()
    visitors = [office.visitor() for _ in range(3)]
    for visitor in visitors:
        await visitor.signs_in("lan", PASSWORD)
    code = application.code()
    told = await asyncio.gather(*(visitor.post("/second", code=code) for visitor in visitors))
    assert sum(is_in(shown) for shown in told) == 1
    assert sum("vừa được dùng" in shown.text for shown in told) == 2
    late = office.visitor()
    await late.signs_in("lan", PASSWORD)
    assert "vừa được dùng" in (await late.post("/second", code=application.code(-1))).text
    office.house.clock.move(timedelta(seconds=30))
    assert is_in(await late.post("/second", code=application.code()))


async def test_who_guesses_codes_waits_and_the_owner_does_not(office: Office) -> None:
    owner, application, _ = await office.enrolled()
    owner.forgets_the_session()
    thief = office.visitor()
    await thief.signs_in("lan", PASSWORD)
    for _ in range(5):
        assert CODE_WRONG in (await thief.post("/second", code="000000")).text
    assert "Xin chờ 5 giây" in (await thief.post("/second", code=application.code())).text
    assert "Xin chờ 5 giây" in (await thief.post("/second", recovery="xxxxx-xxxxx")).text
    await owner.signs_in("lan", PASSWORD)
    assert is_in(await owner.post("/second", code=application.code()))


async def test_a_recovery_code_lets_in_once_and_few_left_are_told(office: Office) -> None:
    _, _, codes = await office.enrolled()
    for n, code in enumerate(codes):
        visitor = office.visitor()
        await visitor.signs_in("lan", PASSWORD)
        shown = await visitor.post("/second", recovery=f" {code.upper()} ")
        assert is_in(shown)
        assert ("count=" in shown.where) == (n >= 6)
    visitor = office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    shown = await visitor.post("/second", recovery=codes[0])
    assert "Mã dự phòng chưa đúng hoặc đã dùng." in shown.text
    assert (await visitor.post("/second")).status == HTTPStatus.UNPROCESSABLE_ENTITY


async def test_recovery_codes_are_saved_as_a_file_while_they_are_good(office: Office) -> None:
    visitor, _, codes = await office.enrolled()
    with statements(office.house) as asked:
        saved = await visitor.post("/account/codes/file", codes=" ".join([*codes, "<b>x</b>"]))
    assert saved.headers["Content-Disposition"] == 'attachment; filename="ma-du-phong.txt"'
    assert saved.headers["Cache-Control"] == "no-store"
    assert saved.headers["Content-Type"] == "text/plain; charset=utf-8"
    heading, *lines = saved.text.split("\r\n")
    assert "tài khoản lan" in heading
    assert lines == ["", *codes, ""]
    assert not any(one.startswith(("INSERT", "UPDATE")) for one in asked)
    await visitor.post("/account/codes")
    shown = await visitor.post("/account/codes/file", codes=" ".join(codes))
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "không còn dùng được" in shown.text
    assert codes[0] not in shown.text


async def test_new_recovery_codes_need_the_password_and_replace_the_old(office: Office) -> None:
    visitor, _, old = await office.enrolled()
    office.house.clock.move(timedelta(minutes=11))
    shown = await visitor.post("/account/codes")
    assert shown.heading == "Xác nhận lại là bạn"
    assert "chưa đúng" in (await visitor.post("/sure", password="sai", next="/console/")).text
    shown = await visitor.post("/sure", password=PASSWORD, next="/console/account")
    assert shown.where == "/console/account"
    new = codes_shown((await visitor.post("/account/codes")).text)
    assert len(set(new) - set(old)) == 10
    other = office.visitor()
    await other.signs_in("lan", PASSWORD)
    assert not is_in(await other.post("/second", recovery=old[0]))
    assert is_in(await other.post("/second", recovery=new[0]))


async def test_an_officer_may_turn_it_on_and_change_the_telephone(office: Office) -> None:
    await office.hires("lan")
    visitor, other = office.visitor(), office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    await other.signs_in("lan", PASSWORD)
    for times in range(2):
        office.house.clock.move(timedelta(minutes=11))
        shown = await visitor.get("/enrol")
        assert shown.where == "/console/sure?next=/console/enrol"
        await visitor.post("/sure", password=PASSWORD)
        page = await visitor.get("/enrol")
        assert ("thôi dùng được" in page.text) == (times == 1)
        application = Application(office.house, base64.b32decode(secret_shown(page.text)))
        assert (await visitor.post("/enrol", code=application.code())).status == HTTPStatus.OK
    assert (await other.get("/account")).where.startswith("/console/sign-in")


async def test_a_reset_second_factor_ends_all_and_must_be_set_up_anew(office: Office) -> None:
    visitor, _, _ = await office.enrolled()
    house = office.house
    async with acting(house.database, house.clock, COMMAND_LINE) as doing:
        officer = await find_officer(doing.connection, OfficerId(1))
        assert officer
        assert await reset_second_factor(doing, officer, reason="mất điện thoại") == 1
    assert (await visitor.get("/account")).where.startswith("/console/sign-in")
    assert (await visitor.signs_in("lan", PASSWORD)).where.startswith("/console/enrol")


async def test_a_secret_that_cannot_be_opened_is_told_as_such(office: Office) -> None:
    await office.enrolled()
    async with office.house.database.writing() as connection:
        await connection.execute(officers.update().values(totp_secret="sealed:of another key"))
    visitor = office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    assert "CONSOLE_SECRET" in (await visitor.post("/second", code="123456")).text


# ---------------------------------------------------------------- own password


async def test_a_new_password_needs_the_old_and_ends_the_other_sessions(office: Office) -> None:
    await office.hires("lan")
    visitor, other = office.visitor(), office.visitor()
    for one in (visitor, other):
        await one.signs_in("lan", PASSWORD)

    async def change(old: str, new: str, again: str | None = None) -> Shown:
        return await visitor.post(
            "/account/password", old=old, password=new, again=new if again is None else again
        )

    assert "Mật khẩu đang dùng chưa đúng." in (await change("sai", ANOTHER)).text
    assert "phải khác" in (await change(PASSWORD, PASSWORD)).text
    assert "chưa giống nhau" in (await change(PASSWORD, ANOTHER, "x")).text
    assert "dễ bị đoán" in (await change(PASSWORD, "matkhau123456")).text
    assert (await other.get("/account")).status == HTTPStatus.OK
    before = visitor.session
    shown = await change(PASSWORD, ANOTHER)
    assert shown.where == "/console/account?done=password"
    assert visitor.session != before
    assert (await visitor.get("/account")).status == HTTPStatus.OK
    assert (await other.get("/account")).where.startswith("/console/sign-in")
    assert is_in(await other.signs_in("lan", ANOTHER))


async def test_who_stole_a_session_cannot_guess_the_password_by_it(office: Office) -> None:
    await office.hires("lan")
    thief = office.visitor()
    await thief.signs_in("lan", PASSWORD)
    for _ in range(5):
        await thief.post("/sure", password="sai", next="/console/")
    assert "Xin chờ 5 giây" in (await thief.post("/sure", password=PASSWORD)).text


@asynccontextmanager
async def a_flood(office: Office) -> AsyncIterator[None]:
    """Fill the line before the door with strangers' attempts, until the end."""
    visitor = office.visitor()
    await visitor.get("/sign-in")
    office.hasher.asked.clear()
    office.hasher.free.clear()
    flood = [asyncio.create_task(visitor.signs_in(f"ai{n}", "sai")) for n in range(MOST)]
    async with asyncio.timeout(10):
        await office.is_crowded()
    try:
        yield
    finally:
        office.hasher.free.set()
        assert all(WRONG in shown.text for shown in await asyncio.gather(*flood))


async def test_where_too_many_wait_one_is_asked_to_come_back(office: Office) -> None:
    officer = await office.hires("lan")
    visitor = office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    token = (await office.links(officer)).partition("t=")[2]
    fields = {"password": ANOTHER, "again": ANOTHER}
    async with a_flood(office):
        for shown in (
            await visitor.signs_in("lan", PASSWORD),
            await visitor.post("/link", t=token, **fields),
            await visitor.post("/account/password", old=PASSWORD, **fields),
            await visitor.post("/sure", password=PASSWORD),
        ):
            assert "Nhiều người đang đăng nhập cùng lúc." in shown.text
            assert (shown.status, shown.headers["Retry-After"]) == (429, "5")
    assert is_in(await visitor.post("/link", t=token, **fields))


async def test_a_flood_is_turned_away_before_anything_is_asked_of_the_database(
    office: Office,
) -> None:
    await office.hires("lan")
    owner = office.visitor()
    await owner.get("/sign-in")
    async with a_flood(office):
        with statements(office.house) as asked:
            for _ in range(6):
                assert 'value="lan"' in (await owner.signs_in("lan", PASSWORD)).text
        assert asked == []
    # None of them was counted: all the free tries are left.
    for _ in range(4):
        assert WRONG in (await owner.signs_in("lan", "sai")).text
    assert is_in(await owner.signs_in("lan", PASSWORD))


async def test_who_must_wait_costs_the_database_no_write(office: Office) -> None:
    visitor = office.visitor()
    for _ in range(5):
        await visitor.signs_in("lan", "sai")
    with statements(office.house) as asked:
        assert "Xin chờ 5 giây" in (await visitor.signs_in("lan", "sai")).text
    assert [one for one in asked if not one.startswith(("SELECT", "BEGIN"))] == []
    assert "BEGIN IMMEDIATE" not in asked


# ---------------------------------------------------------------- the page itself


async def test_looking_changes_nothing(office: Office) -> None:
    officer = await office.hires("lan", Role.ADMINISTRATOR)
    path, visitor = await office.links(officer), office.visitor()
    await visitor.signs_in("lan", PASSWORD)
    before = await _everything(office)
    for asked in ("/sign-in", "/sign-in?next=/console/account", path, "/enrol", "/enrol"):
        assert (await visitor.get(asked)).status == HTTPStatus.OK
    assert await _everything(office) == before


async def _everything(office: Office) -> str:
    async with office.house.database.reading() as connection:
        tables = (officers, sessions, links, throttles, devices, audit_entries)
        return str([(await connection.execute(select(table))).all() for table in tables])


async def test_without_https_the_page_says_why_nobody_can_come_in(office: Office) -> None:
    needs = "Kết nối này chưa được mã hóa"
    visitor = office.visitor()
    assert needs not in (await visitor.get("/sign-in")).text
    async with office.client.get("/console/sign-in", headers={"Host": "10.0.0.7:8080"}) as answer:
        assert needs in await answer.text()
        assert DOOR in answer.cookies
        assert answer.cookies[DOOR]["secure"]


async def test_with_a_key_no_secret_and_no_code_is_readable_in_the_database(
    house: ConsoleHouse,
) -> None:
    house.settings = Settings(console_secret=SecretStr("k" * 32))
    async with console_client(house) as client:
        _, application, codes = await Office(house, client).enrolled()
    async with house.database.reading() as connection:
        second = await second_factor_of(connection, OfficerId(1))
        rows = str((await connection.execute(select(officers))).all())
    assert second
    assert len(second.recovery) == 10
    assert [code for code in codes if code in rows or code.replace("-", "") in rows] == []
    assert base64.b64encode(application.secret).decode() not in rows
    assert Seal(house.settings.console_secret).open(second.secret, 1) == application.secret
