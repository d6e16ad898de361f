"""When two questions ask the same: by the words that tell, the rare ones counting for more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class _Known(Generic[Key]):
    key: Key
    shape: Shape
    near: str
    number: int


class Nearest(Generic[Key]):
    """Shapes to compare with, found through their words."""

    def __init__(self, rarity: Rarity) -> None:
        """Weigh words by ``rarity``, as the index does."""
        self._rarity = rarity
        self._postings: defaultdict[str, list[_Known[Key]]] = defaultdict(list)
        self._count = 0

    def add(self, key: Key, shape: Shape, near: str) -> None:
        """Remember a shape and the topic search thought of for it, empty when it had none."""
        known = _Known(key, shape, near, self._count)
        self._count += 1
        for word in shape:
            self._postings[word].append(known)

    def find(self, shape: Shape, near: str) -> Key | None:
        """Give the shape that asks the same, the likeliest first, then the first remembered."""
        alike = [
            (-found, known.number, known.key)
            for known in self._within_reach(shape)
            if (found := likeness(shape, known.shape, self._rarity)) >= _bound(near, known.near)
        ]
        return min(alike, key=lambda one: one[:2])[2] if alike else None

    def _within_reach(self, shape: Shape) -> Iterable[_Known[Key]]:
        """Give all that share enough: who shares none of the rarest words cannot."""
        rest = sum(map(self._rarity, shape))
        least = rest * AKIN
        reached: dict[int, _Known[Key]] = {}
        for word in sorted(shape, key=self._rarity, reverse=True):
            if rest < least - _ROUNDING:
                break
            reached |= {known.number: known for known in self._postings.get(word, ())}
            rest -= self._rarity(word)
        return reached.values()


def _bound(near: str, other: str) -> float:
    return AKIN if near and near == other else ALIKE
