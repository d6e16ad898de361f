"""Whether a name or a place may stand in a text for everybody, where an officer says why."""

from __future__ import annotations

from bot.feedback.board.said import board_words, speaks_of_a_child
from bot.feedback.kinds import Kind
from bot.feedback.models import Case


def may_keep(case: Case, text: str) -> bool:
    """Tell whether a reason is heard at all.

    Never in praise and where somebody's manners are told of, nor beside words about a child
    (Luật 91/2025/QH15, art. 24): there a name is what may hurt.
    """
    about_somebody = case.topic in board_words()["nameless"]["topics"]
    return not (case.kind is Kind.PRAISE or about_somebody or speaks_of_a_child(text))
