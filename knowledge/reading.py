"""A question as it was typed → its words, what each is worth, and what they may mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.lexicon import Lexicon, Span
from knowledge.spelling import Speller
from knowledge.text import has_marks, nfc, untyped, words

FILLER_WORD: Final = 0.12
FILLER_PHRASE: Final = 0.06
ASPECT_PHRASE: Final = 0.12
_CODE: Final = re.compile(r"(?<![\d.])(\d\.\d{6})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of a question.

    ``weights`` (0–1) says how much each word tells about the subject; ``alternatives`` holds, by
    position, likely meant words with their likeness (0–1); ``aspects`` the sides asked about, in
    the order they stand; ``codes`` any procedure codes written out.
    """

    text: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    concepts: tuple[Span, ...]
    alternatives: Mapping[int, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    aspects: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    marked: bool = False

    @property
    def is_bare(self) -> bool:
        """Tell whether nothing but scaffolding was said."""
        return all(weight < 1 for weight in self.weights)


def read(question: str, lexicon: Lexicon, speller: Speller) -> Reading:
    """Read ``question`` with the language data and the words the index knows."""
    text = nfc(question)
    expanded = _expand(words(text), lexicon, speller)
    concepts = tuple(lexicon.concepts.spans(expanded))
    aspects = lexicon.aspects.spans(expanded)
    return Reading(
        text=text,
        words=tuple(expanded),
        weights=_weights(expanded, concepts, aspects, lexicon),
        concepts=concepts,
        alternatives=speller.alternatives(expanded),
        aspects=tuple(dict.fromkeys(span.label for span in aspects)),
        codes=tuple(_CODE.findall(text)),
        marked=has_marks(text),
    )


def _expand(raw: Sequence[str], lexicon: Lexicon, speller: Speller) -> list[str]:
    expanded: list[str] = []
    for word in raw:
        known = lexicon.abbreviations.get(word)
        expanded.extend(known or _one_word(word, speller))
    return expanded


def _one_word(word: str, speller: Speller) -> tuple[str, ...]:
    bare = word if speller.knows(word) else untyped(word)
    return (bare,) if speller.knows(bare) else speller.split(bare)


def _weights(
    text: Sequence[str], concepts: Sequence[Span], aspects: Sequence[Span], lexicon: Lexicon
) -> tuple[float, ...]:
    weights = [FILLER_WORD if word in lexicon.filler_words else 1.0 for word in text]
    for span in lexicon.filler_phrases.spans(text):
        _lower(weights, span, FILLER_PHRASE)
    for span in aspects:
        _lower(weights, span, ASPECT_PHRASE)
    for span in concepts:
        if not any(_covers(aspect, span) for aspect in aspects):
            weights[span.start : span.end] = [1.0] * (span.end - span.start)
    return tuple(weights)


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _lower(weights: list[float], span: Span, weight: float) -> None:
    for position in range(span.start, span.end):
        weights[position] = min(weights[position], weight)
