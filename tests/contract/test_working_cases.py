"""Officers work on a case: each step is its row, its event, its deed, and who is to hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.casework.deeds import acting
from bot.feedback.errors import NotAllowed, Overtaken
from bot.feedback.kinds import Kind
from bot.feedback.limits import Grade
from bot.feedback.models import Case, Remark, Result, UnitId
from bot.feedback.moves import Act, CaseState
from bot.handling.afterwards import close, reopen
from bot.handling.answering import answer, approve, send_back, submit, write
from bot.handling.asking import ask, give_up, reply_for
from bot.handling.assigning import Post, assign, begin, proposed_unit
from bot.handling.claiming import claim, release
from bot.handling.doing import held
from bot.handling.grading import reclassify, regrade
from bot.handling.noting import note
from bot.handling.passing_on import Elsewhere, hand_on, refuse, transfer
from bot.handling.prepared import prepared
from bot.handling.promising import promise
from bot.handling.refusing import Refused, Why, in_words
from bot.officials.models import OfficerId, Role
from bot.storage.case_answer_rows import AnswerWords, DraftStatus, find_answer
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.feedback_tables import answers, cases
from tests.conftest import FrozenClock
from tests.fakes.chambers import Act as Wish
from tests.fakes.chambers import Chamber
from tests.fakes.plain_clockwork import DAYS

DAY = timedelta(days=1)
DONE = AnswerWords(result=Result.DONE, text="Đã dọn sạch rác ở đầu ngõ.")


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


async def refused(room: Chamber, login: str, case: Case, act: Wish) -> Why:
    before = await room.now(case)
    with pytest.raises(Refused) as why:
        await room.does(login, case, act)
    assert await room.now(case) == before
    return why.value.why


async def test_an_assigned_case_tells_the_citizen_who_has_it_until_when(room: Chamber) -> None:
    case = await room.filed("7")
    async with room.database.reading() as connection:
        proposed = await proposed_unit(connection, case)
    assert proposed is not None
    assert proposed.id == room.unit
    to = Post(unit=room.unit, officer=room.officers["minh"])
    given = await room.does("hoa", case, lambda d, c: assign(d, room.bureau, c, to))
    assert (given.state, given.unit, given.officer) == (
        CaseState.ASSIGNED,
        room.unit,
        room.officers["minh"],
    )
    event = (await room.events(case))[-1]
    assert event.data["unit"] == "Phòng Kinh tế"
    assert event.data["due"] == (case.received_at + DAYS).isoformat()
    assert await room.owed() == [(case.id, 2, "7")]
    assert await room.deeds() == ["case_assigned"]


async def test_giving_a_case_to_somebody_else_needs_a_reason_that_stays_inside(
    room: Chamber,
) -> None:
    case, other = await room.assigned(), Post(officer=room.officers["hoa"])
    assert (
        await refused(room, "hoa", case, lambda d, c: assign(d, room.bureau, c, other))
        is Why.REASON
    )
    given = await room.does(
        "hoa", case, lambda d, c: assign(d, room.bureau, c, other, "Minh nghỉ phép")
    )
    assert (given.unit, given.officer) == (None, room.officers["hoa"])
    assert (await room.events(case))[-1].data["unit"] == "Xã A"


async def test_only_who_works_there_is_given_a_case(room: Chamber) -> None:
    case = await room.filed("7")
    stranger = await room.hire("tu", Role.PREPARER, "xa-b")
    posts = (
        (Post(), Why.NOBODY),
        (Post(unit=room.unit, officer=room.officers["hoa"]), Why.OFFICER),
        (Post(officer=stranger), Why.OFFICER),
        (Post(officer=OfficerId(999)), Why.OFFICER),
        (Post(unit=UnitId(999)), Why.UNIT),
    )
    for to, why in posts:
        act: Any = lambda d, c, to=to: assign(d, room.bureau, c, to)  # noqa: E731
        assert await refused(room, "hoa", case, act) is why


async def test_one_officer_writes_in_a_case_until_another_takes_it_over(room: Chamber) -> None:
    case = await room.begun()
    why = await refused(room, "lan", case, lambda d, c: write(d, c, DONE))
    assert why is Why.CLAIMED
    assert await refused(room, "lan", case, claim) is Why.CLAIMED
    await room.does("lan", case, lambda d, c: claim(d, c, over=True))
    assert await refused(room, "minh", case, claim) is Why.CLAIMED
    await room.does("minh", case, release)
    assert await refused(room, "minh", case, claim) is Why.CLAIMED
    await room.does("lan", case, release)
    await room.does("minh", case, claim)
    room.clock.move(timedelta(minutes=31))
    await room.does("lan", case, claim)
    assert (await room.deeds()).count("case_claimed") == 4


async def test_a_case_goes_to_another_office_with_its_reference_and_its_day(
    room: Chamber,
) -> None:
    case = await room.begun()
    assert (
        await refused(room, "hoa", case, lambda d, c: transfer(d, room.bureau, c, "xa-x", "nhầm"))
        is Why.OFFICE
    )
    sent = await room.does(
        "hoa", case, lambda d, c: transfer(d, room.bureau, c, "xa-b", "thuộc địa bàn xã B")
    )
    assert (sent.office, sent.state, sent.unit, sent.officer) == (
        "xa-b",
        CaseState.RECEIVED,
        None,
        None,
    )
    assert (sent.reference, sent.due_at) == (case.reference, case.due_at)
    assert (await room.events(case))[-1].data["unit"] == "Xã B"


async def test_what_others_decide_is_handed_on_with_how_they_are_reached(room: Chamber) -> None:
    case, nowhere = await room.assigned(), Elsewhere(name="Điện lực", contact=" ")
    assert (
        await refused(room, "hoa", case, lambda d, c: hand_on(d, room.bureau, c, nowhere, "điện"))
        is Why.BODY
    )
    there = Elsewhere(name="Điện lực", contact="19001006")
    sent = await room.does(
        "hoa", case, lambda d, c: hand_on(d, room.bureau, c, there, "lưới điện của ngành điện")
    )
    assert (sent.state, sent.result) == (CaseState.ANSWERED, Result.HANDED_ON)
    data = (await room.events(case))[-1].data
    assert (data["body"], data["details"]) == ("Điện lực", "19001006")


async def test_a_case_is_refused_for_a_reason_of_the_table_alone(room: Chamber) -> None:
    case = await room.assigned()
    why = await refused(
        room, "hoa", case, lambda d, c: refuse(d, room.bureau, c, "missing_identity", "thiếu")
    )
    assert why is Why.CODE
    ended = await room.does(
        "hoa", case, lambda d, c: refuse(d, room.bureau, c, "no_matter", "Đây là quảng cáo.")
    )
    assert (ended.state, ended.result) == (CaseState.REFUSED, Result.REFUSED)
    event = (await room.events(case))[-1]
    assert (event.text, event.data["code"]) == ("Đây là quảng cáo.", "no_matter")
    assert event.data["until"]


async def test_another_grade_is_another_limit_and_a_day_that_was_told_is_told_anew(
    room: Chamber,
) -> None:
    case = await room.assigned()
    assert (
        await refused(
            room, "hoa", case, lambda d, c: regrade(d, room.bureau, c, Grade.SIMPLE, "x")
        )
        is Why.SAME
    )
    graded = await room.does(
        "hoa", case, lambda d, c: regrade(d, room.bureau, c, Grade.URGENT, "nguy hiểm")
    )
    assert (graded.grade, graded.urgent) == ("urgent", True)
    assert graded.due_at == case.received_at + DAYS / 3
    event = (await room.events(case))[-1]
    assert (event.public, event.data["due"]) == (True, graded.due_at.isoformat())


async def test_a_complaint_is_no_case_whatever_it_was_taken_for(room: Chamber) -> None:
    case = await room.assigned()
    told = "Việc này là khiếu nại, xin làm theo cách sau."
    ended = await room.does(
        "hoa",
        case,
        lambda d, c: reclassify(d, room.bureau, c, Kind.COMPLAINT, "moi_truong", told),
    )
    assert (ended.state, ended.kind) == (CaseState.REFUSED, Kind.REPORT)
    assert (await room.events(case))[-1].data["way"] == Kind.COMPLAINT


async def test_a_case_may_turn_out_to_be_something_else(room: Chamber) -> None:
    case = await room.assigned()
    for kind, topic in ((Kind.QUESTION, "moi_truong"), (Kind.PROPOSAL, "gì đó")):
        act: Any = lambda d, c, k=kind, t=topic: reclassify(d, room.bureau, c, k, t, "x")  # noqa: E731
        assert await refused(room, "hoa", case, act) is Why.KIND
    other = await room.does(
        "hoa",
        case,
        lambda d, c: reclassify(d, room.bureau, c, Kind.PROPOSAL, "chieu_sang", "đề xuất lắp đèn"),
    )
    assert (other.kind, other.topic, other.regime) == (
        Kind.PROPOSAL,
        "chieu_sang",
        "kien_nghi_dia_phuong",
    )


async def test_another_day_is_promised_once_and_late_with_an_apology(room: Chamber) -> None:
    case = await room.begun()
    today = room.clock.now().date()
    act: Wish = lambda d, c: promise(d, room.bureau, c, today, "mưa")  # noqa: E731
    assert await refused(room, "minh", case, act) is Why.PAST
    room.clock.move(DAYS + DAY)
    day = today + timedelta(days=9)
    late = await room.does("minh", case, lambda d, c: promise(d, room.bureau, c, day, "mưa"))
    assert late.due_at is not None
    assert late.due_at.date() == day
    event = (await room.events(case))[-1]
    assert (event.did, event.public, event.data["reason"]) == (Remark.APOLOGY, True, "mưa")
    assert (
        await refused(
            room, "minh", case, lambda d, c: promise(d, room.bureau, c, day + DAY, "mưa nữa")
        )
        is Why.ONCE
    )


async def test_while_the_citizen_is_asked_the_clock_stands(room: Chamber) -> None:
    case = await room.begun()
    room.clock.move(DAY)
    asked = await room.does("minh", case, lambda d, c: ask(d, room.bureau, c, "Ngõ nào ạ?"))
    assert (asked.state, asked.due_at) == (CaseState.AWAITING_CITIZEN, None)
    room.clock.move(5 * DAY)
    assert (
        await refused(
            room,
            "minh",
            case,
            lambda d, c: promise(d, room.bureau, c, date(2027, 1, 1), "chờ"),
        )
        is Why.PAUSED
    )
    told = "Ngõ 5, gọi tôi 0912345678"
    going_on = await room.does("minh", case, lambda d, c: reply_for(d, room.bureau, c, told))
    assert case.due_at is not None
    assert going_on.due_at == case.due_at + 5 * DAY
    assert going_on.paused_at is None
    event = (await room.events(case))[-1]
    assert "0912345678" not in event.text
    assert not event.public


async def test_a_question_is_given_up_when_its_time_is_over(room: Chamber) -> None:
    case = await room.begun()
    await room.does("minh", case, lambda d, c: ask(d, room.bureau, c, "Ngõ nào ạ?"))
    room.clock.move(20 * DAY)
    assert (
        await refused(room, "minh", case, lambda d, c: give_up(d, room.bureau, c)) is Why.TOO_SOON
    )
    room.clock.move(DAY)
    over = await room.does("minh", case, lambda d, c: give_up(d, room.bureau, c))
    assert (over.state, over.result) == (CaseState.ANSWERED, Result.CANNOT)


async def test_an_answer_is_given_with_its_result(room: Chamber) -> None:
    case = await room.begun()
    for words, why in (
        (replace(DONE, text=" "), Why.WORDS),
        (replace(DONE, result=Result.CANNOT), Why.RESULT),
        (replace(DONE, result=Result.WITHDRAWN), Why.RESULT),
        (replace(DONE, result=Result.CANNOT, code="is_it"), Why.CODE),
        (replace(DONE, text="Đã dọn ngày {ngay}."), Why.GAP),
    ):
        act: Any = lambda d, c, w=words: answer(d, room.bureau, c, w)  # noqa: E731
        assert await refused(room, "minh", case, act) is why
    for officer in ("lan", "hoa"):
        act = lambda d, c: answer(d, room.bureau, c, DONE)  # noqa: E731
        assert await refused(room, officer, case, act) is Why.CLAIMED
    cannot = replace(DONE, result=Result.CANNOT, code="no_means", text="Năm sau mới có kinh phí.")
    given = await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, cannot))
    assert (given.state, given.result) == (CaseState.ANSWERED, Result.CANNOT)
    data = (await room.events(case))[-1].data
    assert (data["code"], data["unit"]) == ("no_means", "Phòng Kinh tế")
    assert await room.owed() == [(case.id, 2, "7"), (case.id, 4, "7")]


async def test_a_gap_left_open_is_told_by_its_name(room: Chamber) -> None:
    case = await room.begun()
    with pytest.raises(Refused, match=r"\{ngày dọn\}"):
        await room.does(
            "minh",
            case,
            lambda d, c: answer(d, room.bureau, c, replace(DONE, text="Dọn {ngày dọn}")),
        )


async def test_prepared_answers_come_with_what_is_known_filled_in(room: Chamber) -> None:
    room.set("case_template:rac", name="Rác", text="Vụ {ma}: {don_vi} dọn ngày {ngày dọn}.")
    case = await room.begun()
    async with room.database.reading() as connection:
        found = await prepared(connection, room.bureau, case)
    name, text = found["rac"]
    assert name == "Rác"
    assert text.startswith("Vụ PA-")
    assert text.endswith(": Phòng Kinh tế dọn ngày {ngày dọn}.")


async def test_where_the_office_says_so_somebody_else_looks_at_an_answer(room: Chamber) -> None:
    room.set("rule:case_four_eyes", on=True)
    case = await room.begun()
    assert (
        await refused(room, "minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
        is Why.FOUR_EYES
    )
    assert await refused(room, "minh", case, submit) is Why.NO_DRAFT
    await room.does("minh", case, lambda d, c: write(d, c, DONE))
    assert (
        await refused(room, "hoa", case, lambda d, c: approve(d, room.bureau, c, 1))
        is Why.NOT_SUBMITTED
    )
    await room.does("minh", case, submit)
    assert await refused(room, "minh", case, submit) is Why.SAME
    assert await refused(room, "minh", case, lambda d, c: approve(d, room.bureau, c, 2)) is Why.OWN
    await room.does("hoa", case, lambda d, c: send_back(d, c, "Ghi rõ ngày dọn"))
    better = replace(DONE, text="Đã dọn ngày 20/11.")
    await room.does("minh", case, lambda d, c: write(d, c, better))
    await room.does("minh", case, submit)
    async with room.database.reading() as connection:
        draft = await find_answer(connection, case.id)
    assert draft is not None
    assert (draft.status, draft.words) == (DraftStatus.SUBMITTED, better)
    assert (
        await refused(room, "hoa", case, lambda d, c: approve(d, room.bureau, c, 2))
        is Why.NOT_SUBMITTED
    )
    given = await room.does("hoa", case, lambda d, c: approve(d, room.bureau, c, draft.version))
    assert (given.state, given.result) == (CaseState.ANSWERED, Result.DONE)
    event = (await room.events(case))[-1]
    assert (event.text, event.public) == (better.text, True)


async def test_an_answer_that_waited_goes_nowhere_with_a_case_that_left(room: Chamber) -> None:
    room.set("rule:case_four_eyes", on=True)
    given, refused_one = await room.begun("7"), await room.begun("8")
    for case in (given, refused_one):
        await room.does("minh", case, lambda d, c: write(d, c, DONE))
        await room.does("minh", case, submit)
    await room.does("hoa", given, lambda d, c: transfer(d, room.bureau, c, "xa-b", "ở xã B"))
    no = "already_answered"
    await room.does("hoa", refused_one, lambda d, c: refuse(d, room.bureau, c, no, "đã rõ"))
    assert await room.rows(answers) == []


async def test_an_answer_is_corrected_and_its_first_moment_counts(room: Chamber) -> None:
    case = await room.begun()
    given = await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    room.clock.move(DAY)
    better = replace(DONE, text="Đã dọn rác ở ngõ 5.")
    mended = await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, better))
    assert (mended.state, mended.answered_at) == (CaseState.ANSWERED, given.answered_at)
    assert [one.did for one in await room.events(case)][-2:] == [Act.ANSWER, Act.CORRECT]
    (row,) = await room.rows(cases)
    assert row.first_answered_at == given.answered_at


async def test_an_ended_case_is_opened_again_by_who_assigns(room: Chamber) -> None:
    case = await room.begun()
    await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    room.clock.move(2 * DAYS)
    again = await room.does("hoa", case, lambda d, c: reopen(d, room.bureau, c, "rác lại đầy"))
    assert (again.state, again.unit, again.officer, again.reopened) == (
        CaseState.RECEIVED,
        None,
        None,
        1,
    )
    assert again.due_at == room.clock.now() + DAYS
    assert (again.result, again.answered_at) == (Result.NONE, None)


async def test_an_answered_case_is_closed_by_an_officer_with_a_reason(room: Chamber) -> None:
    case = await room.begun()
    with pytest.raises(NotAllowed):
        await room.does("hoa", case, lambda d, c: close(d, c, "xong"))
    await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    closed = await room.does("hoa", case, lambda d, c: close(d, c, "bà con nói đã sạch"))
    assert (closed.state, closed.closed_at) == (CaseState.CLOSED, room.clock.now())


async def test_whoever_acts_upon_what_has_changed_is_told_so(room: Chamber) -> None:
    case = await room.filed("7")
    await room.does("lan", case, lambda d, c: note(d, c, "gọi trưởng thôn"))
    async with acting(room.database, room.clock, room.by("hoa")) as doing:
        with pytest.raises(Overtaken) as fault:
            await held(doing, case.id, seen=case.version)
    assert "Chưa có gì được lưu" in in_words(fault.value)


async def test_words_of_citizens_and_officers_stay_out_of_the_audit(room: Chamber) -> None:
    case = await room.begun()
    await room.does("minh", case, lambda d, c: note(d, c, "ghi chú kín"))
    await room.does("minh", case, lambda d, c: ask(d, room.bureau, c, "câu hỏi kín"))
    await room.does("minh", case, lambda d, c: reply_for(d, room.bureau, c, "lời đáp kín"))
    await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    told = "".join(one.body for one in await room.rows(audit_entries))
    assert "kín" not in told
    assert DONE.text not in told


async def test_who_begins_has_the_case(room: Chamber) -> None:
    case = await room.filed("7")
    to = Post(unit=room.unit)
    await room.does("hoa", case, lambda d, c: assign(d, room.bureau, c, to))
    begun = await room.does("lan", case, begin)
    assert (begun.state, begun.officer) == (CaseState.IN_PROGRESS, room.officers["lan"])
    assert await room.owed() == [(case.id, 2, "7")]
