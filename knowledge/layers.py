"""The layers of a procedure: the office's edit over our card over the portal's record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from knowledge.models import Office, Procedure, Snapshot
from knowledge.portal_records import PortalRecord

SAYS_NOTHING_ALONE: Final = frozenset({"source", "has_card"})


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
        return replace(base, **edit.fields)
    try:
        return Procedure(**{"code": edit.code, **edit.fields})
    except TypeError:
        return None


def merged_edit(
    office: str,
    stated: Procedure,
    stated_fields: Iterable[str],
    *,
    base: Procedure | None,
    earlier: OfficeEdit | None,
) -> OfficeEdit:
    """Join what an office states now with what it said earlier.

    Only what differs from ``base`` is kept, so that an export read back changes nothing and later
    updates of card and portal still reach the fields the office never touched.
    """
    told = dict(earlier.fields) if earlier else {}
    told |= {name: getattr(stated, name) for name in stated_fields if name != "code"}
    if base is not None:
        told = {name: value for name, value in told.items() if value != getattr(base, name)}
    if not told.keys() - SAYS_NOTHING_ALONE:
        told = {}
    elif base is not None and not base.has_card:
        told["has_card"] = True
    return OfficeEdit(office=office, code=stated.code, fields=told)
