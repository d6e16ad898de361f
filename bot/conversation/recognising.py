"""What a message is taken for before any question about it is asked; a guess, shown as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from bot.conversation.filing_words import FilingWords
from bot.conversation.intents import Intents
from bot.feedback.classifying import Urgency, Verdict, classify
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from knowledge.text import tokens
from knowledge.text import words as cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What words are taken for, why, and whether they say it clearly.

    ``topic`` is the field of work, empty when not told; ``reason`` is said behind “vì”. It is
    ``cued`` where certain words say so. ``handled``, ``withheld`` and ``danger`` are how likely
    it is, by all words, that it would become a case, has a lawful way, or is a cry for help;
    ``rude`` tells of heavy words about nothing else; who is ``alone`` names
    a lawful way and tells nothing.
    """

    kind: Kind
    topic: str = ""
    urgent: bool = False
    reason: str = ""
    sure: bool = True
    cued: bool = False
    handled: float = 0.0
    withheld: float = 0.0
    danger: float = 0.0
    rude: bool = False
    alone: bool = False


class Recogniser(Protocol):
    """Tells the kinds by law apart."""

    def understand(self, text: str) -> Understood:
        """Tell what ``text`` is about."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From which probability on words are taken for something; see benchmarks/feedback_first.py.

    ``handled`` and ``withheld`` make a message one by its weight alone, with words
    enough. A word that cues a lawful way gives way to ``outweighs`` for a case (“khiếu nại” about
    rubbish), one that cues a case to ``withheld``, or to ``asks`` for a question.
    """

    handled: float = 0.7
    withheld: float = 0.8
    outweighs: float = 0.7
    asks: float = 0.7
    words_of_a_case: int = 5
    words_withheld: int = 8


# Groups of concepts.vi.toml for heavy words, and for whom they may be meant.
INSULT: Final = "insult"
MEANT: Final = frozenset({INSULT, "bot"})
# Whole messages that name what has a lawful way; of filing.vi.toml.
NAMED: Final = {"complain": Kind.COMPLAINT, "denounce": Kind.DENUNCIATION}
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
    bounds: Bounds = Bounds()

    def understand(self, text: str) -> Understood:
        """Tell what ``text`` is about; between a report and what is withheld doubt withholds."""
        said = tuple(cut(text))
        if steers := FilingWords.load().first(said):
            return self._steered(steers)
        weighed = classify(text)
        cued = self._cued(text, weighed)
        heavy = self._loudest(weighed, len(said))
        kind = cued or heavy or weighed.kind
        return Understood(
            kind=kind,
            topic=weighed.topic,
            urgent=weighed.urgency is Urgency.URGENT,
            sure=bool(cued or heavy),
            cued=bool(cued),
            handled=weighed.share(HANDLED),
            withheld=weighed.share(WITHHELD),
            danger=weighed.share({Kind.EMERGENCY}),
            rude=weighed.kind is Kind.OTHER
            and INSULT in weighed.signs
            and {*weighed.signs} <= MEANT,
        )

    def _steered(self, steers: str) -> Understood:
        kind = NAMED.get(steers)
        if kind is None:
            return Understood(kind=Kind.OTHER, sure=False)
        return Understood(kind=kind, cued=True, alone=True, withheld=1.0)

    def _cued(self, text: str, weighed: Verdict) -> Kind | None:
        """Give the kind that certain words tell, unless all words speak against it."""
        cued, bounds = self.cues.understand(text), self.bounds
        if not cued.cued:
            return None
        if cued.kind in WITHHELD:
            return None if weighed.share(HANDLED) >= bounds.outweighs else cued.kind
        if weighed.share(WITHHELD) >= bounds.withheld:
            return None
        if weighed.share({Kind.QUESTION}) >= bounds.asks:
            return None
        return weighed.kind if weighed.kind in HANDLED else cued.kind

    def _loudest(self, weighed: Verdict, size: int) -> Kind | None:
        """Give the kind that all words, ``size`` of them, speak for clearly."""
        bounds = self.bounds
        for kinds, least, words in (
            (WITHHELD, bounds.withheld, bounds.words_withheld),
            (HANDLED, bounds.handled, bounds.words_of_a_case),
        ):
            if size >= words and weighed.share(kinds) >= least:
                return next(kind for kind in weighed.shares if kind in kinds)
        return None
