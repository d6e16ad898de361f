"""A number never answers another question: what no card states is said to be unknown here."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.wording import Wording
from tests.unit.bot.conversation.test_follow_ups import talk

SAYS = Wording.load().replies


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("cccd hết hạn bị phạt ko", "fine"),
        ("xây nhà trái phép bị phạt bao nhiêu", "fine"),
        ("mức phạt xây không phép", "fine"),
        ("khong dang ky tam tru phat bao nhieu", "fine"),
        ("xe không chính chủ bị phạt nhiêu", "fine"),
        ("phạt khai sinh muộn", "fine"),
        ("bị tước bằng lái nộp phạt ở đâu", "fine"),
        ("lệ phí trước bạ xe máy bao nhiêu phần trăm", "tax"),
        ("bán đất cho em ruột thì thuế bao nhiêu", "tax"),
        ("thue chuyen nhuong dat may phan tram", "tax"),
        ("bảo hiểm y tế hộ gia đình bao nhiêu tiền", "premium"),
        ("bhxh tự nguyện đóng bao nhiêu", "premium"),
        ("mai táng phí được bao nhiêu tiền", "benefit"),
        ("trợ cấp người cao tuổi bao nhiêu tiền 1 tháng", "benefit"),
        ("thai sản được mấy tháng", "leave"),
        ("nghỉ đẻ đc mấy tháng", "leave"),
        ("cưới xong bao lâu phải đăng ký", "deadline"),
        ("giấy khai sinh bản sao có thời hạn không", "validity"),
        ("ho chieu dung duoc may nam", "validity"),
        ("lương hưu tháng này bao giờ có", "payday"),
        ("miễn lệ phí cho hộ nghèo", "waiver"),
    ],
)
def test_it_is_said_that_the_number_is_not_known_here(desk: Desk, said: str, kind: str) -> None:
    text = talk(desk, said).replies[-1].text
    assert SAYS[f"asks_{kind}"] in text
    assert not [line for line in text.splitlines() if line.startswith(("Lệ phí:", "Thời gian gi"))]


def test_the_procedure_stays_with_its_buttons(desk: Desk) -> None:
    result = talk(desk, "không đăng ký tạm trú phạt bao nhiêu")
    assert (result.outcome, result.procedure) == (Outcome.ANSWERED, "1.004194")
    assert "a:papers:1.004194" in [choice.value for choice in result.replies[-1].choices]
    for said in ("không làm có bị phạt không", "nop tre thi co bi phat k"):
        assert talk(desk, "đăng ký tạm trú", said).procedure == "1.004194"
    new = talk(desk, "đăng ký tạm trú", "cccd hết hạn bị phạt ko")
    assert new.procedure == "1.014063"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("bao lâu phải làm khai sinh cho con", "trong 60 ngày từ ngày sinh"),
        ("căn cước có thời hạn bao lâu", "đủ 25, 40 hoặc 60 tuổi"),
    ],
)
def test_what_the_card_does_say_of_it_is_told_with_its_source(
    desk: Desk, said: str, told: str
) -> None:
    text = talk(desk, said).replies[-1].text
    assert told in text
    assert "Nguồn:" in text


def test_what_was_asked_first_is_not_forgotten(desk: Desk) -> None:
    asked = "làm căn cước cho con 15 tuổi"
    assert talk(desk, asked, "có thời hạn không").state.question == asked


@pytest.mark.parametrize(
    "said",
    ["Gửi tiết kiệm một trăm triệu thì lãi được mấy đồng", "lãi suất vay bao nhiêu phần trăm"],
)
def test_what_is_not_ours_is_still_declined(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.OUT_OF_SCOPE


def test_a_side_asked_beside_is_still_answered(desk: Desk) -> None:
    text = talk(desk, "đăng ký tạm trú trễ có bị phạt không, cần giấy tờ gì").replies[-1].text
    assert text.startswith(SAYS["asks_fine"])
    assert "Tờ khai" in text


@pytest.mark.parametrize(
    ("said", "aspect"),
    [
        ("làm khai sinh hết bao nhiêu tiền", Aspect.FEE),
        ("làm lại thẻ bảo hiểm y tế bao nhiêu tiền", Aspect.FEE),
        ("lệ phí đăng ký kết hôn", Aspect.FEE),
        ("làm căn cước bao lâu có", Aspect.TIME),
        ("đăng ký kết hôn mấy ngày thì xong", Aspect.TIME),
        ("hồ sơ thai sản bao lâu có tiền", Aspect.TIME),
    ],
)
def test_what_the_card_does_state_is_told_as_before(desk: Desk, said: str, aspect: Aspect) -> None:
    result = talk(desk, said)
    assert (result.outcome, result.aspect) == (Outcome.ANSWERED, aspect)
    assert not [
        text for text in SAYS if text.startswith("asks_") and text in result.replies[-1].text
    ]


@pytest.mark.parametrize(
    "said",
    [
        "quán ăn bị phạt vì chưa có giấy an toàn thực phẩm giờ xin giấy đó ở đâu",
        "bị phát hiện tên sai trong khai sinh thì sửa sao",
        "khiếu nại quyết định xử phạt của công an xã",
        "hộ nghèo làm sổ cần gì",
        "Xã hòa giải tranh chấp đất đai trong thời hạn bao lâu?",
        "mua lại xe của chú, sợ bị phạt xe không chính chủ nên muốn sang tên thì làm sao",
        "đóng bảo hiểm bao nhiêu năm thì được lương hưu",
    ],
)
def test_an_everyday_question_is_not_caught(desk: Desk, said: str) -> None:
    text = talk(desk, said).replies[-1].text
    assert not [one for key, one in SAYS.items() if key.startswith("asks_") and one in text]
