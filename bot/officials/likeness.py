"""When two questions ask the same: by the words that tell, the rare ones counting for more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Generic, TypeVar

# At least this much of what two questions say is the same; less will do where search thought of
# the same topic for both. Set on pairs of golden questions: see tests/golden/test_likeness.py.
ALIKE: Final = 0.60
AKIN: Final = 0.45
_ROUNDING: Final = 1e-9

Shape = tuple[str, ...]
Rarity = Callable[[str], float]
Key = TypeVar("Key", bound=Hashable)


def shape_of(words: Sequence[str], weights: Sequence[float]) -> Shape:
    """Give the folded words that tell what is asked, each once; all when none of them tells."""
    telling = {word for word, weight in zip(words, weights, strict=True) if weight >= 1}
    return tuple(sorted(telling or set(words)))


def key_of(shape: Shape) -> str:
    """Give the name under which all questions of one shape stand together (64 signs)."""
    return sha256(" ".join(shape).encode()).hexdigest()


def likeness(one: Iterable[str], other: Iterable[str], rarity: Rarity) -> float:
    """Tell how much of what two shapes say is the same (0–1), whichever comes first."""
    left, right = set(one), set(other)
    whole = sum(map(rarity, sorted(left | right)))
    if not whole:
        return float(left == right)
    return sum(map(rarity, sorted(left & right))) / whole


def shared(one: Iterable[str], other: Iterable[str], rarity: Rarity) -> float:
    """Tell how much of what the shorter of two shapes says the other says too (0–1)."""
    left, right = set(one), set(other)
    least = min(sum(map(rarity, sorted(left))), sum(map(rarity, sorted(right))))
    return sum(map(rarity, sorted(left & right))) / least if least else 0.0


@dataclass(frozen=True, slots=True)
class _Known(Generic[Key]):
    key: Key
    shape: Shape
    near: str
    weight: float


class Nearest(Generic[Key]):
    """Shapes to compare with, found through their words."""

    def __init__(self, rarity: Rarity) -> None:
        """Weigh words by ``rarity``, as the index does."""
        self._rarity = rarity
        self._known: list[_Known[Key]] = []
        self._postings: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, key: Key, shape: Shape, near: str) -> None:
        """Remember a shape and the topic search thought of for it, empty when it had none."""
        for word in shape:
            self._postings[word].append(len(self._known))
        self._known.append(_Known(key, shape, near, sum(map(self._rarity, shape))))

    def find(self, shape: Shape, near: str) -> Key | None:
        """Give the shape that asks the same, the likeliest first, then the first remembered."""
        best: tuple[float, int] | None = None
        for number in self._within_reach(shape, near):
            known = self._known[number]
            found = likeness(shape, known.shape, self._rarity)
            if found >= _bound(near, known.near) and (best is None or (-found, number) < best):
                best = (-found, number)
        return None if best is None else self._known[best[1]].key

    def _within_reach(self, shape: Shape, near: str) -> Iterator[int]:
        """Give all that share about enough: what they share is summed up word by word."""
        shared: defaultdict[int, float] = defaultdict(float)
        for word in shape:
            weight = self._rarity(word)
            for number in self._postings.get(word, ()):
                shared[number] += weight
        own = sum(map(self._rarity, shape))
        for number, both in shared.items():
            known = self._known[number]
            # As much of all that either says; a little less, for sums round.
            least = _bound(near, known.near) - _ROUNDING
            if both >= least * (own + known.weight - both):
                yield number


def _bound(near: str, other: str) -> float:
    return AKIN if near and near == other else ALIKE
