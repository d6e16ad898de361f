"""Saying what is done names no matter: what it is done with must be the topic's own thing too."""

from __future__ import annotations

from itertools import product

import pytest

from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from knowledge.text import fold
from tests.unit.bot.conversation.test_follow_ups import talk

MARITAL, REGISTER_EXTRACT, LAND_EXTRACT = "1.004873", "2.000635", "thong_tin_thua_dat"
LAND_SALE = "1.013831"


def _surely(desk: Desk, question: str) -> str:
    decision = decide(desk.knowledge.ask(question))
    return decision.candidates[0].topic.ref if decision.verdict is Verdict.SURE else ""


STATE_OF = (
    "ô tô", "tàu cá", "chung cư", "công ty", "sinh viên", "nhà thuốc", "rừng", "điện",
    "hộ kinh doanh", "người già", "hợp tác xã", "nước sạch", "thửa ruộng",
    "khách sạn", "nhãn hiệu", "cây xanh",
)  # fmt: skip
EXTRACT_OF = ("bản án", "học bạ", "di tích", "sinh viên", "quốc tịch", "sổ tiết kiệm", "hợp đồng")


@pytest.mark.parametrize("thing", [way for one in STATE_OF for way in (one, fold(one))])
def test_the_state_of_a_thing_is_no_marital_state(desk: Desk, thing: str) -> None:
    assert _surely(desk, f"xác nhận tình trạng {thing}") != MARITAL
    assert _surely(desk, f"giấy xác nhận tình trạng {thing}") != MARITAL


@pytest.mark.parametrize("thing", EXTRACT_OF)
def test_an_extract_of_a_thing_is_none_of_the_civil_register(desk: Desk, thing: str) -> None:
    assert _surely(desk, f"trích lục {thing}") != REGISTER_EXTRACT
    assert _surely(desk, f"xin trích lục {thing}") != REGISTER_EXTRACT


@pytest.mark.parametrize(
    "question",
    [
        "xác nhận tình trạng nhà đất", "xac nhan tinh trang nha dat", "trích lục thửa đất",
        "trich luc thua dat", "trích lục bản đồ địa chính", "trích lục hồ sơ địa chính",
        "xin trích lục bản đồ địa chính ở đâu", "xin thông tin thửa đất", "trích đo thửa đất",
    ],
)  # fmt: skip
def test_who_asks_of_a_plot_is_told_whom_to_ask(desk: Desk, question: str) -> None:
    assert _surely(desk, question) == LAND_EXTRACT


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("chuyển nhượng nhãn hiệu", "Sang tên sổ đỏ"),
        ("chuyển nhượng cổ phần", "Sang tên sổ đỏ"),
        ("chuyển nhượng sách", "Sang tên sổ đỏ"),
        ("điều chỉnh thuế", "Điều chỉnh giấy phép xây dựng"),
        ("điều chỉnh năm sinh", "Điều chỉnh giấy phép xây dựng"),
        ("điều chỉnh kế toán", "Điều chỉnh giấy phép xây dựng"),
        ("tạm ngừng hộ khẩu", "Tạm ngừng kinh doanh"),
        ("cấp lại phòng cháy", "Thẩm định thiết kế"),
        ("cho thuê di chúc", "Chứng thực di chúc"),
        ("trợ cấp kết hôn", "Đăng ký kết hôn"),
        ("gia hạn con nuôi", "Nhận con nuôi"),
        ("thu hồi hộ nghèo", "Công nhận hộ nghèo"),
        ("đăng ký nhà ở xã hội", "Đăng ký lễ hội"),
        ("xác nhận số nhà", "Xác nhận số CMND"),
        ("xác nhận chùa", "Giấy xác nhận tình trạng hôn nhân"),
        ("giấy xác nhận chùa", "Giấy xác nhận tình trạng hôn nhân"),
        ("xác nhận việc làm", "Giấy xác nhận tình trạng hôn nhân"),
        ("xác nhận tình trạng việc làm", "Giấy xác nhận tình trạng hôn nhân"),
    ],
)
def test_an_act_on_another_thing_is_not_surely_answered(
    desk: Desk, question: str, strange: str
) -> None:
    decision = decide(desk.knowledge.ask(question))
    first = decision.candidates[0].topic.name if decision.candidates else ""
    assert decision.verdict is not Verdict.SURE or not first.startswith(strange)


@pytest.mark.parametrize("act", ["chuyển nhượng", "trích lục", "xác nhận tình trạng"])
def test_what_only_lent_its_words_is_asked_back_and_never_shown(desk: Desk, act: str) -> None:
    for thing in (*STATE_OF, *EXTRACT_OF, "bất động sản", "sức khỏe"):
        said = talk(desk, f"{act} {thing}")
        first = desk.knowledge.ask(f"{act} {thing}").candidates[0]
        assert said.procedure != first.topic.ref or not first.strays


@pytest.mark.parametrize("said", ["hộ chiếu vắc xin cho chó", "ho chieu vac xin cho cho meo"])
def test_few_words_that_hold_more_than_the_only_topic_knows_are_asked_back(
    desk: Desk, said: str
) -> None:
    told = talk(desk, said)
    assert told.outcome is not Outcome.ANSWERED
    assert desk.say("choices_family") not in told.replies[-1].text


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("xác nhận tình trạng hôn nhân", MARITAL),
        ("xac nhan tinh trang hon nhan", MARITAL),
        ("xác nhận tình trạng hôn nhân để mua đất", MARITAL),
        ("giấy xác nhận tình trạng hôn nhân vay ngân hàng mua nhà đất", MARITAL),
        ("xin trích lục", REGISTER_EXTRACT),
        ("trích lục khai sinh", REGISTER_EXTRACT),
        ("trích lục hộ tịch", REGISTER_EXTRACT),
        ("chuyển nhượng đất", LAND_SALE),
        ("chuyển nhượng thửa đất", LAND_SALE),
    ],
)
def test_what_was_meant_is_still_surely_answered(desk: Desk, question: str, code: str) -> None:
    assert _surely(desk, question) == code


NAMES = ("làm hộ chiếu", "tách hộ", "đăng ký kết hôn", "mất sổ đỏ", "mất bằng lái", "làm căn cước")
ADDED = ("hà nội", "nghệ an", "quận 7", "cho mẹ", "thứ bảy", "trước tết", "khác tỉnh", "nhanh")


@pytest.mark.parametrize(("name", "more"), [*product(NAMES, ADDED)])
def test_what_follows_on_a_whole_name_takes_nothing_away(desk: Desk, name: str, more: str) -> None:
    found = desk.knowledge.ask(f"{name} {more}")
    assert not found.candidates[0].strays
