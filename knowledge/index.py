"""Immutable look-up over every way a topic is called: names, aliases, and weak extra text."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from math import log, sqrt
from typing import Final, Self

from knowledge.alarm import Alarm
from knowledge.belonging import Evidence
from knowledge.entries import EXACT_MARK, Cutter, Entry
from knowledge.lexicon import Lexicon
from knowledge.once import Once
from knowledge.restoring import Restorer
from knowledge.spelling import Speller, clips_of
from knowledge.text import Tokens, tokens, words
from knowledge.topics import Topic, names_of
from knowledge.vocabulary import Vocabulary

LENGTH_PRIOR: Final = 8
WEAK: Final = 0.2
UPHOLDING: Final = 0.2
NOBODY: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Everything search needs, built once from the topics and never changed.

    ``weights`` is the telling power of each exact term; ``damping`` keeps long phrases from
    winning by their length. ``firmness`` says by topic how surely (0–1) a term belongs to it: a
    term all its phrases have to 1, one of a single phrase among many less, one only its papers
    or steps name ``WEAK``. ``amended`` counts the topics patched since all was built; what they
    left behind belongs to ``NOBODY`` and is never reached.
    """

    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    weights: Mapping[str, float]
    firmness: tuple[Mapping[str, float], ...]
    damping: Sequence[float]
    postings: Mapping[str, Sequence[int]]
    idf: Mapping[str, float]
    evidence: Evidence
    lexicon: Lexicon
    speller: Speller
    restorer: Restorer
    alarm: Alarm
    amended: int = 0

    @classmethod
    def build(cls, topics: Iterable[Topic], lexicon: Lexicon) -> Self:
        """Index ``topics`` in their order."""
        kept = tuple(topics)
        cutter = Cutter(lexicon)
        cut = [cutter.entries(owner, names_of(topic)) for owner, topic in enumerate(kept)]
        entries = tuple(chain.from_iterable(cut))
        foreign = [cutter.entries(NOBODY, phrases) for phrases in lexicon.elsewhere().values()]
        others = tuple(chain.from_iterable(foreign))
        known = Vocabulary.of((*entries, *others))
        told = _told(cut, [topic.weak_text for topic in kept], foreign, cutter)
        weights = {term: weight_of(term, told.idf, lexicon) for term in known.folded}
        return cls(
            topics=kept,
            entries=entries,
            weights=weights,
            firmness=told.firmness,
            damping=array("d", damping_of(entries, weights)),
            postings=told.postings,
            idf=told.idf,
            evidence=Evidence(
                ours=told.postings,
                phrases=len(entries),
                elsewhere=Counter(chain.from_iterable(map(cutter.terms, others))),
                others=len(others),
            ),
            lexicon=lexicon,
            speller=Speller(known.words, told.idf, clips_of(known.pairs)),
            restorer=Restorer.learnt(known),
            alarm=Alarm.learnt(_cries(lexicon), known, phrases=len(entries) + len(others)),
        )

    def rarity(self, term: str) -> float:
        """Tell how much ``term`` narrows the search; unknown words tell little."""
        return self.idf.get(term, 2.0)


def _cries(lexicon: Lexicon) -> Mapping[str, Sequence[Tokens]]:
    return {
        kind: [lexicon.written_out(tokens(phrase)) for phrase in phrases]
        for kind, phrases in lexicon.danger().items()
    }


def weight_of(term: str, idf: Mapping[str, float], lexicon: Lexicon) -> float:
    """Give the telling power of an exact term: how rare it is, less if it only holds up."""
    upholds = term.removeprefix(EXACT_MARK) in lexicon.filler_keys
    return idf[term] * (UPHOLDING if upholds else 1.0)


def damping_of(entries: Iterable[Entry], weights: Mapping[str, float]) -> Iterator[float]:
    """Give by how much each phrase is damped for its length."""
    totals = (sum(map(weights.__getitem__, entry.exact)) for entry in entries)
    return (1 / sqrt(total + LENGTH_PRIOR) for total in totals)


@dataclass(frozen=True, slots=True)
class _Told:
    postings: Mapping[str, Sequence[int]]
    firmness: tuple[Mapping[str, float], ...]
    idf: Mapping[str, float]


def _told(
    cut: Sequence[Sequence[Entry]],
    weak_texts: Iterable[tuple[str, ...]],
    foreign: Sequence[Sequence[Entry]],
    cutter: Cutter,
) -> _Told:
    """Learn all about the terms in one pass: kept for every phrase they would fill the memory."""
    weak: Once[tuple[str, ...], frozenset[str]] = Once(weak_words)
    postings: defaultdict[str, list[int]] = defaultdict(list)
    carriers: Counter[str] = Counter()
    firmness = []
    numbers = count()
    for entries, texts in zip(cut, weak_texts, strict=True):
        heard: list[str] = []
        for entry, number in zip(entries, numbers, strict=False):
            terms = cutter.terms(entry)
            for term in terms:
                postings[term].append(number)
            heard += terms
            heard += set(entry.exact)
        told = Counter(heard)
        carriers.update(told.keys())
        firmness.append(firmness_of(told, len(entries), weak[texts]))
    # Who speaks of what no office answers says something rare, not something unknown.
    for entries in foreign:
        carriers.update({term for one in entries for term in (*cutter.terms(one), *one.exact)})
    # Most terms stand in few phrases, and a list keeps room to grow.
    short = {term: tuple(found) for term, found in postings.items()}
    return _Told(short, tuple(firmness), _rarity(carriers, len(cut) + len(foreign)))


def _rarity(carriers: Mapping[str, int], count: int) -> dict[str, float]:
    rarity: Once[int, float] = Once(lambda n: rarity_of(n, count))
    return {term: rarity[n] for term, n in carriers.items()}


def rarity_of(carriers: int, count: int) -> float:
    """Tell how much a term narrows the search that ``carriers`` of ``count`` topics have."""
    return log(1 + (count - carriers + 0.5) / (carriers + 0.5))


def firmness_of(told: Mapping[str, int], phrases: int, weak: Iterable[str]) -> dict[str, float]:
    """Tell how surely each term belongs to a topic; ``told`` counts its phrases that have it."""
    # Few numbers serve all terms: a float for each would take megabytes.
    shares: Once[int, float] = Once(lambda n: log(1 + n) / log(1 + phrases))
    firmness = dict.fromkeys(weak, WEAK)
    firmness.update(zip(told, map(shares.__getitem__, told.values()), strict=True))
    return firmness


def weak_words(texts: tuple[str, ...]) -> frozenset[str]:
    """Give the words of a topic's papers, steps and the like."""
    return frozenset(word for text in texts for word in words(text))
