"""A built index with a few topics changed, so that an edit is found at once, without a build.

What was learnt of all phrases together stays as it was built: how rare a term is that others had
already, and what cries for help sound like. Scores may so differ in their second digit from those
of a full build, which comes after ``knowledge.library`` has patched often enough.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from knowledge.entries import Cutter, Entry
from knowledge.index import (
    NOBODY,
    Index,
    damping_of,
    firmness_of,
    rarity_of,
    weak_words,
    weight_of,
)
from knowledge.spelling import Speller, clips_of
from knowledge.topics import Topic, TopicKey, names_of


def patched(index: Index, changed: Sequence[Topic], gone: Collection[TopicKey] = ()) -> Index:
    """Give ``index`` with topics ``changed``, new ones too, and those of the keys ``gone`` out.

    ``index`` itself stays as it is: turns that began with it end with it.
    """
    draft = _Draft(index, {*(topic.key for topic in changed), *gone})
    for topic in changed:
        draft.put(topic)
    for key in gone:
        draft.drop(key)
    return draft.index(len(changed) + len(gone))


class _Draft:
    """What an index becomes, gathered topic by topic and laid down at once."""

    def __init__(self, index: Index, keys: Collection[TopicKey]) -> None:
        self._before = index
        self._cutter = Cutter(index.lexicon)
        self._topics = list(index.topics)
        self._firmness = list(index.firmness)
        self._owners = {topic.key: number for number, topic in enumerate(index.topics)}
        touched = {self._owners[key] for key in keys if key in self._owners}
        self._had: defaultdict[int, dict[tuple[str, ...], int]] = defaultdict(dict)
        for number, entry in enumerate(index.entries):
            if entry.owner in touched:
                self._had[entry.owner][entry.exact] = number
        self._stale: list[int] = []
        self._fresh: list[Entry] = []

    def put(self, topic: Topic) -> None:
        """Take ``topic`` in, in place of what it was before."""
        owner = self._owners.setdefault(topic.key, len(self._topics))
        if owner == len(self._topics):
            self._topics.append(topic)
            self._firmness.append({})
        entries = self._cutter.entries(owner, names_of(topic))
        had = self._had.get(owner, {})
        now = {entry.exact for entry in entries}
        self._stale += [number for exact, number in had.items() if exact not in now]
        self._fresh += [entry for entry in entries if entry.exact not in had]
        self._topics[owner] = topic
        heard = chain.from_iterable(
            (*self._cutter.terms(entry), *set(entry.exact)) for entry in entries
        )
        self._firmness[owner] = firmness_of(
            Counter(heard), len(entries), weak_words(topic.weak_text)
        )

    def drop(self, key: TopicKey) -> None:
        """Let nobody reach a topic any more."""
        if key in self._owners:
            self._stale += self._had[self._owners[key]].values()

    def index(self, amended: int) -> Index:
        """Lay everything down; ``amended`` topics were touched."""
        before = self._before
        removed = [before.entries[number] for number in self._stale]
        entries = [*before.entries, *self._fresh]
        for number in self._stale:
            entries[number] = replace(entries[number], owner=NOBODY)
        postings = self._postings(removed)
        idf = self._rarities(postings, entries, removed)
        weights = dict(before.weights)
        for term in chain.from_iterable(entry.exact for entry in self._fresh):
            if term not in weights:
                weights[term] = weight_of(term, idf, before.lexicon)
        counts = self._counts(removed)
        pairs = Counter(chain.from_iterable(pairwise(entry.words) for entry in self._fresh))
        alive = len(self._fresh) - len(removed)
        evidence = before.evidence
        return replace(
            before,
            topics=tuple(self._topics),
            entries=tuple(entries),
            weights=weights,
            firmness=tuple(self._firmness),
            damping=array("d", chain(before.damping, damping_of(self._fresh, weights))),
            postings=postings,
            idf=idf,
            evidence=replace(evidence, ours=postings, phrases=evidence.phrases + alive),
            speller=Speller(counts, idf, {**clips_of(pairs), **before.speller.clips}),
            restorer=before.restorer.amended(self._fresh, removed, counts),
            amended=before.amended + amended,
        )

    def _postings(self, removed: Iterable[Entry]) -> dict[str, Sequence[int]]:
        """Give the postings; a term nobody has any more has none."""
        first = len(self._before.entries)
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._fresh, start=first):
            for term in self._cutter.terms(entry):
                found[term].append(number)
        left = {term for entry in removed for term in self._cutter.terms(entry)}
        postings = dict(self._before.postings)
        stale = set(self._stale)
        for term in {*found, *left}:
            kept: Iterable[int] = postings.get(term, ())
            if term in left:
                kept = (number for number in kept if number not in stale)
            postings[term] = (*kept, *found.get(term, ()))
            if not postings[term]:
                del postings[term]
        return postings

    def _rarities(
        self,
        postings: Mapping[str, Sequence[int]],
        entries: Sequence[Entry],
        removed: Sequence[Entry],
    ) -> dict[str, float]:
        """Give the rarity of new terms too, and none of those nobody has any more."""
        idf = dict(self._before.idf)
        for term in self._lost(postings, entries, removed):
            idf.pop(term, None)
        carriers: defaultdict[str, set[int]] = defaultdict(set)
        for entry in self._fresh:
            for term in (*self._cutter.terms(entry), *entry.exact):
                carriers[term].add(entry.owner)
        count = len(self._topics) + len(self._before.lexicon.elsewhere())
        for term, owners in carriers.items():
            if term not in idf:
                idf[term] = rarity_of(len(owners), count)
        return idf

    def _lost(
        self,
        postings: Mapping[str, Sequence[int]],
        entries: Sequence[Entry],
        removed: Sequence[Entry],
    ) -> Iterator[str]:
        elsewhere = self._before.evidence.elsewhere
        for term in {term for entry in removed for term in self._cutter.terms(entry)}:
            if term not in postings and term not in elsewhere:
                yield term
        for term, word in {
            pair for one in removed for pair in zip(one.exact, one.words, strict=True)
        }:
            if not any(term in entries[number].exact for number in postings.get(word, ())):
                yield term

    def _counts(self, removed: Iterable[Entry]) -> Mapping[str, int]:
        counts = Counter(dict(self._before.speller.counts))
        for entry in self._fresh:
            counts.update(entry.words)
        for entry in removed:
            counts.subtract(entry.words)
        return {word: times for word, times in counts.items() if times > 0}
