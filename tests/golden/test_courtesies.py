"""Greetings and thanks around a question change nothing of its answer."""

from __future__ import annotations

from benchmarks.courtesies import STYLES, asked_politely
from benchmarks.questions import golden
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation

# Enough to tell; benchmarks/search_quality.py asks more of them.
EVERY = 25


def test_who_asks_politely_is_answered_as_who_does_not(desk: Desk) -> None:
    questions = [one for one in golden() if one.style in STYLES][::EVERY]
    asked = list(asked_politely(Conversation(desk), questions))
    assert len(asked) > 400
    lost = [one.text for one in asked if not one.kept]
    assert len(lost) <= 0.02 * len(asked), "\n".join(lost)
