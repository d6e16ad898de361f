"""The page of limits: what citizens are told, what an office may set, how it is taken back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.feedback.limits import Limit
from bot.feedback.office_times import OfficeTimes
from bot.feedback.purposes import Purpose
from bot.officials.models import Role
from bot.storage.kept_rows import Run, note_run
from tests.fakes.console import ConsoleHouse, Reception

WHY = "Theo quy định của tỉnh"
PAPER = "Quyết định 12/QĐ-UBND"
PAGE = "/cases/settings/deadlines"
SAVED = f"/console{PAGE}?office=xa-a&done=saved"


def limit(house: ConsoleHouse, name: str) -> Limit:
    """Give a limit of the office as everything is reckoned by."""
    desk = house.conversation.desk
    assert desk.office is not None
    times = OfficeTimes(desk.knowledge.snapshot, house.conversation.stood)
    return times.limits(desk.office.code, date(2026, 11, 20)).rows[name]


async def test_citizens_are_told_of_nothing_that_nobody_has_confirmed(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    before = (await seat.get(PAGE)).text
    assert "Chưa xác nhận" in before
    assert "3 ngày làm việc" in before
    assert "Điều 9 Nghị định 20/2008" in before
    sent = await seat.post(f"{PAGE}/xa-a/confirm", paper=PAPER, reason=WHY)
    assert sent.where == SAVED
    after = (await seat.get(PAGE)).text
    assert "Chưa xác nhận" not in after
    assert PAPER in after
    assert limit(house, "ht_normal").told
    again = await seat.post(f"{PAGE}/xa-a/confirm", paper=PAPER, reason=WHY)
    assert again.where == f"/console{PAGE}?office=xa-a&done=nothing_changed"


async def test_an_office_sets_its_own_limit_and_goes_back(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.ADMINISTRATOR)
    path = f"{PAGE}/xa-a/ht_normal"
    own = {"number": "5", "unit": "wd", "paper": PAPER, "confirmed": "on", "reason": WHY}
    assert (await seat.post(path, **own)).where == SAVED
    assert (limit(house, "ht_normal").number, limit(house, "ht_normal").told) == (5, True)
    shown = (await seat.get(PAGE)).text
    assert "5 ngày làm việc" in shown
    assert "bản gốc: 3 ngày làm việc" in shown
    assert f"Nguyễn Thị Lan đổi lúc 20/11/2026 12:00: {WHY}" in (await seat.get(path)).text
    assert (await seat.post(path, **own, do="shipped")).where == SAVED
    assert (limit(house, "ht_normal").number, limit(house, "ht_normal").told) == (3, False)


@pytest.mark.parametrize(
    ("name", "typed", "fault"),
    [
        ("qd_transfer", {"number": "6"}, "Luật chỉ cho 5."),
        ("qd_transfer", {"unit": "d"}, "Hạn này do luật định"),
        ("ht_normal", {"number": "0"}, "từ 1 đến 365"),
        ("ht_normal", {"number": "366"}, "từ 1 đến 365"),
        ("ht_normal", {"number": "ba"}, "từ 1 đến"),
        ("keep_case", {"number": "731", "unit": "d"}, "giữ không quá 730 ngày"),
        ("keep_case", {"number": "3", "unit": "wd"}, "không đổi cách tính"),
        ("ht_normal", {"unit": "tuần"}, ""),
        ("ht_normal", {"confirmed": "on"}, "hãy ghi văn bản của cơ quan"),
        ("ht_normal", {"reason": "x"}, "lý do"),
    ],
)
async def test_what_cannot_be_set_says_what_to_do(
    house: ConsoleHouse, signed_in: Reception, name: str, typed: dict[str, str], fault: str
) -> None:
    seat = await signed_in(Role.LEADER)
    told = {"number": "3", "unit": "wd", "paper": "", "reason": WHY} | typed
    before = limit(house, name)
    sent = await seat.post(f"{PAGE}/xa-a/{name}", **told)
    assert sent.where == ""
    assert fault.casefold() in sent.text.casefold()
    assert limit(house, name) == before


async def test_an_office_follows_another_model(signed_in: Reception) -> None:
    seat = await signed_in(Role.LEADER)
    sent = await seat.post(f"{PAGE}/xa-a/profile", profile="danang", reason=WHY)
    assert sent.where == SAVED
    shown = await seat.get(PAGE)
    assert "1 ngày làm việc" in shown.text
    assert "4 giờ làm việc" not in shown.text
    # What another model has is no limit of this office.
    assert (await seat.get(f"{PAGE}/xa-a/ht_urgent_hn")).status == 404
    assert (await seat.get(f"{PAGE}/xa-a/of_nobody")).status == 404


async def test_a_change_of_a_limit_is_told_in_words_and_undone(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER, Role.ADMINISTRATOR)
    own = {"number": "2", "unit": "wh", "paper": PAPER, "confirmed": "on", "reason": WHY}
    await seat.post(f"{PAGE}/xa-a/reopen", **own)
    await seat.post(f"{PAGE}/xa-a/profile", profile="danang", reason=WHY)
    change = await seat.get("/changes/1")
    assert "giờ làm việc" in change.text
    assert "Người dân được mở lại sau khi có trả lời" in change.text
    audit = (await seat.get("/audit")).text
    assert "Người dân được mở lại sau khi có trả lời" in audit
    assert "Theo mẫu của nơi nào" in audit
    await seat.post("/changes/1/undo", reason=WHY)
    assert limit(house, "reopen").number == 5


async def test_officials_see_what_is_kept_how_long_and_when_the_last_went(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    before = (await seat.get(PAGE)).text
    assert "730 ngày" in before
    assert "Chưa dọn lần nào" in before
    assert "Người dân đồng ý: Điều 9" in before
    async with house.database.writing() as connection:
        await note_run(connection, Purpose.HANDLE_CASE, Run(at=house.clock.now(), count=31))
    own = {"number": "365", "unit": "d", "paper": PAPER, "reason": WHY}
    assert (await seat.post(f"{PAGE}/xa-a/keep_case", **own)).where == SAVED
    after = (await seat.get(PAGE)).text
    assert "1 năm (365 ngày) sau khi vụ việc kết thúc" in after
    assert "20/11/2026 12:00, đã dọn 31" in after
