"""``python -m bot knowledge edits``: what an office stated itself, and how to take it back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import SystemClock
from bot.commands.environment import read_settings
from bot.commands.knowledge.wording import words

if TYPE_CHECKING:
    from bot.settings import Settings


def edits(
    office: Annotated[
        str,
        typer.Option(help="Code of the office that stated it; the deployment's own if left out."),
    ] = "",
    undo: Annotated[
        str, typer.Option(metavar="CODE", help="Take back what was stated of this procedure.")
    ] = "",
) -> None:
    """List an office's own edits, or withdraw one: what was told before is told again."""
    settings = read_settings()
    if not undo:
        typer.echo("\n".join(asyncio.run(_listed(settings, office))))
    elif asyncio.run(_undone(settings, office, undo)):
        typer.echo(words("edits")["undone"].format(code=undo))
    else:
        typer.echo(words("edits")["unknown"].format(code=undo), err=True)
        raise typer.Exit(1)


async def _listed(settings: Settings, office: str) -> list[str]:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415 - keeps --help quick
    from knowledge.columns import columns  # noqa: PLC0415

    said, headings = words("edits"), columns().headings
    async with open_store(settings, office) as (store, speaker):
        layers = await store.layers()
    names = {str(one.code): one.official_name for one in layers.snapshot(speaker).procedures}
    told = []
    for code, edit in layers.edits_of(speaker).items():
        fields = ", ".join(headings[name] for name in edit.fields if name in headings)
        told.append(said["line"].format(code=code, name=names.get(code, ""), fields=fields or "-"))
    return told or [said["none"]]


async def _undone(settings: Settings, office: str, code: str) -> bool:
    import structlog  # noqa: PLC0415 - keeps --help quick

    from bot.commands.knowledge.store import open_store  # noqa: PLC0415
    from knowledge.layers import OfficeEdit  # noqa: PLC0415

    async with open_store(settings, office) as (store, speaker):
        edit = (await store.layers()).edits_of(speaker).get(code)
        if edit is None:
            return False
        forgotten = OfficeEdit(office=speaker, code=code)
        await store.save_edits([forgotten], at=SystemClock().now())
    fields = sorted(edit.fields)
    structlog.get_logger().info("edit_undone", office=speaker, code=code, fields=fields)
    return True
