"""No pattern is left out of a text it would find something in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.chains import find_numbers
from bot.privacy.phrases import LIVING, TOLD
from bot.privacy.traits import Trait, traits_of
from bot.privacy.view import view
from tests.unit.bot.privacy import EXAMPLES

GOLDEN: Final = Path(__file__).parents[1] / "golden"
TYPED: Final = tuple(
    text for module in EXAMPLES for text in (*(typed for typed, _ in module.HIDDEN), *module.STAYS)
)
SAID: Final = st.sampled_from(
    (
        *("họ tên", "Họ Và Tên", "tên em", "ten toi", "em là", "TÔI LÀ", "người mất là", "ký tên"),
        *(
            "chủ tài khoản",
            "người thụ hưởng",
            "vợ em",
            "con tôi",
            "ông",
            "bí thư xã",
            "my name is",
        ),
        *("Nguyễn Văn An", "nguyen thi b", "TRẦN THỊ ÁNH", "Lê Hoàng", "Giàng A Páo", "Y Moan"),
        *("Sùng Seo Lử", "K'Brửu", "H’Hen Niê", "Mai", "hồ thị kỷ", "Vừ", "TRAN THİ B", "van"),
        *("mật khẩu", "mk", "pass", "otp", "mã pin", "[phone]", "[name]", "[cccd]", "của", "và"),
        *("an", "@", "còng", "a cong", "(at)", "gmail", ".com", "xe", "sinh", "hộ chiếu", "bhyt"),
        *("không chín một hai", "o9l2", "ba trăm", "ở số", "tổ", "khu phố", "căn hộ", "tòa nhà"),
        *("xóm Bãi", "thôn", "ấp 4", "XÃ", "tp.", "thị trấn", "Hạ Đồng", "[address]", "nhà em ở"),
        *("29A1", "123.45", "0912", "345 678", "12/3", "1/1/1990", "B1234567", "2345678", "abc1"),
    )
)
BETWEEN: Final = st.sampled_from(("", " ", "  ", "\n", ", ", ": ", "=", " - ", "."))


def left_out(text: str) -> list[object]:
    """Give the patterns that would find something in a text whose traits they do not see."""
    read = view(text).text
    traits = traits_of(read)
    rules = [rule for rule in (*TOLD, *LIVING) if not rule.needs <= traits]
    missed: list[object] = [rule for rule in rules if rule.fits.search(read)]
    if Trait.COUNTED not in traits:
        missed += find_numbers(read)
    return missed


@pytest.mark.parametrize("change", [str, str.upper, str.lower, str.title])
def test_every_example_is_looked_through(change: Callable[[str], str]) -> None:
    assert not [text for text in TYPED if left_out(change(text))]


@pytest.mark.parametrize("name", ["questions", "unseen", "danger"])
def test_so_is_every_question(name: str) -> None:
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    # Every fourth: all take ten seconds and tell no more.
    read = map(json.loads, lines[::4])
    assert not [one for one in read if left_out(one.get("question") or one["text"])]


@given(st.lists(st.tuples(SAID, BETWEEN), max_size=8))
def test_however_the_words_are_put_together(said: list[tuple[str, str]]) -> None:
    assert not left_out("".join(word for pair in said for word in pair))


@given(st.text(alphabet="tênTÊNlàvịthiİıſ AÁ'’123@[]", max_size=40))
def test_whatever_letters_are_typed(text: str) -> None:
    assert not left_out(text)
