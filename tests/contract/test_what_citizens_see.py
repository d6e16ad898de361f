"""What a look-up shows of a case is what stands, whatever was said before; on both databases."""

from __future__ import annotations

import pytest

from bot.feedback.models import Case, Result
from bot.feedback.views import CaseView
from bot.feedback.wishes import Rate, Withdraw
from bot.handling.afterwards import reopen
from bot.handling.answering import answer
from bot.handling.assigning import Post, assign, begin
from bot.handling.passing_on import refuse
from bot.handling.telling_on import TellingOn
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.case_view_rows import MOST, Onlooker, views_of
from bot.storage.database import Database
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.chambers import Act, Chamber


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


def says(room: Chamber, text: str) -> Act:
    words = AnswerWords(result=Result.DONE, text=text)
    return lambda d, c: answer(d, room.bureau, c, words)


async def again(room: Chamber, case: Case) -> None:
    to = Post(unit=room.unit, officer=room.officers["minh"])
    await room.does("hoa", case, lambda d, c: reopen(d, room.bureau, c, "còn rác"))
    await room.does("hoa", case, lambda d, c: assign(d, room.bureau, c, to))
    await room.does("minh", case, begin)


async def seen(room: Chamber, *who: str) -> list[tuple[CaseView, ...]]:
    by = Onlooker(now=room.clock.now(), told=lambda *_: True)
    keys = [a_citizen(one).conversation for one in who]
    async with room.database.reading() as connection:
        found = await views_of(connection, keys, by)
    return [found.get(one, ()) for one in keys]


async def test_of_several_answers_the_last_one_stands(room: Chamber) -> None:
    case = await room.begun("7")
    for text in ("Đã dọn.", "Đã dọn ngõ 12."):
        await room.does("minh", case, says(room, text))
    ((shown,),) = await seen(room, "7")
    assert shown.answer == "Đã dọn ngõ 12."
    await again(room, case)
    await room.does("minh", case, says(room, "Đã dọn lại."))
    ((shown,),) = await seen(room, "7")
    assert shown.answer == "Đã dọn lại."


async def test_what_was_answered_before_is_no_answer_to_what_is_refused_now(room: Chamber) -> None:
    case = await room.begun("7")
    await room.does("minh", case, says(room, "Đã dọn."))
    await room.does("hoa", case, lambda d, c: reopen(d, room.bureau, c, "còn rác"))
    no = "Nay thuộc việc của tổ dân phố."
    await room.does("hoa", case, lambda d, c: refuse(d, room.bureau, c, "already_answered", no))
    ((shown,),) = await seen(room, "7")
    assert shown.answer == no


async def test_who_told_of_much_takes_no_place_of_who_told_of_one(room: Chamber) -> None:
    one, followed = await room.filed("old"), await room.filed("main")
    await room.followed(followed, "old")
    busy_ones = [await room.filed("busy") for _ in range(2 * MOST + 1)]
    old, busy = await seen(room, "old", "busy")
    assert {view.id for view in old} == {one.id, followed.id}
    assert [view.id for view in busy] == [case.id for case in reversed(busy_ones)][:MOST]


async def test_without_an_answer_there_is_nothing_to_rate(room: Chamber) -> None:
    case, now = await room.begun("7"), room.clock.now()
    telling = TellingOn(seals=room.bureau.seals, clockwork=room.bureau.clockwork)
    async with room.database.writing() as connection:
        gone = await telling.tell_on(connection, await room.now(case), Withdraw(case.id), now)
    ((shown,),) = await seen(room, "7")
    assert not shown.may_rate
    async with room.database.writing() as connection:
        after = await telling.tell_on(connection, gone, Rate(case=case.id, level=1), now)
    assert after == gone
