"""The golden questions, with a floor that may not fall; see benchmarks/search_quality.py."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.questions import golden
from benchmarks.search_quality import Tally, judge
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from knowledge.models import Snapshot


@pytest.fixture(scope="module")
def tallies(desk: Desk) -> Mapping[str, Tally]:
    return judge(Conversation(desk), golden())


@pytest.fixture(scope="module")
def known(snapshot: Snapshot) -> set[str]:
    return {procedure.code for procedure in snapshot.procedures}


def test_most_golden_questions_are_about_our_cards(known: set[str]) -> None:
    asked = [question for question in golden() if question.codes]
    ours = [question for question in asked if known & set(question.codes)]
    assert len(ours) >= 0.8 * len(asked)


def test_the_right_procedure_comes_first(tallies: Mapping[str, Tally]) -> None:
    counted = tallies["all"]
    assert counted.first >= 0.78 * counted.asked
    assert counted.five >= 0.88 * counted.asked


def test_a_single_answer_is_seldom_wrong(tallies: Mapping[str, Tally]) -> None:
    counted = tallies["all"]
    assert counted.wrong <= 0.06 * counted.single


def test_what_is_not_ours_is_not_answered(tallies: Mapping[str, Tally]) -> None:
    counted = tallies["all"]
    assert counted.others_answered <= 0.05 * max(counted.others, 1)
