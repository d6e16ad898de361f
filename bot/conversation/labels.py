"""What stands on the buttons, typed instead of pressed; and the bare words for the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from bot.conversation.outcomes import Aspect
from bot.conversation.wording import Wording
from knowledge.text import Tokens, tokens, words

NONE: Final = "none"
_AROUND: Final = "around"


@dataclass(frozen=True, slots=True)
class Labels:
    """By their folded words: each label with its marks and the side (or ``none``) it names."""

    known: Mapping[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]
    around: frozenset[str]

    @classmethod
    def of(cls, wording: Wording) -> Self:
        """Read the labels of the buttons and the words of ``card.vi.toml`` that stand for them."""
        typed = wording.card["typed"]
        found: defaultdict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for text, side in _texts(wording):
            label = tokens(text)
            found[label.words].append((label.keys, side))
        known = {said: tuple(each) for said, each in found.items()}
        return cls(known, frozenset(words(typed[_AROUND])))

    def meant(self, text: Tokens) -> str:
        """Give the side a whole message names, ``none``, or nothing."""
        start, stop = 0, len(text.words)
        while start < stop:
            for keys, side in self.known.get(text.words[start:stop], ()):
                if not text.marked or keys == text.keys[start:stop]:
                    return side
            if text.words[stop - 1] in self.around:
                stop -= 1
            elif text.words[start] in self.around:
                start += 1
            else:
                break
        return ""


def _texts(wording: Wording) -> Iterable[tuple[str, str]]:
    yield wording.replies["choices_none"], NONE
    yield from ((wording.card["labels"][side], side) for side in Aspect)
    for side, labels in wording.card["typed"].items():
        if side != _AROUND:
            yield from ((label.strip(), side) for label in labels.split(","))
