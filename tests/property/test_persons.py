"""Whoever writes a message, and however: nothing of who they are survives the mask."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy import mask

FAMILY = st.sampled_from(
    [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Huỳnh",
        "Hoàng",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Ngô",
        "Đinh",
    ]
)
MIDDLE = st.sampled_from(
    ["Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Quang", "Đình", "Hồng", "Diệu", "Thúy"]
)
GIVEN = st.sampled_from(
    [
        "Dũng",
        "Hạnh",
        "Hằng",
        "Hiếu",
        "Hùng",
        "Hương",
        "Nhung",
        "Oanh",
        "Tuấn",
        "Quyên",
        "Yến",
        "Vinh",
    ]
)
NAME = st.tuples(FAMILY, MIDDLE, GIVEN).map(" ".join)
DIGITS = {size: st.text("0123456789", min_size=size, max_size=size) for size in (5, 7, 10, 11)}
PHONE = st.tuples(
    st.sampled_from(["091", "+84 38", "076", "84 97"]), st.sampled_from([" ", ".", ""]), DIGITS[7]
).map("".join)
CCCD = DIGITS[10].map(lambda rest: f"03{rest}")
ACCOUNT = DIGITS[11].map(lambda rest: f"1{rest}")
NUMBER = st.one_of(st.integers(10, 400).map(str), st.just("12/5"), st.just("38B"))
STREET = st.sampled_from(["Nguyễn Huệ", "Lê Lợi", "Phan Chu Trinh", "Trần Hưng Đạo"])
HOME = st.one_of(
    st.tuples(NUMBER, STREET).map(lambda told: f"số {told[0]} đường {told[1]}"),
    st.tuples(NUMBER, st.integers(2, 90)).map(lambda told: f"số {told[0]} hẻm {told[1]}"),
    NUMBER.map(lambda told: f"nhà số {told} xóm Chùa"),
)
PIECES: Mapping[str, st.SearchStrategy[str]] = {
    "name": NAME,
    "other": NAME,
    "given": GIVEN,
    "phone": PHONE,
    "cccd": CCCD,
    "account": ACCOUNT,
    "home": HOME,
    "plate": DIGITS[5].map(lambda rest: f"47B-{rest[:3]}.{rest[3:]}"),
    "paper": DIGITS[7].map(lambda rest: f"C{rest}"),
    "insured": DIGITS[10].map(lambda rest: f"GD4{rest}12"),
    "page": DIGITS[5].map(lambda rest: f"facebook.com/lan.{rest}"),
    "land": DIGITS[7].map(lambda rest: f"CH {rest[:6]}"),
}
SAID = (
    "Tôi tên {name}, thường trú tại {home}, cccd {cccd}",
    "Em là {name}, nhà em ở {home}, sđt {phone} ạ",
    "Cống nghẹt cả tuần. Người gửi: {name}, {phone}",
    "ông {name} cán bộ địa chính hẹn mãi không giải quyết",
    "tôi gặp chị {given} ở một cửa, tên anh kia là {name}",
    "vợ chồng tôi {name} và {other} không đồng ý",
    "chuyển vào tài khoản {account} BIDV chủ tài khoản {name}",
    "xe khách {plate} chạy ẩu, liên hệ anh {given} {phone}",
    "hộ chiếu {paper} và thẻ BHYT {insured} của {name}",
    "trang của em {page}, sổ đỏ số {land} in sai",
)


def _said(template: str) -> st.SearchStrategy[tuple[str, list[str]]]:
    names = re.findall(r"\{(\w+)\}", template)
    pieces = st.fixed_dictionaries({name: PIECES[name] for name in names})
    return pieces.map(lambda told: (template.format(**told), list(told.values())))


@pytest.mark.parametrize("typed", [str, str.upper, str.lower])
@given(said=st.one_of(*map(_said, SAID)))
@settings(max_examples=25)
def test_nothing_of_a_person_survives(typed: type[str], said: tuple[str, list[str]]) -> None:
    text, pieces = said
    kept = set(re.findall(r"\w+", mask(typed(text)).text))
    ordinary = set(re.findall(r"\w+", typed("số đường hẻm nhà xóm của")))
    for piece in pieces:
        assert not kept & (set(re.findall(r"\w+", typed(piece))) - ordinary)
