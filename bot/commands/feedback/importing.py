"""``python -m bot feedback import``: the cases of a hotline's export are filed, each once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson
import typer

from bot.commands.feedback.casework import CaseDesk
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.feedback.hotline.fates import Imported, RowFate
from bot.feedback.hotline.judging import Fate
from bot.handling.filing import Filing
from bot.handling.importing import Importing
from bot.officials.permissions import Action
from knowledge.tabular.grid import UnreadableFile

# How often it is said how far it is, in rows.
EVERY = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be imported where."""

    file: Path
    office: str
    dry_run: bool


async def take_in(desk: CaseDesk, wish: Wish) -> Imported:
    """Import a file as the officer.

    Raises:
        CannotBegin: they may not, nothing personal can be sealed, or it is no export.
    """
    known = {str(one.code) for one in desk.bureau.offices}
    if wish.office not in known or not desk.official.may(Action.CASES_IMPORT, wish.office):
        raise CannotBegin(words("feedback")["import_forbidden"].format(office=wish.office))
    if desk.bureau.seals.vault is None:
        raise CannotBegin(words("feedback")["import_no_keys"])
    async with desk.desk.acting() as doing:
        by = doing.by
    importing = Importing(
        database=desk.desk.database,
        clock=desk.desk.clock,
        by=by,
        filing=Filing(desk.bureau.seals, desk.bureau.clockwork),
        office=wish.office,
        dry_run=wish.dry_run,
        progress=_progress,
    )
    try:
        return await importing.take(wish.file)
    except UnreadableFile as fault:
        raise CannotBegin(str(fault)) from None


def _progress(rows: int) -> None:
    if rows % EVERY == 0:
        typer.echo(words("feedback")["import_rows"].format(rows=rows), err=True)


def as_json(done: Imported, wish: Wish) -> str:
    """Give all of it as JSON; never a word of what a row tells."""
    told = {
        "file": str(wish.file),
        "office": wish.office,
        "dry_run": wish.dry_run,
        **done.counts,
        "unknown_columns": done.unknown,
        "fates": [_fate(one) for one in done.fates],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def _fate(one: RowFate) -> dict[str, object]:
    told: dict[str, object] = {"row": one.row, "fate": str(one.fate)}
    if one.faults:
        told["faults"] = [{"column": each.column, "problem": each.why} for each in one.faults]
    if one.dues:
        told["due_in_file"], told["due"] = one.dues
    return told


def as_text(done: Imported, wish: Wish) -> str:
    """Tell the counts, and row by row whatever is no case."""
    say = words("feedback")
    head = say["import_tried" if wish.dry_run else "import_done"].format(**done.counts)
    unknown = (
        [say["import_unknown"].format(columns=", ".join(done.unknown))] if done.unknown else []
    )
    return "\n".join([head, *unknown, *_lines(wish.file.name, done)])


def _lines(name: str, done: Imported) -> list[str]:
    say = words("feedback")
    told = []
    for one in done.fates:
        for fault in one.faults:
            gaps = {"file": name, "row": one.row, "column": fault.column, "why": fault.why}
            told.append(say["import_fault"].format(**gaps))
        if one.dues:
            gaps = {"row": one.row, "theirs": one.dues[0], "ours": one.dues[1] or "?"}
            told.append(say["import_due"].format(**gaps))
        if one.fate not in (Fate.NEW, Fate.FAULTY):
            told.append(say[f"import_{one.fate}"].format(row=one.row, first=one.first))
    return told
