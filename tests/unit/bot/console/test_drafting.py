"""A form filled with what is told, and sent as it is, states nothing; a field typed is stated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.typed import clean
from bot.console.forms import Faulty
from bot.console.knowledge.cells import CARD, GUIDE, Sheet
from bot.console.knowledge.drafting import card_draft, guide_draft
from bot.console.knowledge.in_hand import InHand
from knowledge.models import Fee, FeeStatus, Procedure, Snapshot, Source
from knowledge.testing import SEEN, make_procedure

OURS = Source(name="UBND xã A", seen=SEEN)
LEAST = {"official_name": "A", "everyday_name": "A", "sector": "B", "level": "Cấp xã"}


def _sent(sheet: Sheet, record: object) -> dict[str, str]:
    """What a browser sends of a form nobody typed into."""
    return {name: clean(text.replace("\n", "\r\n")) for name, text in sheet.texts(record).items()}


def _standing(record: object, ref: str) -> InHand:
    return InHand(office="xa-a", ref=ref, told=record, base=record, own={})


def test_every_shipped_card_passes_through_its_form(snapshot: Snapshot) -> None:
    changed = [
        card.code
        for card in snapshot.procedures
        if card_draft(_standing(card, card.code), _sent(CARD, card), OURS).fields
    ]
    assert changed == []


def test_every_shipped_guide_passes_through_its_form(snapshot: Snapshot) -> None:
    for guide in snapshot.guides:
        sent = _sent(GUIDE, guide)
        assert guide_draft(_standing(guide, guide.id), sent, OURS).fields == {}
        anew = guide_draft(
            InHand(office="xa-a", ref=guide.id, told=None, base=None, own={}), sent, guide.source
        )
        assert anew.record == guide


def test_what_is_typed_is_stated_with_its_source_and_nothing_else() -> None:
    card = make_procedure(has_card=True)
    draft = card_draft(_standing(card, card.code), _sent(CARD, card) | {"fee": "Không thu"}, OURS)
    assert draft.fields.keys() == {"fee", "sources"}
    assert draft.record.fee == Fee(status=FeeStatus.FREE)
    assert draft.record.source_of("fee") == OURS
    assert draft.record.source_of("sector") == card.source


def test_what_an_office_stated_before_keeps_its_source() -> None:
    card = make_procedure(has_card=True)
    first = card_draft(_standing(card, card.code), _sent(CARD, card) | {"result": "Giấy"}, OURS)
    told: Procedure = first.record
    standing = replace(_standing(card, card.code), told=told, own=first.fields)
    later = Source(name="Nghị quyết 12", seen=SEEN)
    second = card_draft(standing, _sent(CARD, told) | {"fee": "Không thu"}, later)
    assert second.record.source_of("result") == OURS
    assert second.record.source_of("fee") == later


def test_a_new_card_states_only_what_it_says() -> None:
    nobody = InHand(office="xa-a", ref="1.999999", told=None, base=None, own={})
    draft = card_draft(nobody, LEAST | {"has_card": "Có"}, OURS)
    assert draft.fields.keys() == {*LEAST, "source"}
    assert draft.record == make_procedure("1.999999", "A", sector="B", source=OURS, has_card=True)


def test_every_field_to_mend_is_told_at_once() -> None:
    card = make_procedure(has_card=True)
    wrong = {"fee": "tám nghìn rưỡi", "level": "", "online_url": "x y"}
    with pytest.raises(Faulty) as faulty:
        card_draft(_standing(card, card.code), _sent(CARD, card) | wrong, OURS)
    assert faulty.value.faults.keys() == {"field.fee", "field.level", "field.online_url"}
