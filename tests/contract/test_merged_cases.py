"""Cases about one thing: answered once, told to all, taken apart again without a trace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.casework.deeds import acting
from bot.feedback.models import Case, Remark, Result
from bot.feedback.moves import Act, CaseState
from bot.feedback.wishes import Reopen, Withdraw
from bot.handling.answering import answer
from bot.handling.asking import ask
from bot.handling.merging import merge, separate
from bot.handling.refusing import Refused, Why
from bot.handling.telling_on import TellingOn
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.case_view_rows import Onlooker, view_of_reference
from bot.storage.database import Database
from bot.storage.feedback_tables import followers
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber

DONE = AnswerWords(result=Result.DONE, text="Đã dọn.")


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


async def merged(room: Chamber, case: Case, main: Case) -> Case:
    async with acting(room.database, room.clock, room.by("hoa")) as doing:
        return await merge(doing, room.bureau, await room.now(case), main.id)


async def listed(room: Chamber) -> set[tuple[int, str]]:
    return {(one.case, one.user_id) for one in await room.rows(followers)}


async def rateable(room: Chamber, case: Case) -> bool:
    """Tell whether who filed a case may say how satisfied they are with its answer."""
    assert case.address is not None
    by = Onlooker(now=room.clock.now(), told=lambda *_: True)
    async with room.database.reading() as connection:
        view = await view_of_reference(connection, case.reference, case.address.conversation, by)
    assert view is not None
    assert view.own
    return view.may_rate


async def test_who_told_of_it_too_hears_the_one_answer_once(room: Chamber) -> None:
    main, other = await room.begun("chị-năm"), await room.filed("anh-ba")
    await room.followed(other, "cô-tư")
    await room.followed(other, "chị-năm")
    await room.followed(main, "cô-tư")
    gone = await merged(room, other, main)
    assert (gone.state, gone.result, gone.main) == (CaseState.CLOSED, Result.DUPLICATE, main.id)
    assert {(main.id, "anh-ba"), (main.id, "cô-tư")} <= await listed(room)
    assert (main.id, "chị-năm") not in await listed(room)
    assert (await room.events(main))[-1].did is Remark.JOINED
    answered = await room.does("minh", main, lambda d, c: answer(d, room.bureau, c, DONE))
    told = [who for case, version, who in await room.owed() if version == answered.version]
    assert sorted(told) == ["anh-ba", "chị-năm", "cô-tư"]
    assert (await room.deeds())[-2:] == ["case_merged", "case_answered"]
    assert [await rateable(room, one) for one in (answered, gone)] == [True, False]


async def test_taken_apart_each_is_its_own_again(room: Chamber) -> None:
    main = await room.begun("chị-năm")
    other, third = await room.filed("anh-ba"), await room.filed("bác-hai")
    await room.followed(other, "cô-tư")
    await room.followed(third, "cô-tư")
    await room.followed(other, "dì-út")
    await room.followed(main, "dì-út")
    room.clock.move(timedelta(minutes=1))
    await merged(room, other, main)
    await merged(room, third, main)
    back = await room.does("hoa", other, lambda d, c: separate(d, room.bureau, c))
    assert (back.state, back.main, back.result) == (CaseState.RECEIVED, None, Result.NONE)
    assert (back.due_at, back.closed_at) == (other.due_at, None)
    left = {who for case, who in await listed(room) if case == main.id}
    # Who follows the main one anyhow, or came with the third, goes on hearing of it.
    assert left == {"bác-hai", "cô-tư", "dì-út"}


async def test_a_case_whose_clock_stands_is_due_again_when_taken_apart(room: Chamber) -> None:
    main, other = await room.begun("chị-năm"), await room.begun("anh-ba")
    await room.does("minh", other, lambda d, c: ask(d, room.bureau, c, "Ở đâu ạ?"))
    await merged(room, other, main)
    back = await room.does("hoa", other, lambda d, c: separate(d, room.bureau, c))
    assert (back.due_at, back.paused_at) == (other.due_at, None)


async def test_taken_back_by_its_citizen_a_main_case_leaves_the_others_waiting(
    room: Chamber,
) -> None:
    main, other = await room.begun("chị-năm"), await room.filed("anh-ba")
    await merged(room, other, main)
    telling = TellingOn(seals=room.bureau.seals, clockwork=room.bureau.clockwork)
    async with room.database.writing() as connection:
        held, now = await room.now(main), room.clock.now()
        gone = await telling.tell_on(connection, held, Withdraw(main.id), now)
    assert (gone.state, gone.result) == (CaseState.CLOSED, Result.WITHDRAWN)
    back = await room.now(other)
    assert (back.state, back.main, back.due_at) == (CaseState.RECEIVED, None, other.due_at)
    # They hear that theirs goes on, and not that somebody else's does not.
    assert [(case, who) for case, version, who in await room.owed() if who == "anh-ba"][-1:] == [
        (other.id, "anh-ba")
    ]
    assert (main.id, "anh-ba") not in await listed(room)
    assert (main.id, gone.version, "anh-ba") not in await room.owed()


async def test_what_was_joined_is_not_opened_again_by_itself(room: Chamber) -> None:
    main, other = await room.begun("chị-năm"), await room.filed("anh-ba")
    await merged(room, other, main)
    telling = TellingOn(seals=room.bureau.seals, clockwork=room.bureau.clockwork)
    wish = Reopen(case=other.id, why="còn rác")
    async with room.database.writing() as connection:
        held, now = await room.now(other), room.clock.now()
        after = await telling.tell_on(connection, held, wish, now)
    assert after == held


async def test_what_cannot_be_joined_or_taken_apart_stays(room: Chamber) -> None:
    main, other, third = [await room.begun(who) for who in ("a", "b", "c")]
    elsewhere = await room.filed("d", office="xa-b")
    await merged(room, other, main)
    for case, into, why in (
        (third, third, Why.ITSELF),
        (third, elsewhere, Why.MAIN),
        (third, other, Why.MAIN),
        (main, third, Why.IS_MAIN),
    ):
        with pytest.raises(Refused) as fault:
            await merged(room, case, into)
        assert fault.value.why is why
    for case, why in ((third, Why.NOT_MERGED), (other, Why.MAIN_ENDED)):
        if case is other:
            await room.does("minh", main, lambda d, c: answer(d, room.bureau, c, DONE))
        with pytest.raises(Refused) as fault:
            await room.does("hoa", case, lambda d, c: separate(d, room.bureau, c))
        assert fault.value.why is why
    assert (await room.events(third))[-1].did is Act.BEGIN
