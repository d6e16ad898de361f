"""Lists of cases: on the screen, as JSON, as a sheet to be kept; never who told of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.commands.feedback.casework import CaseDesk
from bot.commands.feedback.showing import Seen, row_of
from bot.commands.wording import words
from bot.console.xlsx import MOST_ROWS, Sheet, Value, written
from bot.errors import CannotBegin
from bot.feedback.models import Case, CaseId
from bot.feedback.moves import CaseState
from bot.feedback.topics import topic_label
from bot.officials.audit import Deed
from bot.officials.permissions import Action, offices_for
from bot.storage.case_sheet_rows import Wanted, told_cases

AT_ONCE: Final = 500
COLUMNS: Final = (
    "id", "reference", "office", "kind", "topic", "grade", "state", "unit", "officer", "source",
    "hamlet", "received_at", "due_at", "overdue", "answered_at", "closed_at", "result",
    "reopened", "level", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """Which cases somebody wants to see."""

    office: str = ""
    state: str = ""
    is_open: bool = False
    mine: bool = False
    unassigned: bool = False
    overdue: bool = False


async def listed(desk: CaseDesk, narrow: Narrow, limit: int) -> list[Seen]:
    """Give the newest cases the officer may see."""
    wanted = _wanted(desk, narrow, Action.CASES_SEE)
    now = desk.desk.clock.now()
    async with desk.desk.database.reading() as connection:
        found = await told_cases(connection, wanted, limit)
    return [Seen(case=one, now=now) for one in found]


async def exported(desk: CaseDesk, narrow: Narrow) -> list[Seen]:
    """Give all cases the officer may take away; that they did is remembered."""
    wanted = _wanted(desk, narrow, Action.CASES_EXPORT)
    now = desk.desk.clock.now()
    seen = [Seen(case=one, now=now) async for one in _all(desk, wanted)]
    officer = desk.desk.officer
    office = narrow.office or (officer.office if officer else "")
    after = {"office": narrow.office, "status": narrow.state, "rows": len(seen)}
    async with desk.desk.acting() as doing:
        doing.did(
            Deed(action="exported", office=office, kind="list", subject="cases", after=after)
        )
    return seen


def write_sheet(file: Path, seen: list[Seen]) -> None:
    """Write cases into a new .xlsx file.

    Raises:
        CannotBegin: it is there already, cannot be written, or there are too many cases.
    """
    say = words("feedback")
    if len(seen) > MOST_ROWS:
        raise CannotBegin(say["too_many"].format(count=len(seen), most=MOST_ROWS))
    headings = [say[f"column_{name}"] for name in COLUMNS]
    sheet = Sheet(title=say["sheet"], headings=headings, rows=map(_cells, seen))
    try:
        with file.open("xb") as out:
            out.write(written(sheet))
    except FileExistsError:
        raise CannotBegin(say["exists"].format(file=file)) from None
    except OSError:
        raise CannotBegin(say["unwritable"].format(file=file)) from None


def _cells(seen: Seen) -> list[Value]:
    row, say = row_of(seen), words("feedback")
    told = {
        "state": say[f"state_{seen.case.state}"],
        "topic": topic_label(seen.case.topic),
        "overdue": say["yes"] if row["overdue"] else "",
    }
    cells: list[Value] = []
    for name in COLUMNS:
        value = told.get(name, row[name])
        moment = name.endswith("_at") and value is not None
        cells.append(datetime.fromisoformat(value) if moment else value)
    return cells


async def _all(desk: CaseDesk, wanted: Wanted) -> AsyncIterator[Case]:
    before: CaseId | None = None
    while True:
        async with desk.desk.database.reading() as connection:
            portion = await told_cases(connection, wanted, AT_ONCE, before=before)
        for one in portion:
            yield one
        if len(portion) < AT_ONCE:
            return
        before = portion[-1].id


def _wanted(desk: CaseDesk, narrow: Narrow, action: Action) -> Wanted:
    say, known = words("feedback"), frozenset(CaseState)
    if narrow.state and narrow.state not in known:
        raise CannotBegin(say["state"].format(state=narrow.state, known=", ".join(known)))
    offices = offices_for(desk.desk.grants, action, desk.bureau.tree)
    if narrow.office:
        may = desk.official.may(action, narrow.office)
        offices = frozenset({narrow.office} if may else ())
    if offices is not None and not offices:
        raise CannotBegin(say["forbidden"])
    return Wanted(
        reader=desk.official.officer,
        offices=offices,
        state=CaseState(narrow.state) if narrow.state else None,
        is_open=narrow.is_open,
        officer=desk.official.officer if narrow.mine else None,
        unassigned=narrow.unassigned,
        late_at=desk.desk.clock.now() if narrow.overdue else None,
    )
