"""A typed number or ordinal is a choice; what only looks like one is not."""

from __future__ import annotations

import pytest

from bot.conversation.steps.command import ordinal


@pytest.mark.parametrize(("said", "number"), [("2", 2), ("02", 2), ("so 20", 20), ("dau", 1)])
def test_a_number_is_a_choice(said: str, number: int) -> None:
    assert ordinal(tuple(said.split())) == number


@pytest.mark.parametrize("said", ["0", "21", "0" * 50_000, "9" * 5_000, "\u1369", ""])
def test_what_is_no_number_of_a_choice_passes_on(said: str) -> None:
    assert ordinal(tuple(said.split())) is None
