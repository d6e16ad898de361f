"""How people ask for one side of a procedure: the words that name it, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.phrasebook import Phrasebook, Span
from knowledge.text import Tokens, tokens

# How long a way of asking is that may hold a slip, and two of them.
ONE_SLIP: Final = 8
TWO_SLIPS: Final = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that name a side around an act: "tiền | làm | hộ chiếu | bao nhiêu"."""

    opening: Phrasebook
    act: Phrasebook
    closing: Phrasebook

    @classmethod
    def of(cls, side: str, parts: Mapping[str, Sequence[str]]) -> Self:
        """Read the ways to say each part."""
        named = (parts["opening"], parts["act"], parts["closing"])
        return cls(*(Phrasebook((phrase, side) for phrase in phrases) for phrases in named))

    def spans(self, text: Tokens, *, loose: bool) -> Iterator[Span]:
        """Give what names the side, without the act between."""
        acts = {span.start: span.end for span in self.act.spans(text, loose=loose)}
        closings = self.closing.spans(text, loose=loose)
        for opening in self.opening.spans(text):
            end = acts.get(opening.end, len(text.words))
            after = [closing for closing in closings if closing.start >= end]
            yield from (opening, after[0]) if after else ()


@dataclass(frozen=True)
class Sides:
    """All ways to ask for a side; ``alone`` are those that count where nothing else is told."""

    phrases: Phrasebook
    frames: tuple[Frame, ...]
    alone: Phrasebook
    _tables: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]]) -> Self:
        """Read the tables of ``aspects.vi.toml``."""
        return cls(
            _book("phrases", tables),
            tuple(
                Frame.of(side, told["frame"]) for side, told in tables.items() if "frame" in told
            ),
            _book("alone", tables),
            tables,
        )

    def spans(self, text: Tokens, *, loose: bool) -> list[Span]:
        """Give what names a side; read loosely, some marks may be missing."""
        framed = (span for frame in self.frames for span in frame.spans(text, loose=loose))
        return [*self.phrases.spans(text, loose=loose), *framed]

    def nearly(self, said: str) -> str:
        """Give the side that folded words, and nothing else, ask for but for a slip or two."""
        slips = (len(said) >= ONE_SLIP) + (len(said) >= TWO_SLIPS)
        near = process.extractOne(said, [*self._ways], scorer=OSA.distance, score_cutoff=slips)
        return self._ways[near[0]] if near else ""

    @cached_property
    def _ways(self) -> Mapping[str, str]:
        ways = ((way, side) for side, told in self._tables.items() for way in told["phrases"])
        cut = ((tokens(way).words, side) for way, side in ways)
        return {" ".join(words): side for words, side in cut if len(words) > 1}


def _book(key: str, tables: Mapping[str, Mapping[str, Any]]) -> Phrasebook:
    pairs = ((way, side) for side, told in tables.items() for way in told.get(key, ()))
    return Phrasebook(pairs)
