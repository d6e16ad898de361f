"""Hours, addresses and numbers: of the office that was named, else of the one that speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from tests.conftest import NOON
from tests.factories import a_message
from tests.unit.bot.conversation.test_follow_ups import talk


@pytest.mark.parametrize(
    ("asked", "office"),
    [
        ("mấy giờ làm việc", "UBND xã Mẫu"),
        ("ubnd phuong mo cua thu 7 khong", "UBND xã Mẫu"),
        ("sdt cong an xa", "Công an xã Mẫu"),
        ("số điện thoại công an phường", "Công an xã Mẫu"),
        ("địa chỉ công an tỉnh", "Công an tỉnh Mẫu"),
        ("địa chỉ bộ phận một cửa ở đâu", "Trung tâm Phục vụ hành chính công xã Mẫu"),
        ("trạm y tế mấy giờ mở cửa", "Trạm y tế xã Mẫu"),
        ("phường mình ở đâu", "UBND xã Mẫu"),
        ("mấy giờ xã nghỉ", "UBND xã Mẫu"),
        ("hôm nay có tiếp dân không", "UBND xã Mẫu"),
        ("hôm nay công an xã có làm việc không", "Công an xã Mẫu"),
        ("trung tâm hành chính công ở đâu", "Trung tâm Phục vụ hành chính công xã Mẫu"),
        ("lễ 2/9 có làm việc không", "UBND xã Mẫu"),
        ("cuối tuần ủy ban có làm không", "UBND xã Mẫu"),
        ("chủ nhật có làm cccd k", "Công an xã Mẫu"),
        ("thứ bảy có nhận hồ sơ chứng thực không", "UBND xã Mẫu"),
    ],
)
def test_the_named_office_is_told(desk: Desk, asked: str, office: str) -> None:
    result = talk(desk, asked)
    assert result.outcome is Outcome.HOTLINE
    assert result.replies[-1].text.startswith(f"{office}\n")


def test_the_office_is_told_also_after_a_procedure(desk: Desk) -> None:
    for asked in ("phường mình ở đâu", "chủ nhật có làm không"):
        assert talk(desk, "đăng ký khai sinh", asked).outcome is Outcome.HOTLINE
    assert talk(desk, "đăng ký khai sinh", "nộp ở đâu").procedure == "1.001193"


def test_who_asks_of_a_holiday_is_told_to_call_first(desk: Desk) -> None:
    assert "gọi hỏi trước" in talk(desk, "tết này có nghỉ không").replies[-1].text
    assert "gọi hỏi trước" not in talk(desk, "mấy giờ làm việc").replies[-1].text


def test_a_day_in_a_story_is_no_question_of_hours(desk: Desk) -> None:
    told = talk(desk, "bé sinh hôm chủ nhật giờ làm khai sinh cần gì")
    assert told.hits[0].code == "1.001193"
    told = talk(desk, "bố mất hôm nay có làm khai tử luôn được không")
    assert told.hits[0].code == "1.000656"


@pytest.mark.parametrize(
    ("asked", "code"),
    [("đăng ký tạm trú ở công an xã", "1.004194"), ("chứng thực chữ ký ở một cửa", "2.000884")],
)
def test_a_procedure_named_with_its_office_is_a_procedure(
    desk: Desk, asked: str, code: str
) -> None:
    assert talk(desk, asked).hits[0].code == code


def test_a_number_that_was_masked_is_not_asked_for(desk: Desk) -> None:
    said = replace(a_message("sdt của tôi là [số điện thoại] làm hộ chiếu"), masked=("phone",))
    result = Conversation(desk).answer(said, ConversationState(), now=NOON)
    assert result.outcome is not Outcome.HOTLINE
