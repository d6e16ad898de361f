"""What somebody types first: a matter is filed from there, a question stays a question."""

from __future__ import annotations

import pytest

from benchmarks.feedback_first import Met, led_to
from benchmarks.feedback_training import without_marks
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.feedback.kinds import Kind
from tests.fakes.feedback_talk import FeedbackTalk

MATTERS = {
    "đề nghị xã gắn thêm đèn đường": Kind.PROPOSAL,
    "de nghi xa gan them den duong di ak": Kind.PROPOSAL,
    "khen chị Lan ở một cửa nhiệt tình": Kind.PRAISE,
    "khen chị lan o 1 cua nhiet tinh lam": Kind.PRAISE,
    "cảm ơn xã đã sửa đường": Kind.PRAISE,
    "cam on xa da sua duong nha": Kind.PRAISE,
    "cán bộ một cửa hách dịch quá": Kind.REPORT,
    "cb 1 cua hach dich qa": Kind.REPORT,
    "rác đổ đầy đầu ngõ mấy hôm nay": Kind.REPORT,
    "rac do day dau ngo may hum nay": Kind.REPORT,
    "mất nước 3 ngày rồi": Kind.REPORT,
    "mat nc 3 ngay r": Kind.REPORT,
    "karaoke ồn quá 12h đêm": Kind.REPORT,
    "karaoke on qa 12h dem k ngu dc": Kind.REPORT,
    "hàng xóm đốt rác khói mù mịt": Kind.REPORT,
    "đốt rác khói mù mịt": Kind.REPORT,
}
QUESTIONS = [
    "làm sao để phản ánh",
    "làm sao để phản ánh về rác",
    "thủ tục đề nghị cấp phép xây dựng",
    "mất giấy khai sinh",
    "mất giấy khai sinh thì làm lại ở đâu",
    "làm lại cccd bị mất",
    "giấy khen bị mất xin cấp lại được không",
    "đề nghị cấp lại sổ đỏ bị mất",
    "giấy phép mở quán karaoke",
    "phản ánh xong bao lâu thì có trả lời",
]


@pytest.mark.parametrize("typed", MATTERS)
@pytest.mark.parametrize("plain", [False, True], ids=["as typed", "no marks"])
def test_a_matter_begins_to_be_filed(desk: Desk, typed: str, *, plain: bool) -> None:
    said = without_marks(typed) if plain else typed
    assert led_to(Conversation(desk), said) == (Met.FILING, MATTERS[typed])


@pytest.mark.parametrize("typed", QUESTIONS)
@pytest.mark.parametrize("plain", [False, True], ids=["as typed", "no marks"])
def test_a_question_does_not(desk: Desk, typed: str, *, plain: bool) -> None:
    met, _ = led_to(Conversation(desk), without_marks(typed) if plain else typed)
    assert met is not Met.FILING


@pytest.mark.parametrize(
    "typed",
    ["đốt rác cháy lan sang nhà bên cứu với", "cháy nhà rồi", "đốt rơm cháy nhà người ta rồi"],
)
def test_a_house_on_fire_is_danger(desk: Desk, typed: str) -> None:
    assert led_to(Conversation(desk), typed)[0] in {Met.DANGER, Met.BOTH}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("tôi muốn tố cáo", Kind.DENUNCIATION),
        ("Tôi muốn tố cáo cán bộ.", Kind.DENUNCIATION),
        ("em cần gửi đơn tố cáo ạ", Kind.DENUNCIATION),
        ("tố giác", Kind.DENUNCIATION),
        ("tôi muốn khiếu nại", Kind.COMPLAINT),
        ("cho em làm đơn khiếu nại", Kind.COMPLAINT),
        ("khiếu nại", Kind.COMPLAINT),
    ],
)
@pytest.mark.parametrize("plain", [False, True], ids=["as typed", "no marks"])
def test_who_only_names_a_lawful_way_is_shown_it(
    desk: Desk, typed: str, kind: Kind, *, plain: bool
) -> None:
    said = without_marks(typed) if plain else typed
    assert led_to(Conversation(desk), said) == (Met.WAY, kind)


@pytest.mark.parametrize(
    "typed",
    ["thủ tục khiếu nại", "tố cáo có được giữ bí mật không", "khiếu nại bao lâu có kết quả"],
)
def test_who_asks_about_it_is_answered(desk: Desk, typed: str) -> None:
    assert led_to(Conversation(desk), typed)[0] is Met.ANSWER


def test_a_complaint_beyond_doubt_is_none_however_near_a_procedure_is(desk: Desk) -> None:
    told = "tui bị đưa vô danh sách cai nghiện tự nguyện mà tui có nghiện đâu"
    typed = f"{told}, quyết định này là sai, bắt xã hủy"
    assert led_to(Conversation(desk), typed) == (Met.WAY, Kind.COMPLAINT)


def test_a_denunciation_beside_the_words_of_a_procedure_is_shown_its_way(desk: Desk) -> None:
    typed = "trưởng trạm y tế lấy thuốc bảo hiểm đem về quầy thuốc vợ bán"
    assert led_to(Conversation(desk), typed) == (Met.WAY, Kind.DENUNCIATION)


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        (
            (
                "Doan kiem tra ve sinh thuc pham an nhau o nha hang bi kiem tra xong nhan "
                "moi ng mot phong bi, e chay ban o do tan mat thay. 5 ng 5 cai"
            ),
            Kind.DENUNCIATION,
        ),
        ("tố giác nhóm đánh bạc có cán bộ xã tham gia ở nhà văn hóa cũ", Kind.DENUNCIATION),
        ("trưởng công an phường trả hồ sơ nhập hộ khẩu sai, tôi khiếu nại", Kind.COMPLAINT),
    ],
)
def test_what_was_answered_otherwise_has_its_way_one_press_off(
    desk: Desk, typed: str, way: Kind
) -> None:
    talk = FeedbackTalk(desk)
    talk.says(typed)
    assert f"b:way:{way}:" in [one.value for one in talk.choices]
    talk.chooses("Cách làm")
    assert "Việc bà con nói có thể là" in talk.text
