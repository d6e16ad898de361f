"""Every rule of the lint speaks when it should and keeps silent when it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content import load_snapshot, read_content
from knowledge.layers import Layers, OfficeEdit
from knowledge.lint.checking import check_all, unreadable
from knowledge.lint.currency import district_word, last_day
from knowledge.lint.findings import Finding, Severity
from knowledge.lint.links import Health, Visit, to_visit, visited, well_formed
from knowledge.lint.scope import of_files, published, unpublished
from knowledge.lint.wording import lint_words
from knowledge.lint.world import World, months_before
from knowledge.models import (
    Fee,
    FeeLine,
    FeeStatus,
    Guide,
    GuideId,
    Hotline,
    LegalText,
    Note,
    Office,
    OfficeCode,
    OpeningHours,
    ProcedureCode,
    ProcessingTime,
    RequiredDocument,
    Snapshot,
    Source,
    TimeUnit,
)
from knowledge.portal_records import PortalRecord
from knowledge.testing import make_procedure
from tests.conftest import NOON

TODAY = date(2026, 11, 20)
SOURCE = Source(name="Nguồn thử", seen=date(2026, 7, 18), url="https://dichvucong.gov.vn/1")
OLD_LAW = LegalText(
    number="1/2019/NĐ-CP", title="Cũ", effective_to=date(2026, 6, 30), replaced_by="2/2026/NĐ-CP"
)
NEW_LAW = LegalText(number="2/2026/NĐ-CP", title="Mới", effective_from=date(2026, 7, 1))
GONE_LAW = LegalText(number="3/2019/NĐ-CP", title="Bỏ hẳn", effective_to=date(2026, 6, 30))
COMING_LAW = LegalText(number="4/2019/NĐ-CP", title="Sắp thay", replaced_by="5/2026/NĐ-CP")
NEXT_LAW = LegalText(number="5/2026/NĐ-CP", title="Sắp tới", effective_from=date(2027, 1, 1))
LAWS = (OLD_LAW, NEW_LAW, GONE_LAW, COMING_LAW, NEXT_LAW)


def a_card(code: str = "1.000001", name: str = "Đăng ký khai sinh", **changes: Any) -> Any:
    """A card without fault."""
    told: dict[str, Any] = {
        "aliases": tuple(f"{name} kiểu {number}" for number in range(8)),
        "papers": (RequiredDocument(name="Tờ khai"),),
        "fee": Fee(status=FeeStatus.FREE),
        "times": (ProcessingTime(unit=TimeUnit.SAME_DAY),),
        "source": SOURCE,
        "legal": (NEW_LAW.number,),
    }
    return make_procedure(code, name, **(told | changes))


def a_guide(**changes: Any) -> Guide:
    plain = Guide(
        id=GuideId("nop_truc_tuyen"),
        title="Nộp trực tuyến",
        aliases=("nộp qua mạng",),
        steps=("Đăng nhập.",),
        source=SOURCE,
    )
    return replace(plain, **changes)


def a_hotline(**changes: Any) -> Hotline:
    plain = Hotline(
        name="Tổng đài", phone="1800", purpose="Hỏi", aliases=("số hỏi",), source=SOURCE
    )
    return replace(plain, **changes)


def an_office(**changes: Any) -> Office:
    hours = (OpeningHours(weekdays=(1,), opens="07:30", closes="11:30"),)
    plain = Office(code=OfficeCode("xa"), name="UBND xã", province="01", hours=hours)
    return replace(plain, **changes)


def of(*records: Any) -> Snapshot:
    """A snapshot of records with the laws of these tests."""
    return Snapshot(
        procedures=tuple(one for one in records if hasattr(one, "everyday_name")),
        guides=tuple(one for one in records if isinstance(one, Guide)),
        hotlines=tuple(one for one in records if isinstance(one, Hotline)),
        offices=tuple(one for one in records if isinstance(one, Office)),
        legal_texts=LAWS,
    )


def found(snapshot: Snapshot, **world: Any) -> tuple[Finding, ...]:
    return lint_words().findings(check_all(snapshot, World.of(snapshot, TODAY, **world)))


def rules(snapshot: Snapshot, **world: Any) -> set[str]:
    return {one.rule for one in found(snapshot, **world)}


FLAWLESS = of(a_card(), a_guide(related=(ProcedureCode("1.000001"),)), a_hotline(), an_office())
FREE_UNTIL = Fee(status=FeeStatus.FREE, note="Miễn đến hết 30/6/2026.")
FREE_STILL = Fee(status=FeeStatus.FREE, note="Miễn đến hết 31/12/2026.")

CASES: dict[str, tuple[Any, Any]] = {
    "missing_papers": (a_card(papers=()), a_card(papers=(), papers_note="Không cần giấy tờ.")),
    "missing_fee": (a_card(fee=Fee(status=FeeStatus.UNKNOWN)), a_card()),
    "fee_without_amount": (
        a_card(fee=Fee(status=FeeStatus.KNOWN)),
        a_card(fee=Fee(status=FeeStatus.KNOWN, lines=(FeeLine(amount=8000),))),
    ),
    "missing_time": (a_card(times=()), a_card(times=(), time_note="Theo đợt của trường.")),
    "missing_source": (a_card(source=replace(SOURCE, name=" ")), a_card()),
    "few_aliases": (a_card(aliases=("khai sinh",)), a_card()),
    "long_name": (a_card(name="Đ" * 61), a_card(name="Đ" * 60)),
    "many_steps": (a_card(steps=("Bước.",) * 7), a_card(steps=("Bước.",) * 6)),
    "old_link": (
        a_card(renumbered_to="1.000009", online_url="https://dichvucong.gov.vn/1.000001"),
        a_card(renumbered_to="1.000009", online_url="https://dichvucong.gov.vn/1.000009"),
    ),
    "guide_without_aliases": (a_guide(aliases=()), a_guide()),
    "unknown_related": (a_guide(related=(ProcedureCode("9.999999"),)), a_guide()),
    "hotline_without_source": (a_hotline(source=replace(SOURCE, name="")), a_hotline()),
    "sample_office": (an_office(sample=True), an_office()),
    "office_without_hours": (an_office(hours=()), an_office(hours=(), hours_note="Theo hẹn.")),
    "repeated_alias": (a_guide(aliases=("nộp", "Nop")), a_guide(aliases=("nộp", "nộp hồ sơ"))),
    "unknown_law": (a_card(legal=("99/2020/NĐ-CP",)), a_card()),
    "replaced_law": (a_card(legal=(OLD_LAW.number,)), a_card(legal=(COMING_LAW.number,))),
    "repealed_law": (
        a_guide(notes=(Note(text=f"Theo {GONE_LAW.number}."),)),
        a_guide(notes=(Note(text=f"Theo {NEW_LAW.number}."),)),
    ),
    "expired_note": (
        a_card(notes=(Note(text="Đang giảm.", until=date(2026, 11, 19)),)),
        a_card(notes=(Note(text="Đang giảm.", until=TODAY),)),
    ),
    "waiver_over": (a_card(fee=FREE_UNTIL), a_card(fee=FREE_STILL)),
    "old": (
        a_card(source=replace(SOURCE, seen=date(2025, 11, 19))),
        a_card(source=replace(SOURCE, seen=date(2025, 11, 20))),
    ),
    "district": (
        a_card(where_note="Nộp tại UBND huyện."),
        a_card(where_note="Nộp tại UBND xã, trung tâm gần nhất."),
    ),
    "malformed_link": (
        a_card(online_url="dichvucong.gov.vn/1"),
        a_card(online_url="https://dichvucong.gov.vn/1"),
    ),
}
BY_OTHER_MEANS = {
    "content_fault", "repeated_code", "clashing_alias", "hidden_new_code", "withdrawn",
    "dead_link", "unreachable_link",
}  # fmt: skip


def test_every_rule_has_its_test_and_nothing_else_has_words() -> None:
    assert set(CASES) | BY_OTHER_MEANS == set(lint_words().rules)


def test_flawless_records_are_not_spoken_of() -> None:
    assert found(FLAWLESS) == ()


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_speaks_of_the_fault_alone(rule: str) -> None:
    faulty, sound = CASES[rule]
    assert rules(of(faulty)) == {rule}
    assert rule not in rules(of(sound))


def test_a_guide_from_nowhere_is_told_too() -> None:
    assert rules(of(a_guide(source=replace(SOURCE, name="")))) == {"missing_source"}


def test_a_finding_says_where_why_and_what_to_do() -> None:
    (told,) = found(of(a_card(legal=(NEW_LAW.number, OLD_LAW.number))))
    assert (told.subject, told.name, told.field) == ("1.000001", "Đăng ký khai sinh", "legal[1]")
    assert told.label == "Căn cứ pháp lý thứ 2"
    assert told.severity is Severity.ERROR
    assert "1/2019/NĐ-CP đã hết hiệu lực, thay bằng 2/2026/NĐ-CP." in told.message
    assert told.message.endswith(told.do)


def test_the_gravest_come_first() -> None:
    told = found(of(a_card(times=(), legal=(OLD_LAW.number,)), an_office(sample=True)))
    assert [one.severity for one in told] == list(Severity)


def test_a_bare_row_of_the_portal_is_not_our_concern() -> None:
    assert rules(of(make_procedure(has_card=False))) == set()


@pytest.mark.parametrize("other", [
    a_card("1.000002", "Khai tử", aliases=(*a_card("1", "B").aliases, "lam KHAI SINH kieu 1")),
    a_card("1.000002", "làm khai sinh kiểu 1"),
    a_guide(aliases=("Làm khai sinh kiểu 1",)),
    a_hotline(aliases=("làm khai sinh kiểu 1",)),
])  # fmt: skip
def test_a_way_of_asking_belongs_to_one_topic(other: Any) -> None:
    told = found(of(a_card(name="làm khai sinh"), other))
    assert {one.rule for one in told} == {"clashing_alias"}
    assert len({one.subject for one in told}) == 2
    assert rules(of(a_card(), a_card("1.000002", "Khai tử"))) == set()


def test_abbreviations_are_written_out_before_aliases_are_compared() -> None:
    card = a_card(aliases=(*a_card().aliases, "mất giấy phép lái xe"))
    assert rules(of(card, a_guide(aliases=("Mất GPLX",)))) == {"clashing_alias"}


def test_two_records_of_one_code_are_found() -> None:
    assert rules(of(a_card(), a_card())) == {"repeated_code"}
    assert rules(of(a_guide(), a_guide())) == {"repeated_code"}


def test_a_new_code_must_be_shown() -> None:
    successor = a_card("1.000009", "Thủ tục mới", former_codes=("1.000001",))
    assert rules(of(a_card(), successor)) == {"hidden_new_code"}
    assert rules(of(a_card(renumbered_to="1.000009"), successor)) == set()


def test_what_left_the_portal_is_told() -> None:
    gone = frozenset({"1.000001"})
    assert rules(of(a_card()), withdrawn=gone) == {"withdrawn"}
    assert rules(of(a_card(renumbered_to="1.000009")), withdrawn=gone) == set()


def test_a_law_may_be_cited_on_its_last_day() -> None:
    snapshot = of(a_card(legal=(GONE_LAW.number,)))
    last = World.of(snapshot, date(2026, 6, 30))
    assert {one.rule for one in check_all(snapshot, last)} == set()


@pytest.mark.parametrize(("text", "word"), [
    ("Nộp tại UBND huyện nơi cư trú.", "UBND huyện"),
    ("Phòng Tư pháp tiếp nhận.", "Phòng Tư pháp"),
    ("Công an cấp huyện giải quyết.", "cấp huyện"),
    ("Ra thị xã nộp hồ sơ.", "thị xã"),
    ("Trước 1/7/2025 nộp ở huyện. Nay đến công an huyện.", "công an huyện"),
    ("Trước 1/7/2025 nộp ở UBND huyện.", ""),
    ("Không còn cấp huyện thì nộp ở xã.", ""),
    ("Theo mẫu “Giấy xác nhận của UBND huyện”.", ""),
    ("Phòng Kinh tế xã tiếp nhận.", ""),
    ("Nộp ở khung trò chuyện, xem truyện, huyền thoại.", ""),
])  # fmt: skip
def test_district_offices_are_told_from_other_words(text: str, word: str) -> None:
    assert district_word(text) == word


def test_titles_and_citizens_words_may_name_a_district() -> None:
    titled = a_card(
        official_name="Thủ tục của UBND huyện",
        papers=(RequiredDocument(name="Giấy do UBND huyện cấp"),),
        not_when=("huyen",),
        aliases=(*a_card().aliases, "ra huyện làm khai sinh"),
    )
    assert rules(of(titled)) == set()
    by_case = a_card(papers=(RequiredDocument(name="Đơn", case="nộp ở UBND huyện"),))
    assert rules(of(by_case)) == {"district"}


def test_before_the_districts_were_gone_they_may_be_named() -> None:
    snapshot = of(a_card(where_note="Nộp tại UBND huyện.", legal=()))
    then = World.of(snapshot, date(2025, 6, 30))
    assert list(check_all(snapshot, then)) == []


@pytest.mark.parametrize(("text", "day"), [
    ("Giảm 50% đến hết 31/12/2026.", date(2026, 12, 31)),
    ("Miễn đến hết ngày 28 tháng 2 năm 2027", date(2027, 2, 28)),
    ("Giảm đến tháng 2/2024", date(2024, 2, 29)),
    ("Miễn hết năm 2025", date(2025, 12, 31)),
    ("Từ 1/1/2025 đến 30-6-2025, rồi đến hết 31/12/2025", date(2025, 12, 31)),
    ("đến hết 31/02/2026", None),
    ("Nộp trước ngày 25 tháng cuối quý", None),
])  # fmt: skip
def test_the_last_day_of_a_waiver_is_read(text: str, day: date | None) -> None:
    assert last_day(text) == day


def test_a_past_date_that_is_no_waiver_is_left_alone() -> None:
    born = Note(text="Dành cho người sinh đến hết ngày 31/12/1960.")
    assert rules(of(a_card(notes=(born,)))) == set()
    waived = Note(text="Được giảm 50% đến hết ngày 31/12/2025.")
    assert rules(of(a_card(notes=(waived,)))) == {"waiver_over"}


@given(day=st.dates(date(1900, 1, 1), date(2200, 1, 1)), months=st.integers(1, 1200))
def test_months_before_stay_on_the_calendar(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day <= day.day


@pytest.mark.parametrize(("url", "good"), [
    ("https://dichvucong.gov.vn/a?b=1", True),
    ("http://xa.gov.vn", True),
    ("ftp://xa.gov.vn", False),
    ("https://xagovvn", False),
    ("https://xa.gov.vn/a b", False),
    ("https://xa.gov.vn:cổng", False),
    ("https://[xa.gov.vn", False),
])  # fmt: skip
def test_what_a_browser_can_open(url: str, good: bool) -> None:
    assert well_formed(url) is good


def test_a_visit_tells_of_every_place_the_address_stands() -> None:
    url = "https://dichvucong.gov.vn/1"
    snapshot = of(a_card(online_url=url), an_office(map_url="https://ban-do.vn/xa"))
    assert to_visit(snapshot) == (url, "https://ban-do.vn/xa")
    visits = {
        url: Visit(health=Health.DEAD, why="404"),
        "https://ban-do.vn/xa": Visit(health=Health.UNREACHABLE, why="bận"),
    }
    told = lint_words().findings(visited(snapshot, visits))
    assert [(one.rule, one.subject, one.field) for one in told] == [
        ("dead_link", "1.000001", "source.url"),
        ("dead_link", "1.000001", "online_url"),
        ("unreachable_link", "xa", "map_url"),
    ]
    alive = dict.fromkeys(visits, Visit(health=Health.ALIVE))
    assert list(visited(snapshot, alive)) == []


def test_a_sample_offices_map_is_not_visited() -> None:
    assert to_visit(of(an_office(map_url="https://example.com/xa", sample=True))) == ()


def test_what_cannot_be_read_is_a_finding_beside_the_good_records(tmp_path: Path) -> None:
    file = tmp_path / "the.toml"
    file.write_text('[[law]]\nnumber = "1"\n\n[[law]]\nnumber = "2"\ntitle = "Luật"\n', "utf-8")
    scope = unpublished(read_content([file]))
    (told,) = lint_words().findings(unreadable(scope.faults))
    assert (told.rule, told.subject) == ("content_fault", "the.toml")
    assert ("title" in told.field, told.row) == (True, 1)
    assert told.label == "Dòng 1, văn bản, tên"
    assert [law.number for law in scope.checked.legal_texts] == ["2"]


def test_an_offices_edit_is_checked_and_the_portals_row_is_not() -> None:
    bare = make_procedure("1.000005", has_card=False)
    layers = Layers(
        content=of(a_card(), an_office()),
        portal=(a_record(bare), a_record(make_procedure("1.000001"), withdrawn_at=NOON)),
        edits=(OfficeEdit(office="xa", code="1.000001", fields={"times": ()}),),
    )
    scope = published(layers, "xa")
    told = lint_words().findings(check_all(scope.checked, scope.world(TODAY, 12)))
    assert [(one.rule, one.subject) for one in told] == [
        ("withdrawn", "1.000001"),
        ("missing_time", "1.000001"),
    ]
    assert published(layers, "").checked.procedures == (a_card(),)
    assert "1.000005" in scope.world(TODAY, 12).codes


def test_a_card_published_twice_is_found() -> None:
    scope = published(Layers(content=of(a_card(), a_card())), "")
    assert {one.rule for one in check_all(scope.checked, scope.world(TODAY, 12))} == {
        "repeated_code"
    }


def test_a_file_is_checked_beside_what_is_known(tmp_path: Path) -> None:
    known = published(Layers(content=of(a_card(), a_card("1.000002", "Khai tử"))), "")
    file = tmp_path / "the.toml"
    file.write_text(GUIDE, encoding="utf-8")
    scope = of_files([file], known)
    told = lint_words().findings(check_all(scope.checked, scope.world(TODAY, 12)))
    assert [(one.rule, one.subject) for one in told] == [("clashing_alias", "huong_dan")]


GUIDE = """
[[guide]]
id = "huong_dan"
title = "Hướng dẫn"
aliases = ["khai tu kieu 1"]
steps = ["Đọc."]
related = ["1.000001"]
source = { name = "Nguồn", seen = 2026-07-18 }
"""


def a_record(procedure: Any, **changes: Any) -> PortalRecord:
    plain = PortalRecord(
        portal_id="id", procedure=procedure, stamp="s", seen_at=NOON, first_seen=NOON,
        changed_at=NOON,
    )  # fmt: skip
    return replace(plain, **changes)


def test_the_shipped_content_misleads_nobody() -> None:
    snapshot = load_snapshot()
    told = found(snapshot)
    assert [one for one in told if one.severity is Severity.ERROR] == []
