"""The report of what should be mended, with the way to where it is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from http import HTTPStatus

from bot.console.words import wording
from bot.officials.models import Role
from knowledge.layers import OfficeEdit
from knowledge.lint.wording import lint_words
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON
from tests.fakes.console import A_GUIDE, HERE, LITTLE, ConsoleHouse, Reception, Seat, Shown

LIVES_ON = "Nộp tại UBND huyện."


async def report(seat: Seat, query: str = "") -> Shown:
    """Open the report; while it is being made the page says so and asks again."""
    async with asyncio.timeout(60):
        while True:
            shown = await seat.get(f"/lint?office={HERE}{query}")
            assert shown.status == HTTPStatus.OK
            if "Refresh" not in shown.headers:
                return shown
            await asyncio.sleep(0.05)


async def _with_a_fault(house: ConsoleHouse) -> None:
    (first, *others) = LITTLE.procedures
    content = replace(
        LITTLE,
        procedures=(replace(first, where_note=LIVES_ON), *others),
        guides=(replace(A_GUIDE, intro=LIVES_ON),),
    )
    await SqlSnapshotStore(house.database).publish_content(content, name="lỗi")
    await house.edition.renew()


async def test_faults_are_told_by_how_grave_they_are_and_lead_to_where_they_stand(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await _with_a_fault(house)
    seat = await signed_in(Role.PREPARER)
    shown = await report(seat)
    assert 'aria-current="page">Cần sửa ngay: 2<' in shown.text
    assert "Mở thẻ, thay bằng cơ quan cấp xã" in shown.text
    assert 'rule=district">Còn nhắc cơ quan cấp huyện</a>' in shown.text
    kind = (await report(seat, "&rule=district")).text
    assert "UBND huyện" in kind
    assert 'href="/console/cards/xa-a/1.001193/edit#f-field.where_note"' in kind
    assert 'href="/console/guides/xa-a/cai-vneid/edit#f-field.intro"' in kind
    reader = await signed_in(Role.LEADER)
    assert 'href="/console/cards/xa-a/1.001193"' in (await report(reader, "&rule=district")).text


async def test_what_no_official_can_mend_is_folded_up_apart(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    (first, *others) = LITTLE.procedures
    content = replace(LITTLE, procedures=(replace(first, legal=("99/2099/NĐ-CP",)), *others))
    await SqlSnapshotStore(house.database).publish_content(content, name="văn bản lạ")
    await house.edition.renew()
    page = (await report(await signed_in(Role.PREPARER))).text
    ours, _, makers = page.partition("<details><summary>Nhóm phát triển dữ liệu xử lý: 1<")
    assert "rule=unknown_law" in makers
    assert "rule=unknown_law" not in ours
    assert "toml" not in page


def test_every_rule_says_what_an_official_can_do() -> None:
    told = {key.partition(".")[2] for key in wording().sentences if key.startswith("lint_do.")}
    assert told == set(lint_words().rules)


async def test_a_report_is_made_anew_when_something_was_published(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    assert "cấp huyện" not in (await report(seat)).text
    await _with_a_fault(house)
    assert "cấp huyện" in (await report(seat)).text


async def test_it_is_given_as_a_spreadsheet(signed_in: Reception) -> None:
    seat = await signed_in(Role.LEADER)
    await report(seat)
    async with seat.client.get(
        f"/console/lint/file?office={HERE}", headers={"Cookie": f"{seat.cookie}={seat.token}"}
    ) as answer:
        assert answer.content_type.endswith("spreadsheetml.sheet")


async def test_a_card_an_office_calls_bare_is_no_card_to_check(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    edit = OfficeEdit(office=HERE, code="1.001193", fields={"has_card": False})
    await SqlSnapshotStore(house.database).save_edits([edit], at=NOON)
    await house.edition.renew()
    assert "Đã soát 1 thẻ" in (await report(await signed_in(Role.PREPARER))).text
