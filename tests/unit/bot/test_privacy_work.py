"""However long a text is, hiding personal data in it takes no longer than its length asks for."""

from __future__ import annotations

from time import process_time

import pytest

from bot.privacy import mask

LENGTH, TIMES_AS_LONG = 6000, 8
OF_NUMBERS = ("a", "1.", "a-", "1\n", "a1.", "a@", "12/3 lê ", "+(", "0x", "ba ")
OF_WORDS = (
    "tôi là Lê ",
    "tên em ",
    "ông Lê ",
    "con tôi Lê ",
    "ở số 1 Lê ",
    "họ tên: a ",
    "người a là ",
)
OF_SECRETS = ("mật khẩu ", "mk vneid ", "pass a@", "otp ", "a@a . ")


@pytest.mark.parametrize("piece", [*OF_NUMBERS, *OF_WORDS, *OF_SECRETS])
def test_the_work_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    # Of squared work eight times the text would take sixty-four times as much.
    text = piece * (LENGTH // len(piece))
    assert _work(text * TIMES_AS_LONG) < _work(text) * TIMES_AS_LONG * 3


def _work(text: str) -> float:
    """Give the least of three measures of the processor's time, which no neighbour lengthens."""
    took = []
    for _ in range(3):
        began = process_time()
        mask(text)
        took.append(process_time() - began)
    return min(took)
