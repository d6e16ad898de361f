"""Who wants a person is told when one is there; who only asks about officials is no such."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.desk import Desk
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from tests.factories import a_message

# Thursday in opening hours; Friday evening; the Friday before Tết, whose notice is still to come.
OPEN = datetime(2026, 11, 19, 2, tzinfo=UTC)
CLOSED = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEFORE_TET = datetime(2027, 2, 3, 12, tzinfo=UTC)
BEFORE_A_HOLIDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ask(desk: Desk, said: str, at: datetime = OPEN) -> TurnResult:
    return Conversation(desk).answer(a_message(said), ConversationState(), now=at)


@pytest.fixture(scope="module")
def real(desk: Desk) -> Desk:
    """The desk of an office that stated its hours itself."""
    assert desk.office is not None
    return replace(desk, office=replace(desk.office, sample=False))


@pytest.mark.parametrize(
    "said",
    [
        "gặp cán bộ",
        "gap can bo",
        "cho tôi gặp cán bộ",
        "cho e gap cb vs ạ",
        "mun gap cb",
        "cho mik gặp ng thật",
        "cho gặp nv",
        "noi chuyen voi nguoi that",
        "em muốn nói chuyện với cán bộ",
        "chuyển máy cho nhân viên",
        "tôi cần người tư vấn",
        "k muốn nói chuyện với bot nữa",
        "bot ngu quá, cho tao gặp người thật",
        "bác muốn nói chuyện với cán bộ cháu ơi",
        "có cán bộ nào không",
        "hồ sơ của tôi lâu quá chưa xong, cho tôi gặp cán bộ",
    ],
)
def test_a_wish_for_a_person_becomes_an_errand(desk: Desk, said: str) -> None:
    told = ask(desk, said)
    assert told.outcome is Outcome.PERSON
    assert told.errand is Errand.PERSON


@pytest.mark.parametrize(
    "said",
    [
        "gặp cán bộ nào để làm khai sinh",
        "gap can bo nao de lam khai sinh",
        "làm căn cước cho con thì gặp cán bộ nào",
        "muốn gặp cán bộ hộ tịch thì đến đâu",
        "muon gap can bo dia chinh vao thu may",
        "mấy giờ thì gặp được cán bộ",
        "có cần gặp cán bộ trực tiếp khi đăng ký kết hôn không",
        "muốn gặp người thân bị tạm giam cần thủ tục gì",
        "tôi gặp cán bộ rồi mà chưa được giải quyết hồ sơ",
        "nhân viên công ty cần giấy tờ gì để làm bảo hiểm",
        "đang nói chuyện với người hay máy",
        "có phải người thật không",
        "cảm ơn cán bộ",
        "tôi muốn xin làm cán bộ xã",
        "thi tuyển cán bộ xã",
    ],
)
def test_a_question_about_officials_is_no_wish_for_one(desk: Desk, said: str) -> None:
    told = ask(desk, said)
    assert told.outcome is not Outcome.PERSON
    assert told.errand is None


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("công an đánh tôi, cho tôi gặp cán bộ", Outcome.EMERGENCY),
        ("tôi muốn gặp cán bộ để tố cáo chủ tịch xã", Outcome.FEEDBACK),
        ("tôi không đồng ý quyết định thu hồi đất, cho tôi gặp cán bộ", Outcome.FEEDBACK),
        ("cho tôi gặp cán bộ phản ánh đèn đường hỏng", Outcome.FEEDBACK),
    ],
)
def test_danger_and_the_lawful_way_come_first(desk: Desk, said: str, outcome: Outcome) -> None:
    assert ask(desk, said).outcome is outcome


def test_in_hours_no_time_is_told(real: Desk) -> None:
    first, *_ = ask(real, "cho tôi gặp cán bộ").replies[-1].text.splitlines()
    assert first.startswith(
        "Tôi đã ghi bà con vào danh sách chờ cán bộ của UBND xã Mẫu. Cán bộ trả lời"
    )


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (CLOSED, "cán bộ làm việc từ 07:30 thứ Hai, 23/11/2026"),
        (BEFORE_A_HOLIDAY, "cán bộ làm việc từ 07:30 thứ Tư, 25/11/2026"),
        (BEFORE_TET, "dự kiến cán bộ làm việc từ 07:30 thứ Năm, 11/02/2027"),
    ],
)
def test_out_of_hours_it_is_told_when_somebody_will_be_there(
    real: Desk, at: datetime, told: str
) -> None:
    result = ask(real, "cho tôi gặp cán bộ", at)
    assert told in result.replies[-1].text
    assert result.errand is Errand.PERSON


def test_neither_a_sample_nor_an_office_without_hours_promises_anything(
    desk: Desk, real: Desk
) -> None:
    assert real.office is not None
    silent = replace(real, office=replace(real.office, hours=()))
    for one in (desk, silent, replace(desk, office=None)):
        for at in (OPEN, CLOSED):
            text = ask(one, "cho tôi gặp cán bộ", at).replies[-1].text
            assert "không dám hẹn" in text
            assert "07:30" not in text
    assert "02x 0000 005" in ask(desk, "cho tôi gặp cán bộ").replies[-1].text


def test_where_no_official_looks_nobody_is_told_to_wait(real: Desk) -> None:
    told = ask(replace(real, attended=False), "cho tôi gặp cán bộ")
    assert (told.outcome, told.errand) == (Outcome.HOTLINE, None)
    assert "02x 0000 005" in told.replies[-1].text


def test_what_was_talked_about_stays_in_mind(real: Desk) -> None:
    conversation = Conversation(real)
    before = conversation.answer(
        a_message("đăng ký khai sinh cần gì"), ConversationState(), now=OPEN
    ).state
    after = conversation.answer(a_message("cho tôi gặp cán bộ"), before, now=OPEN).state
    assert after == before
