"""The layers of a record: the office's edit over our card over the portal's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from knowledge.models import FieldSource, Office, Procedure, Snapshot, Source
from knowledge.portal_records import PortalRecord
from knowledge.record_edits import RecordEdit, RecordKind, overlaid

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

    @property
    def sources(self) -> dict[str, Source]:
        """The source of each field stated: the one it is given, else that of the whole edit."""
        whole = self.fields.get("source")
        own = {one.field: one.source for one in self.fields.get("sources", ())}
        told = self.fields.keys() - WORKED_OUT - SAYS_NOTHING_ALONE if whole else ()
        return dict.fromkeys(told, whole) | own


@dataclass(frozen=True, slots=True, kw_only=True)
class EditChange:
    """One change of an office's edit: all it said before, and all it says since.

    ``code`` is the procedure's, or the ``ref`` of another kind of record.
    """

    at: datetime
    office: str
    code: str
    kind: RecordKind = RecordKind.PROCEDURE
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Everything stored, layer by layer."""

    content: Snapshot = field(default_factory=Snapshot)
    portal: tuple[PortalRecord, ...] = ()
    edits: tuple[OfficeEdit, ...] = ()
    records: tuple[RecordEdit, ...] = ()
    version: str = ""

    @property
    def offices(self) -> tuple[Office, ...]:
        """The tree of offices, which is the same for all of them."""
        return overlaid(RecordKind.OFFICE, self.content.offices, self.records)

    def snapshot(self, office: str = "") -> Snapshot:
        """Give what ``office`` says: its own edits over those of the offices above it."""
        return self._with_edits_of(lineage(self.offices, office))

    def beneath(self, office: str) -> Snapshot:
        """Give what ``office`` would say without its own edits; of offices what is shipped."""
        told = self._with_edits_of(lineage(self.offices, office)[:-1])
        return replace(told, offices=self.content.offices)

    def edits_of(self, office: str) -> dict[str, OfficeEdit]:
        """Give the edits of ``office`` by code."""
        return {edit.code: edit for edit in self.edits if edit.office == office}

    def records_of(self, office: str) -> dict[tuple[RecordKind, str], RecordEdit]:
        """Give the edits of ``office`` to other records, by kind and ref."""
        return {(edit.kind, edit.ref): edit for edit in self.records if edit.office == office}

    def _with_edits_of(self, offices: Sequence[str]) -> Snapshot:
        procedures: dict[str, Procedure] = {one.code: one for one in self._unedited()}
        for office in offices:
            for edit in self.edits_of(office).values():
                edited = with_edit(procedures.get(edit.code), edit)
                if edited:
                    procedures[edited.code] = edited
        told = [edit for office in offices for edit in self.records_of(office).values()]
        return replace(
            self.content,
            procedures=tuple(procedures.values()),
            guides=overlaid(RecordKind.GUIDE, self.content.guides, told),
            hotlines=overlaid(RecordKind.HOTLINE, self.content.hotlines, told),
            offices=self.offices,
            version=self.version,
        )

    def _unedited(self) -> Iterable[Procedure]:
        renumbered = {
            record.code: record.procedure.renumbered_to
            for record in self.portal
            if record.procedure.renumbered_to
        }
        covered: set[str] = set()
        for card in self.content.procedures:
            later = _later_codes(card, renumbered)
            covered |= {card.code, *card.former_codes, *later}
            yield replace(card, renumbered_to=later[-1]) if later else card
        for record in self.portal:
            if record.withdrawn_at is None and record.code not in covered:
                yield record.procedure


def _later_codes(card: Procedure, renumbered: Mapping[str, str]) -> tuple[str, ...]:
    """Give every number a card got since, the one it goes by now last.

    Where the card and the portal lead to different numbers, that is the card's.
    """
    found: dict[str, None] = {}
    for first in (renumbered.get(card.code, ""), card.renumbered_to):
        code = first
        while code and code != card.code and code not in found:
            found[code] = None
            code = renumbered.get(code, "")
    return tuple(found)


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
        told = {name: value for name, value in edit.fields.items() if name not in WORKED_OUT}
        return replace(base, **told, sources=_joined(base.sources, edit.sources))
    try:
        return Procedure(**{"code": edit.code, **edit.fields})
    except TypeError:
        return None


def _joined(
    before: Iterable[FieldSource], edited: Mapping[str, Source]
) -> tuple[FieldSource, ...]:
    """Join who said what: a field the edit states is no longer whose it was."""
    return (*(one for one in before if one.field not in edited), *_listed(edited))


def _listed(sources: Mapping[str, Source]) -> tuple[FieldSource, ...]:
    return tuple(FieldSource(field=name, source=sources[name]) for name in sorted(sources))


def merged_edit(
    stated: Procedure,
    stated_fields: Iterable[str],
    *,
    source: Source,
    base: Procedure | None,
    earlier: OfficeEdit,
) -> OfficeEdit:
    """Join what an office states now with what it said ``earlier``, if anything.

    Only what differs from ``base`` is kept, so that an export read back changes nothing and later
    updates of card and portal still reach the fields the office never touched. ``source`` is that
    of what is stated now and was not before.
    """
    fields = {name: getattr(stated, name) for name in stated_fields}
    told = {
        name: value
        for name, value in {**earlier.fields, **fields}.items()
        if name not in WORKED_OUT and (base is None or value != getattr(base, name))
    }
    sources = _sourced(told, source, earlier)
    if base is None:
        told |= _of_whole(sources)
    elif sources:
        told |= {"sources": _listed(sources), **({} if base.has_card else {"has_card": True})}
    else:
        told = {}
    return replace(earlier, fields=told)


def _sourced(told: Mapping[str, Any], source: Source, earlier: OfficeEdit) -> dict[str, Source]:
    """Give the source of each field told: ``source``, but of what was so before the one it had."""
    fields, had = earlier.fields, earlier.sources
    as_before = {name for name, value in told.items() if name in fields and fields[name] == value}
    return {
        name: had.get(name, source) if name in as_before else source
        for name in told.keys() - SAYS_NOTHING_ALONE
    }


def _of_whole(sources: Mapping[str, Source]) -> dict[str, Any]:
    """Give the sources of a record the office made: that of its name, and those that differ."""
    whole = sources["official_name"]
    others = {name: source for name, source in sources.items() if source != whole}
    return {"source": whole, **({"sources": _listed(others)} if others else {})}
