"""``python -m bot knowledge check``: what in the knowledge base an official should mend."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import VIETNAM, SystemClock
from bot.commands.environment import read_settings
from bot.commands.knowledge.options import OfficeOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.settings import Settings
    from knowledge.lint.findings import Offence
    from knowledge.lint.scope import Scope

# Where no terminal tells its width.
WIDE = 160


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Content files (.toml); without any, what is published.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    office: OfficeOption = "",
    links: Annotated[
        bool, typer.Option("--links", help="Also visit every address; takes minutes.")
    ] = False,
    months: Annotated[
        int, typer.Option(min=1, max=1200, help="A record seen longer ago is old.")
    ] = 12,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every finding, not the most asked alone.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Name what is missing, clashing, repealed or old; exit 1 when citizens would be misled."""
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick

    from bot.commands.knowledge.check_report import as_json, show  # noqa: PLC0415
    from knowledge.lint.findings import Severity  # noqa: PLC0415
    from knowledge.lint.wording import lint_words  # noqa: PLC0415

    today = SystemClock().now().astimezone(VIETNAM).date()
    scope = asyncio.run(_scope(read_settings(), files or [], office))
    findings = lint_words().findings(_offences(scope, today, months=months, links=links))
    if json:
        typer.echo(as_json(findings))
    else:
        console = Console()
        show(
            console if console.is_terminal else Console(width=WIDE),
            findings,
            scope.checked,
            everything=everything,
        )
    raise typer.Exit(1 if any(one.severity is Severity.ERROR for one in findings) else 0)


async def _scope(settings: Settings, files: Sequence[Path], office: str) -> Scope:
    from bot.commands.knowledge.store import open_store  # noqa: PLC0415
    from knowledge.content import content_files, read_content  # noqa: PLC0415
    from knowledge.errors import InvalidSnapshot  # noqa: PLC0415
    from knowledge.lint.scope import of_files, published, unpublished  # noqa: PLC0415

    try:
        async with open_store(settings, office) as (store, speaker):
            known = published(await store.layers(), speaker)
    except InvalidSnapshot:
        known = unpublished(read_content(content_files()))
    return of_files(files, known) if files else known


def _offences(scope: Scope, today: date, *, months: int, links: bool) -> Iterator[Offence]:
    from knowledge.lint.checking import check_all, unreadable  # noqa: PLC0415
    from knowledge.lint.links import to_visit, visited  # noqa: PLC0415

    yield from unreadable(scope.faults)
    yield from check_all(scope.checked, scope.world(today, months))
    if links:
        from bot.commands.knowledge.visiting import visits  # noqa: PLC0415

        yield from visited(scope.checked, asyncio.run(visits(to_visit(scope.checked))))
