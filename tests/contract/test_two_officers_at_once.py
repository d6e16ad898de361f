"""Two officers at the same case in the same moment, each in a transaction of their own."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.casework.deeds import acting
from bot.feedback.errors import NotAllowed, Overtaken
from bot.feedback.models import Case, Result
from bot.feedback.moves import Act
from bot.handling.answering import answer
from bot.handling.assigning import Post
from bot.handling.claiming import claim
from bot.handling.conflicts import complain
from bot.handling.doing import held, held_together
from bot.handling.merging import merge
from bot.handling.refusing import Refused
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import Database
from bot.storage.feedback_tables import cases
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


async def test_one_answers_and_the_other_is_told(room: Chamber) -> None:
    case = await room.begun()

    async def answers(text: str) -> Case:
        """Act upon the case as both saw it before either was done."""
        async with acting(room.database, room.clock, room.by("minh")) as doing:
            words = AnswerWords(result=Result.DONE, text=text)
            return await answer(doing, room.bureau, case, words)

    done = await asyncio.gather(answers("một"), answers("hai"), return_exceptions=True)
    faults = [one for one in done if isinstance(one, BaseException)]
    assert [type(one) for one in faults] == [Overtaken]
    events = [one for one in await room.events(case) if one.did is Act.ANSWER]
    assert len(events) == 1
    assert [who for _, version, who in await room.owed() if version == events[0].version] == ["7"]
    assert (await room.deeds()).count("case_answered") == 1


async def test_one_holds_the_case_and_the_other_is_told_who(room: Chamber) -> None:
    case = await room.assigned()

    async def claims(login: str) -> object:
        return await room.does(login, case, claim)

    done = await asyncio.gather(claims("lan"), claims("minh"), return_exceptions=True)
    assert [type(one) for one in done if isinstance(one, BaseException)] == [Refused]


async def test_two_cases_joined_with_each_other_leave_one_that_is_open(room: Chamber) -> None:
    one, other = await room.begun("a"), await room.begun("b")

    async def merges(case: Case, into: Case) -> Case:
        async with acting(room.database, room.clock, room.by("hoa")) as doing:
            return await merge(doing, room.bureau, case, into.id)

    done = await asyncio.gather(merges(one, other), merges(other, one), return_exceptions=True)
    faults = [fault for fault in done if isinstance(fault, BaseException)]
    assert len(faults) == 1
    assert isinstance(faults[0], Refused | Overtaken | NotAllowed)
    states = [(await room.now(case)).state.is_open for case in (one, other)]
    assert sorted(states) == [False, True]


async def test_who_needs_two_cases_holds_neither_while_waiting_for_the_lower_one(
    room: Chamber,
) -> None:
    """One notes a complaint on a joined case, the other joins its main one with it."""
    main, case = await room.filed("1"), await room.filed("2")
    joined = await room.does("nam", case, lambda d, c: merge(d, room.bureau, c, main.id))
    assert main.id < joined.id

    async def complains() -> Case:
        async with acting(room.database, room.clock, room.by("nam")) as doing:
            known = await held_together(doing, joined.id, joined.main)
            of = Post(unit=room.unit, officer=room.officers["minh"])
            return await complain(doing, room.bureau, known, of, "Nêu tên cán bộ.")

    async def joins() -> Case:
        async with acting(room.database, room.clock, room.by("hoa")) as doing:
            known = await held_together(doing, main.id, joined.id)
            return await merge(doing, room.bureau, known, joined.id)

    async with acting(room.database, room.clock, room.by("nam")) as doing:
        await held(doing, main.id)
        both = [asyncio.create_task(joins()), asyncio.create_task(complains())]
        # Until both wait, each in a connection of its own.
        await asyncio.sleep(0.2)
        if not room.database.embedded:
            free = select(cases.c.id).where(cases.c.id == joined.id).with_for_update(nowait=True)
            async with room.database.writing() as beside:
                assert (await beside.execute(free)).scalar() == joined.id
    merged, complained = await asyncio.gather(*both, return_exceptions=True)
    assert isinstance(merged, Refused)
    assert isinstance(complained, Case)
