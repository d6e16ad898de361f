"""``python -m bot knowledge history``: how an office's word on a record changed, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.clock import VIETNAM
from bot.commands.environment import read_settings
from bot.commands.knowledge.options import OfficeOption
from bot.commands.wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.settings import Settings
    from knowledge.layers import EditChange
    from knowledge.record_edits import RecordKind


def history(
    code: Annotated[
        str,
        typer.Argument(help="Code of a procedure or an office, id of a guide, shipped number."),
    ],
    office: OfficeOption = "",
) -> None:
    """Tell each change of an office's own edit, the taking back too: when, before and after."""
    changes = asyncio.run(_changes(read_settings(), office, code))
    if not changes:
        typer.echo(words("history")["none"].format(code=code), err=True)
        raise typer.Exit(1)
    typer.echo("\n".join(line for change in changes for line in _told(change)))


async def _changes(settings: Settings, office: str, code: str) -> Sequence[EditChange]:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415 - keeps --help quick
    from knowledge.record_edits import RecordKind  # noqa: PLC0415

    async with open_store(settings, office) as (store, speaker):
        # The data of offices are the same for all of them.
        return [
            change
            for teller in dict.fromkeys((speaker, ""))
            for change in await store.edit_changes(teller, code)
            if teller == speaker or change.kind is RecordKind.OFFICE
        ]


def _told(change: EditChange) -> Iterable[str]:
    from knowledge.record_words import headings  # noqa: PLC0415 - keeps --help quick

    said = words("history")
    yield f"{change.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    for name, heading in headings(change.kind).items():
        before, after = (
            _written(change.kind, name, fields) for fields in (change.before, change.after)
        )
        if before != after:
            yield "  " + said["field"].format(field=heading, before=before, after=after)


def _written(kind: RecordKind, name: str, fields: Mapping[str, Any]) -> str:
    from knowledge.record_words import written  # noqa: PLC0415 - keeps --help quick

    said = words("history")
    if name not in fields:
        return said["unstated"]
    return " ; ".join(written(kind, name, fields[name]).splitlines()) or said["empty"]
