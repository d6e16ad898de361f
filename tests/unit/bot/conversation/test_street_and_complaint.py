"""Matters of the street go to feedback; who complains or denounces is told the whole way."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.messages import MessageKind
from tests.conftest import NOON
from tests.factories import a_message
from tests.unit.bot.conversation.test_follow_ups import talk


@pytest.mark.parametrize(
    "said",
    [
        "đường trước nhà ngập quá",
        "duong truoc nha ngap qua",
        "nước máy đục ngầu",
        "nuoc may duc ngau",
        "cột điện nghiêng sắp đổ",
        "quán nhậu lấn vỉa hè",
        "vỉa hè bị lấn chiếm",
        "via he bi lan chiem",
        "bơm nước bẩn ra ruộng",
        "hàng xóm nuôi heo hôi thúi quá trời",
        "hang xom nuoi heo hoi qua",
        "karaoke kẹo kéo 12h đêm",
        "hàng xóm hát karaoke ồn",
        "đèn đường hỏng",
        "ổ gà trước cổng trường",
        "rác không ai dọn",
        "cống nghẹt hôi quá",
        "nắp cống bị bể",
        "hàng xóm đốt rác khói vô nhà",
        "xe ben chạy suốt ngày bụi",
        "hẻm tối om không có đèn",
        "tố cáo giùm cái ổ gà này",
        "tố cáo quán karaoke ồn ào",
    ],
)
def test_a_matter_of_the_street_goes_to_feedback(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.FEEDBACK
    assert "Phản ánh, kiến nghị" in result.replies[0].text


@pytest.mark.parametrize(
    "said",
    [
        "xin phép dùng tạm vỉa hè để làm đám cưới",
        "xin đào đường lắp ống nước",
        "giấy phép kinh doanh karaoke",
        "mở quán karaoke cần gì",
        "đăng ký nuôi heo",
        "trang trại nuôi gà cần giấy gì",
        "xin cấp nước sạch lắp đồng hồ",
        "hàng xóm lấn chiếm đất nhà tôi",
        "giấy phép xả thải",
        "giấy phép môi trường cho xưởng",
        "đường vào nhà có phải đóng thuế đất không",
        "đổi bằng lái bị hỏng",
        "sổ đỏ bị rách nát",
        "cấp lại biển số bị gãy",
        "xin phép xây nhà trong hẻm",
        "tách thửa đất chừa lối đi",
        "cây phượng ngoài vỉa hè sắp đổ muốn xin chặt thì hỏi ai",
        "ngõ đi chung bị rào lại không cho qua",
        "xuong nhuom can giay xa thai ra kenh",
        "toi dau bung am i 2 hom nay",
    ],
)
def test_a_procedure_about_streets_and_beasts_is_no_feedback(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is not Outcome.FEEDBACK


def _whole_way(desk: Desk, said: str) -> str:
    """Give the overview and every page that is offered under it."""
    conversation = Conversation(desk)
    result = talk(desk, said)
    told = [reply.text for reply in result.replies]
    for choice in result.replies[-1].choices:
        pressed = a_message(choice.value, kind=MessageKind.CHOICE)
        shown = conversation.answer(pressed, result.state, now=NOON)
        told += [reply.text for reply in shown.replies]
    return "\n".join(told)


@pytest.mark.parametrize(
    "said", ["khiếu nại quyết định thu hồi đất", "tôi muốn khiếu nại", "kiện chủ tịch xã"]
)
def test_who_complains_is_told_the_time_the_letter_and_the_way_on(desk: Desk, said: str) -> None:
    told = _whole_way(desk, said)
    for part in ("90 ngày", "ký tên", "7 ngày làm việc", "tòa"):
        assert part in told


def test_who_complains_of_a_decision_hears_that_nothing_was_lodged(desk: Desk) -> None:
    told = talk(desk, "khiếu nại quyết định thu hồi đất")
    assert told.outcome is Outcome.FEEDBACK
    assert "không phải là đơn đã nộp" in told.replies[0].text


@pytest.mark.parametrize("said", ["chủ tịch xã tham nhũng", "tố cáo chủ tịch xã bao che đổ rác"])
def test_who_denounces_is_told_the_whole_way(desk: Desk, said: str) -> None:
    told = _whole_way(desk, said)
    for part in ("Xin đừng viết tên ai", "giữ bí mật", "Đơn tố cáo ghi"):
        assert part in told
