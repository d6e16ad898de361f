"""Use cases: cases about one thing are answered once, and all who told of it hear; or not so."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.feedback.models import Case, CaseId, Event, Remark, Result
from bot.feedback.moves import Act, Author
from bot.handling.bureau import Bureau
from bot.handling.conflicts import carry_over
from bot.handling.doing import by_officer, done, held, held_together, officer_of
from bot.handling.moments import timed
from bot.handling.ports import Clockwork
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import By, Step, stepped
from bot.storage.case_rows import events_of
from bot.storage.conflict_rows import is_of
from bot.storage.merged_case_rows import (
    add_followers,
    drop_followers,
    hearers_of,
    hearers_of_others,
    joined_with,
    merged_into,
)

_ENDED: Final = {"result": Result.DUPLICATE}


async def merge(doing: Acting, bureau: Bureau, case: Case, into: int) -> Case:
    """Join a case with a main one: who hears of it hears of the main one from now on.

    Who calls it holds both (``held_together``), or none.

    Whom this one complains of, the main one is hidden from as well.

    Raises:
        Refused: the main one is no open case of the office that the officer may see, this one is
            a main one itself, or whom it complains of works on the main one.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    if into == case.id:
        raise Refused(Why.ITSELF)
    case = await held_together(doing, case.id, into)
    main = await held(doing, into)
    if main.office != case.office or not main.state.is_open:
        raise Refused(Why.MAIN)
    if await is_of(doing.connection, officer_of(doing), main.id):
        raise Refused(Why.MAIN)
    count = await merged_into(doing.connection, case.id)
    if count:
        raise Refused(Why.IS_MAIN, count=count)
    hearers = await hearers_of(doing.connection, case.id)
    own = {main.address} if main.address else set()
    await add_followers(doing.connection, main.id, hearers - own, doing.now)
    joined = Step(did=Remark.JOINED, data={"case": case.id})
    main = await stepped(doing.connection, main, joined, by_officer(doing))
    await carry_over(doing, bureau, case, main)
    changes = {**_ENDED, "main": main.id, "closed_at": doing.now}
    step = Step(did=Act.MERGE, data={"main": main.id}, changes=changes)
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    return await done(doing, case, timely, "case_merged", main=main.id)


async def separate(doing: Acting, bureau: Bureau, case: Case) -> Case:
    """Let a joined case be one of its own again, as long as the main one is not answered.

    Who calls it holds both (``held_together``).

    Raises:
        Refused: it was not joined, or all were told the main one's answer.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    if case.main is None:
        raise Refused(Why.NOT_MERGED)
    main = await held(doing, case.main)
    if not main.state.is_open:
        raise Refused(Why.MAIN_ENDED)
    await _part(doing.connection, case, main, by_officer(doing))
    step = await _alone(doing.connection, bureau.clockwork, case, by_officer(doing))
    return await done(doing, case, step, "case_separated", main=main.id)


async def part_all(
    connection: AsyncConnection, clockwork: Clockwork, main: Case, at: datetime
) -> Case:
    """Let all that were joined with a main case be their own again; give it after that.

    Its citizen takes it back, so it is answered to nobody: who else told of it still waits.
    """
    by = By(author=Author.CLOCK, at=at)
    for case in await joined_with(connection, main.id):
        main = await _part(connection, case, main, by)
        await stepped(connection, case, await _alone(connection, clockwork, case, by), by)
    return main


async def _part(connection: AsyncConnection, case: Case, main: Case, by: By) -> Case:
    await _leave(connection, case, main.id)
    return await stepped(connection, main, Step(did=Remark.PARTED, data={"case": case.id}), by)


async def _alone(connection: AsyncConnection, clockwork: Clockwork, case: Case, by: By) -> Step:
    changes = {"main": None, "result": Result.NONE, "closed_at": None}
    step = Step(did=Act.SEPARATE, data={"main": case.main}, changes=changes)
    return await timed(connection, clockwork, case, step, by)


async def _leave(connection: AsyncConnection, case: Case, main: CaseId) -> None:
    """Let who came with the case hear of the main one no more, but for who hears of it anyhow."""
    people = {one.conversation for one in await hearers_of(connection, case.id)}
    others = await hearers_of_others(connection, main, case.id)
    joined = _merged(await events_of(connection, case.id))
    await drop_followers(connection, main, frozenset(people - others), joined.at)


def _merged(events: tuple[Event, ...]) -> Event:
    return next(one for one in reversed(events) if one.did is Act.MERGE)
