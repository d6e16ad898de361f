"""The office goes over our card, our card over the portal; and nobody speaks for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.layers import Layers, OfficeEdit, merged_edit, with_edit
from knowledge.models import FieldSource, Procedure, Snapshot, Source
from knowledge.portal_records import PortalRecord
from knowledge.testing import make_procedure
from tests.conftest import NOON

CARD = "1.000001"
OWN = Source(name="UBND xã Mẫu", seen=date(2026, 11, 20))
LATER = replace(OWN, seen=date(2027, 1, 1))


def a_record(code: str, renumbered_to: str = "", *, listed: bool = True) -> PortalRecord:
    procedure = make_procedure(code, has_card=False, renumbered_to=renumbered_to)
    gone = None if listed else NOON
    return PortalRecord(
        portal_id=code,
        procedure=procedure,
        stamp="",
        seen_at=NOON,
        first_seen=NOON,
        changed_at=NOON,
        withdrawn_at=gone,
    )


@pytest.mark.parametrize(
    ("renumbered_to", "portal", "now"),
    [
        ("1.000002", [a_record("1.000002")], "1.000002"),
        ("1.000002", [a_record("1.000002", "1.000003"), a_record("1.000003")], "1.000003"),
        ("", [a_record(CARD, "1.000002"), a_record("1.000002", "1.000003", listed=False)],
         "1.000003"),
        ("1.000002", [a_record(CARD, "1.000003"), a_record("1.000003"), a_record("1.000002")],
         "1.000002"),
        ("1.000002", [a_record("1.000002", CARD), a_record(CARD)], "1.000002"),
    ],
    ids=["its own", "the portal's after its own", "two of the portal's", "of each", "and back"],
)  # fmt: skip
def test_a_card_covers_every_number_it_got_since_and_names_the_last(
    renumbered_to: str, portal: list[PortalRecord], now: str
) -> None:
    content = Snapshot(procedures=(make_procedure(CARD, renumbered_to=renumbered_to),))
    (told,) = Layers(content=content, portal=tuple(portal)).snapshot().procedures
    assert (told.code, told.renumbered_to, told.has_card) == (CARD, now, True)


def test_a_card_under_its_new_number_covers_the_former() -> None:
    content = Snapshot(procedures=(make_procedure("1.000002", former_codes=(CARD,)),))
    (told,) = Layers(content=content, portal=(a_record(CARD),)).snapshot().procedures
    assert told.code == "1.000002"


def test_an_edit_with_one_source_for_all_speaks_for_its_own_fields_alone() -> None:
    card = make_procedure(result="Giấy", papers_note="Theo Cổng")
    edit = OfficeEdit(office="", code=card.code, fields={"result": "Bản", "source": OWN})
    told = with_edit(card, edit)
    assert told is not None
    assert told.source_of("result") == OWN
    assert told.source_of("papers_note") == told.source == card.source


def stated(
    procedure: Procedure, *fields: str, base: Procedure | None, earlier: OfficeEdit
) -> OfficeEdit:
    return merged_edit(procedure, fields, source=LATER, base=base, earlier=earlier)


def test_what_an_edit_with_one_source_said_before_keeps_it() -> None:
    card = make_procedure()
    earlier = OfficeEdit(office="xa", code=card.code, fields={"result": "Bản", "source": OWN})
    edit = stated(replace(card, sector="Khác"), "sector", base=card, earlier=earlier)
    assert edit.sources == {"result": OWN, "sector": LATER}
    assert "source" not in edit.fields


WHOLE = ("official_name", "everyday_name", "sector", "level", "has_card")


def test_what_an_office_says_later_of_its_own_procedure_leaves_the_rest_whose_it_was() -> None:
    own = make_procedure(result="Bản")
    fields = {name: getattr(own, name) for name in (*WHOLE, "result")} | {"source": OWN}
    earlier = OfficeEdit(office="xa", code=own.code, fields=fields)
    edit = stated(replace(own, steps=("Nộp",)), *WHOLE, "steps", base=None, earlier=earlier)
    told = with_edit(None, edit)
    assert told is not None
    assert (told.source_of("steps"), told.source_of("result"), told.source) == (LATER, OWN, OWN)
    again = stated(told, *WHOLE, "steps", base=None, earlier=edit)
    assert again == edit


def test_stating_the_same_of_a_bare_row_again_changes_nothing() -> None:
    bare = make_procedure(has_card=False)
    said = replace(bare, result="Bản")
    nothing = OfficeEdit(office="xa", code=bare.code)
    first = merged_edit(said, ["result"], source=OWN, base=bare, earlier=nothing)
    assert first.fields["has_card"]
    assert stated(said, "result", base=bare, earlier=first) == first
    assert first.fields["sources"] == (FieldSource(field="result", source=OWN),)
