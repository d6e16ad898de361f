"""What an officer entered by mistake is taken back, with a reason; what a citizen filed is not."""

from __future__ import annotations

import pytest

from bot.feedback.errors import NotAllowed
from bot.feedback.models import Case, Result, Source
from bot.feedback.moves import CaseState
from bot.handling.afterwards import reopen, take_back
from bot.handling.merging import merge
from bot.handling.refusing import Refused, Why
from bot.storage.database import Database
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber

WHY = "nhập hai lần"


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


async def taken_back(room: Chamber, case: Case, why: str = WHY) -> Case:
    back: Case = await room.does("hoa", case, lambda d, c: take_back(d, room.bureau, c, why))
    return back


async def refused(room: Chamber, case: Case, why: str = WHY) -> Why:
    with pytest.raises(Refused) as fault:
        await taken_back(room, case, why)
    return fault.value.why


@pytest.mark.parametrize("source", [Source.DESK, Source.PHONE, Source.IMPORT])
async def test_it_ends_and_is_not_opened_again(room: Chamber, source: Source) -> None:
    case = await taken_back(room, await room.filed(source=source))
    assert (case.state, case.result) == (CaseState.CLOSED, Result.WITHDRAWN)
    event = (await room.events(case))[-1]
    assert (event.by, event.data["inside"]) == (room.officers["hoa"], WHY)
    assert await room.deeds() == ["case_taken_back"]
    with pytest.raises(Refused):
        await room.does("hoa", case, lambda d, c: reopen(d, room.bureau, c, "xem lại"))
    with pytest.raises(NotAllowed):
        await taken_back(room, case)


async def test_followers_hear_of_it_but_not_why(room: Chamber) -> None:
    case = await room.filed()
    await room.followed(case, "9")
    back = await taken_back(room, case)
    assert await room.owed() == [(case.id, back.version, "9")]
    assert WHY not in (await room.events(case))[-1].text


async def test_a_citizens_own_one_without_a_reason_and_one_others_hang_on_stay(
    room: Chamber,
) -> None:
    assert await refused(room, await room.filed("7")) is Why.NOT_ENTERED
    main = await room.filed()
    assert await refused(room, main, " ") is Why.REASON
    other = await room.filed()
    await room.does("hoa", other, lambda d, c: merge(d, room.bureau, c, main.id))
    assert await refused(room, main) is Why.IS_MAIN
