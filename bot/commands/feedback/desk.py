"""A command at the desk of an officer: begun, done, its case printed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.commands.feedback.casework import CaseDesk
    from bot.commands.feedback.showing import Seen

Given = TypeVar("Given")


def at_desk(officer: str, act: Callable[[CaseDesk], Awaitable[Given]]) -> Given:
    """Do ``act`` as an officer."""
    from bot.commands.feedback.casework import at_cases  # noqa: PLC0415

    async def done() -> Given:
        async with at_cases(read_settings(), officer) as desk:
            return await act(desk)

    return asyncio.run(done())


def do(officer: str, case: str, act: Callable[[CaseDesk], Awaitable[str]], *, json: bool) -> None:
    """Do ``act``, which gives what to say, and show its case."""

    async def done(desk: CaseDesk) -> tuple[str, Seen]:
        return await act(desk), await seen_now(desk, case)

    told, seen = at_desk(officer, done)
    tell(seen, told, json=json)


async def seen_now(desk: CaseDesk, told: str) -> Seen:
    """Look at a case as an officer may, with what was done to it."""
    from bot.commands.feedback.showing import Seen  # noqa: PLC0415
    from bot.storage.case_page_rows import history_of  # noqa: PLC0415

    case, sight = await desk.seen(told)
    async with desk.desk.database.reading() as connection:
        history = await history_of(connection, case.id)
    return Seen(case=case, history=history, sight=sight, now=desk.desk.clock.now())


def tell(seen: Seen, told: str, *, json: bool) -> None:
    """Print a case; before it in words what was done, ``told`` by its key."""
    from bot.commands.feedback.showing import as_json, as_text  # noqa: PLC0415

    if json:
        typer.echo(as_json(seen))
        return
    if told:
        typer.echo(words("feedback")[told].format(number=seen.case.id))
    typer.echo(as_text(seen))


def as_array(seen: list[Seen]) -> str:
    """Give cases as a JSON array."""
    import orjson  # noqa: PLC0415

    from bot.commands.feedback.showing import row_of  # noqa: PLC0415

    return orjson.dumps(list(map(row_of, seen)), option=orjson.OPT_INDENT_2).decode()
