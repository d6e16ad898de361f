"""What of a message is weighed: words, pairs, pieces of words; concepts and how they meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from bot.feedback.classifying.concepts import concepts
from bot.feedback.classifying.reading import NUMBER, SUM, Clause, Said

# Letters of a piece: a syllable typed or misspelt otherwise still shares some.
PIECE: Final = 4
# How many words apart two concepts may stand to be said of one another.
NEAR: Final = 9
# How many words may stand before what a clause opens with.
OPENING: Final = 1
MOST_COUNTED: Final = 4
# More words than so many: how long it is.
LENGTHS: Final = (2, 4, 7, 12, 20, 35, 60, 120)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a message in two heaps, each weighed by itself: many words, few concepts.

    ``said`` tells how often each word and pair is said.
    """

    words: frozenset[str]
    concepts: frozenset[str]
    said: Mapping[str, int]


def terms_of(said: Said) -> Terms:
    """Give all terms of a message, each once.

    ``~`` begins a word with its marks, ``'`` a piece, ``^`` and ``$`` what it begins and ends
    with, ``@`` a concept (``>`` right before another, ``&`` anywhere beside it), ``#`` a count.
    """
    rows = Counter(one for clause in said.clauses for one in _in_row(clause.words))
    return Terms(frozenset(_words(said)), frozenset(_concepts(said)), rows)


def _words(said: Said) -> Iterator[str]:
    for clause in said.clauses:
        yield from _in_row(clause.words)
        yield from map(" _ ".join, zip(clause.words, clause.words[2:], strict=False))
        row = f" {' '.join(clause.words)} "
        yield from (f"'{row[at : at + PIECE]}" for at in range(len(row) - PIECE + 1))
        if said.marked:
            yield from (f"~{term}" for term in _in_row(clause.keys))
    if said.clauses:
        first, last = said.clauses[0].words, said.clauses[-1].words
        yield from (f"^{first[0]}", f"^{' '.join(first[:2])}")
        yield from (f"{last[-1]}$", f"{' '.join(last[-2:])}$")


def _in_row(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from map(" ".join, pairwise(words))


def _concepts(said: Said) -> Iterator[str]:
    known, everywhere = concepts(), set[str]()
    for clause in said.clauses:
        here = list(known.found(clause, marked=said.marked))
        everywhere.update(group for _, group in here)
        yield from (f"@^{group}" for at, group in here if at <= OPENING)
        yield from _met(here)
    yield from (f"@{group}" for group in everywhere)
    yield from (f"@{one}&{other}" for one, other in combinations(sorted(everywhere), 2))
    if said.asks:
        yield "@?"
        yield from (f"@?&{group}" for group in everywhere)
    yield from _counts(said)


def _met(here: Sequence[tuple[int, str]]) -> Iterator[str]:
    for number, (at, one) in enumerate(here):
        for then, other in here[number + 1 :]:
            if then - at > NEAR:
                break
            if other != one:
                yield f"@{one}>{other}"


def _counts(said: Said) -> Iterator[str]:
    numbers = Counter(_numbers(said.clauses))
    for name, count in (("0", numbers.total()), (SUM, numbers[SUM])):
        yield from (f"#{name} {few + 1}" for few in range(min(count, MOST_COUNTED)))
    yield f"#{sum(said.length > most for most in LENGTHS)}"


def _numbers(clauses: Sequence[Clause]) -> Iterator[str]:
    return (word for clause in clauses for word in clause.words if word[0] == NUMBER)
