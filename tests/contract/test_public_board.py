"""A case is shown to everybody: by its sender's consent, without who sent it, until withdrawn."""

from __future__ import annotations

from typing import Any

import pytest

from bot.feedback.board.releases import Release, Texts
from bot.feedback.kinds import Kind
from bot.feedback.models import Case, Contact, Publicity, Remark, Result
from bot.feedback.moves import Author
from bot.feedback.presses import published
from bot.feedback.reference import shown
from bot.feedback.wishes import Publish
from bot.handling import consenting, publishing
from bot.handling.afterwards import reopen
from bot.handling.answering import answer
from bot.handling.forgetting import forget_case
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import By
from bot.handling.told import told
from bot.storage.board_list_rows import Stage, list_board
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.conflict_rows import Complained, put_complained
from bot.storage.database import Database
from bot.storage.feedback_person_tables import consents
from bot.storage.notice_rows import notices_of_case
from bot.storage.release_rows import find_release
from tests.conftest import FrozenClock
from tests.fakes.chambers import Act as Wish
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE

DONE = AnswerWords(result=Result.DONE, text="Đã dọn sạch rác ở đầu ngõ.")
BLAMED = "Tôi tố cáo ông trưởng thôn nhận hối lộ, lấy tiền cứu trợ của dân bỏ túi riêng nhiều năm"
TEXTS = Texts(question="Rác đổ đầy đầu ngõ mấy hôm nay.", answer="Đã dọn sạch.")


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    opened = await Chamber(database, clock).open()
    opened.set("rule:board", on=True)
    return opened


async def answered(room: Chamber, who: str = "7", **about: Any) -> Case:
    case = await room.begun(who, **about)
    given: Case = await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    return given


async def agreed(room: Chamber, who: str = "7", **about: Any) -> Case:
    case = await answered(room, who, **about)
    await room.does("hoa", case, lambda d, c: consenting.ask(d, room.bureau, c))
    return await says(room, case, agreed=True)


async def public(room: Chamber, who: str = "7", **about: Any) -> Case:
    case = await agreed(room, who, **about)
    shown: Case = await room.does("hoa", case, publish(room))
    return shown


def publish(room: Chamber, texts: Texts = TEXTS) -> Wish:
    return lambda d, c: publishing.publish(d, room.bureau, c, texts)


async def says(room: Chamber, case: Case, *, agreed: bool) -> Case:
    """Let who sent a case say whether it may be shown."""
    by = By(author=Author.CITIZEN, at=room.clock.now())
    async with room.database.writing() as connection:
        now = await room.now(case)
        wish = Publish(case.id, agreed)
        return await consenting.answered(connection, room.bureau.seals.vault, now, wish, by)


async def refused(room: Chamber, login: str, case: Case, act: Wish) -> Why:
    before = await room.now(case)
    with pytest.raises(Refused) as why:
        await room.does(login, case, act)
    assert await room.now(case) == before
    return why.value.why


async def test_a_case_is_shown_when_its_sender_agreed_and_no_earlier(room: Chamber) -> None:
    case = await answered(room)
    await room.followed(case, "8")
    assert await refused(room, "hoa", case, publish(room)) is Why.NOT_AGREED
    owed = await room.owed()
    asked = await room.does("hoa", case, lambda d, c: consenting.ask(d, room.bureau, c))
    assert asked.publicity is Publicity.PROPOSED
    # Who follows it is asked nothing.
    assert set(await room.owed()) - set(owed) == {(case.id, asked.version, "7")}
    assert await refused(room, "hoa", case, publish(room)) is Why.NOT_AGREED
    assert (await says(room, case, agreed=True)).publicity is Publicity.AGREED
    assert [(one.purpose, one.version) for one in await room.rows(consents)] == [
        ("publish", "publish-1")
    ]
    shown = await room.does("hoa", case, publish(room))
    assert shown.publicity is Publicity.PUBLIC
    found = await _released(room, case)
    assert found.is_public
    assert found.texts == TEXTS
    assert (found.unit, found.topic, found.days) == ("Phòng Kinh tế", "moi_truong", 0)
    assert (await room.deeds())[-2:] == ["case_proposed", "case_released"]


async def test_who_is_asked_reads_what_is_shown_and_presses_yes_or_no(room: Chamber) -> None:
    case = await answered(room)
    await room.does("hoa", case, lambda d, c: consenting.ask(d, room.bureau, c))
    async with room.database.writing() as connection:
        (notice,) = [
            one
            for one in await notices_of_case(connection, case.id, 9)
            if one.event.did is Remark.PROPOSED
        ]
    reply = told(notice, room.desks.speaking_as(case.office))
    assert "Xã A muốn đăng việc này" in reply.text
    assert shown(case.reference) in reply.text
    assert [published(one.value) for one in reply.choices] == [(case.id, True), (case.id, False)]


async def test_who_says_no_is_not_asked_again_and_takes_down_what_is_shown(room: Chamber) -> None:
    case = await public(room)
    said = await says(room, case, agreed=False)
    assert said.publicity is Publicity.DECLINED
    found = await _released(room, case)
    assert not found.is_public
    assert found.texts == Texts(question="", answer="")
    assert [one.withdrawn_at for one in await room.rows(consents)] == [room.clock.now()]
    for act in (
        publish(room),
        lambda d, c: consenting.ask(d, room.bureau, c),
        lambda d, c: consenting.note_agreed(d, room.bureau, c, "gọi điện"),
    ):
        assert await refused(room, "hoa", case, act) is Why.DECLINED
    assert (await says(room, case, agreed=True)).publicity is Publicity.AGREED


async def test_a_yes_that_was_not_asked_for_changes_nothing(room: Chamber) -> None:
    case = await answered(room)
    assert await says(room, case, agreed=True) == case
    assert (await says(room, case, agreed=False)).publicity is Publicity.DECLINED


async def test_who_came_to_the_desk_agrees_there(room: Chamber) -> None:
    case = await answered(room, who="")
    ask: Wish = lambda d, c: consenting.ask(d, room.bureau, c)  # noqa: E731
    assert await refused(room, "hoa", case, ask) is Why.NO_CHAT
    note: Wish = lambda d, c: consenting.note_agreed(d, room.bureau, c, "ký giấy")  # noqa: E731
    await room.does("hoa", case, note)
    shown = await room.does("hoa", case, publish(room))
    assert shown.publicity is Publicity.PUBLIC
    told = [one for one in await room.events(case) if one.did is Remark.AGREED]
    assert [(one.text, one.public) for one in told] == [("ký giấy", False)]


async def test_where_the_board_is_off_nothing_is_shown(room: Chamber) -> None:
    case = await agreed(room)
    room.set("rule:board", on=False)
    assert await refused(room, "hoa", case, publish(room)) is Why.NO_BOARD


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Gọi 0987 654 321 để hỏi.", Why.PERSONAL),
        ("Căn cước 001099012345.", Why.PERSONAL),
        ("Nhà tôi ở số 9 hẻm 12.", Why.PERSONAL),
        ("Ông Nguyễn Văn Hùng đổ rác.", Why.KEPT),
        ("Học sinh Nguyễn Văn Hùng lớp 5 ngã.", Why.NOT_KEPT),
        ("Xem vụ PA-7K2M-4QXB-9.", Why.REFERENCE),
        ("Chị tran thi hanh nhắn.", Why.SENDER),
        ("Chồng bạo hành vợ ở đầu ngõ.", Why.NEVER_PUBLIC),
        ("  ", Why.WORDS),
    ],
)
async def test_what_still_looks_personal_is_not_shown(room: Chamber, text: str, why: Why) -> None:
    contact = Contact(name="Trần Thị Hạnh", phone="0912345678")
    case = await agreed(room, contact=contact, anonymous=False)
    for texts in (Texts(question=text, answer="Rồi."), Texts(question="Rác.", answer=text)):
        assert await refused(room, "hoa", case, publish(room, texts)) is why
    kept = Texts(question=text, answer="Rồi.", kept="Tên đường do phường đặt.")
    if why is Why.KEPT:
        assert (await room.does("hoa", case, publish(room, kept))).publicity is Publicity.PUBLIC
    else:
        assert await refused(room, "hoa", case, publish(room, kept)) is why


async def test_the_sender_is_not_named_in_digits_told_apart(room: Chamber) -> None:
    case = await agreed(room, contact=Contact(phone="0912345678"), anonymous=False)
    text = Texts(question="Máy 1234 rồi 5678 kêu.", answer="Rồi.")
    assert await refused(room, "hoa", case, publish(room, text)) is Why.SENDER


@pytest.mark.parametrize(
    "told",
    [
        {"kind": Kind.PRAISE, "regime": "khen", "words": "Khen anh Nguyễn Văn Hùng nhiệt tình."},
        {"topic": "thai_do_phuc_vu"},
        {"topic": "can_bo"},
    ],
)
async def test_no_name_is_kept_in_praise_nor_of_who_behaved_badly(
    room: Chamber, told: dict[str, Any]
) -> None:
    case = await agreed(room, **told)
    named = Texts(question="Anh Nguyễn Văn Hùng làm việc.", answer="Rồi.", kept="Ai cũng biết.")
    assert await refused(room, "hoa", case, publish(room, named)) is Why.NOT_KEPT
    await room.does("hoa", case, publish(room))


async def test_open_refused_and_forgotten_cases_are_never_shown(room: Chamber) -> None:
    ask: Wish = lambda d, c: consenting.ask(d, room.bureau, c)  # noqa: E731
    assert await refused(room, "hoa", await room.begun("9"), ask) is Why.NEVER_PUBLIC
    blamed = await answered(room, "5", words=BLAMED)
    assert await refused(room, "hoa", blamed, ask) is Why.NEVER_PUBLIC
    case = await public(room)
    async with room.database.writing() as connection:
        by = By(author=Author.CLOCK, at=room.clock.now())
        await forget_case(connection, case.id, by)
    assert await refused(room, "hoa", case, ask) is Why.NEVER_PUBLIC
    found = await _released(room, case)
    assert (found.is_public, found.texts.question) == (False, "")


async def test_four_eyes_read_what_is_shown_and_the_text_that_was_read(room: Chamber) -> None:
    room.set("rule:case_four_eyes", on=False)
    case = await agreed(room)
    room.set("rule:case_four_eyes", on=True)
    assert await refused(room, "hoa", case, publish(room)) is Why.FOUR_EYES
    approve: Wish = lambda d, c: publishing.approve(d, room.bureau, c, 1)  # noqa: E731
    assert await refused(room, "nam", case, approve) is Why.NOT_PREPARED
    await room.does("hoa", case, lambda d, c: publishing.prepare(d, room.bureau, c, TEXTS))
    assert not (await _released(room, case)).is_public
    assert await refused(room, "hoa", case, approve) is Why.OWN_RELEASE
    await room.does("hoa", case, lambda d, c: publishing.prepare(d, room.bureau, c, TEXTS))
    assert await refused(room, "nam", case, approve) is Why.NOT_PREPARED
    await room.does("nam", case, lambda d, c: publishing.approve(d, room.bureau, c, 2))
    assert (await _released(room, case)).is_public
    assert "case_release_prepared" in await room.deeds()


async def test_what_an_officer_hides_may_be_shown_again(room: Chamber) -> None:
    case = await public(room)
    assert await refused(room, "hoa", case, lambda d, c: publishing.hide(d, c, " ")) is Why.REASON
    await room.does("hoa", case, lambda d, c: publishing.hide(d, c, "đăng nhầm"))
    assert not (await _released(room, case)).is_public
    hide: Wish = lambda d, c: publishing.hide(d, c, "lần nữa")  # noqa: E731
    assert await refused(room, "hoa", case, hide) is Why.NOT_PUBLIC
    await room.does("hoa", case, publish(room))
    assert (await _released(room, case)).is_public
    assert (await room.deeds())[-2:] == ["case_hidden", "case_released"]


async def test_what_is_answered_anew_is_not_shown_with_the_old_answer(room: Chamber) -> None:
    case = await public(room)
    opened = await room.does("hoa", case, lambda d, c: reopen(d, room.bureau, c, "còn rác"))
    assert opened.publicity is Publicity.AGREED
    assert not (await _released(room, case)).is_public
    other = await public(room, "8")
    again = AnswerWords(result=Result.DONE, text="Sửa lại.")
    corrected = await room.does("minh", other, lambda d, c: answer(d, room.bureau, c, again))
    assert corrected.publicity is Publicity.AGREED
    assert not (await _released(room, other)).is_public


async def _released(room: Chamber, case: Case) -> Release:
    async with room.database.reading() as connection:
        found = await find_release(connection, case.id)
    assert found is not None
    return found


async def test_officers_see_how_far_each_case_is(room: Chamber) -> None:
    by_stage = {
        Stage.PUBLIC: await public(room, "1"),
        Stage.AGREED: await agreed(room, "2"),
        Stage.PREPARED: await agreed(room, "3"),
        Stage.PROPOSED: await answered(room, "4"),
        Stage.DECLINED: await answered(room, "5"),
    }
    await answered(room, "6")
    waits = by_stage[Stage.PREPARED]
    await room.does("hoa", waits, lambda d, c: publishing.prepare(d, room.bureau, c, TEXTS))
    asked = by_stage[Stage.PROPOSED]
    await room.does("hoa", asked, lambda d, c: consenting.ask(d, room.bureau, c))
    await says(room, by_stage[Stage.DECLINED], agreed=False)
    hoa, minh = room.officers["hoa"], room.officers["minh"]
    async with room.database.writing() as connection:
        await put_complained(connection, waits.id, Complained(officer=minh))
    async with room.database.reading() as connection:
        mine = await list_board(connection, minh, [HERE], Stage.PREPARED)
        assert mine.rows == ()
        every = await list_board(connection, hoa, [HERE], None)
        for stage, case in by_stage.items():
            found = await list_board(connection, hoa, [HERE], stage)
            assert [(one.case, one.stage) for one in found.rows] == [(case.id, stage)]
        assert (await list_board(connection, hoa, ["xa-b"], None)).rows == ()
    assert {one.case: one.stage for one in every.rows} == {
        case.id: stage for stage, case in by_stage.items()
    }
