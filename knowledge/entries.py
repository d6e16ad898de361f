"""The phrases a topic is called by, cut up for comparison.

A term is a folded word, two neighbouring ones with a blank between, a word with its marks behind
``EXACT_MARK``, or a concept behind ``CONCEPT_MARK``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.lexicon import Lexicon, Span
from knowledge.once import Once
from knowledge.text import tokens
from knowledge.topics import Topic

CONCEPT_MARK: Final = "@"
EXACT_MARK: Final = "#"
_NOTHING: Final[Mapping[str, tuple[int, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one topic.

    ``exact`` are the ``words`` as terms that keep their marks; ``concepts`` the positions each
    concept covers; ``owner`` the number of the topic.
    """

    owner: int
    phrase: str
    words: tuple[str, ...]
    exact: tuple[str, ...]
    concepts: Mapping[str, tuple[int, ...]]


def entries_of(topics: Iterable[Topic], lexicon: Lexicon) -> Iterator[Sequence[Entry]]:
    """Cut up the phrases of each of ``topics``; those written alike stand once."""
    exact: Once[str, str] = Once(EXACT_MARK.__add__)
    for owner, topic in enumerate(topics):
        seen: dict[tuple[str, ...], Entry] = {}
        for phrase in (topic.official_name, topic.name, *topic.aliases):
            text = lexicon.written_out(tokens(phrase))
            if text.words and text.keys not in seen:
                keys = tuple(map(exact.__getitem__, text.keys))
                concepts = _covered(lexicon.concepts.spans(text))
                seen[text.keys] = Entry(owner, phrase, text.words, keys, concepts)
        yield tuple(seen.values())


def _covered(spans: Iterable[Span]) -> Mapping[str, tuple[int, ...]]:
    concepts: dict[str, tuple[int, ...]] = {}
    for span in spans:
        key = CONCEPT_MARK + span.label
        concepts[key] = (*concepts.get(key, ()), *range(span.start, span.end))
    return concepts or _NOTHING
