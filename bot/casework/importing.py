"""Use cases: an office's table taken over as changes, all at once or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.casework.deeds import Acting
from bot.errors import BotError
from bot.officials.audit import Deed
from bot.officials.changes import ChangeKind, ChangeStatus, Wish
from bot.officials.field_marks import plain, token_of
from bot.officials.models import OfficerId
from bot.storage.change_rows import add_change
from bot.storage.import_rows import Counts, Import, ImportStatus, settle
from bot.storage.within import Within
from knowledge.layers import Layers, OfficeEdit
from knowledge.repository import SqlSnapshotStore
from knowledge.weighing import Effect, Weighing


class Moved(BotError):
    """Something was published since the table was weighed; nothing was taken."""


class Settled(BotError):
    """The file was taken or dropped already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A table weighed against ``layers``, and why it is taken."""

    file: Import
    weighing: Weighing
    layers: Layers
    reason: str


def counts_of(weighing: Weighing) -> Counts:
    """Count what a table would do."""
    return Counts(
        new=len(weighing.of(Effect.NEW)),
        changed=len(weighing.of(Effect.CHANGED)) + len(weighing.of(Effect.ABOLISHED)),
        unchanged=len(weighing.of(Effect.UNCHANGED)),
        faults=len(weighing.faults),
    )


async def take(acting: Acting, taking: Taking, *, publish: bool) -> int:
    """Make every good row a change, in force where the officer may ``publish``; give how many.

    Raises:
        Moved: the knowledge is another than the table was weighed against.
        Settled: somebody was quicker.
    """
    store = SqlSnapshotStore(Within(acting.connection))
    await store.hold()
    if await store.version() != taking.layers.version:
        raise Moved
    if not await settle(acting.connection, taking.file.id, ImportStatus.TAKEN):
        raise Settled
    edits = taking.weighing.edits
    status = ChangeStatus.PUBLISHED if publish else ChangeStatus.WAITING
    await _note(acting, taking, edits, status)
    if publish:
        await store.save_edits(edits, at=acting.now)
    acting.did(_deed("imported", taking.file, note=taking.reason))
    return len(edits)


async def drop(acting: Acting, file: Import) -> bool:
    """Forget a file that was only tried; tell whether nobody was quicker."""
    if not await settle(acting.connection, file.id, ImportStatus.DROPPED):
        return False
    acting.did(_deed("import_dropped", file))
    return True


def tried(acting: Acting, file: Import) -> None:
    """Remember that a file was handed in and read."""
    acting.did(_deed("import_tried", file))


async def _note(
    acting: Acting, taking: Taking, edits: Sequence[OfficeEdit], status: ChangeStatus
) -> None:
    file = taking.file
    earlier = taking.layers.edits_of(file.office)
    names = {row.code: row.name for row in taking.weighing.rows}
    author = None if acting.by.officer is None else OfficerId(acting.by.officer)
    for edit in edits:
        before = plain(dict(earlier[edit.code].fields)) if edit.code in earlier else {}
        after = plain(dict(edit.fields))
        wish = Wish(
            kind=ChangeKind.PROCEDURE,
            office=file.office,
            ref=edit.code,
            title=names[edit.code],
            fields=after,
            reason=taking.reason,
            batch=file.id,
        )
        await add_change(
            acting.connection, wish, before=before, after=after, token=token_of(before),
            status=status, author=author, at=acting.now,
        )  # fmt: skip


def _deed(action: str, file: Import, note: str = "") -> Deed:
    return Deed(
        action=action,
        office=file.office,
        kind="import",
        subject=str(file.id),
        after={"name": file.name, "digest": file.digest, **asdict(file.counts)},
        note=note,
    )
