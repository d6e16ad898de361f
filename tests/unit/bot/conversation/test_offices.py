"""Hours, addresses and numbers: of the office that was named, else of the one that speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from knowledge.models import Office, OfficeCode, Snapshot
from tests.conftest import NOON
from tests.factories import a_message
from tests.fakes.furnished import open_shelved
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
        ("dia chi xa o dau", "UBND xã Mẫu"),
        ("xã ở đâu vậy", "UBND xã Mẫu"),
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


@pytest.fixture(scope="module")
def lonely(snapshot: Snapshot) -> Desk:
    """Speak for a ward that gave nothing but its own address and number."""
    ward = Office(
        code=OfficeCode("p"),
        name="UBND phường Hòa Bình",
        province="52",
        phone="0256 1",
        sample=True,
    )
    return open_shelved(replace(snapshot, offices=(ward,)))


@pytest.mark.parametrize(
    "asked",
    [
        "sdt công an phường",
        "so dien thoai cong an phuong",
        "số điện thoại công an xã mình là gì",
        "số điện thoại chi cục thuế",
        "sđt xã đội",
        "địa chỉ công an phường",
        "công an phường ở đâu",
        "thứ 7 công an phường có làm không",
    ],
)
def test_a_desk_nobody_gave_the_number_of_is_said_to_be_unknown(lonely: Desk, asked: str) -> None:
    text = talk(lonely, asked).replies[-1].text
    assert text.startswith("Tôi chưa có địa chỉ, số điện thoại, giờ làm việc của")
    assert ("113" in text) == ("an" in asked.split() or "công an" in asked)


@pytest.mark.parametrize(
    "asked", ["số trực ban xã", "số điện thoại trực ban", "so truc ban", "sđt trực ban ủy ban"]
)
def test_who_asks_for_the_number_on_duty_gets_the_office(desk: Desk, asked: str) -> None:
    result = Conversation(desk).answer(a_message(asked), ConversationState(), now=NOON)
    assert result.outcome is Outcome.HOTLINE
    assert desk.office is not None
    assert desk.office.phone in result.replies[-1].text


@pytest.mark.parametrize("asked", ["sdt ubnd phường", "số điện thoại phường", "mấy giờ làm việc"])
def test_the_office_itself_still_gives_its_number(lonely: Desk, asked: str) -> None:
    assert talk(lonely, asked).replies[-1].text.startswith("UBND phường Hòa Bình")


@pytest.mark.parametrize(
    "asked",
    ["hợp tác xã ở đâu đăng ký", "sáp nhập rồi địa chỉ xã cũ trên sổ đỏ có phải đổi không"],
)
def test_an_address_that_is_not_the_offices_is_no_question_for_it(desk: Desk, asked: str) -> None:
    assert talk(desk, asked).outcome is not Outcome.HOTLINE


def test_a_procedure_handed_in_there_stays_a_procedure(lonely: Desk) -> None:
    assert talk(lonely, "đăng ký tạm trú ở công an phường").procedure == "1.004194"


@pytest.mark.parametrize(
    "asked",
    [
        "bảo hiểm xã hội",
        "đổi số điện thoại ở công an xã",
        "số điện thoại bảo hiểm xã hội sai thì sửa sao",
        "công an gọi điện bảo tôi có số điện thoại bị khóa",
        "công an phường giữ giấy tờ của em giờ phải làm sao",
    ],
)
def test_a_desk_that_is_only_spoken_of_is_not_looked_for(lonely: Desk, asked: str) -> None:
    assert not talk(lonely, asked).replies[-1].text.startswith("Tôi chưa có địa chỉ")


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


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("em là [name], ubnd xã mấy giờ làm việc", "name"),
        ("nhà em [address], số điện thoại xã", "address"),
    ],
)
def test_who_says_where_they_live_is_told_the_office(desk: Desk, said: str, kind: str) -> None:
    message = replace(a_message(said), masked=(kind,))
    result = Conversation(desk).answer(message, ConversationState(), now=NOON)
    assert result.outcome is Outcome.HOTLINE


def test_a_number_that_was_masked_is_not_asked_for(desk: Desk) -> None:
    said = replace(a_message("sdt của tôi là [số điện thoại] làm hộ chiếu"), masked=("phone",))
    result = Conversation(desk).answer(said, ConversationState(), now=NOON)
    assert result.outcome is not Outcome.HOTLINE
