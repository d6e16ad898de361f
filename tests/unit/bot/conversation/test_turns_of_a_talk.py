"""A talk takes turns: words are taken back, a foreigner comes in, two matters at once."""

from __future__ import annotations

import pytest

from bot.conversation.corrections import Correction
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from tests.unit.bot.conversation.test_follow_ups import talk


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            (
                "em đang tạm trú, sắp hết hạn 2 năm",
                "à mà không phải gia hạn, ở nhà mới mua luôn rồi muốn nhập khẩu vào đấy",
            ),
            "1.004222",
        ),
        (
            (
                "giay khai sinh cua con minh can cap lai",
                "ko phải cấp lại, tên đệm trong giấy sai 1 chữ cần sửa",
            ),
            "1.004859",
        ),
        (
            ("cho thuê trọ thì làm sao", "khong phai cho thue ma di thue tro dang ky tam tru"),
            "1.004194",
        ),
        (("em muốn đăng ký thường trú chứ không phải tạm trú",), "1.004222"),
        (
            (
                "chồng tui mất tháng trước, khai tử rồi",
                "ổng đóng bảo hiểm xã hội được hai mươi năm",
                "rồi, giờ hỏi sang chuyện tiền tuất của chồng, tôi nộp ở mô",
            ),
            "2.000821",
        ),
    ],
)
def test_what_was_taken_back_does_not_count(desk: Desk, said: tuple[str, ...], code: str) -> None:
    assert talk(desk, *said).hits[0].code == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            (
                "em muốn đăng ký kết hôn",
                "bọn em định tháng sau",
                "ơ không, bạn trai em quốc tịch Pháp cơ",
            ),
            "2.000806",
        ),
        (("em muốn đăng ký kết hôn", "chong em nguoi han quoc"), "2.000806"),
        (("làm giấy khai sinh cho con", "bố cháu là người nước ngoài"), "2.000528"),
    ],
)
def test_a_foreigner_leads_to_the_other_procedure_of_the_matter(
    desk: Desk, said: tuple[str, ...], code: str
) -> None:
    assert talk(desk, *said).procedure == code


def test_a_people_named_otherwise_leads_nowhere_else(desk: Desk) -> None:
    for said in ("giấy đó có hợp pháp không", "em người Thái Nguyên"):
        assert talk(desk, "em muốn đăng ký kết hôn", said).procedure != "2.000806"


TWO = "em cần 2 việc: xin giấy độc thân và nhập khẩu cho vợ"


@pytest.mark.parametrize("said", [TWO, "e can lam 2 thu tuc: xin giay doc than, nhap khau cho vo"])
def test_two_matters_are_offered_in_their_order(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.CHOICES
    values = [choice.value for choice in result.replies[-1].choices]
    assert values == ["p:1.004873", "p:1.004222", "none"]


@pytest.mark.parametrize(
    "said", ["cái thứ hai ấy, làm sao", "viec thu hai thi sao", "nói cái thứ hai trước đi", "2"]
)
def test_the_second_is_taken_by_its_number(desk: Desk, said: str) -> None:
    assert talk(desk, TWO, said).procedure == "1.004222"


def test_one_matter_with_two_of_something_is_one(desk: Desk) -> None:
    assert talk(desk, "tách hai cái sổ đỏ cho hai con").outcome is not Outcome.MENU
    assert talk(desk, "hai vợ chồng đăng ký kết hôn cần gì").procedure == "1.000894"
    assert talk(desk, TWO, "khai sinh cho con thứ hai cần gì").hits[0].code == "1.001193"


@pytest.mark.parametrize(
    ("said", "procedure", "aspect"),
    [
        (
            (
                "bằng tốt nghiệp cấp 3 của em bị cháy nhà mất, giờ xin lại bản sao",
                "online đc ko ạ",
            ),
            "3.000465",
            Aspect.ONLINE,
        ),
        (
            ("nhà e cấp 4 xuống cấp, tính đập đi xây lại 2 tầng ở phường", "hồ sơ gồm j"),
            "1.013225",
            Aspect.PAPERS,
        ),
    ],
)
def test_the_first_turn_finds_what_the_second_asks_of(
    desk: Desk, said: tuple[str, ...], procedure: str, aspect: Aspect
) -> None:
    result = talk(desk, *said)
    assert (result.procedure, result.aspect) == (procedure, aspect)


def test_papers_of_choices_are_asked_of_the_same_choices(desk: Desk) -> None:
    school = "tháng sau cả nhà chuyển vào Bình Dương, xin cho cháu lớp 7 chuyển trường theo"
    asked = talk(desk, school, "học bạ với giấy gì nữa")
    assert asked.hits[0].code == "2.002481"


def test_a_house_on_fire_is_still_urgent(desk: Desk) -> None:
    assert talk(desk, "cháy nhà rồi cứu với").outcome is Outcome.EMERGENCY


@pytest.mark.parametrize(
    ("text", "denied", "rest"),
    [
        ("ko phải cấp lại, sửa tên cơ", "cap lai", "sửa tên cơ"),
        ("không phải mua bán mà là tặng cho con", "mua ban", "tặng cho con"),
        ("xin tạm trú chứ không phải thường trú", "thuong tru", "xin tạm trú"),
    ],
)
def test_what_is_denied_is_read(text: str, denied: str, rest: str) -> None:
    correction = Correction.of(text)
    assert correction is not None
    assert (correction.denied, correction.rest) == (denied, rest)


@pytest.mark.parametrize(
    "text",
    [
        "không phải",
        "có phải đóng tiền không",
        "đúng không phải không",
        "không phải vậy đâu nha",
        "phải nộp gì",
    ],
)
def test_what_denies_nothing_is_no_correction(text: str) -> None:
    assert Correction.of(text) is None


def test_what_is_denied_is_cut_from_what_was_asked() -> None:
    correction = Correction.of("không phải cấp lại, sửa tên cơ")
    assert correction is not None
    assert correction.taken_from("khai sinh cần Cấp Lại") == "khai sinh cần "


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (("đăng ký hộ chiếu", "không, cho vợ tôi cơ"), "1.001456"),
        (("làm hộ chiếu", "khong cho vo em co"), "1.001456"),
        (("làm hộ chiếu", "thế còn cho mẹ em thì sao"), "1.001456"),
        (("xác định mức độ khuyết tật", "không, cho vợ tôi cơ"), "1.001699"),
        (("làm căn cước", "không, cho con tôi cơ"), "1.014062"),
        (("đăng ký kết hôn", "không, cho người nước ngoài cơ"), "2.000806"),
    ],
)
def test_the_same_for_another_person_stays_the_same(
    desk: Desk, said: tuple[str, ...], code: str
) -> None:
    assert talk(desk, *said).procedure == code


def test_a_side_is_told_after_another_person_was_named(desk: Desk) -> None:
    result = talk(desk, "đăng ký hộ chiếu", "không, cho vợ tôi cơ", "bao lâu có")
    assert (result.procedure, result.aspect) == ("1.001456", Aspect.TIME)


def test_who_says_more_of_another_person_has_another_matter(desk: Desk) -> None:
    assert talk(desk, "đăng ký kết hôn", "vợ tôi mất rồi").outcome is Outcome.CHOICES


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("giấy khai tử với tiền mai táng", ["1.000656", "1.001731"]),
        ("đăng ký kết hôn và làm hộ chiếu", ["1.000894", "1.001456"]),
    ],
)
def test_all_matters_named_are_offered(desk: Desk, said: str, codes: list[str]) -> None:
    choices = talk(desk, said).replies[-1].choices
    assert [choice.value.removeprefix("p:") for choice in choices] == [*codes, "none"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("khai sinh, hộ khẩu, thẻ bảo hiểm cho con", "2.000986"),
        ("đăng ký kết hôn với người nước ngoài", "2.000806"),
        ("đăng ký kết hôn, cần giấy tờ gì", "1.000894"),
        ("thưa cô, em muốn tách thửa", "1.012784"),
    ],
)
def test_what_is_one_matter_is_not_taken_apart(desk: Desk, said: str, code: str) -> None:
    assert talk(desk, said).procedure == code
