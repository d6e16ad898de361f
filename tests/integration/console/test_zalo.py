"""Connecting an Official Account, page by page, against the Zalo of our own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from html import escape, unescape
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import insert, select

from bot.bootstrap.zalo import ZaloApp
from bot.casework.zalo.wording import words_of
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.faults import ZaloUnreachable
from bot.channels.zalo.hosts import Host
from bot.officials.models import Role
from bot.settings import Settings
from bot.storage.broadcast_tables import subscribers
from bot.storage.console_tables import audit_entries
from bot.storage.zalo_tables import zalo_accounts, zalo_consents
from bot.vault import Keyring, Vault, Vaults, place
from bot.vault.keyring import new_key
from tests.conftest import NOON
from tests.fakes.console import VAULTS, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.forms import form_on
from tests.fakes.paper_zalo import PaperReading
from tests.fakes.zalo import Clock, FakeZalo, serving_zalo
from tests.fakes.zalo.people import Account
from tests.integration.console.made.zalo import an_account

SITE = "https://xa-a.example"


@dataclass(kw_only=True)
class Stage:
    """The console before a Zalo of our own, and an administrator whose password was just typed."""

    house: ConsoleHouse
    zalo: FakeZalo
    seat: Seat

    async def begin(self, seat: Seat | None = None, office: str = "xa-a") -> dict[str, str]:
        """Begin a consent and give what its link asks of Zalo."""
        shown = await (seat or self.seat).post(f"/settings/zalo/{office}/begin")
        # It is focused, so that nobody looks for it on the long page.
        link, focused = shown.text.split('class="button primary" href="')[1].split('"', 2)[:2]
        link = unescape(link)
        assert focused.strip().startswith("autofocus>")
        assert link.startswith(f"{self.zalo.oauth_url}/v4/oa/permission?")
        return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}

    def consent(self, link: dict[str, str]) -> str:
        """Agree at Zalo; give what the callback brings."""
        code = self.zalo.oauth.consent(self.zalo.oa, link["code_challenge"])
        state = f"&state={link['state']}" if "state" in link else ""
        return f"code={code}&oa_id={self.zalo.oa.oa_id}{state}"

    async def back(self, brought: str, seat: Seat | None = None) -> Shown:
        """Come back as Zalo sends the browser: by the open way, into the console."""
        led = await self.seat.client.get(f"/zalo/callback?{brought}", allow_redirects=False)
        assert led.status == HTTPStatus.SEE_OTHER
        return await (seat or self.seat).get(led.headers["Location"].removeprefix("/console"))

    async def confirm(self, shown: Shown, seat: Seat | None = None, office: str = "xa-a") -> Shown:
        return await (seat or self.seat).post(f"/settings/zalo/{office}/confirm", **form_on(shown))

    def pair(self, account: Account | None = None) -> dict[str, str]:
        """Make a pair as in the API Explorer, as it is typed."""
        made = self.zalo.mint(account)
        return {"access": made["access_token"], "refresh": made["refresh_token"]}

    async def account(self) -> object:
        async with self.house.database.reading() as connection:
            return (await connection.execute(select(zalo_accounts))).one_or_none()

    async def deeds(self) -> list[str]:
        async with self.house.database.reading() as connection:
            wanted = select(audit_entries.c.action).order_by(audit_entries.c.seq)
            return list((await connection.execute(wanted)).scalars())

    async def opens(self) -> tuple[str, str]:
        """Give the tokens as they are kept, opened."""
        async with self.house.database.reading() as connection:
            row = (await connection.execute(select(zalo_accounts))).one()
        vault = VAULTS.data
        assert vault
        return (
            vault.words(row.access_sealed, place("zalo_accounts", "access_sealed", row.oa_id)),
            vault.words(row.refresh_sealed, place("zalo_accounts", "refresh_sealed", row.oa_id)),
        )


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with serving_zalo(clock=Clock.standing(NOON)) as fake:
        yield fake


@pytest.fixture(params=["saved", "request"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def stage(
    house: ConsoleHouse, zalo: FakeZalo, mode: str, signed_in: Reception
) -> AsyncIterator[Stage]:
    zalo.app.callback = f"{SITE}/zalo/callback"
    zalo.rules.saved_consent = mode == "saved"
    house.settings = Settings.from_env(
        {
            "PUBLIC_URL": SITE,
            "ZALO_APP_ID": zalo.app.app_id,
            "ZALO_APP_SECRET": zalo.app.secret,
            "ZALO_CONSENT": mode,
            "ZALO_OAUTH_URL": zalo.oauth_url,
            "ZALO_API_URL": zalo.api_url,
            "ZALO_BUSINESS_URL": zalo.business_url,
        }
    )
    app = ZaloApp.of(house.settings)
    assert app
    house.zalo = app
    yield Stage(house=house, zalo=zalo, seat=await signed_in(Role.ADMINISTRATOR, sure=True))
    await app.close()


def save_challenge(stage: Stage, challenge: str) -> None:
    """Save the challenge with the app, as somebody copies it to the developer page."""
    stage.zalo.app.challenge = challenge


async def test_an_account_is_connected_by_a_consent(stage: Stage, mode: str) -> None:
    made = await stage.seat.post("/settings/zalo/xa-a/challenge")
    assert "done=zalo_challenge" in made.where
    steps = await stage.seat.get("/settings/zalo/xa-a/connect")
    assert f"{SITE}/zalo/callback" in steps.text
    link = await stage.begin()
    assert link["redirect_uri"] == f"{SITE}/zalo/callback"
    assert ("state" in link) == (mode == "request")
    assert (link["code_challenge"] in steps.text) == (mode == "saved")
    save_challenge(stage, link["code_challenge"])
    asked = await stage.back(stage.consent(link))
    assert "Xã A" in asked.text
    assert stage.zalo.oa.oa_id in asked.text
    assert await stage.account() is None
    done = await stage.confirm(asked)
    assert "done=zalo_connected" in done.where, done.text
    shown = await stage.seat.get("/settings/zalo")
    assert stage.zalo.oa.name in shown.text
    assert "đang nối" in shown.text
    access, refresh = await stage.opens()
    assert access in stage.zalo.world.tokens
    assert refresh in stage.zalo.oauth.refreshes
    assert (await stage.deeds())[-1] == "zalo_connected"


async def test_a_pair_made_by_hand_connects_and_is_never_shown(stage: Stage) -> None:
    typed = stage.pair()
    done = await stage.seat.post("/settings/zalo/xa-a/pair", **typed)
    assert "done=zalo_connected" in done.where
    access, refresh = await stage.opens()
    assert access in stage.zalo.world.tokens
    assert refresh in stage.zalo.oauth.refreshes
    assert typed["refresh"] != refresh
    await no_page_tells(stage, *typed.values(), access, refresh)


async def test_a_pair_of_two_halves_is_not_taken(stage: Stage) -> None:
    other = stage.zalo.open_oa("Trang thứ hai")
    typed = stage.pair() | {"refresh": stage.pair(other)["refresh"]}
    shown = await stage.seat.post("/settings/zalo/xa-a/pair", **typed)
    assert "mã làm mới là của “Trang thứ hai”" in shown.text
    shown = await stage.seat.post(
        "/settings/zalo/xa-a/pair", **stage.pair() | {"refresh": "r" * 40}
    )
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert await stage.account() is None


async def test_the_steps_speak_of_the_button_that_is_there(stage: Stage, mode: str) -> None:
    steps = "/settings/zalo/xa-a/connect"
    before = (await stage.seat.get(steps)).text
    assert ("Bấm “Tạo mã code challenge”" in before) == (mode == "saved")
    assert ("Lấy liên kết đồng ý" in before) == (mode == "request")
    await stage.seat.post("/settings/zalo/xa-a/challenge")
    assert "Lấy liên kết đồng ý" in (await stage.seat.get(steps)).text


async def test_no_browser_takes_a_token_for_the_officers_password(stage: Stage) -> None:
    page = (await stage.seat.get("/settings/zalo/xa-a/connect")).text
    assert page.count('class="masked"') == 2
    assert 'type="password"' not in page
    assert 'autocomplete="username"' not in page


async def test_a_pair_that_opens_nothing_is_refused_with_what_to_do(stage: Stage) -> None:
    typed = {"access": "khong-phai-ma-truy-cap", "refresh": "khong-phai-ma-lam-moi"}
    shown = await stage.seat.post("/settings/zalo/xa-a/pair", **typed)
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "OA Access Token" in shown.text
    assert not any(one in shown.text for one in typed.values())
    assert await stage.account() is None


async def test_after_the_keys_were_lost_an_account_is_connected_again(
    stage: Stage, mode: str
) -> None:
    lost = await stage.begin()
    stage.house.vaults = Vaults(data=Vault(Keyring.parse(new_key("other"))), sealed=None)
    steps = await stage.seat.get("/settings/zalo/xa-a/connect")
    assert steps.status == HTTPStatus.OK
    save_challenge(stage, lost["code_challenge"])
    late = await stage.back(stage.consent(lost))
    assert late.status == HTTPStatus.OK
    assert 'name="sealed"' not in late.text
    link = await stage.begin()
    assert link["code_challenge"] != lost["code_challenge"]
    again = await stage.begin()
    assert (again["code_challenge"] == link["code_challenge"]) == (mode == "saved")
    save_challenge(stage, again["code_challenge"])
    asked = await stage.back(stage.consent(again))
    assert "done=zalo_connected" in (await stage.confirm(asked)).where


async def test_a_consent_is_used_once(stage: Stage) -> None:
    link = await stage.begin()
    save_challenge(stage, link["code_challenge"])
    asked = await stage.back(stage.consent(link))
    assert "done=zalo_connected" in (await stage.confirm(asked)).where
    again = await stage.confirm(asked)
    assert "failed=zalo_consent_gone" in again.where
    assert stage.zalo.oauth.made == 1


async def test_what_another_officer_began_is_nothing_to_me(
    stage: Stage, signed_in: Reception
) -> None:
    other = await signed_in(Role.ADMINISTRATOR, sure=True)
    link = await stage.begin()
    brought = stage.consent(link)
    mine = await stage.back(brought)
    assert form_on(await stage.back(brought, other)) == {}
    stolen = await stage.confirm(mine, other)
    assert "failed=zalo_consent_gone" in stolen.where
    # Nor with one begun by themselves: the box opens for who was shown it.
    await stage.begin(other)
    assert "failed=zalo_consent_gone" in (await stage.confirm(mine, other)).where
    assert await stage.account() is None


async def test_nothing_comes_back_to_who_began_nothing(stage: Stage) -> None:
    shown = await stage.back(f"code={'x' * 40}&oa_id=4318281827364550001")
    assert form_on(shown) == {}
    assert "chưa bắt đầu nối" in shown.text


async def test_a_foreign_state_is_refused(stage: Stage, mode: str) -> None:
    link = await stage.begin()
    code = stage.consent(link).partition("&state=")[0]
    shown = await stage.back(f"{code}&state={'z' * 32}")
    assert form_on(shown) == {}
    assert "một lần nối khác" in shown.text
    if mode == "request":
        assert form_on(await stage.back(code)) == {}


async def test_a_consent_is_for_the_office_it_was_begun_for(stage: Stage) -> None:
    link = await stage.begin()
    asked = await stage.back(stage.consent(link))
    wrong = await stage.confirm(asked, office="xa-a-mot-cua")
    assert "failed=zalo_consent_gone" in wrong.where
    assert await stage.account() is None


async def test_too_late_is_told_before_zalo_is_asked(stage: Stage, signed_in: Reception) -> None:
    link = await stage.begin()
    asked = await stage.back(stage.consent(link))
    stage.house.clock.move(timedelta(minutes=11))
    assert "failed=zalo_consent_gone" in (await stage.confirm(asked)).where
    assert stage.zalo.oauth.made == 0
    stage.house.clock.move(timedelta(hours=1))
    assert stage.seat.officer is not None
    later = await signed_in.again(stage.seat.officer)
    assert "chưa bắt đầu nối" in (await stage.back(stage.consent(link), later)).text


async def test_a_code_of_another_account_connects_nothing(stage: Stage) -> None:
    other = stage.zalo.open_oa("Trang của người khác")
    link = await stage.begin()
    save_challenge(stage, link["code_challenge"])
    brought = stage.consent(link).replace(stage.zalo.oa.oa_id, other.oa_id)
    shown = await stage.confirm(await stage.back(brought))
    assert "không phải Trang vừa đồng ý" in shown.text
    assert await stage.account() is None


@pytest.mark.parametrize(
    "brought",
    ["", "code=x&oa_id=1", "code=%00%00%00%00%00%00%00%00&oa_id=1", "oa_id=1", "error=1"],
)
async def test_what_brings_no_code_is_told_politely(stage: Stage, brought: str) -> None:
    await stage.begin()
    led = await stage.seat.client.get(f"/zalo/callback?{brought}", allow_redirects=False)
    if led.status == HTTPStatus.SEE_OTHER:
        shown = await stage.seat.get(led.headers["Location"].removeprefix("/console"))
        assert form_on(shown) == {}
        assert shown.status == HTTPStatus.OK


async def test_who_is_not_signed_in_signs_in_first(stage: Stage, stranger: Seat) -> None:
    link = await stage.begin()
    shown = await stage.back(stage.consent(link), stranger)
    assert shown.where.startswith("/console/sign-in?next=")


async def test_one_account_speaks_for_one_office(stage: Stage, signed_in: Reception) -> None:
    assert "done=" in (await stage.seat.post("/settings/zalo/xa-a/pair", **stage.pair())).where
    everywhere = await signed_in(Role.ADMINISTRATOR, office="", sure=True)
    pair = stage.pair()
    taken = await everywhere.post("/settings/zalo/xa-b/pair", **pair)
    assert "đang nối với Xã A" in taken.text
    other = stage.zalo.open_oa("Trang thứ hai")
    second = stage.pair(other)
    refused = await stage.seat.post("/settings/zalo/xa-a/pair", **second)
    assert "Ngắt Trang ấy trước" in refused.text
    off = await stage.seat.post(
        f"/settings/zalo/account/{stage.zalo.oa.oa_id}/off", reason="đổi Trang của xã"
    )
    assert "done=zalo_off" in off.where
    assert "done=" in (await stage.seat.post("/settings/zalo/xa-a/pair", **second)).where
    assert "done=" in (await everywhere.post("/settings/zalo/xa-b/pair", **pair)).where


async def test_readers_with_bare_ids_are_completed_by_the_account(stage: Stage) -> None:
    """Those of this office alone, and none that came by themselves meanwhile."""
    oa = stage.zalo.oa.oa_id
    row = {"channel": "zalo", "kind": "citizen", "status": "active", "consent": "import"}
    told = [("77", "xa-a"), ("88", "xa-b"), ("99", "xa-a"), (f"{oa}:99", "xa-a")]
    rows = [
        {**row, "address": one, "person": f"zalo:{one}", "office": office}
        | {"agreed_at": NOON, "changed_at": NOON}
        for one, office in told
    ]
    async with stage.house.database.writing() as connection:
        await connection.execute(insert(subscribers).values(rows))
    assert "done=" in (await stage.seat.post("/settings/zalo/xa-a/pair", **stage.pair())).where
    async with stage.house.database.reading() as connection:
        found = await connection.execute(select(subscribers.c.address, subscribers.c.person))
        assert sorted(map(tuple, found)) == sorted(
            [
                (f"{oa}:77", f"zalo:{oa}:77"),
                ("88", "zalo:88"),
                ("99", "zalo:99"),
                (f"{oa}:99", f"zalo:{oa}:99"),
            ]
        )


async def test_a_refused_pair_is_tried_again_once(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    refused = {"status": AccountStatus.CONSENT_NEEDED, "fault": "refused", "fault_at": NOON}
    account = (await an_account(house, "xa-a", **refused))["account"]
    seat = await signed_in(Role.ADMINISTRATOR)
    assert "Thử lại" in (await seat.get("/settings/zalo")).text
    again = await seat.post(f"/settings/zalo/account/{account}/retry")
    assert "done=zalo_retry" in again.where
    assert "đang nối" in (await seat.get("/settings/zalo")).text
    more = await seat.post(f"/settings/zalo/account/{account}/retry")
    assert "failed=zalo_no_retry" in more.where


async def test_switched_off_its_tokens_are_gone(house: ConsoleHouse, signed_in: Reception) -> None:
    account = (await an_account(house, "xa-a"))["account"]
    seat = await signed_in(Role.ADMINISTRATOR, sure=True)
    await seat.post(f"/settings/zalo/account/{account}/off", reason="xã sáp nhập")
    async with house.database.reading() as connection:
        row = (await connection.execute(select(zalo_accounts))).one()
    assert (row.status, row.access_sealed, row.refresh_sealed) == (AccountStatus.OFF, None, None)
    shown = await seat.get("/settings/zalo")
    assert "đã ngắt" in shown.text


async def test_without_an_app_it_is_told_what_to_set(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    house.zalo = None
    seat = await signed_in(Role.ADMINISTRATOR, sure=True)
    for path in ("/settings/zalo", "/settings/zalo/xa-a/connect"):
        assert "ZALO_APP_SECRET" in (await seat.get(path)).text
    for way in ("challenge", "begin"):
        assert "failed=zalo_not_set" in (await seat.post(f"/settings/zalo/xa-a/{way}")).where


async def no_page_tells(stage: Stage, *secrets: str) -> None:
    """Neither page, audit nor table holds a token or a verifier in the clear."""
    pages = ("/settings/zalo", "/settings/zalo/xa-a/connect", "/audit")
    shown = [(await stage.seat.get(path)).text for path in pages]
    async with stage.house.database.reading() as connection:
        tables = (zalo_accounts, zalo_consents, audit_entries)
        shown += [str((await connection.execute(select(one))).all()) for one in tables]
    assert not any(secret in text for secret in secrets for text in shown)


async def test_neither_code_nor_token_stands_anywhere(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    link = await stage.begin()
    save_challenge(stage, link["code_challenge"])
    brought = stage.consent(link)
    asked = await stage.back(brought)
    code = brought.removeprefix("code=").partition("&")[0]
    assert code not in asked.text
    await stage.confirm(asked)
    access, refresh = await stage.opens()
    await no_page_tells(stage, code, access, refresh, stage.zalo.app.secret)
    told = capsys.readouterr()
    assert not any(one in told.out + told.err for one in (code, access, refresh))


@pytest.mark.parametrize(
    ("facts", "badge"),
    [
        ({"fault": "useless"}, "đang nối nhưng không gửi được"),
        ({"fault": "lost", "status": AccountStatus.CONSENT_NEEDED}, "cần đồng ý lại"),
        ({"told": '{"is_verified": false}', "fault": ""}, "đang nối, có việc cần xử lý"),
    ],
)
async def test_every_page_tells_the_same_cause(
    house: ConsoleHouse, signed_in: Reception, facts: dict[str, str], badge: str
) -> None:
    await an_account(house, "xa-a", **{"fault_at": NOON} | facts)
    seat = await signed_in(Role.ADMINISTRATOR)
    home, settings = [(await seat.get(path)).text for path in ("/", "/settings/zalo")]
    assert badge in settings
    if facts["fault"]:
        says = escape(words_of("faults")[facts["fault"]])
        assert says in home
        assert says in settings


async def test_zalo_is_asked_now_and_not_on_and_on(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    account = (await an_account(house, "xa-a"))["account"]
    seat = await signed_in(Role.ADMINISTRATOR)
    reading = house.zalo_reading = PaperReading()
    assert "Hỏi Zalo ngay" in (await seat.get("/settings/zalo")).text
    told = [(await seat.post(f"/settings/zalo/account/{account}/ask")).where for _ in range(7)]
    assert "done=zalo_asked" in told[0]
    assert "failed=zalo_ask_wait" in told[-1]
    assert len(reading.read) == sum("done=" in one for one in told)
    assert reading.counted == len(reading.read)
    async with house.database.reading() as connection:
        wanted = select(audit_entries.c.action).where(audit_entries.c.action == "zalo_asked")
        assert len((await connection.execute(wanted)).all()) == len(reading.read)


async def test_a_zalo_that_does_not_answer_is_told(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    way = f"/settings/zalo/account/{(await an_account(house, 'xa-a'))['account']}/ask"
    seat = await signed_in(Role.ADMINISTRATOR)
    house.zalo_reading = PaperReading(ZaloUnreachable("x", host=Host.API, never_left=True))
    assert "failed=zalo_unanswered" in (await seat.post(way)).where
    house.zalo_reading = None
    assert "failed=zalo_not_set" in (await seat.post(way)).where


async def test_only_an_office_without_an_account_is_offered_to_be_connected(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await an_account(house, "xa-a")
    await an_account(house, "xa-b", status=AccountStatus.OFF)
    shown = (await (await signed_in(Role.ADMINISTRATOR, office="")).get("/settings/zalo")).text
    offered = shown.partition("Nối Trang Zalo cho")[2]
    assert "/settings/zalo/xa-a/connect" not in offered
    assert "/settings/zalo/xa-b/connect" in offered
