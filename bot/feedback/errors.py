"""What goes wrong with a case, each with its own name."""

from __future__ import annotations

from bot.errors import BotError


class NotAllowed(BotError):
    """The act is not open in the state the case is in, or not to who acts."""


class Overtaken(BotError):
    """Somebody else changed the case meanwhile; nothing of this act was stored."""
