"""A patched index holds what one built of the same topics holds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.index import NOBODY, Index
from knowledge.index_patch import patched
from knowledge.search import find
from knowledge.testing import OursAlone
from knowledge.topics import Topic, TopicKey, TopicKind

LEXICON = OursAlone.load()
SAID = ("giấy", "khai", "sinh", "tử", "cấp", "lại", "thẻ", "cho", "con", "đất", "dat", "the")
phrases = st.lists(st.sampled_from(SAID), min_size=1, max_size=4).map(" ".join)
worlds = st.dictionaries(
    st.sampled_from(("1.001", "1.002", "1.003", "1.004")),
    st.lists(phrases, min_size=1, max_size=4),
    max_size=4,
).map(lambda world: {ref: _topic(ref, names) for ref, names in world.items()})


def _topic(ref: str, names: list[str]) -> Topic:
    name, *aliases = names
    return Topic(
        kind=TopicKind.PROCEDURE,
        ref=ref,
        official_name=name,
        name=name,
        aliases=tuple(aliases),
        weak_text=("hộ tịch",),
    )


def _patch(index: Index, before: Mapping[str, Topic], now: Mapping[str, Topic]) -> Index:
    changed = [topic for ref, topic in now.items() if before.get(ref) != topic]
    return patched(index, changed, {before[ref].key for ref in before.keys() - now.keys()})


def _reached(index: Index) -> Mapping[str, set[tuple[TopicKey, str]]]:
    """Give, by term, the phrases it leads to and whose they are."""
    return {
        term: {
            (index.topics[entry.owner].key, " ".join(entry.exact))
            for entry in map(index.entries.__getitem__, numbers)
        }
        for term, numbers in index.postings.items()
    }


@given(st.lists(worlds, min_size=2, max_size=4))
def test_patched_again_and_again_it_holds_what_a_built_one_holds(
    states: list[dict[str, Topic]],
) -> None:
    index = Index.build(states[0].values(), LEXICON)
    for before, now in pairwise(states):
        index = _patch(index, before, now)
    built = Index.build(states[-1].values(), LEXICON)
    assert _reached(index) == _reached(built)
    assert index.idf.keys() == built.idf.keys()
    assert index.weights.keys() >= built.weights.keys()
    assert index.speller.counts == built.speller.counts
    assert index.evidence.phrases == built.evidence.phrases
    known = {topic.key: index.firmness[number] for number, topic in enumerate(index.topics)}
    for number, topic in enumerate(built.topics):
        assert known[topic.key] == built.firmness[number]
        assert topic in index.topics
    assert len(index.damping) == len(index.entries)


@given(worlds, worlds)
def test_every_phrase_finds_what_a_built_index_finds(
    before: dict[str, Topic], now: dict[str, Topic]
) -> None:
    index = _patch(Index.build(before.values(), LEXICON), before, now)
    built = Index.build(now.values(), LEXICON)
    for topic in (*before.values(), *now.values()):
        found = [candidate.topic for candidate in find(index, topic.name).candidates]
        expected = [candidate.topic for candidate in find(built, topic.name).candidates]
        assert sorted(one.ref for one in found) == sorted(one.ref for one in expected)
        assert all(now[one.ref] == one for one in found)


@given(worlds, worlds)
def test_who_asks_meanwhile_sees_the_index_as_it_was(
    before: dict[str, Topic], now: dict[str, Topic]
) -> None:
    index = Index.build(before.values(), LEXICON)
    held = {term: tuple(numbers) for term, numbers in index.postings.items()}
    beside = {left: dict(rights) for left, rights in index.restorer.beside.items()}
    _patch(index, before, now)
    assert held == index.postings
    assert beside == index.restorer.beside
    assert all(entry.owner != NOBODY for entry in index.entries)
