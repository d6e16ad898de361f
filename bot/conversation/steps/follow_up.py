"""Being told the answer later: agreed to, and taken back, in words instead of by a button."""

from __future__ import annotations

from bot.conversation.desk import Desk, Turn
from bot.conversation.turn import TurnResult
from bot.conversation.unmet import TELL, agreed, withdrawn
from bot.messages import MessageKind


def follow_up(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer “báo cho tôi khi có trả lời” after the offer, and “đừng báo nữa” at any time."""
    if turn.message.kind is not MessageKind.TEXT:
        return None
    if desk.intents.has("untell", turn.said):
        return withdrawn(turn, desk)
    offered = next((value for value in turn.state.offered if value.startswith(TELL)), "")
    if offered and desk.intents.has("tell", turn.said):
        return agreed(offered.removeprefix(TELL), turn, desk)
    return None
