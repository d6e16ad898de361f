"""The layers of a procedure: the office's edit over our card over the portal's record."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from knowledge.models import FieldSource, Office, Procedure, Snapshot, Source
from knowledge.portal_records import PortalRecord

WORKED_OUT: Final = frozenset({"source", "sources"})
SAYS_NOTHING_ALONE: Final = frozenset({"has_card"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEdit:
    """What one office says otherwise about one procedure: only the fields it changed.

    Without fields it stands for “nothing any more” and takes an earlier edit back.
    """

    office: str
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Everything stored, layer by layer."""

    content: Snapshot = field(default_factory=Snapshot)
    portal: tuple[PortalRecord, ...] = ()
    edits: tuple[OfficeEdit, ...] = ()
    version: str = ""

    def snapshot(self, office: str = "") -> Snapshot:
        """Give what ``office`` says: its own edits over those of the offices above it."""
        return self._with_edits_of(lineage(self.content.offices, office))

    def beneath(self, office: str) -> Snapshot:
        """Give what ``office`` would say without its own edits."""
        return self._with_edits_of(lineage(self.content.offices, office)[:-1])

    def edits_of(self, office: str) -> dict[str, OfficeEdit]:
        """Give the edits of ``office`` by code."""
        return {edit.code: edit for edit in self.edits if edit.office == office}

    def _with_edits_of(self, offices: Iterable[str]) -> Snapshot:
        procedures: dict[str, Procedure] = {one.code: one for one in self._unedited()}
        for office in offices:
            for edit in self.edits_of(office).values():
                edited = with_edit(procedures.get(edit.code), edit)
                if edited:
                    procedures[edited.code] = edited
        return replace(self.content, procedures=tuple(procedures.values()), version=self.version)

    def _unedited(self) -> Iterable[Procedure]:
        renumbered = {
            record.code: record.procedure.renumbered_to
            for record in self.portal
            if record.procedure.renumbered_to
        }
        covered = set()
        for card in self.content.procedures:
            new_code = card.renumbered_to or renumbered.get(card.code, "")
            covered |= {card.code, new_code}
            yield replace(card, renumbered_to=new_code) if new_code else card
        for record in self.portal:
            if record.withdrawn_at is None and record.code not in covered:
                yield record.procedure


def lineage(offices: Iterable[Office], code: str) -> tuple[str, ...]:
    """Give an office and all above it, topmost first; the empty code stands for all of them."""
    parents: dict[str, str] = {office.code: office.parent or "" for office in offices}
    line: list[str] = []
    while code and code not in line:
        line.append(code)
        code = parents.get(code, "")
    return ("", *reversed(line))


def with_edit(base: Procedure | None, edit: OfficeEdit) -> Procedure | None:
    """Lay an edit over what is known; gives nothing when the edit alone is no whole procedure."""
    if base is not None:
        return replace(base, **{**edit.fields, "sources": _sources(base, edit)})
    try:
        return Procedure(**{"code": edit.code, **edit.fields})
    except TypeError:
        return None


def _sources(base: Procedure, edit: OfficeEdit) -> tuple[FieldSource, ...]:
    """Join who said what: a field the edit states is no longer whose it was."""
    kept = (one for one in base.sources if one.field not in edit.fields)
    return (*kept, *edit.fields.get("sources", ()))


def merged_edit(
    office: str,
    stated: Procedure,
    stated_fields: Iterable[str],
    *,
    source: Source,
    base: Procedure | None,
    earlier: OfficeEdit | None,
) -> OfficeEdit:
    """Join what an office states now with what it said earlier.

    Only what differs from ``base`` is kept, so that an export read back changes nothing and later
    updates of card and portal still reach the fields the office never touched. ``source`` is that
    of what is stated now and was not before; without a ``base`` it is the whole record's.
    """
    before = dict(earlier.fields) if earlier else {}
    told = before | {name: getattr(stated, name) for name in stated_fields if name != "code"}
    told = {
        name: value
        for name, value in told.items()
        if name not in WORKED_OUT and (base is None or value != getattr(base, name))
    }
    fresh = {name for name, value in told.items() if name not in before or before[name] != value}
    if base is None:
        told["source"] = source if fresh else before["source"]
    elif told.keys() - SAYS_NOTHING_ALONE:
        told["sources"] = _sourced(told, fresh, source, before.get("sources", ()))
        told |= {} if base.has_card else {"has_card": True}
    else:
        told = {}
    return OfficeEdit(office=office, code=stated.code, fields=told)


def _sourced(
    told: Iterable[str], fresh: Container[str], source: Source, before: Iterable[FieldSource]
) -> tuple[FieldSource, ...]:
    """Give the source of each field told: ``source`` of the fresh ones, else the one it had."""
    had = {one.field: one.source for one in before}
    return tuple(
        FieldSource(field=name, source=source if name in fresh else had.get(name, source))
        for name in sorted(told)
    )
