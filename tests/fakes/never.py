"""What no sentence about a complaint or a denunciation may say."""

from __future__ import annotations

import re
from typing import Final

NEVER: Final = (
    "đã thụ lý",
    "đã tiếp nhận",
    "mã khiếu nại",
    "mã tố cáo",
    "nặc danh",
    "cần luật sư",
    "huyện",
    "hẹn trả lời",
    "chúng tôi giữ bí mật",
    "tôi giữ bí mật",
    "giữ kín",
    "42/2022",
    "64/2014",
    "13/2023",
)


def never_said(text: str) -> list[str]:
    """Give what of ``NEVER`` a text says, as whole words: “chuyện” is no “huyện”."""
    low = text.casefold()
    return [words for words in NEVER if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", low)]
