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
        ("tôi muốn đi bộ đội", "Muốn đi bộ đội, khám nghĩa vụ quân sự"),
        ("toi muon nhap ngu", "Muốn đi bộ đội, khám nghĩa vụ quân sự"),
        ("khám nghĩa vụ", "Muốn đi bộ đội, khám nghĩa vụ quân sự"),
        ("xin miễn đi bộ đội", "Tạm hoãn, miễn gọi nhập ngũ"),
        ("mất hết giấy tờ", "Mất hết giấy tờ: làm gì trước"),
        ("mat het giay to", "Mất hết giấy tờ: làm gì trước"),
        ("mất hết giấy tờ trong ví giờ làm sao", "Mất hết giấy tờ: làm gì trước"),
        ("cháy nhà mất hết giấy tờ", "Mất hết giấy tờ: làm gì trước"),
        ("bán rượu lẻ nữa", "Bán rượu, bia, thuốc lá"),
        ("giấy phép bán lẻ rượu", "Bán rượu, bia, thuốc lá"),
        ("giấy phép bán thuốc lá", "Bán rượu, bia, thuốc lá"),
        ("đăng ký kết hôn đồng giới", "Hôn nhân đồng giới, cùng giới"),
        ("hai người nữ muốn kết hôn", "Hôn nhân đồng giới, cùng giới"),
        ("phạt nguội", "Phạt nguội, nộp phạt vi phạm"),
        ("nộp phạt vi phạm giao thông", "Phạt nguội, nộp phạt vi phạm"),
        ("lệ phí môn bài năm nay bao nhiêu", "Lệ phí môn bài (thuế môn bài)"),
        ("thuế môn bài", "Lệ phí môn bài (thuế môn bài)"),
        ("học phí lớp 1", "Học phí của con ở trường"),
        ("xin trợ cấp vì nhà bị lũ cuốn", "Nhà bị lũ, bão, ngập, cháy: xin hỗ trợ"),
        ("nhà bị ngập xin hỗ trợ", "Nhà bị lũ, bão, ngập, cháy: xin hỗ trợ"),
        ("cứu trợ lũ lụt nhận ở đâu", "Nhà bị lũ, bão, ngập, cháy: xin hỗ trợ"),
        ("xin hỗ trợ nhà tình nghĩa", "Nhà tình nghĩa, nhà tình thương, xóa nhà tạm"),
        ("nhà có người mất đột ngột phải báo ai", "Nhà có người mất đột ngột"),
        ("người nhà chết đột ngột báo ai", "Nhà có người mất đột ngột"),
        ("bắn pháo hoa có phải xin phép không", "Bắn, đốt pháo hoa ở nhà"),
        ("đốt pháo hoa tết", "Bắn, đốt pháo hoa ở nhà"),
        ("giết mổ gia cầm tại nhà", "Giết mổ gia súc, gia cầm tại nhà"),
        ("chủ tịch xã là ai", "Chủ tịch, cán bộ xã, phường là ai"),
        ("muốn gặp chủ tịch xã", "Tiếp công dân tại xã, phường"),
    ],
)
def test_it_is_said_with_whom_to_ask(desk: Desk, said: str, title: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.GUIDE
    assert result.replies[-1].text.startswith(f"{title.upper()}\n")


def test_who_may_marry_is_told_with_the_ages(desk: Desk) -> None:
    for said in ("em 17 tuổi có kết hôn được không", "mấy tuổi được lấy chồng"):
        assert "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi" in talk(desk, said).replies[-1].text


def test_a_camera_fine_is_no_matter_of_the_card_talked_about(desk: Desk) -> None:
    told = talk(desk, "khai lệ phí trước bạ xe máy", "đóng phạt nguội").replies[-1].text
    assert told.startswith("PHẠT NGUỘI, NỘP PHẠT VI PHẠM\n")


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
        ("đăng ký nhập ngũ", "1.013133"),
        ("17 tuổi đăng ký nghĩa vụ quân sự", "1.013133"),
        ("mất giấy tờ xe", "1.013082"),
        ("mất căn cước", "1.014064"),
        ("lũ cuốn trôi sổ đỏ", "1.012786"),
        ("mở tạp hóa", "1.001612"),
        ("mở quán nhậu", "1.001612"),
        ("khai thuế hộ kinh doanh", "1.011022"),
        ("hộ kinh doanh bị bão lũ xin giảm thuế", "3.000083"),
        ("miễn học phí", "1.014333"),
        ("miễn học phí cho con bộ đội", "2.002765"),
        ("bố mất ở nhà phải làm gì", "1.000656"),
        ("tiền tuất khi người đóng bhxh mất", "2.000821"),
        ("bán pháo hoa Tết cần giấy gì", "3.000246"),
        ("lò giết mổ gia cầm tập trung cần giấy", "2.001827"),
        ("đăng ký kết hôn", "1.000894"),
        ("em 17 tuổi có kết hôn được không", "1.000894"),
        ("mấy tuổi được lấy chồng", "1.000894"),
        ("hộ chiếu gấp", "1.001456"),
        ("mất hộ chiếu ở nước ngoài cần về gấp", "1.010103"),
        ("người nuôi dưỡng có được tiền không", "1.001776"),
        ("con e sinh o nha ko co giay chung sinh", "1.001193"),
        ("đẻ ở nhà không có giấy chứng sinh", "1.001193"),
        ("bệnh viện chưa cho giấy chứng sinh", "1.014331"),
    ],
)
def test_the_procedures_beside_it_are_still_found(desk: Desk, said: str, code: str) -> None:
    assert talk(desk, said).hits[0].code == code


@pytest.mark.parametrize(
    "said", ["xin visa đi Mỹ", "1+1 bằng mấy", "mua sim", "vay tiền ngân hàng lãi suất"]
)
def test_what_no_office_does_is_declined(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.OUT_OF_SCOPE
