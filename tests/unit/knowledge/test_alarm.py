"""How loudly words speak of danger, and of which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.alarm import Alarm
from knowledge.entries import Cutter
from knowledge.lexicon import Lexicon
from knowledge.text import fold, tokens
from knowledge.vocabulary import Vocabulary

PEACE = (
    "đăng ký khai sinh cho con",
    "làm sổ đỏ cho mảnh đất của mẹ",
    "cấp lại căn cước bị mất",
    "trợ cấp cho người bị khói bụi nghề nghiệp",
) * 6
TOLD = {
    "fire": ["khói đen mù mịt bên nhà kế", "khói đen cả bếp, lửa bén rồi", "lửa bén lên mái bếp"],
    "water": ["nước cuốn mất thằng nhỏ", "thằng nhỏ bị nước cuốn giữa sông"],
    "calm_papers": ["xin giấy vụ nước cuốn năm ngoái", "khai tử người bị nước cuốn"],
}
QUIET = "đăng ký khai sinh cho con và làm sổ đỏ cho mảnh đất của mẹ"


@pytest.fixture(scope="module")
def alarm() -> Alarm:
    known = Vocabulary.of(Cutter(Lexicon.load()).entries(0, PEACE))
    told = {kind: [tokens(text) for text in texts * 20] for kind, texts in TOLD.items()}
    return Alarm.learnt(told, known, phrases=len(PEACE))


def loudness(alarm: Alarm, text: str) -> float:
    return alarm.heard(tokens(text)).loudness


@pytest.mark.parametrize("kind", ["fire", "water"])
def test_a_cry_is_loud_and_of_its_kind(alarm: Alarm, kind: str) -> None:
    for text in TOLD[kind]:
        assert alarm.heard(tokens(text)).kind == kind
        assert loudness(alarm, text) > 1
        assert loudness(alarm, QUIET) < 0


def test_a_cry_without_marks_is_as_clear(alarm: Alarm) -> None:
    assert all(loudness(alarm, fold(text)) > 1 for text in TOLD["fire"])


def test_what_is_told_in_peace_of_the_same_thing_is_quieter(alarm: Alarm) -> None:
    assert loudness(alarm, "khai tử vụ nước cuốn") < loudness(alarm, "nước cuốn thằng nhỏ")


def test_a_danger_in_the_middle_of_a_long_story_is_heard(alarm: Alarm) -> None:
    cry = TOLD["fire"][0]
    story = f"{QUIET} {QUIET} {cry} {QUIET} {QUIET}"
    assert loudness(alarm, story) > 1
    assert alarm.heard(tokens(story)).kind == "fire"


def test_a_cry_without_marks_amid_words_that_have_them_is_heard(alarm: Alarm) -> None:
    story = f"{QUIET} {fold(TOLD['fire'][0])} {fold(TOLD['fire'][1])} {QUIET}"
    assert loudness(alarm, story) > 1


@given(st.lists(st.sampled_from(f"{QUIET} khói lửa nước xyz".split()), max_size=60))
def test_any_text_has_a_loudness(alarm: Alarm, said: list[str]) -> None:
    danger = alarm.heard(tokens(" ".join(said)))
    assert danger.kind in {"fire", "water", ""}
    assert abs(danger.loudness) < 20


def test_nothing_said_is_no_danger(alarm: Alarm) -> None:
    assert loudness(alarm, "") == 0
