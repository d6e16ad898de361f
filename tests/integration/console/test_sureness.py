"""What wants the password again: it is asked for with the act, and the act is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import pytest

from bot.console.rooms import ROOMS, ways_of
from bot.console.sureness import PASSWORD_FIELD, is_carried
from bot.console.words import wording
from bot.officials.models import OfficerId, Role
from bot.storage.credential_rows import SecondFactor, set_password, set_second_factor
from bot.storage.officer_rows import switch
from tests.conftest import NOON
from tests.fakes.console import HERE, Client, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.forms import form_on
from tests.integration.console.hiring import PASSWORD, Office
from tests.integration.console.made.readers import a_subscriber
from tests.integration.console.made.sealed import appointed, sealed_item
from tests.integration.console.made.zalo import a_template

ASKED = "Xác nhận lại là bạn"
WHY = {"reason": "theo đề nghị của xã"}
LEADER = {"role": "leader", "at": "xa-a"}
HOA = {"login": "hoa", "name": "Trần Thị Hoa", "title": "", "office": "xa-a"}
LAN = {"name": 'Trần "Lan" <b>', "title": "", "office": "xa-a"}
UPON: Mapping[str, tuple[str, Mapping[str, str], str]] = {
    "accounts.give": ("/people/{id}/grants", LEADER, "granted"),
    "accounts.take": ("/people/{id}/grants/take", LEADER | {"role": "preparer"}, "revoked"),
    "accounts.off": ("/people/{id}/off", WHY, "officer_off"),
    "accounts.on": ("/people/{id}/on", WHY, "officer_on"),
    "accounts.end_sessions": ("/people/{id}/sessions/end", {}, "sessions_ended"),
    "accounts.reset_second": ("/people/{id}/second/reset", WHY, "second_reset"),
    "accounts.link": ("/people/{id}/link", WHY, "link_made"),
    "people.add": ("/people/new", HOA, "officer_added"),
    "people.change": ("/people/{id}/edit", LAN, "officer_changed"),
    "enrol.renew": ("/account/codes", {}, "codes_renewed"),
    "reader.forget": ("/readers/{reader}/forget", WHY, "reader_forgotten"),
    "sealed.opened": ("/sealed/open", {"item": "1"}, "sealed_opened"),
    "sealed.decide": (
        "/sealed/decide",
        {"item": "1", "decision": "unusable"},
        "sealed_decided",
    ),
    "sealed_reader.appoint": (
        "/sealed/reader/xa-a-mot-cua",
        {"officer": "1", "document": "QĐ 12"},
        "sealed_reader_appointed",
    ),
    "zalo.off": ("/settings/zalo/account/{account}/off", WHY, "zalo_disconnected"),
    "zalo_template.chosen": (
        "/settings/zalo/account/{account}/templates/512001/news/choose",
        {"names": "tieu_de ngay ghi_chu", "gap.0": "{tieu_de}", "gap.1": "{ngay}"},
        "zalo_template_chosen",
    ),
    "zalo_connect.begin": ("/settings/zalo/xa-a/begin", {}, "zalo_consent_begun"),
    "sealed_reader.dismiss": ("/sealed/reader/xa-a/dismiss", {}, "sealed_reader_removed"),
}
DANGEROUS = [way for way in ways_of(ROOMS) if way.sure and way.form is not None]


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """An administrator whose password was typed long ago, an officer to do something with, and
    somebody who receives news.
    """

    office: Office
    seat: Seat
    other: OfficerId
    reader: str
    account: str

    async def asks(self, way: str) -> tuple[str, Shown]:
        """Send the form of ``way``; give its address and what is shown."""
        path, fields, _ = UPON[way]
        address = path.format(id=self.other, reader=self.reader, account=self.account)
        return address, await self.seat.post(address, **fields)


@pytest.fixture
async def unsure(house: ConsoleHouse, client: Client, signed_in: Reception) -> Unsure:
    seat = await signed_in(Role.ADMINISTRATOR, Role.LEADER)
    lan = await signed_in(Role.PREPARER)
    assert seat.officer is not None
    assert lan.officer is not None
    second = SecondFactor(secret="kept", step=1, recovery=("digest",))
    async with house.database.writing() as connection:
        for officer in (seat.officer, lan.officer):
            await set_password(connection, officer, f"plain {PASSWORD}", at=NOON)
            await set_second_factor(connection, officer, second)
    reader = (await a_subscriber(house, HERE))["reader"]
    account = (await a_template(house, HERE))["account"]
    await appointed(house, seat)
    await sealed_item(house)
    return Unsure(
        office=Office(house, client), seat=seat, other=lan.officer, reader=reader, account=account
    )


def test_every_dangerous_act_is_tried_here_and_told_in_words() -> None:
    carried = {way.name for way in DANGEROUS if is_carried(way)}
    assert carried == set(UPON)
    assert {way.name for way in DANGEROUS} - carried == {"enrol.turn_on", "zalo_connect.pair"}
    for name in carried:
        assert f"sure_acts.{name.replace('.', '_')}" in wording().sentences, name


@pytest.mark.parametrize("way", UPON)
async def test_with_the_password_the_act_is_done_in_one_go(unsure: Unsure, way: str) -> None:
    if way == "accounts.on":
        async with unsure.office.house.database.writing() as connection:
            await switch(connection, unsure.other, on=False, at=NOON)
    address, asked = await unsure.asks(way)
    assert (asked.status, asked.heading) == (HTTPStatus.OK, ASKED)
    assert UPON[way][2] not in await unsure.office.deeds()
    carried = {name: value for name, value in form_on(asked).items() if name != PASSWORD_FIELD}
    assert carried == UPON[way][1]
    assert f'action="/console{address}"' in asked.text
    done = await unsure.seat.post(address, **carried, **{PASSWORD_FIELD: PASSWORD})
    assert UPON[way][2] in await unsure.office.deeds(), done.text
    assert done.status == HTTPStatus.OK or "done=" in done.where
    # And the minutes after it nobody asks again.
    assert (await unsure.asks(way))[1].heading != ASKED


async def test_a_wrong_password_keeps_the_fields_and_is_throttled(unsure: Unsure) -> None:
    address, shown = await unsure.asks("accounts.off")
    for guess in ("", "x" * 600, *["sai"] * 5):
        shown = await unsure.seat.post(address, **WHY, **{PASSWORD_FIELD: guess})
        assert (shown.status, shown.heading) == (HTTPStatus.UNPROCESSABLE_ENTITY, ASKED)
        assert form_on(shown) == WHY | {PASSWORD_FIELD: ""}
        assert guess not in shown.text or not guess
    assert "chưa đúng" in shown.text
    late = await unsure.seat.post(address, **WHY, **{PASSWORD_FIELD: PASSWORD})
    assert "Xin chờ 5 giây" in late.text
    assert await unsure.office.deeds() == []


async def test_what_is_to_be_mended_is_told_before_the_password_is_asked(unsure: Unsure) -> None:
    shown = await unsure.seat.post(f"/people/{unsure.other}/off", reason="")
    assert shown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert shown.heading != ASKED


async def test_the_password_opens_nothing_to_a_form_from_elsewhere(unsure: Unsure) -> None:
    address = f"/people/{unsure.other}/off"
    fields = WHY | {PASSWORD_FIELD: PASSWORD}
    assert (await unsure.seat.post(address, _csrf="x", **fields)).status == HTTPStatus.FORBIDDEN
    stranger = await unsure.seat.post("/account/sessions/end-others", **{PASSWORD_FIELD: PASSWORD})
    assert stranger.status == HTTPStatus.BAD_REQUEST
    assert await unsure.office.deeds() == []


async def test_what_cannot_be_carried_is_to_be_done_again(unsure: Unsure) -> None:
    """A first code is a secret, which no page may hold."""
    asked = await unsure.seat.post("/enrol", code="123456")
    assert asked.where.startswith("/console/sure?next=")
    assert "123456" not in asked.text
    next_page = "/console/account?failed=do_again"
    led = await unsure.seat.post("/sure", password=PASSWORD, next=next_page)
    assert led.where == next_page
    assert "Hãy làm lại thao tác" in (await unsure.seat.get("/account?failed=do_again")).text
