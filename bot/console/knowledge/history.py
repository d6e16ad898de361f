"""The history of a record at one office: every edit, whoever made it, and what is not in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.console.knowledge.cells import Sheet
from bot.console.words import say
from bot.officials.changes import ChangeKind, ChangeStatus
from bot.storage.database import Database
from bot.storage.history_rows import Noted, history_of
from knowledge.layers import EditChange
from knowledge.record_edits import GONE
from knowledge.repository import SqlSnapshotStore

NOT_IN_FORCE: Final = frozenset(
    {
        ChangeStatus.WAITING,
        ChangeStatus.SCHEDULED,
        ChangeStatus.RETURNED,
        ChangeStatus.WITHDRAWN,
    }
)
# What tells of other fields and is no field people see.
OF_OTHERS: Final = frozenset({"sources", "source", "has_card"})
Difference = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One edit: when, by whom, why, and its fields before and after; ``number`` of its change."""

    at: datetime
    who: str
    reason: str
    differences: tuple[Difference, ...]
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every edit, the newest first, and the wishes that are not in force."""

    lines: tuple[Line, ...]
    wishes: tuple[Noted, ...]


async def history(database: Database, sheet: Sheet, office: str, ref: str) -> History:
    """Read the history of the record ``ref`` at ``office``."""
    edits = await SqlSnapshotStore(database).edit_changes(office, ref)
    async with database.reading() as connection:
        noted = await history_of(connection, ChangeKind(sheet.kind), office, ref)
    of_kind = [edit for edit in edits if edit.kind is sheet.kind]
    return History(
        lines=tuple(_lines(of_kind, noted, sheet)),
        wishes=tuple(one for one in noted if one.change.status in NOT_IN_FORCE),
    )


def _lines(edits: Sequence[EditChange], noted: Sequence[Noted], sheet: Sheet) -> Iterable[Line]:
    # An edit and its change are written in one transaction, at one moment.
    by_moment = {one.change.decided_at: one for one in noted}
    for edit in reversed(edits):
        found = by_moment.get(edit.at)
        yield Line(
            at=edit.at,
            who=(found.author if found else "") or say("card.no_account"),
            reason=found.change.reason if found else "",
            differences=_differences(edit.before, edit.after, sheet),
            number=found.change.id if found else None,
        )


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], sheet: Sheet
) -> tuple[Difference, ...]:
    named = {name: told for name, told in sheet.headings.items() if name not in OF_OTHERS}
    return tuple(
        (told, _text(sheet, name, before), _text(sheet, name, after))
        for name, told in (*named.items(), (GONE, say("card.gone")))
        if before.get(name) != after.get(name)
    )


def _text(sheet: Sheet, name: str, fields: Mapping[str, Any]) -> str:
    if name not in fields:
        return say("card.not_stated")
    return say("card.is_gone") if name == GONE else sheet.text(name, fields[name])
