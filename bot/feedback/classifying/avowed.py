"""What a writer says by name that they are doing: “tôi xin tố cáo …”.

A few words that decide would be drowned by a long story and by the sender's name and number: all
words together are weighed, the more there are the less each counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from bot.feedback.classifying.concepts import Phrase, way_of
from bot.feedback.classifying.reading import DATA, Said, read

AVOWED_FILE: Final = DATA / "avowed.vi.toml"
# How many phrases may stand between who says so and the word.
MOST_BETWEEN: Final = 3
# How many words go on behind it where a sentence opens with the word: of fewer it is the name of
# a subject, or a manner of speaking (“tố cáo quán karaoke ồn ào”).
LEAST_TOLD: Final = 6

Phrases = frozenset[Phrase]


def denounces(said: Said) -> bool:
    """Tell whether the writer says of themselves that they denounce somebody or something.

    Who asks how it is done does not, nor who says it of a dog, a loudspeaker or the weather.
    """
    book = _book(marked=said.marked)
    return any(_avows(way_of(clause, marked=said.marked), book) for clause in said.clauses)


def _avows(way: Phrase, book: Mapping[str, Phrases]) -> bool:
    if any(_begins(way[at:], book["asks"]) for at in range(len(way))):
        return False
    return any(
        _said_of_oneself(way[:at], way[at + size :], book)
        for at in range(len(way))
        for size in _begins(way[at:], book["word"])
    )


def _said_of_oneself(before: Phrase, told: Phrase, book: Mapping[str, Phrases]) -> bool:
    """Tell whether the writer does what is named between ``before`` and what is ``told`` then."""
    if _begins(told, book["never_of"]):
        return False
    if not before or before in book["opening"]:
        return len(told) >= LEAST_TOLD
    rest = [before]
    for _ in range(MOST_BETWEEN + 1):
        if any(_ends(one, book["who"]) for one in rest):
            return True
        rest = [one[:-size] for one in rest for size in _ends(one, book["between"])]
    return False


def _begins(way: Phrase, some: Phrases) -> Sequence[int]:
    """Give how many words each of ``some`` has that ``way`` begins with."""
    return [size for size in _sizes(some) if way[:size] in some]


def _ends(way: Phrase, some: Phrases) -> Sequence[int]:
    return [size for size in _sizes(some) if size <= len(way) and way[-size:] in some]


@cache
def _sizes(some: Phrases) -> Sequence[int]:
    return sorted({len(one) for one in some})


@cache
def _book(*, marked: bool) -> Mapping[str, Phrases]:
    table = tomllib.loads(AVOWED_FILE.read_text(encoding="utf-8"))
    return {name: frozenset(_ways(texts, marked=marked)) for name, texts in table.items()}


def _ways(texts: Sequence[str], *, marked: bool) -> Iterator[Phrase]:
    return (way_of(clause, marked=marked) for text in texts for clause in read(text).clauses)
