"""What names somebody's own data goes with it, unless it is the matter."""

from __future__ import annotations

import pytest

from bot.privacy import mask, unmasked_part


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("khai sinh cho bé sđt em 0912345678", "khai sinh cho bé"),
        ("khai sinh cho bé, số điện thoại của tôi là 0912345678", "khai sinh cho bé,"),
        ("sdt 0912345678 khai sinh cho bé", "khai sinh cho bé"),
        ("em tên Nguyễn Văn An, đăng ký kết hôn", ", đăng ký kết hôn"),
        ("cccd của em 001099012345, làm lại thẻ", ", làm lại thẻ"),
        ("em sinh ngày 12/3/1999 đăng ký kết hôn", "đăng ký kết hôn"),
        ("đổi số điện thoại 0912345678", "đổi số điện thoại"),
        ("làm lại cccd 001099012345", "làm lại cccd"),
        ("gọi em nhé", "gọi em nhé"),
        ("cccd 001099012345 làm lại được không", "cccd   làm lại được không"),
        ("0912345678", ""),
    ],
)
def test_a_label_goes_with_what_it_names(text: str, left: str) -> None:
    assert unmasked_part(mask(text).text).strip() == left
