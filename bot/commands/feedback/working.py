"""The commands that work on a case; what they do is loaded when they are asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.feedback.desk import do
from bot.commands.feedback.options import As, Json, Reason, Told
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.commands.feedback.casework import CaseDesk


def assign(
    case: Told,
    *,
    officer: As,
    unit: Annotated[str, typer.Option(help="The unit, by its name or number.")] = "",
    to: Annotated[str, typer.Option("--officer", metavar="LOGIN", help="Who does it.")] = "",
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Give a case to a unit, an officer, or an officer of a unit."""
    from bot.commands.feedback import acts  # noqa: PLC0415

    do(officer, case, lambda desk: acts.give(desk, case, unit, to, reason), json=json)


def reply(  # noqa: PLR0913 - each option is a part of the answer
    case: Told,
    *,
    officer: As,
    text: Annotated[str, typer.Option(help="What the citizen reads.")] = "",
    text_file: Annotated[Path | None, typer.Option(help="The same, as a file in UTF-8.")] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option(help="A file that goes with the answer; may be given several times."),
    ] = None,
    result: Annotated[str, typer.Option(metavar="done|cannot", help="What came of it.")] = "done",
    reason: Annotated[str, typer.Option(metavar="CODE", help="Why it cannot be done.")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Ask the citizen; the clock stops.")] = False,
    approve: Annotated[
        bool, typer.Option("--approve", help="Give the answer somebody else submitted.")
    ] = False,
    json: Json = False,
) -> None:
    """Answer the citizen; where the office says so, lay the answer before who approves it."""
    from bot.commands.feedback import acts  # noqa: PLC0415

    typed = acts.Typed(
        text=text, text_file=text_file, result=result, reason=reason, files=tuple(file or ())
    )
    if typed.files and (ask or approve):
        raise typer.BadParameter(words("feedback")["files_with_answer"])

    async def act(desk: CaseDesk) -> str:
        if approve:
            return await acts.approve(desk, case)
        if ask:
            return await acts.ask(desk, case, typed.words.text)
        return await acts.reply(desk, case, typed)

    do(officer, case, act, json=json)


def close(
    case: Told,
    *,
    officer: As,
    reason: Annotated[str, typer.Option(help="Why; with --refuse the citizen reads it.")],
    refuse: Annotated[
        str, typer.Option(metavar="CODE", help="Refuse an open case for this reason.")
    ] = "",
    json: Json = False,
) -> None:
    """Close an answered case, or refuse an open one."""
    from bot.commands.feedback import acts  # noqa: PLC0415

    do(officer, case, lambda desk: acts.close(desk, case, reason, refuse), json=json)
