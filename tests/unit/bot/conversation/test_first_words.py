"""What somebody types first: a matter is filed from there, a question stays a question."""

from __future__ import annotations

import pytest

from benchmarks.feedback_first import Met, led_to
from benchmarks.feedback_training import without_marks
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.feedback.kinds import Kind

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
