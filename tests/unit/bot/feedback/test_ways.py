"""The lawful ways tell what holds on the day, cite what was confirmed, and promise nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.clock import VIETNAM, SystemClock
from bot.feedback.bodies import body_roles, told_bodies
from bot.feedback.facts import office_facts
from bot.feedback.kinds import WITHHELD, Kind
from bot.feedback.way_gaps import OfficeFacts, way_words
from bot.feedback.ways import OVERVIEW, WayPage, statements, unsettled, way
from bot.officials.office_entries import Entry
from bot.officials.receptions import Body, Reception
from bot.officials.standing import Standing
from knowledge.models import DayOff, Office, OfficeCode, OpeningHours, Source
from tests.fakes.never import NEVER, never_said

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)
DAYS = (BEFORE, AFTER, SystemClock().now().astimezone(VIETNAM).date())
WEDNESDAYS = Reception(
    hours=(OpeningHours(weekdays=(3,), opens="07:30", closes="11:30"),),
    room="Phòng 2",
    who="Chủ tịch",
)
BARE = OfficeFacts(name="UBND xã Mẫu", contact="UBND xã Mẫu: 0200")
FULL = replace(
    BARE,
    own=Body(name="UBND xã Mẫu", address="Thôn 1", phone="0200"),
    above=Body(name="UBND tỉnh Mẫu", address="Số 1 Hùng Vương"),
    bodies={"court": Body(name="Tòa án khu vực 3", phone="0211")},
    reception=WEDNESDAYS,
    days=(date(2026, 11, 25), date(2026, 12, 2)),
    form="https://xa.example.vn/bieu-mau/don.docx",
)


def _page(kind: Kind, key: str, day: date = AFTER, office: OfficeFacts = FULL) -> WayPage:
    return next(one for one in way(kind, day, office) if one.key == key)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("office", [BARE, FULL])
@pytest.mark.parametrize("kind", sorted(WITHHELD))
def test_no_page_ever_promises_or_takes_anything_in(
    kind: Kind, office: OfficeFacts, day: date
) -> None:
    pages = way(kind, day, office)
    assert pages[0].key == OVERVIEW
    keys = [one.key for one in pages]
    assert {"where", "letter", "time", "next", "calendar"} <= set(keys)
    assert len(keys) == len(set(keys))
    for one in pages:
        assert never_said(f"{one.title}\n{one.text}") == []
        assert len(one.text) <= 600
        assert "{" not in one.text


def test_the_never_list_is_heard_as_whole_words() -> None:
    assert all(never_said(f"Đơn {words.upper()}.") for words in NEVER)
    assert never_said("Câu chuyện này đã được tiếp nhận thụ lý") == []


def test_only_what_is_withheld_has_a_way() -> None:
    for kind in set(Kind) - WITHHELD:
        with pytest.raises(ValueError, match=kind):
            way(kind, AFTER, FULL)


def test_a_rule_is_told_from_its_first_day() -> None:
    assert "7 ngày làm việc" not in _page(Kind.COMPLAINT, "time", BEFORE).text
    assert "trong 7 ngày làm việc" in _page(Kind.COMPLAINT, "time", AFTER).text
    assert "Điều 10 Nghị định 155/2026" in _page(Kind.COMPLAINT, "time", AFTER).text
    assert "10 ngày" not in "".join(one.text for one in way(Kind.COMPLAINT, BEFORE, FULL))


def test_what_is_not_sure_is_told_without_its_article() -> None:
    protected = _page(Kind.DENUNCIATION, "protected").text.splitlines()
    doubtful = [one for one in protected if "(Cán bộ sẽ xác nhận.)" in one]
    assert len(doubtful) == 2
    assert not [one for one in doubtful if "Điều" in one]
    assert protected[-1] == "Căn cứ: Điều 8, Điều 47 Luật Tố cáo."
    cited = {one.basis.cited for one in statements() if one.basis and not one.basis.sure}
    assert cited == {""}


def test_what_an_amending_law_may_have_moved_says_so_and_is_listed() -> None:
    assert "cán bộ sẽ xác nhận" in _page(Kind.COMPLAINT, "time").text.splitlines()[-1]
    listed = {(one.way, one.page, one.key) for one in unsettled()}
    assert (Kind.COMPLAINT, "time", "to_decide") in listed
    assert (Kind.DENUNCIATION, "protected", "false") in listed
    assert (Kind.COMPLAINT, "time", "to_file") not in listed


@pytest.mark.parametrize("kind", sorted(WITHHELD))
def test_the_province_is_always_told_with_its_address(kind: Kind) -> None:
    for day in DAYS:
        assert "UBND tỉnh Mẫu" in _page(kind, "where", day).text
        assert "Số 1 Hùng Vương" in _page(kind, "where", day).text
    nowhere = _page(kind, "where", AFTER, BARE).text
    assert "Nơi tiếp công dân cấp tỉnh" in nowhere
    assert "địa chỉ đang cập nhật" in nowhere
    told = replace(FULL, bodies={"province": Body(name="Ban Tiếp công dân", address="Số 9")})
    assert "Ban Tiếp công dân" in _page(kind, "where", AFTER, told).text
    assert "Số 9" in _page(kind, "where", AFTER, told).text


def test_a_denunciation_is_told_of_the_province_at_once() -> None:
    assert "UBND tỉnh Mẫu, Số 1 Hùng Vương" in _page(Kind.DENUNCIATION, OVERVIEW).text


def test_the_places_are_called_as_the_office_calls_them() -> None:
    text = _page(Kind.COMPLAINT, "where").text
    assert "Tòa án khu vực 3 (khởi kiện quyết định, việc làm đó): 0211" in text
    assert "Nơi tiếp công dân của UBND xã Mẫu" in text
    assert "Thanh tra" not in text
    assert "Thanh tra" in _page(Kind.DENUNCIATION, "where").text


def test_the_calendar_tells_the_coming_days_or_whom_to_ask() -> None:
    text = _page(Kind.COMPLAINT, "calendar").text
    assert "Thứ tư 25/11/2026, 07:30–11:30" in text
    assert "Nơi tiếp: Phòng 2" in text
    assert "đang cập nhật, xin gọi cơ quan" in _page(Kind.COMPLAINT, "calendar", AFTER, BARE).text


def test_every_statement_stands_once_and_fills_its_gaps() -> None:
    keys = [(one.way, one.page, one.key) for one in statements()]
    assert len(keys) == len(set(keys))
    assert {one.page for one in statements()} <= set(way_words()["pages"])
    assert {one.body for one in told_bodies()} <= {*body_roles(), "own"}
    for one in statements():
        assert set(one.limits) <= set(re.findall(r"{(\w+)}", one.sentence))


def test_the_facts_come_from_what_the_office_has_set() -> None:
    seen = Source(name="Thông báo", url="", seen=AFTER)
    off = DayOff(name="Nghỉ", first=date(2026, 11, 25), last=date(2026, 11, 25), source=seen)
    province = Office(code=OfficeCode("tinh"), name="Tỉnh", province="Tỉnh", address="Số 1")
    commune = replace(province, code=OfficeCode("xa"), name="Xã", parent=OfficeCode("tinh"))
    entries = [
        Entry(office="xa", key="reception", value=WEDNESDAYS.value),
        Entry(office="tinh", key="body:court", value=Body(name="Tòa án 3").value),
    ]
    facts = office_facts(
        Kind.COMPLAINT,
        commune,
        (province, commune),
        Standing.of(entries, ("", "tinh", "xa")),
        known=lambda day: off if day == off.first else None,
        today=date(2026, 11, 22),
        contact="Xã: 0200",
        site="https://xa.example.vn/",
    )
    assert facts.above.name == "Tỉnh"
    assert facts.bodies["court"].name == "Tòa án 3"
    assert [day.day for day in facts.days] == [2, 9, 16, 23]
    assert facts.form == "https://xa.example.vn/bieu-mau/don-khieu-nai.docx"
