"""What is wrong with a channel is told with what to do, whichever of its accounts it is."""

from __future__ import annotations

import pytest

from bot.console.pages.channels import Shown, State
from bot.messages import ChannelName


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        ("misconfigured", "mở trang Zalo dưới đây và nối lại"),
        ("4318281827364654730: misconfigured", "mở trang Zalo dưới đây và nối lại"),
        ("unreachable", "Chương trình tự thử lại"),
        ("another", ""),
        ("", ""),
    ],
)
def test_a_known_fault_says_what_to_do(fault: str, advice: str) -> None:
    shown = Shown(name=ChannelName.ZALO, state=State.FAILS, fault=fault, off=None)
    assert advice in shown.advice
    assert bool(shown.advice) is bool(advice)
