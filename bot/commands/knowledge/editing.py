"""``python -m bot knowledge edits``: what an office stated itself, and how to take it back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import SystemClock
from bot.commands.environment import read_settings
from bot.commands.knowledge.options import OfficeOption
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.layers import OfficeEdit


def edits(
    office: OfficeOption = "",
    undo: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Take back what was stated of this procedure; may stand repeatedly.",
        ),
    ] = None,
) -> None:
    """List an office's own edits, or withdraw some: what was told before is told again."""
    settings = read_settings()
    if not undo:
        typer.echo("\n".join(asyncio.run(_listed(settings, office))))
        return
    from knowledge.columns import columns  # noqa: PLC0415 - keeps --help quick

    said = words("edits")
    undone = asyncio.run(_undone(settings, office, undo))
    for code, edit in undone.items():
        typer.echo(said["undone"].format(code=code, fields=columns().told(edit.fields)))
    unknown = [code for code in undo if code not in undone]
    for code in unknown:
        typer.echo(said["unknown"].format(code=code), err=True)
    raise typer.Exit(1 if unknown else 0)


async def _listed(settings: Settings, office: str) -> list[str]:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415 - keeps --help quick
    from knowledge.columns import columns  # noqa: PLC0415

    said = words("edits")
    async with open_store(settings, office) as (store, speaker):
        layers = await store.layers()
    names = {str(one.code): one.official_name for one in layers.snapshot(speaker).procedures}
    told = []
    for code, edit in layers.edits_of(speaker).items():
        fields = columns().told(edit.fields) or "-"
        told.append(said["line"].format(code=code, name=names.get(code, ""), fields=fields))
    return told or [said["none"]]


async def _undone(settings: Settings, office: str, codes: list[str]) -> dict[str, OfficeEdit]:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415 - keeps --help quick
    from knowledge.layers import OfficeEdit  # noqa: PLC0415

    async with open_store(settings, office) as (store, speaker):
        known = (await store.layers()).edits_of(speaker)
        undone = {code: known[code] for code in codes if code in known}
        forgotten = [OfficeEdit(office=speaker, code=code) for code in undone]
        if forgotten:
            await store.save_edits(forgotten, at=SystemClock().now())
    return undone
