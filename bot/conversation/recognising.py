"""What a message is taken for before any question about it is asked; a guess, shown as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from bot.conversation.intents import Intents
from bot.feedback.kinds import Kind
from knowledge.text import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What words are taken for, why, and whether they say it clearly.

    ``topic`` is the field of work, empty when not told; ``reason`` is said behind “vì”.
    """

    kind: Kind
    topic: str = ""
    urgent: bool = False
    reason: str = ""
    sure: bool = True


class Recogniser(Protocol):
    """Tells the kinds by law apart."""

    def understand(self, text: str) -> Understood:
        """Tell what ``text`` is about."""
        ...


CUES: Final = {
    "denunciation": Kind.DENUNCIATION,
    "complaint": Kind.COMPLAINT,
    "praise": Kind.PRAISE,
    "feedback": Kind.REPORT,
}


@dataclass(frozen=True, slots=True)
class ByCues:
    """Tells the kinds by cue words alone."""

    intents: Intents

    def understand(self, text: str) -> Understood:
        """Tell what ``text`` is about; without a cue it may be anything."""
        heard = self.intents.hear(tokens(text))
        found = self.intents.first(CUES, heard)
        if found:
            return Understood(kind=CUES[found])
        return Understood(kind=Kind.QUESTION if "?" in text else Kind.OTHER, sure=False)
