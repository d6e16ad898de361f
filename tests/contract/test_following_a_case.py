"""Who follows a case hears where it stands, and nothing of who sent it; on both databases."""

from __future__ import annotations

import pytest

from bot.feedback.models import Case, Result
from bot.handling.answering import answer
from bot.handling.asking import ask
from bot.handling.passing_on import Elsewhere, hand_on, transfer
from bot.handling.told import told
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import Database
from bot.storage.notice_rows import notices_of_case
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber

OF_A_PERSON = "ông Nguyễn Văn An, điện thoại 0912345678"
PERSONAL = ("Nguyễn Văn An", "0912345678")


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


async def followed(room: Chamber) -> Case:
    case = await room.begun("7")
    await room.followed(case, "8")
    return case


async def said(room: Chamber, case: Case) -> dict[str, str]:
    """Give the last words each who hears of a case is owed."""
    desk = room.desks.speaking_as(case.office)
    async with room.database.writing() as connection:
        due = await notices_of_case(connection, case.id, 99)
    return {one.address.user_id: told(one, desk).text for one in due}


async def test_what_somebody_is_asked_is_theirs_alone(room: Chamber) -> None:
    case = await followed(room)
    question = f"Có phải của {OF_A_PERSON} không ạ?"
    asked = await room.does("minh", case, lambda d, c: ask(d, room.bureau, c, question))
    assert [who for _, version, who in await room.owed() if version == asked.version] == ["7"]
    assert question in (await said(room, case))["7"]


async def test_an_answer_that_names_its_citizen_is_read_whole_by_them_alone(room: Chamber) -> None:
    case = await followed(room)
    words = AnswerWords(result=Result.DONE, text=f"Kính gửi {OF_A_PERSON}. Đã dọn rác.")
    await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, words))
    heard = await said(room, case)
    assert words.text in heard["7"]
    assert "Đã dọn rác" in heard["8"]
    assert not any(one in heard["8"] for one in PERSONAL)


async def test_a_reason_is_told_to_others_without_names_but_a_body_as_it_is(room: Chamber) -> None:
    case, reason = await followed(room), f"theo đơn của {OF_A_PERSON}"
    await room.does("hoa", case, lambda d, c: transfer(d, room.bureau, c, "xa-b", reason))
    heard = await said(room, case)
    assert reason in heard["7"]
    assert not any(one in heard["8"] for one in PERSONAL)
    other, to = await followed(room), Elsewhere(name="Điện lực", contact="0236 3822 222")
    await room.does("hoa", other, lambda d, c: hand_on(d, room.bureau, c, to, "thuộc nơi ấy"))
    assert "0236 3822 222" in (await said(room, other))["8"]
