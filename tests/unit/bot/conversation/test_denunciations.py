"""Of a denunciation typed into the chat nothing is kept but that it was one."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from tests.conftest import NOON
from tests.factories import a_message
from tests.fakes.feedback_talk import FeedbackTalk

KEPT = "tố cáo [denunciation]"


def received(desk: Desk, said: str) -> TurnResult:
    conversation = Conversation(desk)
    return conversation.answer(conversation.kept(a_message(said)), ConversationState(), now=NOON)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "tôi muốn tố cáo ông Nguyễn Văn B chủ tịch xã nhận hối lộ 50 triệu",
            KEPT,
        ),
        ("to cao ba Tran Thi C o mot cua an tien cua dan lam giay to", KEPT),
        ("em báo: anh Tám địa chính vòi tiền 5 triệu mới ký sổ", KEPT),
        ("chú công an xã bảo kê sòng bạc nhà ông Sáu Lợi", KEPT),
        ("ong dia chinh bat chung tien moi ky giay", KEPT),
        ("cán bộ bắt chung chi 3 triệu", KEPT),
        ("chủ tịch xã lấy tiền của dân", KEPT),
        ("trưởng thôn biển thủ quỹ xóm 20 triệu", KEPT),
        ("cán bộ tư pháp bao che cho người nhà", KEPT),
        ("công an phường ăn tiền bà bán rau", KEPT),
        (
            "đang bị đánh, tôi tố cáo thằng Tư con ông trưởng ấp",
            "đang bị đánh [denunciation]",
        ),
    ],
)
def test_only_the_words_that_tell_it_are_kept(desk: Desk, said: str, kept: str) -> None:
    assert Conversation(desk).kept(a_message(said)).text == kept


@pytest.mark.parametrize(
    "said",
    [
        "đơn tố cáo gửi ở đâu",
        "thủ tục giải quyết tố cáo thế nào",
        "hồ sơ tố cáo cần gì",
        "tố cáo công an xã",
        "đăng ký kết hôn cần giấy tờ gì",
        "đèn đường trước nhà ông nam bị hỏng",
        "mẹ tôi được nhận tiền tuất không",
        "chồng cũ đòi tiền nuôi con thì gửi đơn đâu",
        "co so che bien thu tuc gi",
        "công an đòi giấy gì khi làm căn cước",
        "giay chung chi hanh nghe",
    ],
)
def test_questions_are_kept_whole(desk: Desk, said: str) -> None:
    assert Conversation(desk).kept(a_message(said)).text == said


def test_the_citizen_is_told_what_happened_to_it(desk: Desk) -> None:
    result = received(desk, "tôi tố cáo ông Nguyễn Văn B chủ tịch xã nhận hối lộ 50 triệu")
    notice, answer = (reply.text for reply in result.replies)
    assert "không được lưu" in notice
    assert "không phải là tố cáo đã gửi" in notice
    assert "tố cáo" in answer.lower()
    assert "Nguyễn" not in notice + answer


@pytest.mark.parametrize(
    "said", ["tố cáo ông B ăn hối lộ", "cán bộ bắt chung chi 3 triệu", "chủ tịch xã tham ô"]
)
def test_every_denunciation_is_shown_the_whole_lawful_way(desk: Desk, said: str) -> None:
    result = received(desk, said)
    assert result.outcome is Outcome.FEEDBACK
    assert "Xin đừng viết tên ai" in result.replies[-1].text
    labels = [one.label for one in result.replies[-1].choices]
    assert labels[:3] == ["Nộp ở đâu", "Đơn gồm những gì", "Thời hạn"]


@pytest.mark.parametrize(
    "said",
    [
        "chồng đánh tôi chảy máu, tôi tố cáo cả ông trưởng ấp bao che",
        "em muốn tố giác người buôn ma túy nhà số 5",
    ],
)
def test_an_emergency_goes_before_it_all_the_same(desk: Desk, said: str) -> None:
    result = received(desk, said)
    assert result.outcome is Outcome.EMERGENCY


def test_nothing_is_promised_that_nobody_does(desk: Desk) -> None:
    result = received(desk, "xin giấy chứng nhận tổ chức bay khinh khí cầu")
    assert result.outcome is Outcome.UNANSWERED
    assert not any("giữ lại" in reply.text for reply in result.replies)


@pytest.mark.parametrize(
    "said",
    [
        "ổng Bảy Lợi ấy cứ đưa phong thư là xong", "nó nói không đưa thì khỏi",
        "ong ay lay cua toi 50 trieu", "tôi có bằng chứng ghi âm", "tôi sợ bị trả thù",
        "hôm qua ổng tới nhà tôi nói vậy đó",
    ],
)  # fmt: skip
def test_what_goes_on_with_it_is_put_aside_too(desk: Desk, said: str) -> None:
    after = _after_it(desk, said)
    assert after.withheld or after.wishes
    assert any("không được lưu" in reply.text for reply in after.replies)
    assert "[denunciation]" in after.state.question
    alone = Conversation(desk).answer(a_message("cảm ơn"), ConversationState(), now=NOON)
    assert not alone.withheld


def test_danger_that_goes_on_with_it_keeps_no_words(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("tôi tố cáo chủ tịch xã nhận hối lộ")
    talk.says("đêm qua nó cho người đập phá nhà tôi, ném gạch vỡ hết cửa kính rồi bỏ chạy")
    assert talk.draft is not None
    assert talk.draft.words == ""


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("gửi đơn ở đâu", None),
        ("kết hôn", Outcome.ANSWERED),
        ("đăng ký kết hôn cần giấy tờ gì", Outcome.ANSWERED),
        ("mấy giờ ủy ban làm việc", None),
        ("cảm ơn", Outcome.SMALL_TALK),
        ("menu", Outcome.MENU),
        ("asdf", Outcome.OUT_OF_SCOPE),
        ("vâng tôi hiểu", Outcome.SMALL_TALK),
        ("quán phở nào ngon", Outcome.OUT_OF_SCOPE),
    ],
)
def test_what_is_something_else_is_answered_as_itself(
    desk: Desk, said: str, outcome: Outcome | None
) -> None:
    after = _after_it(desk, said)
    assert outcome in {None, after.outcome}
    assert not after.withheld
    assert not any("được lưu" in reply.text for reply in after.replies)


def _after_it(desk: Desk, said: str) -> TurnResult:
    before = received(desk, "tôi tố cáo chủ tịch xã nhận hối lộ")
    conversation = Conversation(desk)
    return conversation.answer(conversation.kept(a_message(said)), before.state, now=NOON)
