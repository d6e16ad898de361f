"""Records ↔ rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from sqlalchemy import RowMapping

from knowledge.encoding import decode_all, encode, fields_of
from knowledge.layers import EditChange, OfficeEdit
from knowledge.models import DayOff, Guide, Hotline, LegalText, Office, Procedure, Snapshot
from knowledge.portal_records import ChangeKind, PortalChange, PortalRecord, SyncRun
from knowledge.record_edits import GONE, MODELS, RecordEdit, RecordKind

CONTENT_KINDS: Final = ("procedures", "guides", "hotlines", "offices", "legal_texts", "days_off")
_MOMENTS: Final = (
    "seen_at",
    "first_seen",
    "changed_at",
    "withdrawn_at",
    "detail_at",
    "detail_failed_at",
)

# An edit that says nothing.
NO_FIELDS: Final = "{}"

Row = dict[str, Any]


def content_rows(content: Snapshot) -> list[Row]:
    """Give a row for each record, in order."""
    return [
        {"kind": kind, "position": position, "body": encode(record)}
        for kind in CONTENT_KINDS
        for position, record in enumerate(getattr(content, kind))
    ]


def content_of(rows: Iterable[RowMapping]) -> Snapshot:
    """Read the shipped content back; ``rows`` come in order."""
    bodies: dict[str, list[str]] = {kind: [] for kind in CONTENT_KINDS}
    for row in rows:
        bodies[row["kind"]].append(row["body"])
    return Snapshot(
        procedures=decode_all(Procedure, bodies["procedures"]),
        guides=decode_all(Guide, bodies["guides"]),
        hotlines=decode_all(Hotline, bodies["hotlines"]),
        offices=decode_all(Office, bodies["offices"]),
        legal_texts=decode_all(LegalText, bodies["legal_texts"]),
        days_off=decode_all(DayOff, bodies["days_off"]),
    )


def portal_row(record: PortalRecord) -> Row:
    """Give the row of a portal record."""
    row = {one.name: getattr(record, one.name) for one in fields(PortalRecord)}
    row["body"] = encode(row.pop("procedure"))
    return {**row, "code": record.code, **_to_utc(row)}


def portal_records_of(rows: Sequence[RowMapping]) -> list[PortalRecord]:
    """Read portal records back."""
    procedures = decode_all(Procedure, [row["body"] for row in rows])
    return [
        PortalRecord(
            portal_id=row["portal_id"],
            procedure=procedure,
            stamp=row["stamp"],
            detail_stamp=row["detail_stamp"],
            **{name: _aware(row[name]) for name in _MOMENTS},
        )
        for row, procedure in zip(rows, procedures, strict=True)
    ]


def change_row(change: PortalChange) -> Row:
    """Give the row of a change."""
    return {
        "at": change.at.astimezone(UTC),
        "kind": change.kind,
        "code": change.code,
        "name": change.name,
        "fields": orjson.dumps(change.fields).decode(),
    }


def change_of(row: RowMapping) -> PortalChange:
    """Read a change back."""
    told = orjson.loads(row["fields"])
    return PortalChange(
        at=_aware(row["at"]),
        kind=ChangeKind(row["kind"]),
        code=row["code"],
        name=row["name"],
        fields={name: (before, after) for name, (before, after) in told.items()},
    )


def edit_row(edit: OfficeEdit, at: datetime) -> Row:
    """Give the row of an edit."""
    return {
        "office": edit.office,
        "code": edit.code,
        "fields": fields_text(edit.fields),
        "edited_at": at.astimezone(UTC),
    }


def edit_of(row: RowMapping) -> OfficeEdit:
    """Read an edit back."""
    told = fields_from(RecordKind.PROCEDURE, row["fields"])
    return OfficeEdit(office=row["office"], code=row["code"], fields=told)


def record_row(edit: RecordEdit, at: datetime) -> Row:
    """Give the row of an edit to another record."""
    return {
        "office": edit.office,
        "kind": edit.kind,
        "ref": edit.ref,
        "fields": fields_text(edit.fields),
        "edited_at": at.astimezone(UTC),
    }


def record_of(row: RowMapping) -> RecordEdit:
    """Read an edit to another record back."""
    kind = RecordKind(row["kind"])
    told = fields_from(kind, row["fields"])
    return RecordEdit(office=row["office"], kind=kind, ref=row["ref"], fields=told)


def fields_text(fields: Mapping[str, Any]) -> str:
    """Write what an edit says."""
    return orjson.dumps(dict(fields)).decode()


def fields_from(kind: RecordKind, text: str) -> dict[str, Any]:
    """Read what an edit says.

    Raises:
        pydantic.ValidationError: a value does not fit its field.
    """
    return edit_fields(kind, orjson.loads(text))


def edit_fields(kind: RecordKind, told: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of an edit with their types; what is hidden keeps its other fields.

    Raises:
        pydantic.ValidationError: a value does not fit its field.
    """
    hidden = {GONE: True} if told.get(GONE) else {}
    return fields_of(MODELS[kind], told) | hidden


def edit_change_row(before: str, edit: Row) -> Row:
    """Give the row of a change from the fields ``before`` to the row of an edit."""
    return {
        "at": edit["edited_at"],
        "office": edit["office"],
        "kind": edit.get("kind", RecordKind.PROCEDURE),
        "code": edit["ref"] if "ref" in edit else edit["code"],
        "before": before,
        "after": edit["fields"],
    }


def edit_change_of(row: RowMapping) -> EditChange:
    """Read a change of an edit back."""
    kind = RecordKind(row["kind"])
    return EditChange(
        at=_aware(row["at"]),
        office=row["office"],
        code=row["code"],
        kind=kind,
        before=fields_from(kind, row["before"]),
        after=fields_from(kind, row["after"]),
    )


def run_text(run: SyncRun) -> str:
    """Write a walk's progress."""
    return orjson.dumps(run).decode()


def run_of(text: str) -> SyncRun:
    """Read a walk's progress back."""
    told: Mapping[str, Any] = orjson.loads(text)
    return SyncRun(**{**told, "started_at": datetime.fromisoformat(told["started_at"])})


def _to_utc(row: Row) -> Row:
    return {name: row[name].astimezone(UTC) if row[name] else None for name in _MOMENTS}


def _aware(moment: datetime | None) -> Any:  # noqa: ANN401 - None stays None
    # SQLite keeps no zone; what was written is UTC.
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
