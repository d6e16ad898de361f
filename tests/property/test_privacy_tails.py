"""Behind a home or a name nothing is taken in: what somebody is accused of stays to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import mask

HOMES = st.sampled_from(
    (
        *("tổ 5", "ấp Trà Kha", "thôn Kim Bình", "bản Nà Hạ", "khu phố 3", "số 12 đường Lê Lợi"),
        *("hẻm 45/2 Phan Huy Ích", "12/3 Nguyễn Trãi", "căn 12A09 chung cư Sao Mai", "xóm 4"),
        *("phòng 302 chung cư Hoa Mai", "ngõ 12 phố Vọng", "sau đình làng", "tổ 7, thôn Lai Xá"),
        *("số nhà 8 xóm 5", "tòa HH2A khu đô thị Linh Đàm", "km 12 quốc lộ 14", "số 31 tổ 9"),
    )
)
SIGNALS = st.sampled_from(
    (
        "tôi trú tại {}",
        "nhà em ở {}",
        "địa chỉ: {}",
        "tôi ở {}",
        "ông Lê Văn Tám ở {}",
        "nhà tôi {}",
    )
)
TAILS = (
    *(
        "lấy tiền của dân",
        "ăn chặn gạo cứu trợ",
        "đòi hối lộ 5 triệu",
        "nhận phong bì",
        "đánh dân",
    ),
    *(
        "bị thu tiền sai",
        "không trả tiền đền bù",
        "vòi tiền bà con",
        "làm giả chữ ký",
        "bán đất công",
    ),
    *("xã thu tiền hai lần", "mà công an bắt người vô cớ", "cán bộ lấy hết tiền hụi", "đã bị lừa"),
)
TYPED: Mapping[str, Callable[[str], str]] = {
    "as typed": str,
    "small": str.lower,
    "capitals": str.upper,
}


@pytest.mark.parametrize("typed", TYPED)
@given(signal=SIGNALS, home=HOMES, tail=st.sampled_from(TAILS))
def test_what_is_told_behind_a_home_stays(typed: str, signal: str, home: str, tail: str) -> None:
    text = TYPED[typed](f"{signal.format(home)} {tail}")
    kept = mask(text).text
    assert kept.endswith(TYPED[typed](tail))


@pytest.mark.parametrize("typed", ["as typed", "capitals"])
@given(
    who=st.sampled_from(
        ("ông Hùng", "anh Nguyễn Văn Tám", "bà Giàng Thị Mỷ", "chủ tịch Lê Minh Khoa")
    ),
    tail=st.sampled_from(TAILS[:8]),
)
def test_what_is_told_behind_a_name_stays(typed: str, who: str, tail: str) -> None:
    assert mask(TYPED[typed](f"{who} {tail}")).text.endswith(TYPED[typed](tail))
