"""A question as it was typed → its words, what each is worth, and what they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from knowledge.lexicon import Lexicon
from knowledge.phrasebook import Span
from knowledge.restoring import Restorer
from knowledge.spelling import Speller
from knowledge.text import Tokens, nfc, spelled_plainly, tokens, untyped

FILLER_WORD: Final = 0.12
FILLER_PHRASE: Final = 0.06
ASPECT_PHRASE: Final = 0.12
_CODE: Final = re.compile(r"(?<![\d.])(\d\.\d{6})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of a question.

    ``keys`` are the words with their marks, as typed or else as likely meant; ``marked`` tells
    that they were typed. ``weights`` (0–1) says how much each word tells about the subject;
    ``alternatives`` holds, by position, likely meant words with their likeness (0–1); ``aspects``
    the sides asked about, in the order they stand; ``asking`` where several words name one, each
    but a part of it, as "mất" in "mất bao lâu"; ``codes`` any procedure codes written out.
    """

    text: str
    words: tuple[str, ...]
    keys: tuple[str, ...]
    weights: tuple[float, ...]
    concepts: tuple[Span, ...]
    alternatives: Mapping[int, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    aspects: tuple[str, ...] = ()
    asking: tuple[Span, ...] = ()
    codes: tuple[str, ...] = ()
    marked: bool = False

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that do more than hold the sentence up or name a side."""
        pairs = zip(self.words, self.weights, strict=True)
        return tuple(word for word, weight in pairs if weight >= 1)

    @property
    def aside(self) -> frozenset[int]:
        """The positions of words that are but a part of naming a side."""
        return frozenset(chain.from_iterable(range(one.start, one.end) for one in self.asking))

    @property
    def is_bare(self) -> bool:
        """Tell whether nothing but scaffolding was said."""
        return not self.telling


def read(question: str, lexicon: Lexicon, speller: Speller, restorer: Restorer) -> Reading:
    """Read ``question`` with the language data and the words the index knows."""
    told = tokens(lexicon.asides.left_out(question))
    typed = _expand(lexicon.courtesies.within(told), lexicon, speller)
    said = Tokens(typed.words, restorer.restored(typed), marked=True)
    # Who leaves out some marks may have left out those of a whole phrase: "bao nhieu tien".
    some = typed.marked
    aspects = lexicon.aspects.spans(said, loose=some)
    # "bao" within "bao nhiêu" is no storm.
    concepts = tuple(
        span
        for span in lexicon.concepts.spans(said)
        if not any(_covers(aspect, span) for aspect in aspects)
    )
    fillers = lexicon.filler_phrases.spans(said, loose=some)
    weights = _weights(said, (concepts, aspects, fillers), lexicon, speller)
    if not aspects and max(weights, default=1.0) < 1:
        aspects = lexicon.aspects.alone.spans(said, loose=some)
    if not aspects and not concepts:
        aspects = _misspelt(said, weights, lexicon)
        weights = _weights(said, (concepts, aspects, fillers), lexicon, speller)
    return Reading(
        text=nfc(question),
        words=said.words,
        keys=said.keys,
        weights=weights,
        concepts=concepts,
        alternatives=speller.alternatives(said.words),
        aspects=tuple(dict.fromkeys(span.label for span in _outermost(aspects))),
        asking=tuple(span for span in aspects if span.end - span.start > 1),
        codes=tuple(_CODE.findall(question)),
        marked=typed.marked,
    )


def _misspelt(text: Tokens, weights: Sequence[float], lexicon: Lexicon) -> list[Span]:
    """Find a side asked for with slips, where that is all that is told: "thoi gain giai quyet"."""
    told = [position for position, weight in enumerate(weights) if weight >= 1]
    if not told:
        return []
    start, end = told[0], told[-1] + 1
    side = lexicon.aspects.nearly(" ".join(text.words[start:end]))
    return [Span(start, end, side)] if side else []


def _expand(raw: Tokens, lexicon: Lexicon, speller: Speller) -> Tokens:
    words: list[str] = []
    keys: list[str] = []
    for position, (word, key) in enumerate(zip(raw.words, raw.keys, strict=True)):
        known = _written_out(raw, position, lexicon, speller)
        if known:
            words.extend(known.words)
            keys.extend(known.keys if raw.marked else known.words)
            continue
        parts = _one_word(word, speller)
        words.extend(parts)
        keys.extend(parts if parts != (word,) else (key,))
    return Tokens(tuple(words), tuple(keys), raw.marked)


def _written_out(raw: Tokens, position: int, lexicon: Lexicon, speller: Speller) -> Tokens | None:
    word, key = raw.words[position], raw.keys[position]
    short = lexicon.abbreviations
    # What stands before tells what is meant: "đk kh" is a wedding, "có phải đk kh" a question.
    before = (" ".join(raw.words[max(position - far, 0) : position + 1]) for far in (2, 1))
    for written in (*before, key):
        if written in short:
            return short[written]
    return short.get(word) if not raw.marked or word not in speller else None


def _one_word(word: str, speller: Speller) -> tuple[str, ...]:
    for bare in (word, untyped(word), spelled_plainly(word)):
        if bare in speller:
            return (bare,)
    parts = speller.split(untyped(word))
    return parts if len(parts) > 1 else speller.unclipped(word)


def _weights(
    text: Tokens,
    spans: tuple[Sequence[Span], Sequence[Span], Sequence[Span]],
    lexicon: Lexicon,
    speller: Speller,
) -> tuple[float, ...]:
    concepts, aspects, fillers = spans
    weights = [FILLER_WORD if _holds_up(key, lexicon, speller) else 1.0 for key in text.keys]
    for span in fillers:
        _lower(weights, span, FILLER_PHRASE)
    for span in aspects:
        _lower(weights, span, ASPECT_PHRASE)
    for span in concepts:
        weights[span.start : span.end] = [1.0] * (span.end - span.start)
    return tuple(weights)


def _holds_up(key: str, lexicon: Lexicon, speller: Speller) -> bool:
    """Tell whether a word says little: scaffolding, or a number that no phrase of ours has."""
    return key in lexicon.filler_keys or (key.isdecimal() and key not in speller)


def _outermost(spans: Sequence[Span]) -> Iterable[Span]:
    """Leave out what is part of a longer phrase: "mẫu đơn lấy ở đâu" asks for no place."""
    return (
        one for one in spans if not any(_covers(other, one) for other in spans if other != one)
    )


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _lower(weights: list[float], span: Span, weight: float) -> None:
    for position in range(span.start, span.end):
        weights[position] = min(weights[position], weight)
