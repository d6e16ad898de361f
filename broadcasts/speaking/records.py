"""What is read aloud: the news as it was written, and the script made of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from broadcasts.speaking.syllables import syllables


class FlagKind(StrEnum):
    """Why a person has to look at a sentence before it is read."""

    UNKNOWN_ABBREVIATION = "unknown_abbreviation"
    AMBIGUOUS_ABBREVIATION = "ambiguous_abbreviation"
    UNREAD_NUMBER = "unread_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    UNKNOWN_ADDRESS = "unknown_address"
    LONG_ADDRESS = "long_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A place a person has to look at: what was written there, and what it may mean."""

    kind: FlagKind
    found: str
    hints: tuple[str, ...] = ()


class Part(StrEnum):
    """Which part of the script a sentence belongs to."""

    OPENING = "opening"
    TITLE = "title"
    BODY = "body"
    CONTACTS = "contacts"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelt:
    """A sentence with everything written out as it is spoken, and what is left for a person."""

    text: str
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the script."""

    part: Part
    text: str
    flags: tuple[Flag, ...] = ()

    @property
    def syllables(self) -> int:
        """How many syllables (tiếng) it takes to read."""
        return syllables(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A news text as it was written for the eye; lines are kept apart."""

    title: str
    body: str
    office: str
    contacts: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The sentences read aloud over the loudspeaker; ``rate`` in syllables a minute."""

    title: str
    sentences: tuple[Sentence, ...]
    rate: int

    @property
    def syllables(self) -> int:
        """How many syllables (tiếng) the whole script has."""
        return sum(sentence.syllables for sentence in self.sentences)

    @property
    def seconds(self) -> int:
        """How long reading it takes, rounded up to whole seconds."""
        return -(-self.syllables * 60 // self.rate)

    @property
    def minutes(self) -> float:
        """How long reading it takes, in minutes."""
        return self.seconds / 60

    @property
    def flags(self) -> tuple[Flag, ...]:
        """All that a person has to look at before it is read, in its order."""
        return tuple(flag for sentence in self.sentences for flag in sentence.flags)
