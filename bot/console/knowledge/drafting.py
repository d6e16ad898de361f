"""From the texts of a form to what an office would state, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.console.forms import Faulty
from bot.console.knowledge.cells import CARD, GUIDE, Sheet
from bot.console.knowledge.resolving import GuideHere
from bot.console.words import say
from bot.officials.field_marks import Token, mark_of, token_of
from knowledge.layers import OfficeEdit, merged_edit, with_edit
from knowledge.models import Guide, Procedure, Source
from knowledge.phrases import NotUnderstood
from knowledge.record_edits import RecordEdit, overlaid

BEGINNING: Final = "field."
MOST_STEPS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A record in the hands of one office: as it is told, without the office, and its own word."""

    office: str
    ref: str
    told: Any
    base: Any
    own: Mapping[str, Any]

    @property
    def beneath(self) -> str:
        """The mark of what stands below the office's own word."""
        return mark_of(self.base)

    @property
    def token(self) -> Token:
        """What the form of this record is filled from."""
        return token_of(self.own, self.beneath)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What would be told, and the fields the office itself would state for it."""

    record: Any
    fields: Mapping[str, Any]


def guide_standing(known: GuideHere) -> Standing:
    """Give a guide as the office of its page has it in hand."""
    ref = str(known.guide.id)
    return Standing(
        office=known.shelf.office,
        ref=ref,
        told=None if known.hidden else known.guide,
        base=known.base,
        own=known.shelf.own_guide(ref).fields,
    )


def card_draft(standing: Standing, texts: Mapping[str, str], source: Source) -> Draft:
    """Read the form of a card; fields as they are without the office stay unstated.

    Raises:
        Faulty: fields are to be mended.
    """
    values = _values(CARD, standing, texts)
    if values["renumbered_to"] == standing.ref:
        raise Faulty({f"{BEGINNING}renumbered_to": say("edit.renumbered_self")})
    stated = _whole_card(standing, values, source)
    edit = merged_edit(
        stated,
        [name for name in values if standing.base is not None or values[name] != CARD.blank(name)],
        source=source,
        base=standing.base,
        earlier=OfficeEdit(office=standing.office, code=standing.ref, fields=standing.own),
    )
    return Draft(record=with_edit(standing.base, edit), fields=edit.fields)


def card_of(standing: Standing, fields: Mapping[str, Any]) -> Procedure | None:
    """Give the card as it would be told if the office stated ``fields``."""
    return with_edit(
        standing.base, OfficeEdit(office=standing.office, code=standing.ref, fields=fields)
    )


def guide_draft(standing: Standing, texts: Mapping[str, str], source: Source) -> Draft:
    """Read the form of a guide.

    Raises:
        Faulty: fields are to be mended.
    """
    values = _values(GUIDE, standing, texts)
    if len(values["steps"]) > MOST_STEPS:
        raise Faulty({f"{BEGINNING}steps": say("edit.most_steps", most=MOST_STEPS)})
    base = standing.base
    told = {
        name: value
        for name, value in values.items()
        if base is None or value != getattr(base, name)
    }
    had = {name: value for name, value in standing.own.items() if name in told}
    if told:
        told["source"] = standing.own.get("source", source) if had == told else source
    return Draft(record=guide_of(standing, told), fields=told)


def guide_of(standing: Standing, fields: Mapping[str, Any]) -> Guide | None:
    """Give the guide as it would be told if the office stated ``fields``."""
    edit = RecordEdit(office=standing.office, kind=GUIDE.kind, ref=standing.ref, fields=fields)
    shipped = [standing.base] if standing.base is not None else []
    told: tuple[Guide, ...] = overlaid(GUIDE.kind, shipped, [edit])
    return told[0] if told else None


def _values(sheet: Sheet, standing: Standing, texts: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in sheet.headings:
        try:
            values[name] = _value(sheet, standing, name, texts.get(name, ""))
        except NotUnderstood as fault:
            faults[BEGINNING + name] = str(fault)
    if faults:
        raise Faulty(faults)
    return values


def _value(sheet: Sheet, standing: Standing, name: str, text: str) -> Any:  # noqa: ANN401 - any field
    """Read one text; one left as the form showed it is the very value it was written from."""
    for record in (standing.base, standing.told):
        if sheet.is_same(name, text, record):
            return getattr(record, name)
    return sheet.read(name, text)


def _whole_card(standing: Standing, values: Mapping[str, Any], source: Source) -> Procedure:
    if standing.told is not None:
        told: Procedure = replace(standing.told, **values)
        return told
    return Procedure(**{"code": standing.ref, "source": source, **values})
