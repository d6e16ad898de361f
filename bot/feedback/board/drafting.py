"""What an officer begins with: the public question and answer as the machine makes them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.feedback.board.reading import drafted
from bot.feedback.board.releases import Texts
from bot.feedback.board.said import board_words
from bot.feedback.models import Case, Event
from bot.feedback.moves import Act


def first_draft(case: Case, events: Sequence[Event]) -> Texts:
    """Give the draft of a case's public texts; the answer is empty where nobody wrote one."""
    return Texts(question=drafted(case.words), answer=drafted(_answer(events)))


def _answer(events: Sequence[Event]) -> str:
    for one in reversed(events):
        if one.did is Act.HAND_ON:
            sentence: str = board_words()["answers"]["handed_on"]
            return sentence.format(**one.data)
        if one.did in {Act.ANSWER, Act.CORRECT}:
            return one.text
    return ""
