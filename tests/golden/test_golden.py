"""The golden questions, with a floor that may not fall; see benchmarks/search_quality.py."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.questions import Question, golden
from benchmarks.search_quality import Tally, judge
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from knowledge.models import Snapshot


def _ours(snapshot: Snapshot) -> list[Question]:
    """The questions our own cards can answer: the portal's catalogue is not shipped."""
    known = {code for one in snapshot.procedures for code in (one.code, one.renumbered_to)}
    return [one for one in golden() if not one.codes or known & set(one.codes)]


@pytest.fixture(scope="module")
def tallies(desk: Desk, snapshot: Snapshot) -> Mapping[str, Tally]:
    return judge(Conversation(desk), _ours(snapshot))


def test_there_are_at_least_five_hundred_questions_for_our_cards(snapshot: Snapshot) -> None:
    assert len(_ours(snapshot)) >= 500
    assert len(golden()) >= 1900


def test_the_right_procedure_comes_first(tallies: Mapping[str, Tally]) -> None:
    counted = tallies["all"]
    assert counted.first >= 0.87 * counted.asked
    assert counted.five >= 0.96 * counted.asked


def test_a_single_answer_is_seldom_wrong(tallies: Mapping[str, Tally]) -> None:
    counted = tallies["all"]
    assert counted.wrong <= 0.04 * counted.single


def test_what_is_not_ours_is_not_answered(tallies: Mapping[str, Tally]) -> None:
    counted = tallies["all"]
    assert counted.others_answered <= 0.02 * max(counted.others, 1)
