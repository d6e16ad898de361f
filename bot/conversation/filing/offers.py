"""What was offered beside the questions, taken or turned down in words instead of by a press."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.presses import DEEDS, deed_of, feedback_label
from bot.feedback import presses
from bot.messages import MessageKind
from knowledge.text import words as cut

# What a plain yes takes, and a plain no.
YES: Final = ("begin", "resume")
NO: Final = ("leave",)


def taken(turn: Turn, desk: Desk) -> str:
    """Give the value of the deed that was offered last and is meant; nothing for other words."""
    if turn.message.kind is not MessageKind.TEXT:
        return ""
    if named := _named(turn, desk):
        return named
    offered = {deed[0]: value for value in turn.state.offered if (deed := deed_of(value))}
    answer = desk.short_answers.heard(turn.said.text, "offer")
    if answer is not None and any(deed in offered for deed in YES):
        return next((offered[deed] for deed in (YES if answer else NO) if deed in offered), "")
    labels = {DEEDS[deed]: value for deed, value in offered.items() if deed in DEEDS}
    return labels.get(desk.short_answers.choice(turn.said.text, labels), "")


def _named(turn: Turn, desk: Desk) -> str:
    """Give the level or the reopening whose words were typed, of those under the last message."""
    said = desk.filing_words.bare(turn.words)
    after = [one for one in turn.state.offered if presses.is_after_answer(one)]
    labels = {desk.filing_words.bare(tuple(cut(feedback_label(one, desk)))): one for one in after}
    return labels.get(said, "")
