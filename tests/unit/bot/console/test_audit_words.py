"""Entries of the record in words: each field before and after, each name as people call it."""

from __future__ import annotations

from bot.console.audit.difference import Field, fields_of
from bot.console.audit.showing import actors_like, deed_label, field_label, kind_label, value_shown
from bot.officials.audit import Deed
from tests.fakes.console import LITTLE

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
    offices = {str(office.code): office for office in LITTLE.offices}
    assert value_shown("office", "xa-a", offices) == "Xã A"
    assert value_shown("office", "gone", offices) == "gone"
    assert value_shown("role", "leader", offices) == "Lãnh đạo"
    assert value_shown("role", "gone", offices) == "gone"
    assert value_shown("name", "xa-a", offices) == "xa-a"


def test_what_acts_without_an_account_is_found_by_what_it_is_called() -> None:
    assert actors_like("Dòng lệnh") == {"command_line"}
    assert actors_like("theo lich") == {"clockwork"}
    assert actors_like("Lan") == actors_like(" ") == frozenset()
