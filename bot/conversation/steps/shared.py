"""Who somebody is, handed in at a form where nobody had asked: thanked for, and not kept."""

from __future__ import annotations

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from bot.messages import MessageKind


def shared(turn: Turn, desk: Desk) -> TurnResult | None:
    """Thank for it, and say that it was not kept."""
    if turn.message.kind is not MessageKind.CONTACT:
        return None
    return plain(Outcome.MEDIA, desk.say("contact_not_kept"), turn)
