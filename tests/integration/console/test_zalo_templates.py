"""Templates of an account: read of, read anew, and chosen for a use once they fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.zalo.faults import ZaloUnreachable
from bot.channels.zalo.hosts import Host
from bot.officials.models import Role
from bot.settings import Settings
from bot.storage.zalo_template_rows import TemplateUse, Use, keep_templates, uses_in
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.fakes.forms import form_on
from tests.fakes.paper_zalo import PaperReading
from tests.integration.console.made.zalo import SENT, a_template


@pytest.fixture
async def desk(house: ConsoleHouse, signed_in: Reception) -> tuple[Seat, str]:
    """An administrator and the address of the templates of an account."""
    house.settings = Settings.from_env({"PUBLIC_URL": "https://xa-a.example"})
    account = (await a_template(house, HERE))["account"]
    seat = await signed_in(Role.ADMINISTRATOR, sure=True)
    return seat, f"/settings/zalo/account/{account}/templates"


async def _used(house: ConsoleHouse, use: Use) -> TemplateUse | None:
    async with house.database.reading() as connection:
        return (await uses_in(connection, HERE)).get(use)


async def test_a_template_is_chosen_with_an_example_and_left(
    house: ConsoleHouse, desk: tuple[Seat, str]
) -> None:
    seat, there = desk
    shown = (await seat.get(there)).text
    assert "Tin của xã" in shown
    assert "120 đồng một tin" in shown
    assert "Chưa chọn tin mẫu nào" in shown
    one = await seat.get(f"{there}/512001/news")
    fields = form_on(one)
    # What is called as ours is suggested.
    assert (fields["gap.0"], fields["gap.1"], fields["gap.2"]) == ("{tieu_de}", "{ngay}", "")
    assert "20/11/2026" in one.text
    chosen = await seat.post(f"{there}/512001/news/choose", **fields)
    assert "done=zalo_template_chosen" in chosen.where
    use = await _used(house, Use.NEWS)
    assert use is not None
    assert use.gaps == {"tieu_de": "{tieu_de}", "ngay": "{ngay}"}
    assert "Lịch tiêm chủng tháng 12" in (await seat.get(there)).text
    left = await seat.post(f"{there}/leave", use="news")
    assert "done=zalo_template_left" in left.where
    assert await _used(house, Use.NEWS) is None
    assert "failed=zalo_template_none" in (await seat.post(f"{there}/leave", use="news")).where


@pytest.mark.parametrize(
    ("use", "changed", "said"),
    [
        ("news", {"gap.1": "{tieu_de}"}, "Zalo chỉ nhận ngày"),
        ("news", {"gap.0": "{ma_vu}"}, "Không biết chỗ trống: ma_vu"),
        ("news", {"gap.0": ""}, "Ô này phải có nội dung"),
        ("feedback", {"gap.0": "Phản ánh của ông bà, mã {ma_vu}, đã có trả lời"}, "Dài quá mức"),
        ("news", {"names": "tieu_de ngay"}, "Tin mẫu vừa đổi"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_gap_and_not_kept(
    house: ConsoleHouse, desk: tuple[Seat, str], use: str, changed: dict[str, str], said: str
) -> None:
    seat, there = desk
    fields = form_on(await seat.get(f"{there}/512001/{use}")) | {"gap.0": "{co_quan}"}
    refused = await seat.post(f"{there}/512001/{use}/choose", **(fields | changed))
    assert said in refused.text
    if changed.get("gap.0"):
        assert changed["gap.0"] in refused.text
    assert await _used(house, Use(use)) is None


async def test_what_zalo_does_not_let_go_is_offered_for_nothing(
    house: ConsoleHouse, desk: tuple[Seat, str]
) -> None:
    seat, there = desk
    fields = form_on(await seat.get(f"{there}/512001/feedback")) | {"gap.0": "{ma_vu}"}
    await seat.post(f"{there}/512001/feedback/choose", **fields)
    assert "chưa cho phép trả phí" in (await seat.get(there)).text
    account = there.split("/")[4]
    async with house.database.writing() as connection:
        await keep_templates(connection, account, [replace(SENT, status="DISABLE")], at=NOON)
    shown = (await seat.get(there)).text
    assert "Zalo đã khóa" in shown
    assert "đang không cho gửi tin mẫu này" in shown
    assert "/512001/news" not in shown
    async with house.database.writing() as connection:
        await keep_templates(connection, account, [], at=NOON)
    assert "Zalo không còn tin mẫu này" in (await seat.get(there)).text
    assert (await seat.get(f"{there}/512001/news")).status == 404


async def test_templates_are_read_now_and_a_silent_zalo_leaves_all_as_it_was(
    house: ConsoleHouse, desk: tuple[Seat, str]
) -> None:
    seat, there = desk
    reading = PaperReading()
    house.zalo_reading = reading
    assert "done=zalo_templates_read" in (await seat.post(f"{there}/read")).where
    assert reading.read == [there.split("/")[4]]
    house.zalo_reading = PaperReading(
        fault=ZaloUnreachable("x", host=Host.BUSINESS, never_left=True)
    )
    assert "failed=zalo_unanswered" in (await seat.post(f"{there}/read")).where
    house.zalo_reading = None
    assert "failed=zalo_not_set" in (await seat.post(f"{there}/read")).where


async def test_who_only_sees_settings_chooses_nothing(
    desk: tuple[Seat, str], signed_in: Reception
) -> None:
    leader = await signed_in(Role.LEADER)
    shown = await leader.get(desk[1])
    assert shown.status == 200
    assert "Dùng cho bản tin" not in shown.text
    assert "Đọc lại từ Zalo" not in shown.text
    assert (await leader.get(f"{desk[1]}/512001/news")).status == 403
