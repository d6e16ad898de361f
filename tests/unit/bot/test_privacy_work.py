"""However long a text is, hiding personal data in it takes no longer than its length asks for."""

from __future__ import annotations

from time import process_time

import pytest

from bot.privacy import mask

LENGTH, TIMES_AS_LONG = 1500, 16
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
    # Of squared work sixteen times the text would take 256 times as much.
    text = piece * (LENGTH // len(piece))
    allowed = min(_work(text) for _ in range(3)) * TIMES_AS_LONG * 3
    # What a neighbour on the machine lengthened is measured again.
    assert any(_work(text * TIMES_AS_LONG) < allowed for _ in range(3))


def _work(text: str) -> float:
    """Give the processor's seconds it takes."""
    began = process_time()
    mask(text)
    return process_time() - began
