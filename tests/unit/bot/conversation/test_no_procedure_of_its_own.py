"""What people ask although the catalogue has no procedure for it is said so, with whom to ask."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from tests.unit.bot.conversation.test_follow_ups import talk


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("xin hoãn nghĩa vụ quân sự", "Tạm hoãn, miễn gọi nhập ngũ"),
        ("hoan nvqs", "Tạm hoãn, miễn gọi nhập ngũ"),
        ("tạm hoãn nvqs vì đang học đại học", "Tạm hoãn, miễn gọi nhập ngũ"),
        ("xin miễn nghĩa vụ quân sự", "Tạm hoãn, miễn gọi nhập ngũ"),
        ("đăng ký mẫu giáo", "Cho con vào mẫu giáo, mầm non"),
        ("xin cho con vào trường mầm non", "Cho con vào mẫu giáo, mầm non"),
        ("sinh con thứ ba có bị phạt không", "Sinh con thứ hai, thứ ba"),
        ("sinh con thứ hai được hỗ trợ gì", "Sinh con thứ hai, thứ ba"),
        ("vào lớp 1 cần gì", "Cho con vào lớp 1"),
        ("thủ tục ly hôn ở đâu", "Ly hôn"),
        ("xóa án tích", "Xóa án tích"),
        ("vay vốn ngân hàng chính sách", "Vay vốn Ngân hàng Chính sách xã hội"),
        ("nuôi chó", "Nuôi chó, mèo"),
        ("nuôi chó có phải đăng ký không", "Nuôi chó, mèo"),
    ],
)
def test_it_is_said_with_whom_to_ask(desk: Desk, said: str, title: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.GUIDE
    assert result.replies[-1].text.startswith(f"{title.upper()}\n")


def test_a_guide_stands_beside_the_procedure_of_the_same_matter(desk: Desk) -> None:
    offered = [choice.label for choice in talk(desk, "khóa vneid khi mất máy").replies[-1].choices]
    assert "Mất điện thoại: khóa căn cước điện tử" in offered
    assert "Khóa tài khoản định danh (VNeID)" in offered


def test_who_hires_a_lawyer_is_not_surely_poor(desk: Desk) -> None:
    result = talk(desk, "thuê luật sư")
    assert result.outcome is not Outcome.ANSWERED
    assert result.replies[-1].choices[0].label in ("Thuê luật sư", "Yêu cầu trợ giúp pháp lý")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("đăng ký miễn nghĩa vụ quân sự thời chiến", "1.013139"),
        ("mở trường mầm non tư thục", "2.002891"),
        ("tuyển sinh lớp 6", "3.000182"),
        ("ly hôn ở nước ngoài về ghi chú", "2.000554"),
        ("nuôi heo có phải đăng ký không", "1.014952"),
        ("làm lý lịch tư pháp", "3.000333"),
        ("hộ nghèo cần luật sư miễn phí", "2.000829"),
        ("mất giấy khai sinh", "2.000635"),
        ("mất giấy khai sinh và sổ gốc cũng không còn", "1.004884"),
    ],
)
def test_the_procedures_beside_it_are_still_found(desk: Desk, said: str, code: str) -> None:
    assert talk(desk, said).hits[0].code == code


@pytest.mark.parametrize(
    "said", ["xin visa đi Mỹ", "1+1 bằng mấy", "mua sim", "vay tiền ngân hàng lãi suất"]
)
def test_what_no_office_does_is_declined(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.OUT_OF_SCOPE
