"""A QR code drawn as a path is the code that was worked out, with its quiet zone."""

from __future__ import annotations

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from bot.console.qr import QUIET_ZONE, draw


@given(st.text("abcxyzđếư0189:/?&=", min_size=1, max_size=200))
def test_every_dark_square_is_drawn_and_no_other(text: str) -> None:
    drawn = draw(text)
    dark = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn.path)
        for step in range(int(length))
    }
    matrix = segno.make(text, error="m", micro=False).matrix
    assert drawn.side == len(matrix) + 2 * QUIET_ZONE
    assert dark == {
        (x, y)
        for y, row in enumerate(matrix, QUIET_ZONE)
        for x, square in enumerate(row, QUIET_ZONE)
        if square
    }
