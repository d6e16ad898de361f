"""What the portal showed and when, and what changed since: values and pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from knowledge.encoding import plain
from knowledge.models import Procedure

ROW_FIELDS: Final = ("official_name", "everyday_name", "sector", "province", "internal")
NEVER_A_CHANGE: Final = frozenset({"source", "code", "former_codes", "renumbered_to"})


class ChangeKind(StrEnum):
    """What happened to a procedure on the portal."""

    NEW = "new"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalRecord:
    """One procedure as the portal shows it.

    ``stamp`` changes with the catalogue row, ``detail_stamp`` is the stamp at which the detail was
    read last; ``detail_failed_at`` is set while the last reading of it failed. ``seen_at`` is the
    start of the last walk that saw the row.
    """

    portal_id: str
    procedure: Procedure
    stamp: str
    seen_at: datetime
    first_seen: datetime
    changed_at: datetime
    withdrawn_at: datetime | None = None
    detail_stamp: str = ""
    detail_at: datetime | None = None
    detail_failed_at: datetime | None = None

    @property
    def code(self) -> str:
        """The procedure's code."""
        return self.procedure.code

    @property
    def unconfirmed(self) -> bool:
        """Whether no walk that met it has come to its end: nobody is told of it."""
        return self.withdrawn_at == self.first_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalChange:
    """One change a run saw; ``fields`` gives each changed field's plain value before and after."""

    at: datetime
    kind: ChangeKind
    code: str
    name: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRun:
    """How far a walk through the portal has come; kept, so that a killed one goes on."""

    started_at: datetime
    cursor: str = ""
    total: int = 0
    catalogue_done: bool = False


Noticed = tuple[PortalRecord, PortalChange | None]


def noticed(
    row: Procedure, portal_id: str, stamp: str, *, known: PortalRecord | None, at: datetime
) -> Noticed:
    """Meet a catalogue row: new, as before, changed, back again, or under a new number.

    ``known`` is the record of this code or, when the code is new, of this ``portal_id``.
    """
    if known is None:
        record = PortalRecord(
            portal_id=portal_id,
            procedure=row,
            stamp=stamp,
            seen_at=at,
            first_seen=at,
            changed_at=at,
        )
        return record, _change(ChangeKind.NEW, row, at)
    merged = replace(
        known.procedure if known.detail_at else replace(known.procedure, level=row.level),
        code=row.code,
        source=known.procedure.source if known.detail_at else row.source,
        former_codes=_former_codes(known.procedure, row),
        renumbered_to="",
        **{name: getattr(row, name) for name in ROW_FIELDS},
    )
    record = replace(
        known, portal_id=portal_id, stamp=stamp, seen_at=at, procedure=merged, withdrawn_at=None
    )
    return _dated(known, record, at)


def detailed(known: PortalRecord, procedure: Procedure, *, at: datetime) -> Noticed:
    """Meet a detail; the first one ever read is no change, it only tells more."""
    record = replace(
        known, procedure=procedure, detail_stamp=known.stamp, detail_at=at, detail_failed_at=None
    )
    return _dated(known, record, at) if known.detail_at else (record, None)


def withdrawn(known: PortalRecord, *, at: datetime) -> Noticed:
    """Note that the portal shows the procedure no more."""
    record = replace(known, withdrawn_at=at, changed_at=at)
    return record, _change(ChangeKind.WITHDRAWN, known.procedure, at)


def left_behind(known: PortalRecord, code: str, *, at: datetime) -> PortalRecord:
    """Give what stays under the old number of a procedure that now has ``code``."""
    procedure = replace(known.procedure, renumbered_to=code)
    return replace(known, portal_id="", procedure=procedure, withdrawn_at=at, changed_at=at)


def _dated(known: PortalRecord, record: PortalRecord, at: datetime) -> Noticed:
    before, after = known.procedure, record.procedure
    changed = differences(before, after)
    kind = ChangeKind.CHANGED if changed else None
    if known.withdrawn_at:
        kind = ChangeKind.RETURNED
    if before.code != after.code:
        kind = ChangeKind.RENUMBERED
        changed = {"code": (before.code, after.code), **changed}
    if kind is None:
        return record, None
    return replace(record, changed_at=at), _change(kind, after, at, changed)


def differences(before: Procedure, after: Procedure) -> dict[str, tuple[Any, Any]]:
    """Give the plain values, before and after, of each field that changed."""
    return {
        one.name: (plain(getattr(before, one.name)), plain(getattr(after, one.name)))
        for one in fields(Procedure)
        if one.name not in NEVER_A_CHANGE and getattr(before, one.name) != getattr(after, one.name)
    }


def _former_codes(known: Procedure, row: Procedure) -> tuple[str, ...]:
    codes = (*known.former_codes, *(() if known.code == row.code else (known.code,)))
    return tuple(dict.fromkeys(code for code in codes if code != row.code))


def _change(
    kind: ChangeKind,
    procedure: Procedure,
    at: datetime,
    changed: Mapping[str, tuple[Any, Any]] | None = None,
) -> PortalChange:
    return PortalChange(
        at=at,
        kind=kind,
        code=procedure.code,
        name=procedure.official_name,
        fields=changed or {},
    )
