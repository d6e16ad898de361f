"""``python -m bot migrate``: bring the database to this release's shape, or ask whether it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.settings import Settings


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 when the database is behind.")
    ] = False,
) -> None:
    """Bring the database to this release's shape; `serve` does it by itself."""
    before, after, wanted = asyncio.run(_move(read_settings(), check=check))
    typer.echo(_told(before, after, wanted))
    raise typer.Exit(0 if after == wanted else 1)


def _told(before: str, after: str, wanted: str) -> str:
    if after != wanted:
        name = "behind" if after else "missing"
    elif before == after:
        name = "unchanged"
    else:
        name = "moved" if before else "made"
    return words("migrate")[name].format(before=before, after=after, wanted=wanted)


async def _move(settings: Settings, *, check: bool) -> tuple[str, str, str]:
    from bot.storage.migrate import migrate, newest, revision  # noqa: PLC0415
    from bot.storage.opening import reach_database  # noqa: PLC0415 - keeps --help quick

    if check and settings.database_url is None and not settings.embedded_file.exists():
        return "", "", newest()
    async with reach_database(settings) as database:
        before = await revision(database)
        if not check:
            await migrate(database)
        return before, await revision(database), newest()
