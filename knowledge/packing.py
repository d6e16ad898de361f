"""A built index as plain values, and back: what was learnt of the phrases is kept."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from knowledge.alarm import Alarm
from knowledge.belonging import Evidence
from knowledge.entries import NO_CONCEPTS, Entry
from knowledge.index import Index
from knowledge.lexicon import LANGUAGE_ROOT, Lexicon
from knowledge.restoring import Restorer
from knowledge.spelling import Speller
from knowledge.topics import Topic, names_of

# Tuples, dicts, strings, numbers and bytes, in the order ``packed`` gives them.
Packed = tuple[Any, ...]
CODE: Final = Path(__file__).parent


def mark_of(topics: Iterable[Topic]) -> str:
    """Name all an index comes of: the phrases, the language data, and the code that builds."""
    digest = hashlib.sha256(str(sys.implementation.cache_tag).encode())
    for path in (*sorted(CODE.glob("*.py")), *sorted(LANGUAGE_ROOT.glob("*.toml"))):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for topic in topics:
        told = "\n".join((*names_of(topic), "", *topic.weak_text, ""))
        digest.update(hashlib.sha256(told.encode()).digest())
    return digest.hexdigest()


def packed(index: Index) -> Packed:
    """Give all of ``index`` but its topics and its language data."""
    return (
        tuple(map(_packed_entry, index.entries)),
        index.weights,
        index.firmness,
        array("d", index.damping).tobytes(),
        index.postings,
        index.idf,
        (dict(index.evidence.elsewhere), index.evidence.others),
        (dict(index.speller.counts), index.speller.clips),
        (index.restorer.written, index.restorer.beside),
        (index.alarm.weights, index.alarm.kinds, index.alarm.cries),
    )


def unpacked(values: Packed, topics: Sequence[Topic], lexicon: Lexicon) -> Index:
    """Give the index of ``topics`` back that ``packed`` took apart."""
    entries, weights, firmness, damping, postings, idf, evidence, *learnt = values
    elsewhere, others = evidence
    (counts, clips), (written, beside), (told, kinds, cries) = learnt
    return Index(
        topics=tuple(topics),
        entries=tuple(map(_entry, entries)),
        weights=weights,
        firmness=firmness,
        damping=array("d", damping),
        postings=postings,
        idf=idf,
        evidence=Evidence(ours=postings, phrases=len(entries), elsewhere=elsewhere, others=others),
        lexicon=lexicon,
        speller=Speller(counts, idf, clips),
        restorer=Restorer(written=written, beside=beside),
        alarm=Alarm(weights=told, kinds=kinds, cries=cries),
    )


def _packed_entry(entry: Entry) -> Packed:
    return entry.owner, entry.phrase, entry.words, entry.exact, entry.concepts or None


def _entry(values: Packed) -> Entry:
    owner, phrase, words, exact, concepts = values
    return Entry(owner, phrase, words, exact, concepts or NO_CONCEPTS)
