"""What the clock does to cases: tells of time that runs out, closes in silence, gives up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, update

from bot.bell import Bell
from bot.channels.errors import SendCode
from bot.channels.kept import KEPT
from bot.feedback.models import Remark, Result
from bot.feedback.moves import CaseState
from bot.handling import closing
from bot.handling.alerting import Alerting
from bot.handling.answering import answer
from bot.handling.asking import ask
from bot.handling.closing import Closing
from bot.handling.noticing import Announcer
from bot.handling.passing_on import refuse
from bot.handling.refusing import Refused, Why
from bot.handling.unreached import note_unreached, phoned
from bot.messages import ChannelName
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import Database
from bot.storage.feedback_tables import cases, notices
from bot.storage.inbox_rows import insert_messages
from bot.storage.notice_fault_rows import cases_to_call
from bot.storage.plan_tables import officer_chats
from bot.storage.retention_rows import forget_before
from bot.storage.tables import OutboxStatus, inbox, outbox
from tests.conftest import FrozenClock
from tests.factories import a_citizen, a_message
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE
from tests.fakes.plain_clockwork import DAYS

DAY = timedelta(days=1)
DONE = AnswerWords(result=Result.DONE, text="Đã dọn.")


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


def alerting(room: Chamber) -> Alerting:
    return Alerting(
        database=room.database,
        clock=room.clock,
        bureau=lambda: room.bureau,
        bell=Bell(),
        kept=KEPT,
    )


def silence(room: Chamber) -> Closing:
    return Closing(database=room.database, clock=room.clock, bureau=lambda: room.bureau)


async def with_chats(room: Chamber) -> None:
    """Let every officer be written to on Telegram."""
    rows = [
        {
            "conversation": a_citizen(login, ChannelName.TELEGRAM).conversation,
            "officer": number,
            "channel": ChannelName.TELEGRAM,
            "user_id": login,
            "linked_at": room.clock.now(),
        }
        for login, number in room.officers.items()
    ]
    for login in room.officers:
        await heard(room, login, ChannelName.TELEGRAM)
    async with room.database.writing() as connection:
        await connection.execute(insert(officer_chats), rows)


async def heard(room: Chamber, who: str, channel: ChannelName) -> None:
    """Let somebody have said something once, so that they can be answered."""
    message = a_message(external_id=who, address=a_citizen(who, channel))
    async with room.database.writing() as connection:
        await insert_messages(connection, [message])


async def said(room: Chamber) -> list[str]:
    rows = await room.rows(outbox)
    return sorted(one.user_id for one in rows if one.channel == ChannelName.TELEGRAM)


async def test_officer_head_and_leader_hear_of_the_time_used_each_share_once(
    room: Chamber,
) -> None:
    await with_chats(room)
    case = await room.begun()
    assert await alerting(room).alert() == 0
    room.clock.move(DAYS / 2)
    assert await alerting(room).alert() == 0, "nobody is woken at night"
    room.clock.move(timedelta(hours=10))
    assert await alerting(room).alert() == 1
    assert await alerting(room).alert() == 0
    assert await said(room) == ["minh"]
    room.clock.move(DAY)
    assert await alerting(room).alert() == 1
    assert await said(room) == ["lan", "minh", "minh"]
    room.clock.move(DAY)
    assert await alerting(room).alert() == 1
    assert await said(room) == ["lan", "lan", "minh", "minh", "minh", "nam"]
    assert await alerting(room).alert() == 0
    shares = [e.data["share"] for e in await room.events(case) if e.did is Remark.ALERT]
    assert shares == [50, 80, 100]
    (row,) = await room.rows(cases)
    assert (row.alerted, row.alert_at) == (100, None)
    texts = [one.text for one in await room.rows(outbox)]
    assert f"Vụ số {case.id} (" in texts[0]
    assert case.reference not in "".join(texts).casefold().replace("-", "")


async def test_of_a_case_nobody_has_those_hear_who_assign(room: Chamber) -> None:
    await with_chats(room)
    await room.filed("7")
    room.clock.move(DAYS / 2 + timedelta(hours=10))
    await alerting(room).alert()
    assert await said(room) == ["hoa"]


async def test_a_moment_of_other_hours_is_put_right_without_a_word(room: Chamber) -> None:
    await with_chats(room)
    case = await room.begun()
    await put(room, alert_at=room.clock.now())
    await alerting(room).alert()
    assert await said(room) == []
    (row,) = await room.rows(cases)
    assert row.alert_at == case.received_at + DAYS / 2
    assert row.version == case.version


async def put(room: Chamber, **values: datetime | None) -> None:
    async with room.database.writing() as connection:
        await connection.execute(update(cases).values(values))


async def test_silence_closes_what_was_answered_in_portions(
    room: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "AT_ONCE", 2)
    answered = [await room.begun(who) for who in ("a", "b", "c")]
    for one in answered:
        await room.does("minh", one, lambda d, c: answer(d, room.bureau, c, DONE))
    turned_away = await room.filed("d")
    await room.does(
        "hoa", turned_away, lambda d, c: refuse(d, room.bureau, c, "no_matter", "Quảng cáo.")
    )
    assert await silence(room).close() == 0
    room.clock.move(7 * DAY)
    assert await silence(room).close() == 3
    assert await silence(room).close() == 0
    for one in answered:
        closed = await room.now(one)
        assert (closed.state, closed.closed_at) == (CaseState.CLOSED, room.clock.now())
    assert (await room.now(turned_away)).state is CaseState.REFUSED
    assert {one.closes_at for one in await room.rows(cases)} == {None}


async def test_a_question_without_a_reply_ends_the_case(
    room: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "AT_ONCE", 1)
    early, late = await room.begun("a"), await room.begun("b")
    await room.does("minh", early, lambda d, c: ask(d, room.bureau, c, "Ở đâu ạ?"))
    room.clock.move(5 * DAY)
    await room.does("minh", late, lambda d, c: ask(d, room.bureau, c, "Ở đâu ạ?"))
    room.clock.move(16 * DAY)
    assert await silence(room).give_up() == 1
    over = await room.now(early)
    assert (over.state, over.result) == (CaseState.ANSWERED, Result.CANNOT)
    assert (await room.now(late)).state is CaseState.AWAITING_CITIZEN


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "failed"),
        (SendCode.WINDOW_CLOSED, "window"),
        (SendCode.NO_QUOTA, "no_quota"),
        (SendCode.BLOCKED, "unreachable"),
    ],
)
async def test_who_was_not_reached_is_called_and_the_officer_sees_why(
    room: Chamber, code: str, reason: str
) -> None:
    case = await room.begun("7")
    await heard(room, "7", ChannelName.WEB)
    announcer = Announcer(desks=room.desks, kept=frozenset())
    async with room.database.writing() as connection:
        await announcer.tell_of(connection, case.id, room.clock.now())
        lost = {"status": OutboxStatus.FAILED, "error_code": code}
        await connection.execute(update(outbox).values(lost))
    assert await note_unreached(room.database, clock=room.clock) == 1
    assert await note_unreached(room.database, clock=room.clock) == 0
    event = (await room.events(case))[-1]
    assert (event.did, event.public, event.data["people"]) == (Remark.UNREACHED, False, 1)
    async with room.database.reading() as connection:
        (to_call,) = await cases_to_call(connection, [HERE], 10)
        assert await cases_to_call(connection, ["xa-b"], 10) == []
    assert (to_call.case, to_call.people, to_call.reason) == (case.id, 1, reason)
    await room.does("minh", case, lambda d, c: phoned(d, c, "đã gọi, nghe máy"))
    assert [one.status for one in await room.rows(notices)] == ["phoned"]
    with pytest.raises(Refused) as fault:
        await room.does("minh", case, lambda d, c: phoned(d, c, "lần nữa"))
    assert fault.value.why is Why.NOTHING_TO_CALL


async def test_an_answer_after_the_messages_are_forgotten_finds_its_chats(room: Chamber) -> None:
    for who in ("7", "8", "9"):
        await heard(room, who, ChannelName.WEB)
    case = await room.begun("7")
    await room.followed(case, "8")
    async with room.database.writing() as connection:
        await connection.execute(update(inbox).values(done=True))
    room.clock.move(40 * DAY)
    await forget_before(room.database, room.clock.now(), kept=frozenset({"web"}))
    assert {one.user_id for one in await room.rows(inbox)} == {"7", "8"}
    await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    announcer = Announcer(desks=room.desks, kept=KEPT)
    async with room.database.writing() as connection:
        await announcer.tell_of(connection, case.id, room.clock.now())
    told = [one.user_id for one in await room.rows(outbox) if "Đã dọn." in one.text]
    assert sorted(told) == ["7", "8"]
    room.clock.move(7 * DAY)
    await silence(room).close()
    await forget_before(room.database, room.clock.now(), kept=frozenset({"web"}))
    assert await room.rows(inbox) == []
