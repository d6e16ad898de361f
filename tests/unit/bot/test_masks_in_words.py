"""Hidden data is named in Vietnamese to whoever reads the text."""

from __future__ import annotations

import pytest

from bot.privacy import PersonalData, in_words, mask


@pytest.mark.parametrize("kind", PersonalData)
def test_every_kind_has_words_of_its_own(kind: PersonalData) -> None:
    shown = in_words(f"a {kind.mark} b")
    assert shown.startswith("a [")
    assert shown.endswith("] b")
    assert shown not in {in_words(f"a {other.mark} b") for other in PersonalData if other != kind}
    assert kind.mark not in shown


def test_a_masked_text_is_shown_in_words() -> None:
    stored = mask("tôi tên Nguyễn Văn An, gọi 0912345678").text
    assert stored == "tôi tên [name], gọi [phone]"
    assert in_words(stored) == "tôi tên [tên], gọi [số điện thoại]"


def test_other_brackets_stay() -> None:
    assert in_words("[khác] [Phone] phone []") == "[khác] [Phone] phone []"
