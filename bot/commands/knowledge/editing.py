"""``python -m bot knowledge edits``: what an office stated itself, and how to take it back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import SystemClock
from bot.commands.environment import read_settings
from bot.commands.knowledge.options import OfficeOption
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.layers import Layers, OfficeEdit
    from knowledge.record_edits import RecordEdit


def edits(
    office: OfficeOption = "",
    undo: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Take back what was stated of this code, id or number; may stand repeatedly.",
        ),
    ] = None,
) -> None:
    """List an office's own edits, or withdraw some: what was told before is told again."""
    settings = read_settings()
    if not undo:
        typer.echo("\n".join(asyncio.run(_listed(settings, office))))
        return
    said = words("edits")
    undone = asyncio.run(_undone(settings, office, undo))
    for code, fields in undone.items():
        typer.echo(said["undone"].format(code=code, fields=fields))
    unknown = [code for code in undo if code not in undone]
    for code in unknown:
        typer.echo(said["unknown"].format(code=code), err=True)
    raise typer.Exit(1 if unknown else 0)


async def _listed(settings: Settings, office: str) -> list[str]:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415 - keeps --help quick

    said = words("edits")
    async with open_store(settings, office) as (store, speaker):
        layers = await store.layers()
    snapshot = layers.snapshot(speaker)
    names = {str(one.code): one.official_name for one in snapshot.procedures}
    names |= {str(one.id): one.title for one in snapshot.guides}
    names |= {one.phone: one.name for one in snapshot.hotlines}
    names |= {str(one.code): one.name for one in snapshot.offices}
    told = [
        said["line"].format(code=code, name=names.get(code, ""), fields=_fields(edit) or "-")
        for code, edit in _edits(layers, speaker)
    ]
    return told or [said["none"]]


def _edits(layers: Layers, office: str) -> Iterable[tuple[str, OfficeEdit | RecordEdit]]:
    """Give what an office edits by code or ref; the data of offices are those of all of them."""
    from knowledge.record_edits import RecordKind  # noqa: PLC0415 - keeps --help quick

    yield from layers.edits_of(office).items()
    for edit in layers.records:
        if edit.office == office or edit.kind is RecordKind.OFFICE:
            yield edit.ref, edit


def _fields(edit: OfficeEdit | RecordEdit) -> str:
    from knowledge.layers import OfficeEdit  # noqa: PLC0415 - keeps --help quick
    from knowledge.record_edits import RecordKind  # noqa: PLC0415
    from knowledge.record_words import headings  # noqa: PLC0415

    kind = RecordKind.PROCEDURE if isinstance(edit, OfficeEdit) else edit.kind
    return ", ".join(head for name, head in headings(kind).items() if name in edit.fields)


async def _undone(settings: Settings, office: str, codes: list[str]) -> dict[str, str]:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415 - keeps --help quick
    from knowledge.layers import OfficeEdit  # noqa: PLC0415

    now = SystemClock().now()
    async with open_store(settings, office) as (store, speaker):
        known = dict(_edits(await store.layers(), speaker))
        undone = {code: known[code] for code in codes if code in known}
        forgotten = [replace(edit, fields={}) for edit in undone.values()]
        cards = [edit for edit in forgotten if isinstance(edit, OfficeEdit)]
        records = [edit for edit in forgotten if not isinstance(edit, OfficeEdit)]
        if cards:
            await store.save_edits(cards, at=now)
        if records:
            await store.save_records(records, at=now)
    return {code: _fields(edit) for code, edit in undone.items()}
