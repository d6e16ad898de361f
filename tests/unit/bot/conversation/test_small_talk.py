"""Greetings, insults, weariness: met with a sentence, and a question behind them is answered."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.wording import Wording
from tests.unit.bot.conversation.test_follow_ups import talk

SAYS = Wording.load().replies


def first_line(kind: str) -> str:
    return SAYS[f"small_talk_{kind}"].split("{")[0].strip()


@pytest.mark.parametrize(
    "said",
    [
        "chao chau", "chào bác", "chào anh chị", "cháu chào cô ạ", "hi shop", "hi ad", "cháu hỏi",
        "cô ơi cho em hỏi", "anh ơi cho em hỏi tí", "cháu cần hỏi chút", "cho tui hỏi chút",
        "giúp cháu với", "cậu ơi", "có ai ở đó ko", "em chào cán bộ ạ", "xin chao can bo",
        "thưa cô", "dạ thưa anh chị cho em hỏi xíu ạ", "chào ubnd xã", "em ơi cho anh hỏi cái",
    ],
)  # fmt: skip
def test_every_person_is_greeted(desk: Desk, said: str) -> None:
    assert talk(desk, said).replies[-1].text == SAYS["small_talk_hello"].strip()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("hi ad cho hỏi đăng ký kết hôn", "1.000894"),
        ("thưa cô em muốn tách thửa", "1.012784"),
        ("cháu chào bác, cháu muốn hỏi tách thửa", "1.012784"),
        ("bạn ơi chỗ nào làm khai sinh", "1.001193"),
        ("lương hưu cán bộ xã", "2.000605"),
        ("chào con nuôi", "2.001263"),
    ],
)
def test_a_question_behind_a_greeting_is_answered(desk: Desk, said: str, code: str) -> None:
    assert talk(desk, said).procedure == code


@pytest.mark.parametrize(
    "said", ["em không hỏi nữa", "hỏi ai bây giờ", "hai", "cho em hỏi lệ phí"]
)
def test_what_only_sounds_like_a_greeting_is_none(desk: Desk, said: str) -> None:
    assert first_line("hello") not in talk(desk, said).replies[-1].text


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("dm làm ăn như cc", "rude"),
        ("dm", "rude"),
        ("dm chờ cả buổi sáng", "rude"),
        ("đồ ăn hại", "rude"),
        ("lũ khốn nạn", "rude"),
        ("ngu như bò", "rude"),
        ("đm bot trả lời ngu vcl", "rude"),
        ("câm mồm", "rude"),
        ("làm việc như cc", "rude"),
        ("có phải robot không", "who"),
        ("máy trả lời à", "who"),
        ("đang nói chuyện với người thật à", "who"),
        ("Em gửi ảnh đơn đây ạ [hình ảnh]", "sending"),
        ("gửi file ở đâu", "sending"),
        ("tôi muốn chết ngay vì cái thủ tục này", "weary"),
        ("muốn chết ngay vì cái thủ tục này", "weary"),
        ("điên vì cái thủ tục này quá", "weary"),
    ],
)
def test_it_is_met_with_its_sentence(desk: Desk, said: str, kind: str) -> None:
    assert talk(desk, said).replies[-1].text.startswith(first_line(kind))


@pytest.mark.parametrize(
    "said",
    [
        "làm cc", "cc gắn chip", "đăng ký máy bay", "có máy photo không", "gửi đơn ở đâu",
        "cán bộ chửi tôi đồ ngu", "bố tôi chết rồi vì thủ tục nào mà phải khai tử",
        "tôi muốn chết", "nói chuyện với người thật", "cho em gặp người thật",
        "cho xem dm thủ tục cấp xã", "dm giá đất ở đâu",
    ],
)  # fmt: skip
def test_what_is_no_small_talk_is_not_taken_for_it(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is not Outcome.SMALL_TALK


@pytest.mark.parametrize(
    "said",
    [
        "bây làm việc mấy giờ hè", "bao giờ thì mở cửa", "khi mô mở cửa rứa", "mấy giờ thì mở",
        "chừng nào mở cửa vậy", "làm tới mấy giờ",
    ],
)  # fmt: skip
def test_opening_hours_are_told_in_every_dialect(desk: Desk, said: str) -> None:
    assert "Giờ làm việc" in talk(desk, said).replies[-1].text


@pytest.mark.parametrize("said", ["mở cửa hàng thuốc thú y", "bao giờ mở cửa hàng được"])
def test_who_opens_a_shop_is_not_told_the_hours(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.ANSWERED


@pytest.mark.parametrize("said", ["lương hưu bao nhiêu tuổi", "bao nhiêu tuổi được tiền già"])
def test_an_age_is_no_amount(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.aspect is Aspect.WHO
    assert SAYS["asks_benefit"] not in result.replies[-1].text


@pytest.mark.parametrize(
    "said", ["lương hưu bao nhiêu", "mấy tuổi được trợ cấp người già được bao nhiêu tiền"]
)
def test_an_amount_asked_beside_an_age_is_still_unknown(desk: Desk, said: str) -> None:
    assert SAYS["asks_benefit"] in talk(desk, said).replies[-1].text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("lệ phí mở hộ kinh doanh bao nhiêu", "1.001612"),
        ("lệ phí đăng ký kết hôn bao nhiêu", "1.000894"),
        ("lệ phí cấp hộ chiếu bao nhiêu", "1.001456"),
    ],
)
def test_a_fee_is_told_wherever_the_matter_stands(desk: Desk, said: str, code: str) -> None:
    result = talk(desk, said)
    assert (result.procedure, result.aspect) == (code, Aspect.FEE)


THANKS = (
    "dạ em cảm ơn ạ", "vâng cảm ơn anh", "ok cảm ơn bạn", "dạ cháu cảm ơn", "cảm ơn chị nhé",
    "được rồi cảm ơn", "cam on nhieu a", "tks em nhiều nha", "cảm ơn thông tin",
)  # fmt: skip
NODS = (
    "ok", "dạ", "dạ vâng ạ", "okie", "okela", "uk", "ừa", "đã rõ", "hiểu r", "ok em",
    "oki", "dạ dạ",
    "đc rồi", "tốt lắm", "nhất trí", "da vang a", "ok ban",
)  # fmt: skip


@pytest.mark.parametrize("before", [(), ("đăng ký kết hôn",), ("đăng ký xe",)])
@pytest.mark.parametrize(
    ("said", "kind"), [*((one, "thanks") for one in THANKS), *((one, "yes") for one in NODS)]
)
def test_who_thanks_or_nods_asks_nothing(
    desk: Desk, before: tuple[str, ...], said: str, kind: str
) -> None:
    told = talk(desk, *before, said)
    assert told.outcome is Outcome.SMALL_TALK
    assert told.replies[-1].text == SAYS[f"small_talk_{kind}"].strip()


@pytest.mark.parametrize(
    "said",
    [
        "ok cho em hỏi làm khai sinh",
        "vâng em làm hộ chiếu",
        "dạ đăng ký kết hôn",
        "ừ tách thửa đi",
    ],
)
def test_what_is_asked_behind_a_nod_is_answered(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome in {Outcome.ANSWERED, Outcome.CHOICES}
