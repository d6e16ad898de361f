"""Entries of the record in words: each field before and after, each name as people call it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.console import audit
from bot.console.audit.difference import Field, fields_of
from bot.console.audit.objects import Known, subject_of
from bot.console.audit.showing import actors_like, deed_label, field_label, kind_label, value_shown
from bot.console.words import said
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from knowledge.library import KnowledgeBase
from knowledge.testing import OursAlone
from tests.fakes.console import LITTLE

KNOWN = Known(
    knowledge=KnowledgeBase.build(LITTLE, OursAlone.load()),
    people={OfficerId(7): "Nguyễn Thị Lan"},
    titles={5: "Tên lúc đổi"},
)
NAMED = re.compile(r"name=\"([a-z]+)\",\s*stem")
TAKEN = re.compile(r"kind=\"list\",\s*subject=\"([a-z]+)\"")

DEED = Deed(
    action="officer_changed", office="", kind="officer", subject="1",
    before={"name": "Lan", "active": True, "until": None},
    after={
        "name": "Lan Anh",
        "hours": [{"opens": "07:30", "days": [1, 2]}, {"opens": "", "days": []}],
        "count": 3,
    },
)  # fmt: skip


def test_every_field_is_told_once_in_lines() -> None:
    assert fields_of(DEED) == (
        Field(name="name", before="Lan", after="Lan Anh"),
        Field(name="active", before="✓", after=""),
        Field(name="until", before="", after=""),
        Field(name="hours", before="", after="07:30 · 1\n2\n"),
        Field(name="count", before="", after="3"),
    )


def test_names_are_those_of_the_words_or_of_the_table_of_records() -> None:
    assert (deed_label("officer_off"), deed_label("of_a_later_release")) == (
        "Tắt tài khoản", "of_a_later_release",
    )  # fmt: skip
    assert (kind_label("talk"), kind_label("dossier")) == ("Cuộc trò chuyện", "dossier")
    assert field_label("officer", "login") == "Tên đăng nhập"
    assert field_label("procedure", "fee") == "Phí, lệ phí"
    assert field_label("officer", "unheard_of") == "unheard_of"


def test_values_that_are_codes_are_told_by_name() -> None:
    for name, value, told in (
        ("office", "xa-a", "Xã A"),
        ("office", "gone", "gone"),
        ("role", "leader", "Lãnh đạo"),
        ("role", "gone", "gone"),
        ("name", "xa-a", "xa-a"),
        ("officer", "7", "Nguyễn Thị Lan"),
        ("officer", "8", "8"),
        ("purpose", "reset", "đặt lại mật khẩu"),
        ("purpose", "gone", "gone"),
        ("deed", "officer_off", "Tắt tài khoản"),
        ("until", "2026-11-23T10:00:00.000000Z", "23/11/2026 17:00"),
        ("last", "2026-11-24", "24/11/2026"),
        ("last", "2026-13-45", "2026-13-45"),
        ("from", "21:30", "21:30"),
    ):
        assert value_shown(name, value, KNOWN) == told


@pytest.mark.parametrize(
    ("kind", "subject", "before", "after", "told"),
    [
        ("setting", "channel:web", {}, {"off": True}, "Tắt kênh Web"),
        ("setting", "channel:web", {"off": True}, {}, "Bật kênh Web"),
        ("setting", "channel:zalo", {"off": True}, {"off": False}, "Bật kênh Zalo"),
        ("setting", "trial", {}, {"on": True}, "Bật chế độ thử"),
        ("setting", "trial", {"on": True}, {"on": False}, "Tắt chế độ thử"),
        ("setting", "trial", {}, {}, "Đổi mã mời của chế độ thử"),
        ("setting", "rule:four_eyes", {}, {"on": True}, "Quy tắc: Người soạn không tự duyệt"),
        (
            "setting",
            "notice:d90453",
            {},
            {"text": "Bão số 12\nvào bờ"},
            "Thông báo: Bão số 12 vào bờ",
        ),
        ("setting", "notice:d90453", {"text": "Bão"}, {}, "Thông báo: Bão"),
        ("setting", "notice:d90453", {}, {"change": 5}, "Thông báo: Tên lúc đổi"),
        ("setting", "notice:d90453", {}, {"text": "b" * 99}, f"Thông báo: {'b' * 80}…"),
        ("setting", "day:2026-11-23", {}, {"name": "Nghỉ bù"}, "Ngày 23/11/2026: Nghỉ bù"),
        ("setting", "day:2026-11-23", {}, {}, "Ngày 23/11/2026"),
        ("setting", "day:2026-11-23", {}, {"change": 5}, "Tên lúc đổi"),
        ("setting", "wording:greeting", {}, {"text": "Xin chào"}, "Câu chữ: Xin chào"),
        ("setting", "wording:greeting", {}, {}, "Câu chữ: greeting"),
        ("setting", "of:later", {}, {}, "of:later"),
        ("procedure", "1.000894", {}, {}, "Đăng ký kết hôn"),
        ("procedure", "9.999999", {}, {"change": 5}, "Tên lúc đổi"),
        ("procedure", "9.999999", {}, {"change": 6}, "9.999999"),
        ("guide", "cai-vneid", {}, {}, "Cài VNeID thế nào"),
        ("hotline", "1022", {}, {}, "Đường dây nóng"),
        ("office", "xa-a", {}, {}, "Xã A"),
        ("officer", "7", {}, {}, "Nguyễn Thị Lan"),
        ("officer", "8", {}, {"login": "hoa"}, "hoa"),
        ("officer", "x", {}, {}, "x"),
        ("list", "audit", {}, {}, "Nhật ký"),
        ("guest", "a1b2", {}, {"label": "Chị Hoa"}, "Chị Hoa"),
        ("guest", "a1b2", {}, {}, "khách thử"),
        ("import", "3", {}, {"name": "the.xlsx"}, "the.xlsx"),
        ("question", "3", {}, {}, "số 3"),
        ("talk", "40", {}, {}, "số 40"),
    ],
)
def test_things_are_told_by_what_people_call_them(
    kind: str, subject: str, before: dict[str, Any], after: dict[str, Any], told: str
) -> None:
    deed = Deed(action="x", office="", kind=kind, subject=subject, before=before, after=after)
    assert subject_of(deed, KNOWN) == told


def test_every_list_that_is_taken_away_has_a_name() -> None:
    console = Path(audit.__file__).parents[1]
    pages = "\n".join(path.read_text(encoding="utf-8") for path in console.rglob("*.py"))
    lists = {*NAMED.findall(pages), *TAKEN.findall(pages)}
    assert "audit" in lists
    assert {name for name in lists if said("lists_named", name) == name} == set()


def test_what_acts_without_an_account_is_found_by_what_it_is_called() -> None:
    assert actors_like("Dòng lệnh") == {"command_line"}
    assert actors_like("theo lich") == {"clockwork"}
    assert actors_like("Lan") == actors_like(" ") == frozenset()
