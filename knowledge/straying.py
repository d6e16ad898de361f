"""Whether a short question only borrows words of a topic, to speak of another one.

"Xác nhận tình trạng nhà đất" says most of "xác nhận tình trạng hôn nhân" and asks for something
else. In long stories other words stand beside what is meant, so nothing is told of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, product
from typing import Final

from knowledge.entries import CONCEPT_MARK, EXACT_MARK, Entry
from knowledge.index import Index
from knowledge.reading import Reading
from knowledge.text import Tokens

# How many telling words a question may have that is told to put one thing in place of another,
# and one that is told to say something besides.
SHORT: Final = 8
VERY_SHORT: Final = 4
# How much of a phrase is left unsaid where another thing stands in its place.
LEFT_UNSAID: Final = 0.15
# A word belongs to a topic by half, is somewhat known to it, is at home with another.
OF_THE_TOPIC: Final = 0.5
KNOWN: Final = 0.3
AT_HOME: Final = 0.7
# The acts that make no matter another one.
PLAIN: Final = "plain"

Terms = AbstractSet[str]


@dataclass(frozen=True)
class Straying:
    """One reading, prepared for telling of many topics whether it strays from them."""

    reading: Reading
    index: Index

    def __call__(self, entry: Entry) -> bool:
        """Tell whether the question strays from the topic whose phrase it comes nearest to."""
        if len(self.telling) > SHORT:
            return False
        forms = _forms(entry)
        known = frozenset().union(*forms)
        shared = [at for at in self.telling if not self.said[at].isdisjoint(known)]
        only_act = self.acts.keys() >= set(shared)
        if not only_act and len(self.telling) > VERY_SHORT:
            return False
        firmness = self.index.firmness[entry.owner]
        unsaid = self._unsaid(entry, forms)
        # What follows on a whole phrase that names a thing only adds to it: a place, for whom.
        adding = shared[0] if not unsaid and not only_act else len(self.said)
        beside = [at for at in self.telling if at not in shared and self.acts.get(at) != PLAIN]
        instead = self._instead(unsaid, forms, firmness)
        return any(at in beside for at in instead) or any(
            self._is_of_another(at, firmness) for at in beside if at < adding
        )

    @property
    def act_alone(self) -> str:
        """The kind of act a question names that says nothing of what it is done with."""
        kinds = {self.acts.get(at, "") for at in self.telling}
        return "" if "" in kinds else max(kinds, default="")

    @cached_property
    def acts(self) -> Mapping[int, str]:
        """The positions of words that say what is done, whatever with, and of which kind."""
        reading = self.reading
        text = Tokens(reading.words, reading.keys, marked=True)
        spans = self.index.lexicon.acts.spans(text)
        return {place: span.label for span in spans for place in range(span.start, span.end)}

    @cached_property
    def telling(self) -> Sequence[int]:
        """The positions of words that do more than hold the sentence up or name a side."""
        weights = enumerate(self.reading.weights)
        return [position for position, weight in weights if weight >= 1]

    @cached_property
    def said(self) -> Sequence[Terms]:
        """What each word says for certain: marks that are known and do not agree say another."""
        each = [self._certain(position) for position in range(len(self.reading.words))]
        for span in self.reading.concepts:
            for position in range(span.start, span.end):
                each[position].add(CONCEPT_MARK + span.label)
        return each

    def _certain(self, position: int) -> set[str]:
        exact = EXACT_MARK + self.reading.keys[position]
        if exact in self.index.idf:
            return {exact}
        meant = self.reading.alternatives.get(position, ())
        return {self.reading.words[position], *(word for word, _ in meant)}

    def _is_of_another(self, position: int, firmness: Mapping[str, float]) -> bool:
        """Tell whether a topic hardly knows a word that is at home with another one."""
        terms = self.said[position]
        return _most(terms, firmness) < KNOWN and self.homes[position] >= AT_HOME

    @cached_property
    def homes(self) -> Mapping[int, float]:
        """How surely each telling word belongs to the topic it belongs to most."""
        return {position: self._home(position) for position in self.telling}

    def _home(self, position: int) -> float:
        index, terms = self.index, self.said[position]
        met = index.postings.get(self.reading.words[position], ())
        owners = {index.entries[number].owner for number in met}
        return max((_most(terms, index.firmness[owner]) for owner in owners), default=0.0)

    def _instead(
        self, unsaid: Sequence[int], forms: Sequence[Terms], firmness: Mapping[str, float]
    ) -> Iterator[int]:
        """Give the words said where a phrase goes on with its own, as its topic never does."""
        words = self.reading.words
        for (head, (word, after)), place in product(enumerate(pairwise(words)), unsaid):
            goes_on = place and not self.said[head].isdisjoint(forms[place - 1])
            # Without its marks "chùa" would be the "chưa" that the topic knows.
            known = f"{word} {after}" in firmness and _most(self.said[head + 1], firmness) > 0
            if goes_on and not known:
                follows = islice((at for at in self.telling if at > head), 1)
                yield from (at for at in follows if _most(self.said[at], firmness) < OF_THE_TOPIC)

    def _unsaid(self, entry: Entry, forms: Sequence[Terms]) -> Sequence[int]:
        """Give the places of the words left unsaid, when they are a part that counts."""
        told = frozenset().union(*self.said)
        unsaid = [place for place, form in enumerate(forms) if form.isdisjoint(told)]
        worth = [self.index.weights[term] for term in entry.exact]
        missing = sum(worth[place] for place in unsaid)
        return unsaid if missing > LEFT_UNSAID * sum(worth) else ()


def _forms(entry: Entry) -> Sequence[Terms]:
    forms = [{word, exact} for word, exact in zip(entry.words, entry.exact, strict=True)]
    for concept, places in entry.concepts.items():
        for place in places:
            forms[place].add(concept)
    return forms


def _most(terms: Terms, firmness: Mapping[str, float]) -> float:
    return max((firmness.get(term, 0.0) for term in terms), default=0.0)
