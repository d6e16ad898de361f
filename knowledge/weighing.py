"""Use case: what an office's table states against what is known → edits, and what they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from knowledge.columns import columns, folded
from knowledge.errors import RowFault
from knowledge.layers import Layers, OfficeEdit, merged_edit
from knowledge.models import Note, Procedure, ProcedureCode, Source
from knowledge.stated import Reading, Stated

WHOLE: Final = ("official_name", "everyday_name", "sector", "level", "source")


class Effect(StrEnum):
    """What a row does to what the office tells."""

    NEW = "new"
    CHANGED = "changed"
    ABOLISHED = "abolished"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One row's effect; ``fields`` names what it changes."""

    effect: Effect
    code: str
    name: str
    row: int
    fields: tuple[str, ...] = ()


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


def weigh(reading: Reading, layers: Layers, office: str) -> Weighing:
    """Weigh what is stated for ``office`` (a code; empty for all offices)."""
    known: Mapping[str, Procedure] = {
        str(one.code): one for one in layers.beneath(office).procedures
    }
    earlier = layers.edits_of(office)
    weighing = Weighing(faults=list(reading.faults), unknown=tuple(reading.unknown))
    codes = _codes_by_name(known.values())
    rows: dict[str, int] = {}
    for stated in reading.stated:
        code = stated.code or codes.get(folded(stated.fields.get("official_name", "")), "")
        begun = earlier[code].fields if code in earlier else {}
        fault = _fault(stated, code, known.get(code), begun) or _again(stated, code, rows)
        if fault:
            weighing.faults.append(fault)
            continue
        rows[code] = stated.row
        edit = _edit(office, replace(stated, code=code), reading, known.get(code), earlier)
        _note(weighing, stated, edit, known.get(code), earlier.get(code))
    return weighing


def _codes_by_name(procedures: Iterable[Procedure]) -> dict[str, str]:
    """Give the code of each official name that only one procedure has."""
    codes: dict[str, list[str]] = {}
    for one in procedures:
        codes.setdefault(folded(one.official_name), []).append(one.code)
    return {name: found[0] for name, found in codes.items() if len(found) == 1 and name}


def _fault(
    stated: Stated, code: str, base: Procedure | None, begun: Mapping[str, Any]
) -> RowFault | None:
    """Say why a row cannot be taken; ``begun`` is what the office stated of it earlier."""
    if not code:
        return _at(stated, "code", "không có mã và không có thủ tục nào trùng tên; hãy ghi mã")
    if base is not None:
        return None
    if stated.abolished:
        return _at(stated, "code", f"thủ tục bị bãi bỏ {code} không có trong dữ liệu; bỏ qua")
    if not stated.fields.get("official_name"):
        return _at(stated, "official_name", f"thủ tục mới {code} cần có tên")
    if "level" not in {*stated.fields, *begun}:
        words = ", ".join(columns().labels["Level"].values())
        return _at(stated, "level", f"thủ tục mới {code} cần ghi cấp thực hiện: {words}")
    return None


def _at(stated: Stated, field: str, problem: str) -> RowFault:
    return stated.fault(columns().headings[field], problem)


def _again(stated: Stated, code: str, rows: Mapping[str, int]) -> RowFault | None:
    if code not in rows:
        return None
    why = f"thủ tục {code} đã có ở dòng {rows[code]}; giữ dòng trên, bỏ dòng này"
    return _at(stated, "official_name", why)


def _edit(
    office: str,
    stated: Stated,
    reading: Reading,
    base: Procedure | None,
    earlier: Mapping[str, OfficeEdit],
) -> OfficeEdit:
    fields = dict(stated.fields)
    if base is not None and stated.abolished:
        fields = {"notes": _abolished_notes(base, reading.origin)}
    fields["source"] = _source(fields.get("source"), reading.source)
    begun = earlier[stated.code].fields if stated.code in earlier else {}
    whole = _whole(stated.code, {**begun, **fields}, base)
    names = (*fields, *(WHOLE if base is None else ()), *(("has_card",) if base is None else ()))
    return merged_edit(office, whole, names, base=base, earlier=earlier.get(stated.code))


def _whole(code: str, fields: Mapping[str, Any], base: Procedure | None) -> Procedure:
    if base is not None:
        return replace(base, **fields)
    name = fields["official_name"]
    begun = {"everyday_name": name, "sector": "", "has_card": True}
    return Procedure(**{**begun, **fields, "code": ProcedureCode(code)})


def _source(told: Mapping[str, Any] | None, origin: Source) -> Source:
    if not told:
        return origin
    name, seen = told["name"] or origin.name, told["seen"] or origin.seen
    return Source(name=name, seen=seen, url=told["url"])


def _abolished_notes(base: Procedure, origin: str) -> tuple[Note, ...]:
    note = Note(text=f"Thủ tục này đã bị bãi bỏ theo {origin}; không nhận hồ sơ mới.")
    return (note, *(one for one in base.notes if one != note))


def _note(
    weighing: Weighing,
    stated: Stated,
    edit: OfficeEdit,
    base: Procedure | None,
    earlier: OfficeEdit | None,
) -> None:
    before = earlier.fields if earlier else {}
    changed = tuple(
        sorted(
            name for name in {*edit.fields, *before} if edit.fields.get(name) != before.get(name)
        )
    )
    effect = Effect.ABOLISHED if stated.abolished else Effect.CHANGED
    if base is None and earlier is None:
        effect = Effect.NEW
    if not changed:
        effect = Effect.UNCHANGED
    else:
        weighing.edits.append(edit)
    name = str(stated.fields.get("official_name") or (base.official_name if base else ""))
    weighing.rows.append(
        Weighed(effect=effect, code=edit.code, name=name, row=stated.row, fields=changed)
    )
