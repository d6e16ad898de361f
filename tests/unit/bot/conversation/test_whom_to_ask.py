"""What is asked beside procedures: a person, a dossier, power and water, found papers, English."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from tests.unit.bot.conversation.test_follow_ups import talk


@pytest.mark.parametrize(
    "said",
    [
        "gặp cán bộ mấy giờ",
        "muon gap can bo dia chinh thi den dau",
        "gọi cho cán bộ",
        "zalo của phường",
        "email xã",
    ],
)
def test_who_asks_how_to_reach_the_office_is_told_hours_and_number(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.HOTLINE
    assert "07:30" in result.replies[-1].text
    assert "02x 0000 005" in result.replies[-1].text


def test_a_procedure_with_an_official_in_it_is_still_a_procedure(desk: Desk) -> None:
    told = talk(desk, "gặp cán bộ để làm giấy khai sinh cho con mới sinh")
    assert told.outcome in (Outcome.ANSWERED, Outcome.CHOICES)
    assert talk(desk, "có phải người thật không").outcome is Outcome.SMALL_TALK


@pytest.mark.parametrize(
    "said", ["làm ơn cho hỏi", "làm ơn cho em hỏi", "cho con hỏi", "xin hỏi", "giúp em với"]
)
def test_a_polite_opening_is_greeted(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.SMALL_TALK
    assert talk(desk, f"{said} đăng ký khai sinh").hits[0].code == "1.001193"


@pytest.mark.parametrize(
    "said",
    [
        "H01.23.456-241110-0012",
        "000.00.12.H01-241110-0012",
        "h08.12-240901-0007 xong chưa",
        "hồ sơ G22.99.3-241110-00123",
        "sao làm lâu thế",
        "sao lau vay",
    ],
)
def test_a_dossier_is_looked_up(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.CASE_STATUS


@pytest.mark.parametrize(
    "said", ["1.001193", "2.000815 cần giấy tờ gì", "mẫu CT01", "ngày 24-11-2026"]
)
def test_other_codes_and_days_are_no_dossier(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is not Outcome.CASE_STATUS


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("nộp tiền điện ở đâu", "Tiền điện"),
        ("mất điện gọi ai", "Tiền điện"),
        ("lịch cúp điện", "Tiền điện"),
        ("cup dien goi ai", "Tiền điện"),
        ("nước sạch", "Nước máy"),
        ("đóng tiền nước", "Nước máy"),
        ("lắp đồng hồ nước", "Nước máy"),
        ("nhặt được cccd của người khác", "Nhặt được giấy tờ"),
        ("lượm được bóp có căn cước", "Nhặt được giấy tờ"),
        ("tiêm phòng cho bé ở đâu", "Tiêm chủng"),
        ("tòa án ở đâu", "Cơ quan thuế"),
        ("thuế ở đâu", "Cơ quan thuế"),
        ("phòng tư pháp quận ở đâu", "Không còn cấp huyện"),
    ],
)
def test_what_another_office_does_is_said_with_whom_to_ask(
    desk: Desk, said: str, title: str
) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.GUIDE
    assert result.replies[-1].text.startswith(title.upper())


@pytest.mark.parametrize(
    "said",
    [
        "mất căn cước làm lại",
        "rút bảo hiểm xã hội một lần",
        "khai thuế hộ kinh doanh",
        "đăng ký mắc điện mới",
        "xin cấp điện trở lại",
    ],
)
def test_the_procedures_beside_them_are_no_guides(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome in (Outcome.ANSWERED, Outcome.CHOICES)


@pytest.mark.parametrize(
    "said",
    ["tôi gửi ảnh căn cước nhé", "em gửi file rồi nhé", "gui anh giay to qua day duoc khong"],
)
def test_nobody_is_let_send_papers_here(desk: Desk, said: str) -> None:
    assert talk(desk, said).replies[-1].text.startswith("Xin đừng gửi ảnh")


def test_who_sends_papers_to_the_portal_is_not_stopped(desk: Desk) -> None:
    told = talk(desk, "gửi giấy tờ qua bưu điện được không").replies[-1].text
    assert not told.startswith("Xin đừng gửi ảnh")


@pytest.mark.parametrize(
    "said",
    [
        "how to register marriage with vietnamese",
        "birth certificate",
        "ID card",
        "temporary residence registration",
        "do you speak English?",
    ],
)
def test_english_is_answered_with_one_line_of_it(desk: Desk, said: str) -> None:
    first = talk(desk, said).replies[-1].text.splitlines()[0]
    assert first.startswith("I answer in Vietnamese only")
    assert "đăng ký kết hôn" in first


@pytest.mark.parametrize("said", ["passport", "xin visa cho vo nuoc ngoai", "dang ky tam tru"])
def test_what_is_understood_is_answered_in_vietnamese(desk: Desk, said: str) -> None:
    assert "I answer" not in talk(desk, said).replies[-1].text


def test_the_last_one_is_the_last_procedure_and_not_the_way_out(desk: Desk) -> None:
    offered = talk(desk, "làm căn cước cho con", "cháu mới 5 tuổi thôi")
    assert offered.outcome is Outcome.CHOICES
    *_, last, _way_out = offered.replies[-1].choices
    told = talk(desk, "cái cuối cùng", state=offered.state).replies[-1].text
    assert told.startswith(last.label.upper())
