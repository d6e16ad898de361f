"""Homes of the countryside, and names that are seldom: nothing of them survives, however typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.feedback_training import without_marks
from bot.privacy import mask

SMALL = st.tuples(
    st.sampled_from(["thôn", "ấp", "xóm", "bản", "khóm", "buôn", "tổ dân phố"]),
    st.sampled_from(["4", "12", "Khe Nà", "Hạ Đồng", "Bù Gia", "Vinh Quang 1", "Kmrơng Prong"]),
).map(" ".join)
LARGE = st.tuples(
    st.sampled_from(["xã", "phường", "thị trấn"]),
    st.sampled_from(["Cẩm Sơn", "Thuỵ Hải", "Ea Tu", "Bù Gia Mập", "Cái Dầu", "Tân Dương"]),
).map(" ".join)
HOME = st.one_of(
    st.tuples(SMALL, LARGE), st.tuples(st.just("tổ 3"), SMALL, LARGE), st.tuples(SMALL, SMALL)
).map(", ".join)
NAME = st.sampled_from(
    [
        *("Thào A Sùng", "Lù Văn Ín", "Y Khoan Mlô", "Thạch Sô Phi", "Ly Gia Hân", "H'Bia Niê"),
        *("K'Brếu", "Hoàng Bá Thỉnh", "Giàng Thị Mỷ", "Rơ Châm Hyun", "Danh Út", "Vi Văn Páo"),
    ]
)
TYPED: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, without_marks)
TOLD_HOMES = (
    "nhà em ở {}, mấy hôm nay mất nước",
    "Tôi hiện ngụ {}. Đèn đường hư",
    "hộ khẩu: {}, nay xin giấy",
    "quê tôi {}, đi làm xa",
    "liên hệ: {}.",
    "Xin cảm ơn. Nguyễn Văn Hùng, {}",
    "tôi tên Nguyễn Văn Hùng, {}, xin hỏi",
    "gọi 0912447308, {}",
)
TOLD_NAMES = (
    "tôi tên {}, xin hỏi",
    "Em tên là {}, ở xa",
    "Họ và tên: {}",
    "người gửi: {}, 0912447308",
    "tôi tên {}, 0912447308",
)
NO_NAMES = re.compile(r"\w+")


def _left(text: str, piece: str, typed: Callable[[str], str]) -> set[str]:
    around = set(NO_NAMES.findall(typed(text.replace(piece, " "))))
    kept = set(NO_NAMES.findall(mask(typed(text)).text))
    return (set(NO_NAMES.findall(typed(piece))) & kept) - around


@pytest.mark.parametrize("typed", TYPED)
@given(home=HOME, told=st.sampled_from(TOLD_HOMES))
@settings(max_examples=25)
def test_no_home_told_by_its_levels_survives(
    typed: Callable[[str], str], home: str, told: str
) -> None:
    assert not _left(told.format(home), home, typed)
    assert "address" in mask(typed(told.format(home)), keep_places=True).kinds


@pytest.mark.parametrize("typed", TYPED)
@given(name=NAME, told=st.sampled_from(TOLD_NAMES))
@settings(max_examples=25)
def test_no_seldom_name_survives(typed: Callable[[str], str], name: str, told: str) -> None:
    assert not _left(told.format(name), name, typed)


@given(
    home=HOME, told=st.sampled_from(["đường ở {} ngập", "Cột điện tại {} sắp đổ", "ở {} mất nước"])
)
@settings(max_examples=25)
def test_where_a_fault_is_stays_readable(home: str, told: str) -> None:
    text = told.format(home)
    assert mask(text, keep_places=True).text == text
