"""The words for questions left open: where a group stands, who wants to be told, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.officials.models import OfficerId


class GroupStatus(StrEnum):
    """Where a group of like questions stands."""

    OPEN = "open"
    ANSWERED = "answered"
    OUT = "out"
    MERGED = "merged"


class QuestionKind(StrEnum):
    """Why a question is before the officials.

    ``UNANSWERED``: nothing was said to it; ``NONE_FITS``: who asked said that no choice was right;
    ``UNCHOSEN``: choices were offered, and who asked took none and went on or left;
    ``REFUSED``: it was taken for what no office answers, and the office may see that otherwise.
    """

    UNANSWERED = "unanswered"
    NONE_FITS = "none_fits"
    UNCHOSEN = "unchosen"
    REFUSED = "refused"


class FollowUpStatus(StrEnum):
    """Whether somebody who agreed to be told was told.

    ``LATER`` waits for the citizen's next message, because their channel cannot be written to now.
    """

    WAITING = "waiting"
    LATER = "later"
    TOLD = "told"
    WITHDRAWN = "withdrawn"


class Reach(StrEnum):
    """How far an answer came to somebody who agreed to be told.

    ``GONE``: still waits, and their channel says that they cannot be written to.
    """

    WAITING = "waiting"
    GONE = "gone"
    LATER = "later"
    SENDING = "sending"
    TOLD = "told"
    LOST = "lost"


class AnswerKind(StrEnum):
    """What an officer did about a group."""

    REPLY = "reply"
    ALIAS = "alias"
    GUIDE = "guide"
    OUT = "out"


# What was said to it is found in the stored turns; nobody was promised an answer.
BESIDE: Final = (QuestionKind.UNCHOSEN, QuestionKind.REFUSED)
CLOSED: Final = (GroupStatus.ANSWERED, GroupStatus.OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Like questions of one office, and where they stand.

    ``asked`` counts how often it was not answered, ``none_fits`` how often of those no choice was
    right. Beside those, ``unchosen`` counts how often choices were offered and none was taken,
    ``refused`` how often it was taken for out of scope. ``wishes`` counts who waits to be told;
    ``near`` is what search thought of first. ``held_by`` is the officer who works on it, as long
    as their claim lasts.
    """

    id: int
    office: str
    shape: tuple[str, ...]
    sample: str
    near: str
    status: GroupStatus
    asked: int
    wishes: int
    channels: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    none_fits: int = 0
    unchosen: int = 0
    refused: int = 0
    merged_into: int | None = None
    held_by: OfficerId | None = None
    held_until: datetime | None = None
    answered_at: datetime | None = None

    @property
    def unanswered(self) -> int:
        """How often nothing was said to it."""
        return self.asked - self.none_fits

    @property
    def asked_again(self) -> bool:
        """Tell whether somebody asked once more after it was answered."""
        return self.status is GroupStatus.OPEN and self.answered_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """What an officer answers a group with.

    ``text`` is what goes back to who asked; ``ref`` the card or guide that answers from now on,
    ``change`` the change that made it so.
    """

    kind: AnswerKind
    text: str
    ref: str = ""
    change: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered, by whom and when; ``name`` and ``title`` as the account has them now.

    ``waits`` tells that the change made with it is still to be approved.
    """

    id: int
    group: int
    words: AnswerWords
    officer: OfficerId
    name: str
    title: str
    at: datetime
    waits: bool = False
