"""The card talked about answers what no button asks: who may go, which paper is needed."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect
from tests.unit.bot.conversation.test_follow_ups import BIRTH, BIRTH_CODE, talk

DRIVING = "bằng lái b2 của tui gần hết hạn rồi"


@pytest.mark.parametrize(
    "said",
    [
        "ủy quyền được không",
        "chồng em đi thay được ko",
        "ben noi co di duoc ko",
        "nhờ người khác nộp hộ đc k",
    ],
)
def test_who_may_go_instead_is_told_of_the_procedure(desk: Desk, said: str) -> None:
    result = talk(desk, BIRTH, said)
    assert (result.procedure, result.aspect) == (BIRTH_CODE, Aspect.WHO)
    assert "Văn bản ủy quyền có chứng thực" in result.replies[-1].text


@pytest.mark.parametrize(
    ("before", "said", "code", "side"),
    [
        ("làm khai tử", "rồi làm gì tiếp", "1.000656", Aspect.STEPS),
        ("làm căn cước", "đi làm ở tỉnh khác được không", "1.014061", Aspect.WHERE),
        ("làm căn cước", "co phai ve que lam khong", "1.014061", Aspect.WHERE),
    ],
)
def test_other_words_for_a_side_are_understood(
    desk: Desk, before: str, said: str, code: str, side: Aspect
) -> None:
    result = talk(desk, before, said)
    assert (result.procedure, result.aspect) == (code, side)


@pytest.mark.parametrize(
    ("before", "said", "code", "told"),
    [
        (BIRTH, "nếu không có giấy chứng sinh thì sao", BIRTH_CODE, "giấy của người làm chứng"),
        (BIRTH, "thieu giay chung sinh co duoc khong", BIRTH_CODE, "giấy của người làm chứng"),
        (DRIVING, "phải có giấy khám sức khoẻ không", "3.000347", "trừ bằng hạng A1, A, B1"),
        (DRIVING, "co can kham suc khoe khong", "3.000347", "trừ bằng hạng A1, A, B1"),
    ],
)
def test_a_paper_named_is_looked_for_on_the_card(
    desk: Desk, before: str, said: str, code: str, told: str
) -> None:
    result = talk(desk, before, said)
    assert (result.procedure, result.aspect) == (code, Aspect.PAPERS)
    assert told in result.replies[-1].text
    assert "Nguồn:" in result.replies[-1].text


@pytest.mark.parametrize(
    "said", ["có cần khám sức khỏe không", "co can hinh the khong", "có phải nộp ảnh ko ạ"]
)
def test_what_the_card_does_not_name_is_said_so(desk: Desk, said: str) -> None:
    result = talk(desk, "đăng ký kết hôn", said)
    assert (result.procedure, result.aspect) == ("1.000894", Aspect.PAPERS)
    assert "không nhắc đến điều bà con hỏi" in result.replies[-1].text


@pytest.mark.parametrize(
    "said", ["có cần đăng ký tạm trú không", "có phải xin giấy độc thân không"]
)
def test_another_matter_asked_beside_is_no_paper(desk: Desk, said: str) -> None:
    told = talk(desk, "sang tên sổ đỏ", said).replies[-1].text
    assert "không nhắc đến điều bà con hỏi" not in told


@pytest.mark.parametrize(
    "said",
    [
        "đăng ký kết hôn có cần giấy độc thân không",
        "có giấy độc thân không khi cưới",
        "dang ky ket hon co can xac nhan tinh trang hon nhan ko",
        "cưới có phải nộp giấy độc thân không",
    ],
)
def test_no_single_paper_is_asked_of_who_marries_here(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.procedure == "1.000894"
    assert "không phải nộp giấy xác nhận tình trạng hôn nhân" in result.replies[-1].text


@pytest.mark.parametrize(
    "said", ["có cần giấy độc thân không", "co can giay doc than ko", "giấy độc thân thì sao"]
)
def test_the_card_talked_about_says_who_looks_up_the_single_paper(desk: Desk, said: str) -> None:
    result = talk(desk, "đăng ký kết hôn", said)
    assert (result.procedure, result.aspect) == ("1.000894", Aspect.PAPERS)
    assert "không phải nộp giấy xác nhận tình trạng hôn nhân" in result.replies[-1].text
    assert "trả lời trong 3 ngày làm việc" in result.replies[-1].text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("xin giấy độc thân cần gì", "1.004873"),
        ("mất giấy chứng sinh xin cấp lại ở đâu", "1.014332"),
        ("kết hôn với người nước ngoài có cần giấy độc thân không", "2.000806"),
        ("đăng ký tạm trú có cần chủ nhà đồng ý không", "1.004194"),
        ("bạn trai lên ngủ lại nhà em 2 đêm có cần báo lưu trú không", "2.001159"),
    ],
)
def test_another_matter_is_still_found(desk: Desk, said: str, code: str) -> None:
    assert talk(desk, said).hits[0].code == code
    assert talk(desk, BIRTH, said).hits[0].code == code
