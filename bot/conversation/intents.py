"""What a message is about, told by cue words before any procedure is looked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bot.conversation.wording import DATA
from knowledge.text import Tokens, tokens, words

GAP: Final = 6


@dataclass(frozen=True, slots=True)
class Pattern:
    """Word sequences that must follow one another with at most ``GAP`` words between.

    Marks are compared when the message was written with marks; ``strict`` patterns fit no other.
    ``needed`` are all its words: a message without one of them need not be looked through.
    """

    text: str
    parts: tuple[Tokens, ...]
    needed: frozenset[str]
    strict: bool = False

    @classmethod
    def of(cls, text: str, *, strict: bool = False) -> Self:
        """Read ``"hồ sơ … chưa"``."""
        parts = tuple(tokens(part) for part in text.split("…"))
        return cls(text, parts, frozenset(word for part in parts for word in part.words), strict)

    def occurs_in(self, text: Tokens, present: AbstractSet[str]) -> bool:
        """Tell whether the sequences occur in ``text``, whose words are ``present``, in order."""
        if not self.needed <= present or (self.strict and not text.marked):
            return False
        return self._from(0, text, 0, len(text.words))

    def _from(self, part: int, text: Tokens, start: int, stop: int) -> bool:
        if part == len(self.parts):
            return True
        wanted = self.parts[part].keys if text.marked else self.parts[part].words
        said = text.keys if text.marked else text.words
        for at in range(start, min(stop, len(said) - len(wanted) + 1)):
            end = at + len(wanted)
            if said[at:end] == wanted and self._from(part + 1, text, end, end + GAP + 1):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Intent:
    """One table of ``intents.vi.toml``."""

    anywhere: tuple[Pattern, ...]
    whole: frozenset[tuple[str, ...]]
    unless: tuple[Pattern, ...]

    def cue(self, text: Tokens, bare: tuple[str, ...]) -> str:
        """Give what tells this intent in ``text``, and nothing when it has another."""
        if text.words in self.whole or bare in self.whole:
            return " ".join(text.words)
        present = frozenset(text.words)
        told = (p.text for p in self.anywhere if p.occurs_in(text, present))
        cue = next(told, "")
        return "" if cue and any(p.occurs_in(text, present) for p in self.unless) else cue


@dataclass(frozen=True, slots=True)
class Intents:
    """All intents by name."""

    table: Mapping[str, Intent]
    polite: frozenset[str]

    @classmethod
    def load(cls, root: Path = DATA) -> Self:
        """Read ``intents.vi.toml``."""
        tables = tomllib.loads((root / "intents.vi.toml").read_text(encoding="utf-8"))
        polite = frozenset(words(" ".join(tables.pop("courtesies")["words"])))
        return cls({name: read_intent(table) for name, table in tables.items()}, polite)

    def has(self, name: str, text: Tokens) -> bool:
        """Tell whether ``text`` has the intent ``name``."""
        return bool(self.cue(name, text))

    def cue(self, name: str, text: Tokens) -> str:
        """Give what tells the intent ``name`` in ``text``, and nothing when it has another."""
        bare = tuple(word for word in text.words if word not in self.polite)
        return self.table[name].cue(text, bare)

    def first(self, names: Iterable[str], text: Tokens) -> str:
        """Give the first of ``names`` that ``text`` has, or nothing."""
        return next((name for name in names if self.has(name, text)), "")


def read_intent(table: Mapping[str, Sequence[str]]) -> Intent:
    """Read one table of patterns."""
    return Intent(
        (
            *(Pattern.of(text) for text in table.get("any", ())),
            *(Pattern.of(text, strict=True) for text in table.get("marked", ())),
        ),
        frozenset(tuple(words(text)) for text in table.get("whole", ())),
        tuple(Pattern.of(text) for text in table.get("unless", ())),
    )
