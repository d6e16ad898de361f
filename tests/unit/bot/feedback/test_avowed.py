"""Who says by name that they denounce is taken at their word, however much else they tell."""

from __future__ import annotations

import pytest

from benchmarks.feedback_training import without_marks
from bot.feedback.classifying import classify
from bot.feedback.classifying.avowed import denounces
from bot.feedback.classifying.reading import read
from bot.feedback.kinds import Kind

AVOWED = [
    "Tôi tố cáo hành vi xả thải này",
    "Tố giác nhóm đánh bạc ở bến đò cũ",
    "Cả xóm biết. Em xin tố giác chủ trại nuôi gấu trái phép",
    "TÔI MUỐN TỐ CÁO. GỌI LẠI CHO TÔI SỐ 0900 000 000. LÊ THỊ VÍ DỤ",
    "nay gia đình tôi làm đơn tố cáo ông trưởng thôn",
    "đơn tố cáo trạm cân thu tiền xe quá tải",
]
NOT_AVOWED = [
    "tố cáo",
    "tố cáo quán karaoke ồn ào",
    "tố cáo thì gửi ở đâu",
    "Tôi muốn tố cáo thì cần gì",
    "tôi tố cáo con chó nhà bên sủa suốt đêm",
    "em tố cáo cái loa phường nha",
    "tôi không tố cáo ai cả, chỉ mong đèn sáng",
    "ông ấy bị người ta tố cáo rồi",
    "cây to cao quá che hết đèn",
    "thủ tục tố cáo thế nào",
    "",
]


@pytest.mark.parametrize("text", AVOWED)
@pytest.mark.parametrize("plain", [False, True], ids=["as typed", "no marks"])
def test_who_says_so_denounces(text: str, *, plain: bool) -> None:
    assert denounces(read(without_marks(text) if plain else text))


@pytest.mark.parametrize("text", NOT_AVOWED)
@pytest.mark.parametrize("plain", [False, True], ids=["as typed", "no marks"])
def test_who_asks_jests_or_tells_of_others_does_not(text: str, *, plain: bool) -> None:
    assert not denounces(read(without_marks(text) if plain else text))


def test_it_outweighs_a_long_tale_of_a_nuisance() -> None:
    nuisance = "Cống hôi thối, nước đen, cá chết nổi trắng ao, cả xóm không ai ngủ được. "
    assert classify(nuisance * 6).kind is Kind.REPORT
    assert classify(f"{nuisance * 3}Tôi tố cáo việc này. {nuisance * 3}").kind is Kind.DENUNCIATION
