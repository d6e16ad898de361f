"""What of a case stands on the public board: words of its own, written for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import VIETNAM
from bot.feedback.models import CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The public question and answer; ``kept`` says why names or places stand in them, if any."""

    question: str
    answer: str
    kept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The public form of a case.

    ``unit`` is the name of who worked on it. ``prepared_by`` wrote ``version`` of the texts. It is
    shown from ``released_at`` until ``withdrawn_at``; of what was withdrawn no words are kept.
    """

    case: CaseId
    office: str
    topic: str
    unit: str
    texts: Texts
    version: int
    received_at: datetime
    answered_at: datetime
    prepared_by: int
    prepared_at: datetime
    released_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read it, where its office has a board."""
        return self.released_at is not None and self.withdrawn_at is None

    @property
    def days(self) -> int:
        """Give how many days the answer took, from one local date to the other."""
        first, last = (
            at.astimezone(VIETNAM).date() for at in (self.received_at, self.answered_at)
        )
        return (last - first).days


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReleases:
    """What of the board is looked for: a field, a year of the answers, what stands behind one."""

    topic: str = ""
    year: int = 0
    before: int = 0
