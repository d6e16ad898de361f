"""The language data: abbreviations, concepts, fillers, acts and the sides of a procedure.

Everything is compared folded. The files stand in ``data/language``; nothing here is specific to
one procedure.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Self

from knowledge.text import Tokens, tokens

LANGUAGE_ROOT: Final = Path(__file__).parent / "data" / "language"


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``start`` to ``end`` (exclusive) of a text, and what they stand for."""

    start: int
    end: int
    label: str


class Phrasebook:
    """Finds known word sequences in a text; marks count when the text was written with them."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """Take pairs of phrase and label; a phrase given twice keeps its first label."""
        self._known: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        for phrase, label in labelled:
            cut = tokens(phrase)
            if cut.words:
                self._known.setdefault(cut.words, []).append((cut.keys, label))
        # By their first two words, since many a phrase begins with the same one.
        lengths: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(_no_lengths)
        for known in self._known:
            lengths[known[0]][known[1] if len(known) > 1 else ""].add(len(known))
        self._lengths = {
            first: {second: _longest_first(found, nexts) for second, found in nexts.items()}
            for first, nexts in lengths.items()
        }

    def spans(self, text: Tokens) -> list[Span]:
        """Give the longest known phrase at every position; phrases may overlap."""
        found = []
        for start, (first, second) in enumerate(pairwise((*text.words, ""))):
            nexts = self._lengths.get(first)
            if nexts:
                lengths = nexts.get(second) or nexts.get("")
                span = self._longest(text, start, lengths) if lengths else None
                if span:
                    found.append(span)
        return found

    def _longest(self, text: Tokens, start: int, lengths: Iterable[int]) -> Span | None:
        for length in lengths:
            end = start + length
            if end > len(text.words):
                continue
            for phrase_keys, label in self._known.get(text.words[start:end], ()):
                if not text.marked or text.keys[start:end] == phrase_keys:
                    return Span(start, end, label)
        return None


def _no_lengths() -> defaultdict[str, set[int]]:
    return defaultdict(set)


def _longest_first(found: set[int], nexts: Mapping[str, set[int]]) -> tuple[int, ...]:
    """Order lengths; the first word alone may be a phrase too, whatever follows it."""
    return tuple(sorted(found | nexts.get("", set()), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The language data, ready for look-up."""

    abbreviations: Mapping[str, Tokens]
    concepts: Phrasebook
    filler_phrases: Phrasebook
    filler_keys: frozenset[str]
    aspects: Phrasebook
    acts: Phrasebook
    root: Path

    def written_out(self, text: Tokens) -> Tokens:
        """Give a phrase of ours with its abbreviations written out, as questions are read."""
        if self.abbreviations.keys().isdisjoint(text.keys):
            return text
        words: list[str] = []
        keys: list[str] = []
        for word, key in zip(text.words, text.keys, strict=True):
            known = self.abbreviations.get(key)
            words.extend(known.words if known else (word,))
            keys.extend(known.keys if known else (key,))
        return Tokens(tuple(words), tuple(keys), text.marked)

    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        """Read what people ask that no office answers, by subject; only to build an index."""
        return _read(self.root / "elsewhere.vi.toml")

    def danger(self) -> Mapping[str, Sequence[str]]:
        """Read how people cry for help, by kind, and what only sounds so; to build an index."""
        return _read(self.root / "danger.vi.toml")

    @classmethod
    def load(cls, root: Path = LANGUAGE_ROOT) -> Self:
        """Read the language files under ``root``."""
        short = _read(root / "abbreviations.vi.toml")
        fillers = _read(root / "fillers.vi.toml")
        aspects = _read(root / "aspects.vi.toml")
        concepts = _read(root / "synonyms.vi.toml")["concepts"]
        return cls(
            abbreviations={
                " ".join(tokens(written).keys): tokens(meaning)
                for table in short.values()
                for written, meaning in table.items()
            },
            concepts=Phrasebook(
                (phrase, concept) for concept, group in concepts.items() for phrase in group
            ),
            filler_phrases=Phrasebook((phrase, "filler") for phrase in fillers["phrases"]),
            filler_keys=frozenset(tokens(" ".join(fillers["words"])).keys),
            aspects=Phrasebook(
                (phrase, aspect)
                for aspect, table in aspects.items()
                for phrase in table["phrases"]
            ),
            acts=Phrasebook(
                (phrase, kind)
                for kind, phrases in _read(root / "acts.vi.toml").items()
                for phrase in phrases
            ),
            root=root,
        )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
