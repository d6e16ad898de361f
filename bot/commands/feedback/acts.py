"""What the commands do with cases; each gives the number of its case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.attaching import FitFile
from bot.casework.enclosing import MOST_FILES, examined_enclosure
from bot.commands.broadcast.attaching import examined_at
from bot.commands.feedback.casework import CaseDesk
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.feedback.models import Case, Result, UnitId
from bot.feedback.moves import Act, Author, CaseState, open_acts
from bot.handling import afterwards, answering, asking, passing_on
from bot.handling.assigning import Post, assign, begin
from bot.handling.enclosing import enclose
from bot.officials.logins import folded
from bot.officials.models import OfficerId
from bot.officials.permissions import Action
from bot.storage.case_answer_rows import AnswerWords, find_answer
from bot.storage.officer_rows import find_login
from bot.storage.unit_rows import units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An answer as it is typed; ``files`` go with it."""

    text: str = ""
    text_file: Path | None = None
    result: str = Result.DONE
    reason: str = ""
    files: tuple[Path, ...] = ()

    @property
    def words(self) -> AnswerWords:
        """Read it; an unknown result is refused where it is used.

        Raises:
            CannotBegin: the file cannot be read, or the result is none.
        """
        try:
            file = self.text_file
            text = file.read_text(encoding="utf-8-sig") if file else self.text
        except (OSError, UnicodeDecodeError):
            raise _wrong("unreadable", file=self.text_file) from None
        if self.result not in answering.RESULTS:
            raise _wrong("result", result=self.result)
        return AnswerWords(result=Result(self.result), text=text, code=self.reason)

    def examined(self) -> tuple[FitFile, ...]:
        """Look at the files; it may take seconds.

        Raises:
            CannotBegin: one of them cannot be read or is not taken; it is named.
        """
        return tuple(examined_at(one, examined_enclosure) for one in self.files)


async def give(desk: CaseDesk, told: str, unit: str, officer: str, reason: str) -> str:
    """Give a case to a unit, an officer, or an officer of a unit."""
    async with desk.working(told, Action.CASES_ASSIGN) as (doing, case):
        to = Post(
            unit=await _unit(doing.connection, case, unit) if unit else None,
            officer=await _officer(doing.connection, officer) if officer else None,
        )
        await assign(doing, desk.bureau, case, to, reason)
    return "assigned"


async def ask(desk: CaseDesk, told: str, question: str) -> str:
    """Ask the citizen."""
    async with desk.working(told, Action.CASES_WORK) as (doing, case):
        begun = await begin(doing, case) if case.state is CaseState.ASSIGNED else case
        await asking.ask(doing, desk.bureau, begun, question)
    return "asked"


async def reply(desk: CaseDesk, told: str, typed: Typed) -> str:
    """Answer, or lay the answer before who may; a case nobody began with is begun."""
    said, fit = typed.words, typed.examined()
    async with desk.working(told, Action.CASES_WORK) as (doing, case):
        begun = await begin(doing, case) if case.state is CaseState.ASSIGNED else case
        await answering.write(doing, begun, said)
        over = await enclose(doing, desk.bureau.seals, begun, fit)
        if over:
            raise _wrong("too_many_files", file=over[0].name, most=MOST_FILES)
        alone = not desk.bureau.rules(case.office).case_four_eyes
        if alone and desk.official.may_act(case, Action.CASES_ANSWER):
            await answering.answer(doing, desk.bureau, begun, said)
            return "replied"
        await answering.submit(doing, begun)
        return "submitted"


async def approve(desk: CaseDesk, told: str) -> str:
    """Give what somebody else submitted."""
    async with desk.working(told, Action.CASES_ANSWER) as (doing, case):
        draft = await find_answer(doing.connection, case.id)
        await answering.approve(doing, desk.bureau, case, draft.version if draft else 0)
    return "replied"


async def close(desk: CaseDesk, told: str, reason: str, refuse: str) -> str:
    """Close an answered case, or refuse an open one for a reason of the table."""
    if refuse:
        async with desk.working(told, Action.CASES_REFUSE) as (doing, case):
            await passing_on.refuse(doing, desk.bureau, case, refuse, reason)
        return "refused"
    async with desk.working(told, Action.CASES_WORK) as (doing, case):
        if Act.CLOSE not in open_acts(case.state, Author.OFFICER):
            raise _wrong("close_open" if case.state.is_open else "close_over", number=case.id)
        await afterwards.close(doing, case, reason)
    return "closed"


async def _unit(connection: AsyncConnection, case: Case, told: str) -> UnitId:
    """Give a unit of the case's office by its number or its name."""
    known = [one for one in await units_of(connection, case.office) if one.active]
    for one in known:
        if told in {str(one.id), one.name}:
            return one.id
    names = "; ".join(f"{one.id}: {one.name}" for one in known)
    raise _wrong("unit", unit=told, known=names or words("feedback")["no_units"])


async def _officer(connection: AsyncConnection, login: str) -> OfficerId:
    row = await find_login(connection, folded(login))
    if row is None or not row.active:
        raise CannotBegin(words("officer")["unknown"].format(login=login))
    return OfficerId(row.id)


def _wrong(why: str, **gaps: object) -> CannotBegin:
    return CannotBegin(words("feedback")[why].format(**gaps))
