"""The commands of ``python -m bot broadcast``; what they do is in ``acts``, loaded when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.broadcast.options import (
    Again,
    As,
    Attach,
    Count,
    Depicted,
    Entry,
    Json,
    Kind,
    Note,
    Number,
    Office,
    Picture,
    Slot,
    Topic,
)
from bot.commands.broadcast.telling import told_faults
from bot.commands.broadcast.typed import Typed, When
from bot.commands.environment import read_settings
from bot.commands.wording import words
from broadcasts.schedule.models import GRACE_MINUTES, MOST_GRACE_MINUTES

if TYPE_CHECKING:
    from bot.commands.broadcast.acts import Acts, Seen

app = typer.Typer(
    name="broadcast", no_args_is_help=True, help="News, from draft to the last delivery."
)


@app.command()
def create(  # noqa: PLR0913 - each option is a part of the text
    *,
    officer: As,
    title: Annotated[str, typer.Option(help="The headline; may have gaps, {co_quan}.")] = "",
    text: Annotated[str, typer.Option(help="The text.")] = "",
    file: Annotated[Path | None, typer.Option(help="The text, as a file in UTF-8.")] = None,
    picture: Picture = None,
    depicted: Depicted = "",
    attach: Attach = None,
    kind: Kind = "",
    office: Office = "",
    audience: Annotated[str, typer.Option(metavar="citizens|officials|all")] = "",
    to: Annotated[list[str] | None, typer.Option(help="An office at or below it; all.")] = None,
    topic: Topic = None,
    channel: Annotated[list[str] | None, typer.Option(help="By this way only.")] = None,
    button: Annotated[list[str] | None, typer.Option(metavar="LABEL|HTTPS")] = None,
    fill: Annotated[list[str] | None, typer.Option(metavar="GAP=VALUE")] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="A storm, a flood.")] = False,
    reason: Annotated[str, typer.Option(help="Why it is urgent.")] = "",
    entry: Entry = None,
    slot: Slot = None,
    json: Json = False,
) -> None:
    """Write a draft."""
    typed = Typed(
        title=title,
        text=text,
        file=file,
        picture=picture,
        depicted=depicted,
        attach=tuple(attach or ()),
        kind=kind,
        office=office,
        audience=audience,
        to=tuple(to or ()),
        topics=tuple(topic or ()),
        channels=tuple(channel or ()),
        buttons=tuple(button or ()),
        fills=tuple(fill or ()),
        urgent=urgent,
        reason=reason,
        entry=entry,
        slot=slot,
    )
    _done(officer, "created", lambda acts: acts.create(typed), json=json)


@app.command()
def submit(number: Number, officer: As, json: Json = False) -> None:
    """Freeze a draft and lay it before who may approve it."""
    _done(officer, "submitted", lambda acts: acts.submit(number), json=json)


@app.command()
def approve(
    number: Number,
    officer: As,
    give_back: Annotated[
        str | None,
        typer.Option("--return", metavar="NOTE", help="Return it instead, with a note."),
    ] = None,
    json: Json = False,
) -> None:
    """Approve what somebody else wrote, or return it."""
    told = "approved" if give_back is None else "returned"
    _done(officer, told, lambda acts: acts.approve(number, give_back), json=json)


@app.command()
def start(  # noqa: PLR0913 - each option is a part of the schedule
    number: Number,
    *,
    officer: As,
    at: Annotated[
        str,
        typer.Option(
            metavar='"2026-12-01 08:00"|slot', help="In Việt Nam's time; as planned; else now."
        ),
    ] = "",
    rrule: Annotated[str, typer.Option(metavar="FREQ=WEEKLY;BYDAY=MO")] = "",
    until: Annotated[str, typer.Option(metavar="2026-12-31", help="The rule's last day.")] = "",
    grace: Annotated[
        int, typer.Option(min=0, max=MOST_GRACE_MINUTES, help="Minutes it may begin late.")
    ] = GRACE_MINUTES,
    off_days: Annotated[str, typer.Option(metavar="skip|next", help="On days off.")] = "",
    count: Count = None,
    again: Again = False,
    reason: Annotated[str, typer.Option(help="Why an urgent one goes out at once.")] = "",
    json: Json = False,
) -> None:
    """Let an approved text go out, or an urgent draft at once, or what was missed after all."""
    when = When(at=at, rrule=rrule, until=until, grace=grace, off_days=off_days)
    sure = {"count": count, "again": again, "reason": reason}
    _done(officer, "started", lambda acts: acts.start(number, when, sure), json=json)


@app.command()
def pause(number: Number, officer: As, note: Note = "", json: Json = False) -> None:
    """Let what goes out rest."""
    _done(officer, "paused", lambda acts: acts.pause(number, note), json=json)


@app.command()
def resume(number: Number, officer: As, note: Note = "", json: Json = False) -> None:
    """Let what rests go on."""
    _done(officer, "resumed", lambda acts: acts.resume(number, note), json=json)


@app.command()
def cancel(number: Number, officer: As, note: Note = "", json: Json = False) -> None:
    """End what goes out, and all that is scheduled."""
    _done(officer, "cancelled", lambda acts: acts.cancel(number, note), json=json)


@app.command()
def retry(number: Number, officer: As, note: Note = "", json: Json = False) -> None:
    """Send the newest run's failed deliveries again; never the uncertain. None is no fault."""
    rows = 0

    async def act(acts: Acts) -> int:
        nonlocal rows
        rows = await acts.retry(number, note)
        return number

    seen = _looked(officer, act)
    _show(seen, "retried" if rows else "unretried", json=json, retried=rows)


@app.command()
def status(number: Number, officer: As = "", json: Json = False) -> None:
    """Tell where a broadcast is."""
    _done(officer, "", lambda acts: acts.status(number), json=json)


def _done(officer: str, told: str, act: Callable[[Acts], Awaitable[int]], *, json: bool) -> None:
    """Do ``act`` as ``officer`` and show where its broadcast is."""
    _show(_looked(officer, act), told, json=json)


def _looked(officer: str, act: Callable[[Acts], Awaitable[int]]) -> Seen:
    from bot.commands.broadcast.acts import look  # noqa: PLC0415 - keeps --help quick

    with told_faults():
        return asyncio.run(look(read_settings(), officer, act))


def _show(seen: Seen, told: str, *, json: bool, **counts: int) -> None:
    """Say what was ``told`` with its ``counts``, which stand in the JSON too."""
    from bot.commands.broadcast.showing import as_json, as_text  # noqa: PLC0415

    if json:
        typer.echo(as_json(seen.whereabouts, seen.upcoming, seen.reported, **counts))
        return
    if told:
        number = seen.whereabouts.broadcast.id
        typer.echo(words("broadcast")[told].format(number=number, **counts))
    typer.echo(as_text(seen.whereabouts, seen.upcoming, seen.reported))
    for remark in seen.remarks:
        typer.echo(words("broadcast")["remark"].format(remark=remark), err=True)
