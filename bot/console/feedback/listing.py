"""The inbox: what its address asks for, its rows, and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.actor import Actor
from bot.console.choosing import offices_asked
from bot.console.feedback.naming import (
    kind_name,
    readable,
    shortened,
    state_name,
    way_name,
)
from bot.console.feedback.times import Left, Times
from bot.console.fields import Code, Line, Number, OneOf
from bot.console.lists import Asked
from bot.console.words import say
from bot.console.xlsx import Value
from bot.feedback.kinds import Kind
from bot.feedback.moves import CaseState
from bot.feedback.reference import shown
from bot.feedback.refusals import result_words
from bot.feedback.topics import topic_label
from bot.officials.permissions import Action
from bot.storage.case_list_rows import ListedCase, Wanted
from bot.storage.case_tab_rows import Desk, Tab
from bot.storage.unit_names import NamedUnit
from bot.storage.unit_rows import units_with

# Of more units nobody chooses before an office is chosen.
MOST_UNITS: Final = 60
COLUMNS: Final = (
    "reference", "state", "kind", "topic", "words", "place", "hamlet", "way", "unit", "officer",
    "received", "due", "left", "result", "office",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCases(Asked):
    """What the inbox may be asked: a tab, and what narrows it."""

    tab: Annotated[Tab | None, OneOf(Tab)] = None
    status: Annotated[CaseState | None, OneOf(CaseState)] = None
    kind: Annotated[Kind | None, OneOf(Kind)] = None
    topic: Annotated[str, Code()] = ""
    hamlet: Annotated[str, Line(1, 80)] = ""
    channel: Annotated[str, Code()] = ""
    unit: Annotated[int | None, Number(1)] = None
    officer: Annotated[int | None, Number(1)] = None

    @property
    def narrowed(self) -> int:
        """How many conditions are set; the tab is none."""
        return len(self.query().keys() - {"sort", "tab"})

    def opened(self, counts: Mapping[Tab, int]) -> Tab:
        """Give the open tab: the one asked for, else the first in which something waits."""
        waiting = (one for one in (Tab.MINE, Tab.UNASSIGNED, Tab.TO_SIGN) if counts.get(one))
        return self.tab or next(waiting, Tab.ALL)

    def wanted(self, offices: Collection[str] | None, tab: Tab) -> Wanted:
        """Give which cases of a tab these are among ``offices``."""
        return Wanted(
            offices=offices,
            tab=tab,
            state=self.status,
            kind=self.kind,
            topic=self.topic,
            hamlet=self.hamlet,
            channel=self.channel,
            unit=self.unit,
            officer=self.officer,
            first=self.from_,
            last=self.to,
            text=self.text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case as a line of the inbox."""

    case: ListedCase
    reference: str
    topic: str
    words: str
    place: str
    way: str
    result: str
    left: Left | None


def row_of(case: ListedCase, times: Times, now: datetime) -> Row:
    """Give a case as its line."""
    place = ", ".join(part for part in (case.place, case.hamlet) if part)
    return Row(
        case=case,
        reference=shown(case.reference),
        topic=topic_label(case.topic),
        words=shortened(case.words) or say("case.erased"),
        place=shortened(place),
        way=way_name(case.source, case.channel),
        result=result_words(case.result),
        left=times.left(case, now),
    )


async def desk_of(
    connection: AsyncConnection, actor: Actor, times: Times, now: datetime, office: str
) -> Desk:
    """Give who looks; what is due soon goes by the hours of ``office``."""
    return Desk(
        officer=actor.officer.id,
        units=tuple(await units_with(connection, actor.officer.id)),
        now=now,
        soon=times.soon(office, now),
    )


def offices_of(
    actor: Actor, asked: Asked, action: Action = Action.CASES_SEE
) -> Collection[str] | None:
    """Give at which offices cases are listed."""
    return offices_asked(actor, action, asked.office)


def officers_in(units: Sequence[NamedUnit]) -> list[tuple[str, str]]:
    """Give who belongs to any of ``units``, by name."""
    found = {number: name for unit in units for number, name in unit.members}
    return [(str(number), name) for number, name in sorted(found.items(), key=lambda one: one[1])]


def cells(rows: Iterator[Row], offices: Mapping[str, str]) -> Iterator[Sequence[Value]]:
    """Give the cells of a spreadsheet: words masked once more, and nothing of who sent them."""
    for row in rows:
        case = row.case
        yield (
            row.reference,
            state_name(case.state),
            kind_name(case.kind),
            row.topic,
            readable(case.words) or say("case.erased"),
            readable(case.place),
            case.hamlet,
            row.way,
            case.unit,
            case.officer,
            case.received_at,
            case.due_at,
            row.left.words if row.left else "",
            result_words(case.result),
            offices.get(case.office, case.office),
        )
