"""Why a request of the console goes no further; ``middlewares`` says each in words."""

from __future__ import annotations

from bot.errors import BotError
from bot.officials.models import Stage


class NoSession(BotError):
    """Nobody is signed in, or not any more."""


class WrongStage(BotError):
    """Somebody has not come all the way in yet, or is further in already."""

    def __init__(self, stage: Stage) -> None:
        """Take how far they have come."""
        super().__init__(stage)
        self.stage = stage


class NotSure(BotError):
    """This needs the password typed again."""


class BadForm(BotError):
    """A form that no page of ours sent, or one of another session."""
