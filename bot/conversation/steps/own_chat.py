"""An officer makes this chat their own with a code from the console."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult


def own_chat(turn: Turn, desk: Desk) -> TurnResult | None:
    """Say whether the code that was typed made this chat an officer's."""
    found = turn.state.presented
    if found is None:
        return None
    if found.minutes:
        said = desk.say("own_chat_wait", minutes=str(found.minutes))
        return plain(Outcome.SMALL_TALK, said, turn)
    if not found.name:
        wrong = plain(Outcome.SMALL_TALK, desk.say("own_chat_unknown"), turn)
        return replace(wrong, errand=Errand.MISCODE)
    linked = plain(Outcome.SMALL_TALK, desk.say("own_chat_linked", name=found.name), turn)
    return replace(linked, errand=Errand.LINK)
