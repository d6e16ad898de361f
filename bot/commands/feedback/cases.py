"""The commands that work on cases; what they do is loaded when they are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words

if TYPE_CHECKING:
    from bot.commands.feedback.casework import CaseDesk
    from bot.commands.feedback.showing import Seen

Given = TypeVar("Given")
As = Annotated[str, typer.Option("--as", metavar="LOGIN", help="The officer who does it.")]
Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
Told = Annotated[str, typer.Argument(metavar="CASE", help="The case's number or reference.")]
Reason = Annotated[str, typer.Option(help="Why; colleagues read it.")]
Office = Annotated[str, typer.Option(help="Of this office alone, by its code.")]
State = Annotated[str, typer.Option(help="In this state alone, such as in_progress.")]


def list_(  # noqa: PLR0913 - each option narrows the list
    officer: As,
    *,
    office: Office = "",
    state: State = "",
    is_open: Annotated[bool, typer.Option("--open", help="Open ones alone.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="The officer's own alone.")] = False,
    unassigned: Annotated[bool, typer.Option("--unassigned", help="Nobody's yet.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Those that are late.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The newest so many.")] = 50,
    json: Json = False,
) -> None:
    """List cases, the newest first."""
    from bot.commands.feedback import listing, showing  # noqa: PLC0415 - keeps --help quick

    narrow = listing.Narrow(
        office=office,
        state=state,
        is_open=is_open,
        mine=mine,
        unassigned=unassigned,
        overdue=overdue,
    )
    seen = _at(officer, lambda desk: listing.listed(desk, narrow, limit))
    typer.echo(_array(seen) if json else showing.lines_of(seen))


def show(case: Told, officer: As, json: Json = False) -> None:
    """Show a case with what was done to it."""
    _show(_at(officer, lambda desk: _seen(desk, case)), "", json=json)


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

    _do(officer, case, lambda desk: acts.give(desk, case, unit, to, reason), json=json)


def reply(  # noqa: PLR0913 - each option is a part of the answer
    case: Told,
    *,
    officer: As,
    text: Annotated[str, typer.Option(help="What the citizen reads.")] = "",
    file: Annotated[Path | None, typer.Option(help="The same, as a file in UTF-8.")] = None,
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

    typed = acts.Typed(text=text, file=file, result=result, reason=reason)

    async def act(desk: CaseDesk) -> str:
        if approve:
            return await acts.approve(desk, case)
        if ask:
            return await acts.ask(desk, case, typed.words.text)
        return await acts.reply(desk, case, typed)

    _do(officer, case, act, json=json)


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

    _do(officer, case, lambda desk: acts.close(desk, case, reason, refuse), json=json)


def export(
    file: Annotated[Path | None, typer.Argument(help="The .xlsx to write.")] = None,
    *,
    officer: As,
    office: Office = "",
    state: State = "",
    json: Json = False,
) -> None:
    """Write cases into a sheet, or as JSON to standard output; never who told of them."""
    from bot.commands.feedback import listing  # noqa: PLC0415

    if file is None and not json:
        raise typer.BadParameter(words("feedback")["no_file"])
    narrow = listing.Narrow(office=office, state=state)
    seen = _at(officer, lambda desk: listing.exported(desk, narrow))
    if file is not None:
        listing.write_sheet(file, seen)
        typer.echo(words("feedback")["exported"].format(count=len(seen), file=file), err=json)
    if json:
        typer.echo(_array(seen))


def import_(
    file: Annotated[Path, typer.Argument(help="The export of a hotline such as 1022, an .xlsx.")],
    *,
    officer: As,
    office: Annotated[str, typer.Option(help="Whose cases they become, by its code.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be; nothing is stored.")
    ] = False,
    json: Json = False,
) -> None:
    """File the cases of a hotline's export, each once; bad rows are told, good ones are kept."""
    from bot.commands.feedback import importing  # noqa: PLC0415

    wish = importing.Wish(file=file, office=office, dry_run=dry_run)
    done = _at(officer, lambda desk: importing.take_in(desk, wish))
    typer.echo(importing.as_json(done, wish) if json else importing.as_text(done, wish))


def report(
    *,
    officer: As,
    office: Annotated[str, typer.Option(help="With all below it; else the officer's.")] = "",
    period: Annotated[
        str,
        typer.Option(help="2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-CCHC; last quarter."),
    ] = "",
    docx: Annotated[Path | None, typer.Option(help="The document to write.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="The spreadsheet to write.")] = None,
    json: Json = False,
) -> None:
    """Tell how cases were answered in a period; of the first answer, in local days."""
    from bot.commands.feedback import reporting  # noqa: PLC0415

    typed = reporting.Typed(office=office, period=period, docx=docx, xlsx=xlsx)
    reporting.report(typed, officer, json=json)


def retain(
    *,
    officer: Annotated[
        str, typer.Option("--as", metavar="LOGIN", help="Who does it; a dry run needs nobody.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would go, and change nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Erase what is kept of persons longer than its purpose allows, as each night does."""
    from bot.commands.feedback import retaining  # noqa: PLC0415

    retaining.retain(retaining.Typed(officer=officer, dry_run=dry_run, json=json))


def add_to(app: typer.Typer) -> None:
    """Put the commands into ``python -m bot feedback``."""
    app.command("list")(list_)
    app.command("import")(import_)
    for command in (show, assign, reply, close, export, report, retain):
        app.command()(command)


def _at(officer: str, act: Callable[[CaseDesk], Awaitable[Given]]) -> Given:
    """Do ``act`` as an officer."""
    from bot.commands.feedback.casework import at_cases  # noqa: PLC0415

    async def done() -> Given:
        async with at_cases(read_settings(), officer) as desk:
            return await act(desk)

    return asyncio.run(done())


def _do(officer: str, case: str, act: Callable[[CaseDesk], Awaitable[str]], *, json: bool) -> None:
    """Do ``act``, which gives what to say, and show its case."""

    async def done(desk: CaseDesk) -> tuple[str, Seen]:
        return await act(desk), await _seen(desk, case)

    told, seen = _at(officer, done)
    _show(seen, told, json=json)


async def _seen(desk: CaseDesk, told: str) -> Seen:
    from bot.commands.feedback.showing import Seen  # noqa: PLC0415
    from bot.storage.case_rows import events_of  # noqa: PLC0415

    case, sight = await desk.seen(told)
    async with desk.desk.database.reading() as connection:
        events = await events_of(connection, case.id)
    return Seen(case=case, events=events, sight=sight, now=desk.desk.clock.now())


def _show(seen: Seen, told: str, *, json: bool) -> None:
    from bot.commands.feedback.showing import as_json, as_text  # noqa: PLC0415

    if json:
        typer.echo(as_json(seen))
        return
    if told:
        typer.echo(words("feedback")[told].format(number=seen.case.id))
    typer.echo(as_text(seen))


def _array(seen: list[Seen]) -> str:
    import orjson  # noqa: PLC0415

    from bot.commands.feedback.showing import row_of  # noqa: PLC0415

    return orjson.dumps(list(map(row_of, seen)), option=orjson.OPT_INDENT_2).decode()
