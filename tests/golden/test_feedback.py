"""What messages are taken for, taught or not; see benchmarks/feedback_kinds.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from benchmarks.feedback_kinds import Message, let_through, messages, never_taught, right
from benchmarks.feedback_training import LABELLED, examples, without_marks
from bot.feedback.classifying import classify
from bot.feedback.kinds import Kind

TAUGHT = messages(LABELLED)
NEVER_TAUGHT = never_taught()
VARIANTS: Mapping[str, Callable[[str], str]] = {
    "as typed": str,
    "capitals": str.upper,
    "doubled spaces": lambda text: text.replace(" ", "  "),
    "no marks": without_marks,
}


def _judged(some: list[Message]) -> list[tuple[Kind, Kind]]:
    return [(one.kind, classify(one.text).kind) for one in some]


def test_messages_never_taught_are_taken_for_what_they_are() -> None:
    assert len(NEVER_TAUGHT) >= 105
    judged = _judged(NEVER_TAUGHT)
    assert right(judged) >= 0.9
    assert let_through(judged) <= 0.03


def test_what_is_never_taught_is_not_among_what_is() -> None:
    taught = {one.text for one in examples()}
    assert not taught & {one.text for one in NEVER_TAUGHT}


def test_messages_never_taught_are_told_what_they_are_about_and_whether_they_may_wait() -> None:
    told = [(one, classify(one.text)) for one in NEVER_TAUGHT if one.topic]
    assert sum(one.topic == verdict.topic for one, verdict in told) >= 0.68 * len(told)
    assert sum(one.urgency == verdict.urgency for one, verdict in told) >= 0.95 * len(told)


@pytest.mark.parametrize("variant", VARIANTS)
def test_messages_taught_are_known_however_they_are_typed(variant: str) -> None:
    assert len(TAUGHT) >= 600
    typed = [(one.kind, classify(VARIANTS[variant](one.text)).kind) for one in TAUGHT]
    assert right(typed) >= 0.98
    for kind, taken in typed:
        assert not (kind in {Kind.DENUNCIATION, Kind.EMERGENCY} and taken is Kind.REPORT)


def test_every_kind_is_among_the_labelled() -> None:
    assert {one.kind for one in TAUGHT} == {one.kind for one in NEVER_TAUGHT} == set(Kind)
