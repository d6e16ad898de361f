"""Of a fault the place is the matter: it stays where it is asked for, and a home never does."""

from __future__ import annotations

import pytest

from bot.privacy import mask
from tests.unit.bot.privacy import EXAMPLES


@pytest.mark.parametrize(
    "typed",
    [
        "Xe rác tuần này không vào hẻm 12 tổ 4",
        "hố sâu trước số 45 đường Lê Lợi",
        "đèn ngõ 5 tắt ngóm",
        "rác trước nhà số 8 đường Trần Phú",
        "nắp cống ở số 7 tổ 11 bị mất",
    ],
)
def test_the_place_of_a_fault_stays(typed: str) -> None:
    assert mask(typed, keep_places=True).text == typed
    assert mask(typed).text != typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nhà em ở số 9 hẻm 142 Lý Thái Tổ", "nhà em ở [address]"),
        ("tôi trú số 31 tổ 9, rác ở hẻm 4", "tôi trú [address], rác ở hẻm 4"),
        ("Em tên Sơn, số 77 đường Điện Biên Phủ", "Em tên [name], [address]"),
        ("địa chỉ: 12/5 Nguyễn Trãi, đèn hẻm 3 hư", "địa chỉ: [address], đèn hẻm 3 hư"),
    ],
)
def test_a_home_is_hidden_all_the_same(typed: str, kept: str) -> None:
    assert mask(typed, keep_places=True).text == kept


def test_nothing_but_addresses_ever_stays_for_it() -> None:
    for module in EXAMPLES:
        for typed, _ in module.HIDDEN:
            by_default, for_places = mask(typed).kinds, mask(typed, keep_places=True).kinds
            assert set(by_default) - set(for_places) <= {"address"}
