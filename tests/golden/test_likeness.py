"""Golden questions grouped as unanswered ones are: those that ask the same, and few others."""

from __future__ import annotations

import pytest

from benchmarks.questions import Question, golden
from bot.conversation.desk import Desk
from bot.officials.likeness import Nearest, Shape, shape_of

Labelled = tuple[Shape, str, frozenset[str]]


def _read(question: Question, desk: Desk) -> Labelled:
    seen = desk.knowledge.ask(question.text)
    near = next((one.topic.ref for one in seen.candidates), "")
    shape = shape_of(seen.reading.words, seen.reading.weights)
    return shape, near, frozenset(question.codes)


@pytest.fixture(scope="module")
def labelled(desk: Desk) -> list[Labelled]:
    """Questions that name a procedure, asked without a talk before."""
    asked = [one for one in golden() if one.codes and not one.history]
    return [_read(one, desk) for one in asked[::3]]


def test_what_is_joined_asks_the_same(desk: Desk, labelled: list[Labelled]) -> None:
    rarity = desk.knowledge.index.rarity
    nearest: Nearest[int] = Nearest(rarity)
    joined = strange = 0
    for number, (shape, near, codes) in enumerate(labelled):
        found = nearest.find(shape, near)
        if found is not None:
            joined += 1
            strange += codes.isdisjoint(labelled[found][2])
        nearest.add(number, shape, near)
    assert len(labelled) >= 400
    # These questions were chosen to differ: of those that citizens repeat far more are joined.
    assert joined >= 0.08 * len(labelled)
    assert strange <= 0.16 * joined
