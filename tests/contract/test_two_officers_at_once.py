"""Two officers at the same case in the same moment, each in a transaction of their own."""

from __future__ import annotations

import asyncio

import pytest

from bot.casework.deeds import acting
from bot.feedback.errors import NotAllowed, Overtaken
from bot.feedback.models import Case, Result
from bot.feedback.moves import Act
from bot.handling.answering import answer
from bot.handling.claiming import claim
from bot.handling.merging import merge
from bot.handling.refusing import Refused
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import Database
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
