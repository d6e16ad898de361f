"""What a message is taken for before any question about it is asked; a guess, shown as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from bot.conversation.filing_words import FilingWords
from bot.conversation.intents import Intents
from bot.feedback.classifying import Urgency, classify
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from knowledge.text import tokens
from knowledge.text import words as cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What words are taken for, why, and whether they say it clearly.

    ``topic`` is the field of work, empty when not told; ``reason`` is said behind “vì”. It is
    ``cued`` where certain words say so.
    """

    kind: Kind
    topic: str = ""
    urgent: bool = False
    reason: str = ""
    sure: bool = True
    cued: bool = False


class Recogniser(Protocol):
    """Tells the kinds by law apart."""

    def understand(self, text: str) -> Understood:
        """Tell what ``text`` is about."""
        ...


# From which probability on words are taken for a kind by their weight alone.
CERTAIN: Final = 0.7
SURE: Final = dict.fromkeys(WITHHELD, 0.9)
LEAST_WORDS: Final = 10
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
            return Understood(kind=CUES[found], cued=True)
        return Understood(kind=Kind.QUESTION if "?" in text else Kind.OTHER, sure=False)


@dataclass(frozen=True, slots=True)
class ByWeight:
    """Tells the kinds by what all words speak for, and by cue words.

    How sure is sure enough was measured on the golden questions and on labelled feedback: of the
    first nearly none may be taken for feedback, least of all for what nobody may keep.
    """

    cues: ByCues

    def understand(self, text: str) -> Understood:
        """Tell what ``text`` is about; between a report and what is withheld doubt withholds."""
        if FilingWords.load().first(tuple(cut(text))):
            return Understood(kind=Kind.OTHER, sure=False)
        cued, weighed = self.cues.understand(text), classify(text)
        heavy = _tells(text) and weighed.sureness >= SURE.get(weighed.kind, CERTAIN)
        kind = weighed.kind if _outweighs(weighed.kind, cued, heavy=heavy) else cued.kind
        return Understood(
            kind=kind,
            topic=weighed.topic,
            urgent=weighed.urgency is Urgency.URGENT,
            sure=cued.cued or heavy,
            cued=cued.cued,
        )


def _outweighs(kind: Kind, cued: Understood, *, heavy: bool) -> bool:
    """Tell whether what all words speak for counts for more than what some say."""
    if not cued.cued:
        return True
    return cued.kind in HANDLED and (kind in HANDLED or (heavy and kind in WITHHELD))


def _tells(text: str) -> bool:
    """Tell whether there are words enough to be weighed against one another."""
    return len(cut(text)) >= LEAST_WORDS
