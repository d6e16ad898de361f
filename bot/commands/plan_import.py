"""``python -m bot plan import``: an issued plan is read, shown, and stored as a draft."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import SystemClock
from bot.commands.environment import read_settings

if TYPE_CHECKING:
    from bot.newsroom.planning import TakenIn
    from bot.settings import Settings
    from broadcasts.plans.models import Plan


def import_(
    file: Annotated[Path, typer.Argument(help="A plan: .docx, .pdf, .xlsx or .txt.")],
    year: Annotated[int, typer.Option(help="The year the plan is for.")],
    office: Annotated[
        str, typer.Option(metavar="CODE", help="Whose plan it is; OFFICE or the only one.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what was read; nothing is stored.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of a plan people worked on.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON.")] = False,
) -> None:
    """Read an issued communication plan; what is not understood is flagged for a person."""
    from bot.commands.plan_report import as_json, as_text  # noqa: PLC0415 - quick --help
    from bot.newsroom.planning import Outcome  # noqa: PLC0415
    from broadcasts.plans.errors import PlanUnreadable  # noqa: PLC0415
    from broadcasts.plans.reader import read_plan  # noqa: PLC0415
    from broadcasts.plans.reading.files import read_document  # noqa: PLC0415
    from broadcasts.timing import YearOutOfRange, read_timing  # noqa: PLC0415

    try:
        plan = read_plan(read_document(file), year, read_timing)
    except (PlanUnreadable, YearOutOfRange) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    done = None
    if not dry_run:
        digest = sha256(file.read_bytes()).hexdigest()
        done = asyncio.run(_take_in(read_settings(), plan, office, digest, replace=replace))
    typer.echo(as_json(plan, done) if json else as_text(plan, done))
    raise typer.Exit(1 if done and done.outcome is Outcome.ASKED else 0)


async def _take_in(
    settings: Settings, plan: Plan, office: str, digest: str, *, replace: bool
) -> TakenIn:
    from bot.casework.deeds import COMMAND_LINE, acting  # noqa: PLC0415 - quick --help
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415
    from bot.newsroom.planning import take_in  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415
    from bot.storage.plan_rows import Issued  # noqa: PLC0415

    async with open_store(settings, office) as (_, code):
        pass
    async with (
        open_database(settings) as database,
        acting(database, SystemClock(), COMMAND_LINE) as doing,
    ):
        return await take_in(doing, plan, Issued(office=code, digest=digest), replace=replace)
