"""Use case: what an office's table states against what is known → edits, and what they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from knowledge.cells.codecs import codec_of
from knowledge.errors import RowFault
from knowledge.layers import Layers, OfficeEdit, merged_edit
from knowledge.models import Fee, FeeStatus, Procedure, ProcedureCode, ProcessingTime, Source
from knowledge.row_checks import Allowed, Known, again, refusal, repeated, with_codes
from knowledge.sourcing import FIGURES, source_of, speaker_of
from knowledge.stated import Stated, TableReading

WHOLE: Final = ("official_name", "everyday_name", "sector", "level", "has_card")


class Effect(StrEnum):
    """What a row does to what the office tells."""

    NEW = "new"
    CHANGED = "changed"
    ABOLISHED = "abolished"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One row's effect; ``fields`` names what it changes.

    ``figures`` gives fee, times and papers that change, as written in a table, before and after;
    ``narrowed`` names those of them that now tell special cases alone, and no longer the others.
    """

    effect: Effect
    code: str
    name: str
    row: int
    fields: tuple[str, ...] = ()
    figures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    narrowed: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Weighing:
    """What a table would do: the edits to store, each row's effect, and every fault.

    ``unknown`` are the headings whose columns were not read.
    """

    edits: list[OfficeEdit] = field(default_factory=list)
    rows: list[Weighed] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

    def of(self, effect: Effect) -> list[Weighed]:
        """Give the rows with one effect."""
        return [row for row in self.rows if row.effect is effect]


def weigh(
    reading: TableReading, layers: Layers, office: str, *, allowed: Allowed | None = None
) -> Weighing:
    """Weigh what is stated for ``office`` (a code; empty for all offices)."""
    known = Known(
        office=office,
        base={str(one.code): one for one in layers.beneath(office).procedures},
        earlier=layers.edits_of(office),
    )
    weighing = Weighing(faults=list(reading.faults), unknown=tuple(reading.unknown))
    speaker = speaker_of(layers.offices, office)
    codes = known.codes_by_name()
    rows = with_codes(reading.stated, codes)
    twice = repeated(rows)
    for code, stated in rows:
        if code in twice:
            weighing.faults.append(again(stated, code, twice[code]))
            continue
        fault = refusal(stated, code, known, codes, allowed or Allowed())
        if fault:
            weighing.faults.append(fault)
            continue
        base, earlier = known.base.get(code), known.said(code)
        edit = _edit(stated, base, earlier, own=speaker.source(reading))
        _note(weighing, stated, edit, base, earlier)
    weighing.faults = _in_order(weighing.faults)
    return weighing


def _in_order(faults: Iterable[RowFault]) -> list[RowFault]:
    """Give faults as their reader goes through the file: sheet by sheet, row by row, each once."""
    told = list(dict.fromkeys(faults))
    files = {file: place for place, file in enumerate(dict.fromkeys(one.file for one in told))}
    return sorted(told, key=lambda one: (files[one.file], one.row or 0))


def _edit(
    stated: Stated, base: Procedure | None, earlier: OfficeEdit, *, own: Source
) -> OfficeEdit:
    fields = dict(stated.fields)
    told = fields.pop("source", None)
    if base is not None and stated.abolished:
        fields = _abolition(fields, own.name)
    begun = earlier.fields
    source = source_of(told, known=base.source if base else begun.get("source"), own=own)
    whole = _whole(earlier.code, {"source": source, **begun, **fields}, base)
    names = (*fields, *(() if base else WHOLE))
    return merged_edit(whole, names, source=source, base=base, earlier=earlier)


def _whole(code: str, fields: Mapping[str, Any], base: Procedure | None) -> Procedure:
    if base is not None:
        return replace(base, **{**fields, "source": base.source})
    name = fields["official_name"]
    begun = {"everyday_name": name, "sector": "", "has_card": True}
    return Procedure(**{**begun, **fields, "code": ProcedureCode(code)})


def _abolition(fields: Mapping[str, Any], decision: str) -> dict[str, Any]:
    """Give what a list of abolished procedures says of one: by what, and what comes after it."""
    told = {"abolished": decision, **fields}
    return {name: told[name] for name in ("abolished", "renumbered_to") if name in told}


def _note(
    weighing: Weighing,
    stated: Stated,
    edit: OfficeEdit,
    base: Procedure | None,
    earlier: OfficeEdit,
) -> None:
    before = earlier.fields
    changed = tuple(
        sorted(
            name for name in {*edit.fields, *before} if edit.fields.get(name) != before.get(name)
        )
    )
    effect = Effect.ABOLISHED if "abolished" in changed else Effect.CHANGED
    if base is None and not before:
        effect = Effect.NEW
    if not changed:
        effect = Effect.UNCHANGED
    else:
        weighing.edits.append(edit)
    figures: dict[str, tuple[str, str]] = {
        name: (_written(name, base, before), _written(name, base, edit.fields))
        for name in FIGURES
        if name in changed
    }
    name = str(stated.fields.get("official_name") or (base.official_name if base else ""))
    weighing.rows.append(
        Weighed(
            effect=effect, code=edit.code, name=name, row=stated.row, fields=changed,
            figures=figures,
            narrowed=tuple(name for name in figures if _narrowed(name, base, before, edit.fields)),
        )
    )  # fmt: skip


def _narrowed(
    name: str, base: Procedure | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """Tell whether a figure now speaks of special cases alone and others were known before."""
    known = getattr(base, name, None)
    was, now = _cases(before.get(name, known)), _cases(after.get(name, known))
    return bool(now) and all(now) and not was <= now


def _cases(figure: Any) -> set[str]:  # noqa: ANN401 - a fee or times; papers have no cases here
    if isinstance(figure, Fee):
        if figure.status in (FeeStatus.FREE, FeeStatus.PROVINCIAL):
            return {""}
        return {line.case for line in figure.lines}
    times = (one for one in figure or () if isinstance(one, ProcessingTime))
    return {one.case for one in times}


def _written(name: str, base: Procedure | None, edited: Mapping[str, Any]) -> str:
    value = edited.get(name, getattr(base, name, None))
    return codec_of(name).write(value) if value else ""
