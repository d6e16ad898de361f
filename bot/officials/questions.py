"""The words for questions left open: where a group stands, who wants to be told, what was said."""

from __future__ import annotations

from enum import StrEnum


class GroupStatus(StrEnum):
    """Where a group of like questions stands."""

    OPEN = "open"
    ANSWERED = "answered"
    OUT = "out"
    MERGED = "merged"


class FollowUpStatus(StrEnum):
    """Whether somebody who agreed to be told was told.

    ``LATER`` waits for the citizen's next message, because their channel cannot be written to now.
    """

    WAITING = "waiting"
    LATER = "later"
    TOLD = "told"
    WITHDRAWN = "withdrawn"


class AnswerKind(StrEnum):
    """What an officer did about a group."""

    REPLY = "reply"
    ALIAS = "alias"
    CARD = "card"
    GUIDE = "guide"
    OUT = "out"
