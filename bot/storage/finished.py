"""A message on its way through the worker: taken on, then answered and ready to be stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import IncomingMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this process has taken on, with its row and how often it was taken before."""

    id: int
    message: IncomingMessage
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A message with its answer, ready to be stored; ``before`` is what was known till then.

    ``held`` tells that an official has the talk: the answer is only what must not wait.
    """

    claimed: Claimed
    result: TurnResult
    at: datetime
    took_ms: float
    before: ConversationState = field(default_factory=ConversationState)
    held: bool = False
