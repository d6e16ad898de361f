"""What offices say otherwise about guides, hotlines and offices, laid over what is shipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, TypeVar

from knowledge.models import Guide, Hotline, Office, Procedure

# The field that hides a record; the others wait beside it until it is shown again.
GONE: Final = "gone"


class RecordKind(StrEnum):
    """The kinds of records an office may edit."""

    PROCEDURE = "procedure"
    GUIDE = "guide"
    HOTLINE = "hotline"
    OFFICE = "office"


Record = TypeVar("Record", Guide, Hotline, Office)
MODELS: Final[Mapping[RecordKind, type]] = {
    RecordKind.PROCEDURE: Procedure,
    RecordKind.GUIDE: Guide,
    RecordKind.HOTLINE: Hotline,
    RecordKind.OFFICE: Office,
}
# The field by which each kind of record is known.
NAMED_BY: Final[Mapping[RecordKind, str]] = {
    RecordKind.PROCEDURE: "code",
    RecordKind.GUIDE: "id",
    RecordKind.HOTLINE: "phone",
    RecordKind.OFFICE: "code",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEdit:
    """What one office says otherwise about one record: only the fields it changed.

    ``ref`` is the guide's id, the hotline's shipped number, or the office's code; one nobody has
    yet makes a new record, when ``fields`` hold all it needs. ``gone`` among them hides a record,
    and without fields an edit takes the earlier one back. Questions and answers are guides
    without steps. Procedures have :class:`knowledge.layers.OfficeEdit`.

    Raises:
        ValueError: an office's data are the same for everybody, so no one office may hold them.
    """

    office: str
    kind: RecordKind
    ref: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what no layer could hold."""
        if self.kind is RecordKind.PROCEDURE or (self.kind is RecordKind.OFFICE and self.office):
            raise ValueError(self.kind)

    @property
    def gone(self) -> bool:
        """Whether the record is hidden."""
        return bool(self.fields.get(GONE))

    @property
    def shown(self) -> RecordEdit:
        """The edit of the record once it is hidden no more."""
        return replace(self, fields=told_again(self.fields))


def told_again(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give what an edit's fields say once its record is hidden no more."""
    return {name: value for name, value in fields.items() if name != GONE}


def overlaid(
    kind: RecordKind, records: Iterable[Record], edits: Iterable[RecordEdit]
) -> tuple[Record, ...]:
    """Lay ``edits`` of one kind over ``records``, in order; incomplete new records stay out."""
    known: dict[str, Any] = {getattr(record, NAMED_BY[kind]): record for record in records}
    for edit in edits:
        if edit.kind is kind:
            known[edit.ref] = None if edit.gone else _edited(known.get(edit.ref), edit)
    return tuple(record for record in known.values() if record is not None)


def _edited(base: Any, edit: RecordEdit) -> Any:  # noqa: ANN401 - a record of the edit's kind
    if base is not None:
        return replace(base, **edit.fields)
    try:
        return MODELS[edit.kind](**{NAMED_BY[edit.kind]: edit.ref, **edit.fields})
    except TypeError:
        return None
