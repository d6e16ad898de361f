"""Which cases stand on no public board, whoever wishes it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.feedback.board.said import board_words, is_private
from bot.feedback.classifying import classify
from bot.feedback.kinds import HANDLED, WITHHELD
from bot.feedback.models import Case, Result
from bot.feedback.moves import CaseState
from knowledge.text import words

ENDED: Final = frozenset({CaseState.ANSWERED, CaseState.CLOSED})
# From how many words and which probability on words count as what is not handled by chat.
LEAST_WORDS: Final = 10
CERTAIN: Final = 0.9
RESULTS: Final = frozenset({Result.DONE, Result.CANNOT, Result.HANDED_ON})


class Never(StrEnum):
    """Why a case is not shown."""

    OPEN = "open"
    RESULT = "result"
    KIND = "kind"
    WAY = "way"
    PRIVATE = "private"

    @property
    def told(self) -> str:
        """Give it as an officer reads it."""
        sentence: str = board_words()["never"][self]
        return sentence


def never(case: Case, question: str = "", answer: str = "") -> Never | None:
    """Give why a case is not shown in these words; nothing where it may be.

    Its own words count, too: what was told as a denunciation stays one in other words. An answer
    speaks of decisions and penalties, so nothing is guessed from it.
    """
    if case.state not in ENDED:
        return Never.OPEN
    if case.is_erased or case.result not in RESULTS or case.main is not None:
        return Never.RESULT
    if case.kind not in HANDLED:
        return Never.KIND
    if any(map(_is_withheld, (case.words, question))):
        return Never.WAY
    return Never.PRIVATE if any(map(is_private, (case.words, question, answer))) else None


def _is_withheld(text: str) -> bool:
    """Tell whether words are surely a complaint or a denunciation; few words are sure of nothing.

    Of messages that were never taught, 70 of 78 of those kinds are, and 2 of 161 others.
    """
    if len(words(text)) < LEAST_WORDS:
        return False
    verdict = classify(text)
    return verdict.kind in WITHHELD and verdict.shares[verdict.kind] >= CERTAIN
