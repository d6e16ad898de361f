"""A form reads what it names, each field as its kind, and says what to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict

from bot.console.fields import (
    Address,
    CalendarYear,
    Code,
    Day,
    Family,
    Kind,
    Line,
    Moment,
    Number,
    Once,
    OneOf,
    Reason,
    Secret,
    Sent,
    Several,
    Ticked,
    Time,
    Upload,
    Words,
    Wrong,
)
from bot.console.forms import (
    BLANK,
    Faulty,
    UnknownField,
    Value,
    has_upload,
    read_form,
    read_query,
    typed_in,
)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    name: Annotated[str, Line(2, 10)]
    text: Annotated[str, Words(0, 30)]
    from_: Annotated[date | None, Day()] = None
    on: Annotated[bool, Ticked()] = False
    roles: Annotated[tuple[str, ...], Several(Code(), most=2)] = ()
    secret: Annotated[str, Secret()] = ""
    rows: Annotated[Mapping[str, str], Family("row.", Line(1, 5), lambda: {"fee": 1, "time": 1})]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithFile:
    file: Annotated[Sent, Upload()]
    note: Annotated[str, Line(0, 10)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    page: Annotated[int, Number(1, 9)] = 1
    from_: Annotated[date | None, Day()] = None
    tags: Annotated[Sequence[str], Several(Code())] = field(default_factory=list)


def _sent(**fields: Value) -> MultiDict[Value]:
    return MultiDict({"name": "Lan", "text": "", **fields})


def test_each_field_is_read_as_its_kind() -> None:
    sent = _sent(**{"from": "20/11/2026", "on": "on", "_csrf": "x", "row.fee": " 8.000 "})
    sent.extend([("roles", "a"), ("roles", "b")])
    assert read_form(sent, Everything) == Everything(
        name="Lan",
        text="",
        from_=date(2026, 11, 20),
        on=True,
        roles=("a", "b"),
        rows={"fee": "8.000"},
    )


def test_what_is_not_sent_is_at_its_default_and_what_is_needed_is_asked_for() -> None:
    with pytest.raises(Faulty) as faulty:
        read_form(MultiDict[Value]({"name": "  "}), Everything)
    assert faulty.value.faults == {
        "name": "Mục này bắt buộc.",
        "text": "Mục này bắt buộc.",
    }


def test_every_fault_is_told_at_once() -> None:
    sent = _sent(name="x", **{"from": "31/02/2026", "row.fee": "quá dài rồi"})
    with pytest.raises(Faulty) as faulty:
        read_form(sent, Everything)
    assert faulty.value.faults.keys() == {"name", "from", "row.fee"}


@pytest.mark.parametrize(
    "stranger", ["name2", "from_", "row.", "row.other", "rows", "officer", "__init__"]
)
def test_a_field_it_does_not_name_is_refused(stranger: str) -> None:
    with pytest.raises(UnknownField):
        read_form(_sent(**{stranger: ""}), Everything)


@pytest.mark.parametrize(("name", "most"), [("name", 1), ("row.fee", 1), ("roles", 2)])
def test_a_field_sent_more_often_than_it_may_be_is_refused(name: str, most: int) -> None:
    sent = MultiDict[Value]({"text": ""})
    sent.extend([(name, "aa")] * (most + 1))
    with pytest.raises(UnknownField):
        read_form(sent, Everything)


def test_a_file_and_a_text_are_not_taken_for_each_other() -> None:
    file = Sent(name="bang.csv", body=b"x")
    assert read_form(MultiDict[Value]({"file": file}), WithFile).file is file
    assert (has_upload(WithFile), has_upload(Everything)) == (True, False)
    for sent in ({"file": "text"}, {}, {"file": file, "note": file}):
        with pytest.raises(Faulty):
            read_form(MultiDict[Value](sent), WithFile)


def test_what_was_typed_goes_back_without_secrets_files_and_token() -> None:
    sent = _sent(secret="mật khẩu", _csrf="x", file=Sent(name="a", body=b""))
    typed = typed_in(sent, Everything, {"name": "sửa"}, "/x")
    assert typed.values == {"name": ("Lan",), "text": ("",), "file": ()}
    assert (typed.get("name", "before"), typed.get("secret", "before")) == ("Lan", "")
    assert "name" in typed


def test_before_anything_was_typed_the_default_is_shown() -> None:
    assert BLANK.get("name", "before") == "before"
    assert BLANK.all("roles", ["a"]) == ("a",)
    assert typed_in(_sent(), Everything, {}, "/x").all("roles", ["a"]) == ()


def test_what_a_list_is_asked_in_vain_counts_as_not_asked() -> None:
    asked = MultiDict({"page": "99", "from": "2026-11-20", "office": "x"})
    assert read_query(asked, Asked) == Asked(from_=date(2026, 11, 20))
    assert read_query(MultiDict({"tags": "a"}), Asked).tags == ("a",)


GOOD: list[tuple[Kind, str, object]] = [
    (Words(1, 20), "một\r\nhai\x00", "một\nhai"),
    (Line(1, 20), " một\r\n  hai ", "một hai"),
    (Reason(), "nghị quyết 12", "nghị quyết 12"),
    (Secret(), "  giữ nguyên ", "  giữ nguyên "),
    (Number(0, 9), " 7 ", 7),
    (Number(), "8.027", 8027),
    (Number(), "1 008 027", 1_008_027),
    (Number(), "8\u00a0027", 8027),
    (CalendarYear(2000, 2100), " 2026 ", 2026),
    (Day(), "2026-11-20", date(2026, 11, 20)),
    (Day(), "20/11/2026", date(2026, 11, 20)),
    (Time(), "7h30", time(7, 30)),
    (Time(), "23:59", time(23, 59)),
    (Moment(), "2026-11-20T07:30", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
    (Moment(), "20/11/2026 07:30", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
    (OneOf(Colour), "red", Colour.RED),
    (Code(), "xa-a.1_B", "xa-a.1_B"),
    (Address(), " https://dichvucong.gov.vn/x?y=1 ", "https://dichvucong.gov.vn/x?y=1"),
    (Once(), "a" * 16, "a" * 16),
]
BAD: list[tuple[Kind, str]] = [
    (Words(3, 20), "ab"),
    (Words(1, 3), "abcd"),
    (Words(1, 3), "\x00\u202e"),
    (Reason(), "ok\x00\x00\x00"),
    (Secret(4), "mật"),
    (Number(1, 9), "0"),
    (Number(1, 9), "1_0"),
    (Number(), "-1"),
    # A comma parts decimals, and these are no thousands.
    (Number(), "8,027"),
    (Number(), "8.02"),
    (Number(), "8027.000"),
    (Number(), "8.027 000"),
    (CalendarYear(2000, 2100), "2.026"),
    (CalendarYear(2000, 2100), "1999"),
    (Number(), "٣"),
    (Number(), "9" * 19),
    (Day(), "2026-02-30"),
    (Day(), "20-11-2026"),
    (Time(), "24:00"),
    (Time(), "7:60"),
    (Moment(), "2026-11-20"),
    (Moment(), "0001-01-01T00:00"),
    (Line(1, 80), "\u200b\u2060"),
    (OneOf(Colour), "blue"),
    (Code(), "../x"),
    (Code(), ""),
    (Code(), "a\n"),
    (Address(), "javascript:alert(1)"),
    (Address(), "https://x y"),
    (Address(), 'https://x"onload='),
    (Address(), "https://" + "x" * 2_000),
    (Once(), "short"),
    (Upload(), "text"),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_a_kind_takes_what_is_of_it(kind: Kind, text: str, value: object) -> None:
    assert kind.read(text) == value


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_a_kind_says_what_to_mend_in_what_is_not(kind: Kind, text: str) -> None:
    with pytest.raises(Wrong, match=r"\w+ \w+"):
        kind.read(text)


@given(st.text(max_size=60))
def test_whatever_is_sent_is_read_or_refused(text: str) -> None:
    kinds: list[Kind] = [*(kind for kind, *_ in GOOD), *(kind for kind, _ in BAD)]
    for kind in kinds:
        with suppress(Wrong):
            kind.read(text)
