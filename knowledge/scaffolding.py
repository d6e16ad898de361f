"""Words that only hold a sentence up: told by their marks, and without marks by their neighbours.

"cần" says little and "căn" of "căn cước" much; who types "can" means one or the other, and the
word beside it tells which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet

from knowledge.entries import EXACT_MARK
from knowledge.text import Tokens
from knowledge.vocabulary import Vocabulary

_Place = tuple[str, str, bool]


class Scaffolding:
    """Knows the words that say little, and beside which words their look-alikes say much."""

    def __init__(self, words: Tokens, known: Vocabulary) -> None:
        """Take the words that say little, and those to learn their look-alikes from."""
        self._keys = frozenset(words.keys)
        self._words = frozenset(words.words)
        self._telling = self._beside(known)

    def __contains__(self, key: str) -> bool:
        """Tell whether a word with its marks only holds a sentence up."""
        return key in self._keys

    def holds(self, text: Tokens) -> list[bool]:
        """Tell of each word of ``text`` whether it only holds the sentence up."""
        before, after = ("", *text.words), (*text.words[1:], "")
        return [
            word in self._words
            and (
                key in self._keys
                if (text.marked and key in self._keys) or key != word
                else not self._tells(left, word, right)
            )
            for left, word, key, right in zip(before, text.words, text.keys, after, strict=False)
        ]

    def _tells(self, before: str, word: str, after: str) -> bool:
        return (before, word, True) in self._telling or (word, after, False) in self._telling

    def _beside(self, known: Vocabulary) -> AbstractSet[_Place]:
        votes: Counter[_Place] = Counter()
        for (left_term, right_term), times in known.exact_pairs.items():
            left, right = known.folded[left_term], known.folded[right_term]
            if left in self._words:
                votes[left, right, False] += self._votes(left_term) * times
            if right in self._words:
                votes[left, right, True] += self._votes(right_term) * times
        return frozenset(place for place, count in votes.items() if count > 0)

    def _votes(self, term: str) -> int:
        return -1 if term.removeprefix(EXACT_MARK) in self._keys else 1
