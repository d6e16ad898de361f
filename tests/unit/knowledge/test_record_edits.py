"""What offices say otherwise about guides, hotlines and offices."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from knowledge.layers import Layers
from knowledge.models import (
    Guide,
    GuideId,
    Hotline,
    Office,
    OfficeCode,
    OpeningHours,
    Snapshot,
    Source,
)
from knowledge.record_edits import MODELS, RecordEdit, RecordKind
from knowledge.record_words import headings, written

SOURCE = Source(name="Nguồn thử", seen=date(2026, 7, 18), url="https://example.vn")
GUIDE = Guide(
    id=GuideId("nop"),
    title="Nộp trực tuyến",
    aliases=("nop online",),
    steps=("Mở",),
    source=SOURCE,
)
HOTLINE = Hotline(name="Tổng đài", phone="1022", purpose="Hỏi", aliases=(), source=SOURCE)
PROVINCE = Office(code=OfficeCode("tinh"), name="Tỉnh", province="01")
COMMUNE = Office(code=OfficeCode("xa"), name="Xã", province="01", parent=OfficeCode("tinh"))
CONTENT = Snapshot(guides=(GUIDE,), hotlines=(HOTLINE,), offices=(PROVINCE, COMMUNE))


def layers(*edits: RecordEdit) -> Layers:
    return Layers(content=CONTENT, records=edits)


def guide(office: str, **fields: object) -> RecordEdit:
    return RecordEdit(office=office, kind=RecordKind.GUIDE, ref="nop", fields=fields)


def office(ref: str, **fields: object) -> RecordEdit:
    return RecordEdit(office="", kind=RecordKind.OFFICE, ref=ref, fields=fields)


def test_the_nearest_office_has_the_last_word() -> None:
    known = layers(guide("tinh", title="Tỉnh", intro="Tỉnh nói"), guide("xa", title="Xã"))
    (told,) = known.snapshot("xa").guides
    assert (told.title, told.intro, told.steps) == ("Xã", "Tỉnh nói", ("Mở",))
    (above,) = known.beneath("xa").guides
    assert above.title == "Tỉnh"
    assert known.snapshot("").guides == (GUIDE,)


def test_what_is_gone_is_hidden_and_may_be_told_again_below() -> None:
    known = layers(guide("tinh", gone=True))
    assert known.snapshot("xa").guides == ()
    assert known.snapshot("").guides == (GUIDE,)
    again = layers(
        guide("tinh", gone=True),
        guide("xa", title="Lại", aliases=(), steps=(), source=SOURCE),
    )
    assert [one.title for one in again.snapshot("xa").guides] == ["Lại"]


def test_a_new_record_that_lacks_something_is_not_told() -> None:
    lacking = RecordEdit(office="", kind=RecordKind.GUIDE, ref="moi", fields={"title": "Mới"})
    assert layers(lacking).snapshot("").guides == (GUIDE,)


def test_a_hotline_keeps_its_ref_when_its_number_changes() -> None:
    moved = RecordEdit(office="", kind=RecordKind.HOTLINE, ref="1022", fields={"phone": "1800"})
    again = RecordEdit(office="xa", kind=RecordKind.HOTLINE, ref="1022", fields={"name": "Xã"})
    (told,) = layers(moved, again).snapshot("xa").hotlines
    assert (told.phone, told.name) == ("1800", "Xã")


def test_the_tree_of_offices_is_the_same_for_everybody() -> None:
    new = office("thon", name="Thôn", province="01", parent=OfficeCode("xa"))
    known = layers(new, office("xa", phone="0123"), guide("xa", title="Xã"))
    for code in ("", "tinh", "xa", "thon"):
        assert [one.code for one in known.snapshot(code).offices] == ["tinh", "xa", "thon"]
    assert known.offices[1].phone == "0123"
    assert known.beneath("").offices == CONTENT.offices
    # What stands above the new office is told by it too.
    assert [one.title for one in known.snapshot("thon").guides] == ["Xã"]


def test_no_office_holds_the_data_of_offices_and_cards_have_edits_of_their_own() -> None:
    with pytest.raises(ValueError, match="office"):
        RecordEdit(office="xa", kind=RecordKind.OFFICE, ref="xa")
    with pytest.raises(ValueError, match="procedure"):
        RecordEdit(office="", kind=RecordKind.PROCEDURE, ref="1.001193")


HOURS = tuple(
    OpeningHours(weekdays=(1, 2), opens=opens, closes=closes)
    for opens, closes in (("07:30", "11:30"), ("13:30", "17:00"))
)


@pytest.mark.parametrize(
    ("kind", "field", "value", "said"),
    [
        (RecordKind.OFFICE, "hours", HOURS, "thứ Hai, thứ Ba: 07:30–11:30; 13:30–17:00"),
        (RecordKind.GUIDE, "source", SOURCE, "Nguồn thử | 18/07/2026 | https://example.vn"),
        (RecordKind.GUIDE, "steps", ("Mở", "Nộp"), "Mở\nNộp"),
        (RecordKind.GUIDE, "gone", True, "Không dùng nữa"),
        (RecordKind.OFFICE, "parent", None, ""),
        (RecordKind.OFFICE, "phone", "0123", "0123"),
        (RecordKind.PROCEDURE, "aliases", ("một", "hai"), "một\nhai"),
    ],
)
def test_every_value_is_written_for_people(
    kind: RecordKind, field: str, value: object, said: str
) -> None:
    assert written(kind, field, value) == said


@pytest.mark.parametrize("kind", [RecordKind.GUIDE, RecordKind.HOTLINE, RecordKind.OFFICE])
def test_every_field_has_a_heading(kind: RecordKind) -> None:
    named = {one.name for one in fields(MODELS[kind])} - {"id", "code"}
    assert set(headings(kind)) == {*named, "gone"}
