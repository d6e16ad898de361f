"""From the texts of a form to what an office would state, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.console.forms import Faulty
from bot.console.knowledge.cells import CARD, GUIDE, Sheet
from bot.console.knowledge.in_hand import InHand
from bot.console.words import say
from knowledge.layers import OfficeEdit, merged_edit, with_edit
from knowledge.models import Guide, Procedure, Source
from knowledge.phrases import NotUnderstood
from knowledge.record_edits import RecordEdit, overlaid

BEGINNING: Final = "field."
MOST_STEPS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What would be told, and the fields the office itself would state for it."""

    record: Any
    fields: Mapping[str, Any]


def card_draft(held: InHand, texts: Mapping[str, str], source: Source) -> Draft:
    """Read the form of a card; fields as they are without the office stay unstated.

    Raises:
        Faulty: fields are to be mended.
    """
    values = _values(CARD, held, texts)
    if values["renumbered_to"] == held.ref:
        raise Faulty({f"{BEGINNING}renumbered_to": say("edit.renumbered_self")})
    stated = _whole_card(held, values, source)
    edit = merged_edit(
        stated,
        [name for name in values if held.base is not None or values[name] != CARD.blank(name)],
        source=source,
        base=held.base,
        earlier=OfficeEdit(office=held.office, code=held.ref, fields=held.own),
    )
    return Draft(record=with_edit(held.base, edit), fields=edit.fields)


def card_of(held: InHand, fields: Mapping[str, Any]) -> Procedure | None:
    """Give the card as it would be told if the office stated ``fields``."""
    return with_edit(held.base, OfficeEdit(office=held.office, code=held.ref, fields=fields))


def guide_draft(held: InHand, texts: Mapping[str, str], source: Source) -> Draft:
    """Read the form of a guide.

    Raises:
        Faulty: fields are to be mended.
    """
    values = _values(GUIDE, held, texts)
    if len(values["steps"]) > MOST_STEPS:
        raise Faulty({f"{BEGINNING}steps": say("edit.most_steps", most=MOST_STEPS)})
    base = held.base
    told = {
        name: value
        for name, value in values.items()
        if base is None or value != getattr(base, name)
    }
    had = {name: value for name, value in held.own.items() if name in told}
    if told:
        told["source"] = held.own.get("source", source) if had == told else source
    return Draft(record=guide_of(held, told), fields=told)


def guide_of(held: InHand, fields: Mapping[str, Any]) -> Guide | None:
    """Give the guide as it would be told if the office stated ``fields``."""
    edit = RecordEdit(office=held.office, kind=GUIDE.kind, ref=held.ref, fields=fields)
    shipped = [held.base] if held.base is not None else []
    told: tuple[Guide, ...] = overlaid(GUIDE.kind, shipped, [edit])
    return told[0] if told else None


def _values(sheet: Sheet, held: InHand, texts: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in sheet.headings:
        try:
            values[name] = _value(sheet, held, name, texts.get(name, ""))
        except NotUnderstood as fault:
            faults[BEGINNING + name] = str(fault)
    if faults:
        raise Faulty(faults)
    return values


def _value(sheet: Sheet, held: InHand, name: str, text: str) -> Any:  # noqa: ANN401 - any field
    """Read one text; one left as the form showed it is the very value it was written from."""
    for record in (held.base, held.told):
        if sheet.is_same(name, text, record):
            return getattr(record, name)
    return sheet.read(name, text)


def _whole_card(held: InHand, values: Mapping[str, Any], source: Source) -> Procedure:
    if held.told is not None:
        told: Procedure = replace(held.told, **values)
        return told
    return Procedure(**{"code": held.ref, "source": source, **values})
