"""The report on feedback at the command line: told, as JSON, as a document, as a spreadsheet."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import typer

from bot.clock import VIETNAM
from bot.commands.broadcast.entering import Desk, entered
from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.console.feedback.report_sheets import report_sheet
from bot.console.xlsx import written
from bot.errors import CannotBegin
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.document import document
from bot.feedback.reports.figures import Figures, Side
from bot.feedback.reports.naming import report_words
from bot.feedback.reports.report import Report, sentences
from bot.feedback.reports.stretches import Stretch, latest, stretch_of
from bot.feedback.reports.tables import measure
from bot.handling.reporting import Wanted, reported
from bot.officials.audit import Deed
from bot.officials.permissions import Action, may
from broadcasts.documents.numbers import cell_text
from broadcasts.documents.writing import as_docx


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody asks for: codes as typed, and the files to write."""

    office: str
    period: str
    docx: Path | None
    xlsx: Path | None


def report(typed: Typed, login: str, *, json: bool) -> None:
    """Count, write what is asked for, and tell the sums.

    Raises:
        CannotBegin: the officer may not, a code is none, or a file cannot be written.
    """
    found = asyncio.run(_report(typed, login))
    typer.echo(_as_json(found) if json else "\n".join(_lines(found)))


async def _report(typed: Typed, login: str) -> Report:
    async with entered(read_settings(), login) as desk:
        found = await _counted(desk, typed)
        for file, ends in ((typed.docx, "docx"), (typed.xlsx, "xlsx")):
            if file is not None:
                await _remember(desk, typed)
                _write(file, found, ends, desk)
    return found


async def _counted(desk: Desk, typed: Typed) -> Report:
    office, tree = typed.office or desk.office, desk.realm.tree
    if desk.officer is None:
        raise CannotBegin(words("feedback")["nobody"])
    if not may(desk.grants, Action.CASE_REPORTS, office, tree):
        raise CannotBegin(words("feedback")["report_forbidden"].format(office=office))
    names = {str(one.code): one.name for one in desk.realm.snapshot.offices}
    wanted = Wanted(
        reader=desk.officer.id,
        offices=tree.branch(office),
        name=names.get(office, office),
        stretch=_stretch(desk, typed.period),
    )
    times = OfficeTimes(desk.realm.snapshot, desk.realm.stood)
    async with desk.database.reading() as connection:
        return await reported(connection, wanted, times, desk.clock.now())


def _stretch(desk: Desk, period: str) -> Stretch:
    if not period:
        return latest(desk.clock.now().astimezone(VIETNAM).date())
    found = stretch_of(period)
    if found is None:
        raise CannotBegin(words("feedback")["period"].format(period=period))
    return found


async def _remember(desk: Desk, typed: Typed) -> None:
    """Note who took the report away, as the console does."""
    office = typed.office or desk.office
    after = {"office": office, "period": typed.period, "rows": 0}
    async with desk.acting() as doing:
        doing.did(
            Deed(
                action="exported", office=office, kind="list", subject="case_reports", after=after
            )
        )


def _write(file: Path, found: Report, ends: str, desk: Desk) -> None:
    today = desk.clock.now().astimezone(VIETNAM).date()
    body = as_docx(document(found, today)) if ends == "docx" else written(report_sheet(found))
    try:
        with file.open("xb") as out:
            out.write(body)
    except FileExistsError:
        raise CannotBegin(words("feedback")["exists"].format(file=file)) from None
    except OSError:
        raise CannotBegin(words("feedback")["unwritable"].format(file=file)) from None


def _lines(found: Report) -> Iterator[str]:
    yield from sentences(found.this)
    for name, label in report_words()["measures"].items():
        yield f"{label}: {cell_text(measure(found.this, name)) or '–'}"


def _as_json(found: Report) -> str:
    told = {
        "period": found.stretch.code,
        "from": found.stretch.days.start.isoformat(),
        "to": found.stretch.days.end.isoformat(),
        "this": _measures(found.this),
        "before": _measures(found.before),
        "year_before": _measures(found.year_before),
        "by": {str(side): _side(found, side) for side in Side},
        "overdue": [one.case for one in found.this.overdue],
    }
    return orjson.dumps(told, default=float, option=orjson.OPT_INDENT_2).decode()


def _measures(figures: Figures) -> dict[str, Any]:
    return {name: measure(figures, name) for name in report_words()["measures"]}


def _side(found: Report, side: Side) -> dict[str, Any]:
    names = (*report_words()["counts"], *report_words()["qualities"])
    return {
        key: {name: getattr(one, name) for name in names}
        for key, one in found.this.sides[side].items()
    }
