"""Sentences of a card made fit for a small screen: nothing said twice, long ones cut."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from bot.conversation.wording import DATA
from knowledge.text import words

ELLIPSIS: Final = "…"
LEAST_KEPT: Final = 0.5
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=\S)")
_BREAK: Final = re.compile(r"[.;:,](?=\s)")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Tells what a remark adds to what was said.

    ``empty`` are phrases that add nothing, ``negations`` words that turn a sentence around,
    ``waivers`` words (with marks) of paying less, ``written_out`` short forms with the long ones.
    """

    empty: tuple[str, ...]
    negations: frozenset[str]
    waivers: frozenset[str]
    written_out: Mapping[str, str]

    @classmethod
    def load(cls) -> Self:
        """Read ``phrasing.vi.toml``."""
        told = tomllib.loads((DATA / "phrasing.vi.toml").read_text(encoding="utf-8"))
        return cls(
            tuple(told["empty"]),
            frozenset(told["negations"]),
            frozenset(told["waivers"]),
            told["written_out"],
        )

    def left(self, remark: str, said: Sequence[str]) -> str:
        """Give a remark without the sentences that one of the lines ``said`` holds already."""
        kept: list[str] = []
        for sentence in filter(None, _SENTENCE.split(remark.strip())):
            if not any(self._repeats(sentence, line) for line in (*said, *kept)):
                kept.append(sentence)
        return " ".join(kept)

    def waives(self, text: str) -> bool:
        """Tell whether a text speaks of those who pay less or nothing."""
        return not self.waivers.isdisjoint(re.findall(r"\w+", text.lower()))

    def _repeats(self, sentence: str, line: str) -> bool:
        ours, theirs = self._telling(sentence), self._telling(line)
        return ours <= theirs and ours & self.negations == theirs & self.negations

    def _telling(self, text: str) -> frozenset[str]:
        said = f" {' '.join(words(text))} "
        for short, long in self.written_out.items():
            said = said.replace(f" {short} ", f" {long} ")
        for phrase in self.empty:
            said = said.replace(f" {phrase} ", " ")
        return frozenset(said.split())


def contained(items: Iterable[str]) -> list[str]:
    """Give items without those another item begins with: “A” beside “A nơi cư trú”."""
    told = list(dict.fromkeys(items))
    openings = [f"{' '.join(words(item))} " for item in told]
    return [
        item
        for opening, item in zip(openings, told, strict=True)
        if not any(other != opening and other.startswith(opening) for other in openings)
    ]


def shortened(text: str, most: int) -> str:
    """Cut a text to at most ``most`` signs, where it breathes when that keeps half of it."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    breaks = [match.start() for match in _BREAK.finditer(f"{head} ")]
    worth = breaks and breaks[-1] >= most * LEAST_KEPT
    kept = head[: breaks[-1]] if worth else head.rpartition(" ")[0].rstrip(" ,;:(")
    return kept + ELLIPSIS + (")" if kept.count("(") > kept.count(")") else "")
