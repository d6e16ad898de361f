"""The record a change lies over, as it is without the office's own word."""

from __future__ import annotations

from collections.abc import Sequence

from bot.console.knowledge.library import Shelf
from bot.officials.changes import Change, ChangeKind
from knowledge.models import Guide, Hotline, Office, Procedure
from knowledge.record_edits import NAMED_BY, RecordKind, overlaid

Record = Procedure | Guide | Hotline | Office


def beneath(shelf: Shelf, change: Change) -> Record | None:
    """Give the record; nothing for a setting and for what only the office tells of."""
    if change.kind is ChangeKind.SETTING:
        return None
    if change.kind is ChangeKind.PROCEDURE:
        return shelf.beneath(change.ref)
    kind, content = RecordKind(change.kind), shelf.layers.content
    above = [
        edit for office in shelf.line[:-1] for edit in shelf.layers.records_of(office).values()
    ]
    records: Sequence[Guide | Hotline | Office]
    if kind is RecordKind.GUIDE:
        records = overlaid(kind, content.guides, above)
    elif kind is RecordKind.HOTLINE:
        records = overlaid(kind, content.hotlines, above)
    else:
        records = content.offices
    named = NAMED_BY[kind]
    return next((one for one in records if getattr(one, named) == change.ref), None)
