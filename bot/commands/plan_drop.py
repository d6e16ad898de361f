"""``python -m bot plan drop``: a plan read by mistake is dropped, as an officer who may."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin

if TYPE_CHECKING:
    from bot.settings import Settings

# As in the console's forms.
LEAST_REASON: Final = 5


def drop(
    number: Annotated[int, typer.Argument(help="The draft's number, as the import told it.")],
    *,
    officer: Annotated[
        str, typer.Option("--as", metavar="LOGIN", help="The officer who does it.")
    ],
    reason: Annotated[str, typer.Option(help="Why it is dropped; kept in the audit.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
) -> None:
    """Drop a plan that is not in force, with its file; it cannot be taken back."""
    said = words("plan_drop")
    if len(reason.strip()) < LEAST_REASON:
        raise CannotBegin(said["short_reason"].format(least=LEAST_REASON))
    if not yes:
        typer.confirm(said["sure"].format(number=number), abort=True)
    asyncio.run(_drop(read_settings(), officer, number, reason.strip()))
    typer.echo(said["done"].format(number=number))


async def _drop(settings: Settings, login: str, number: int, reason: str) -> None:
    from bot.commands.broadcast.entering import entered  # noqa: PLC0415 - quick --help
    from bot.newsroom.plan_drafts import drop as drop_draft  # noqa: PLC0415
    from bot.officials.permissions import Action  # noqa: PLC0415
    from bot.storage.plan_rows import find_plan  # noqa: PLC0415
    from broadcasts.errors import BroadcastError  # noqa: PLC0415

    async with entered(settings, login) as desk:
        async with desk.database.reading() as connection:
            plan = await find_plan(connection, number)
        if plan is None or not desk.covers(plan.office):
            raise CannotBegin(words("plan_drop")["none"].format(number=number))
        desk.require(Action.PLANS_PREPARE, plan.office)
        try:
            async with desk.acting() as doing:
                await drop_draft(doing, number, reason=reason)
        except BroadcastError as refused:
            raise CannotBegin(str(refused)) from None
