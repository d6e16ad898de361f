"""What is asked most, offered before anybody asks."""

from __future__ import annotations

from bot.conversation.desk import Desk
from bot.messages import QuickReply
from knowledge.models import Level
from knowledge.text import tokens


def most_asked(desk: Desk, most: int) -> tuple[QuickReply, ...]:
    """Give up to ``most`` procedures, of a commune's office those that a commune decides."""
    living = (p for p in desk.knowledge.snapshot.procedures if not p.abolished)
    asked = sorted(living, key=lambda p: (-p.popularity, p.code))
    if desk.office and desk.intents.has("commune", desk.intents.hear(tokens(desk.office.name))):
        asked = [p for p in asked if p.level is Level.COMMUNE] or asked
    return tuple(QuickReply(p.everyday_name, f"p:{p.code}") for p in asked[:most])
