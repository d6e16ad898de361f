from __future__ import annotations

import pytest

from broadcasts.plans.prose import partners_in, times_in


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (
            "Xây dựng kế hoạch của đơn vị; hoàn thành trong quý I/2026.",
            ["hoàn thành trong quý I/2026"],
        ),
        ("Gửi báo cáo trước ngày 15/12/2026 về Phòng Nội vụ.", ["trước ngày 15/12/2026"]),
        (
            "Báo cáo định kỳ 3 tháng, 6 tháng, 9 tháng và năm.",
            ["định kỳ 3 tháng, 6 tháng, 9 tháng và năm"],
        ),
        ("Tổng hợp, báo cáo quý, 6 tháng và năm.", ["quý, 6 tháng và năm"]),
        ("Báo cáo trước ngày 20 hằng tháng.", ["trước ngày 20 hằng tháng"]),
        ("Đăng ít nhất 02 tin, bài/tháng.", ["ít nhất 02 tin, bài/tháng"]),
        ("Thường xuyên cập nhật thủ tục.", ["Thường xuyên"]),
        ("Tổ chức vào tháng 6 và tháng 12.", ["vào tháng 6 và tháng 12"]),
        ("Từ tháng 3 đến tháng 5 mở lớp.", ["Từ tháng 3 đến tháng 5"]),
        ("Báo cáo định kỳ, đột xuất khi cần.", ["định kỳ, đột xuất"]),
        ("Phổ biến Nghị quyết số 18 ngày 25/10/2017 và Kế hoạch năm 2026.", []),
        ("Bố trí kinh phí trong dự toán ngân sách được giao hằng năm.", []),
        ("Gắn với kế hoạch hằng năm của cơ quan.", []),
        ("Dịch vụ công trực tuyến mức độ 3, mức độ 4.", []),
        ("Bảo đảm tính thường xuyên, liên tục.", []),
    ],
)
def test_times_are_found_in_the_words_of_the_sentence(text: str, times: list[str]) -> None:
    assert list(times_in(text)) == times


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Chủ trì, phối hợp với Phòng Văn hóa và Thông tin, Phòng Nội vụ triển khai.",
            ["Phòng Văn hóa và Thông tin", "Phòng Nội vụ"],
        ),
        (
            "Phối hợp với các cơ quan, đơn vị và UBND các xã cập nhật bộ thủ tục.",
            ["các cơ quan, đơn vị và UBND các xã"],
        ),
        (
            "Phối hợp Phòng Giáo dục và Đào tạo để lồng ghép nội dung.",
            ["Phòng Giáo dục và Đào tạo"],
        ),
        (
            "Phối hợp với các tổ chức chính trị - xã hội tuyên truyền.",
            ["các tổ chức chính trị - xã hội"],
        ),
        ("Phối hợp tổ chức tập huấn.", []),
        ("Theo dõi việc thực hiện.", []),
    ],
)
def test_partners_are_those_the_sentence_names(text: str, names: list[str]) -> None:
    assert list(partners_in(text).units.names) == names
    assert not partners_in(text).unclear


def test_partners_nobody_can_tell_are_shown_to_a_person() -> None:
    assert partners_in("Phối hợp với bên cung cấp phần mềm nâng cấp hệ thống.").unclear
