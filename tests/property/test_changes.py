"""Two people's words are joined without losing any of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.officials.field_marks import Fields, mark_of
from bot.officials.fields_merging import differing, merged

NAMES = ("fee", "result", "sector", "steps", "gone")
values = st.integers(min_value=0, max_value=2)
states = st.dictionaries(st.sampled_from(NAMES), values)


@given(states, states, states)
def test_no_field_anybody_changed_is_lost(seen: Fields, mine: Fields, theirs: Fields) -> None:
    joined = merged(seen, mine, theirs)
    for name in differing(seen, mine):
        assert joined.fields.get(name) == mine.get(name)
    for name in set(differing(seen, theirs)) - set(joined.clashing):
        assert joined.fields.get(name) == theirs.get(name)
    for name in NAMES:
        if name not in (*differing(seen, mine), *differing(seen, theirs)):
            assert joined.fields.get(name) == seen.get(name)


@given(states, states, states)
def test_both_see_the_same_clashes_and_without_one_the_same_words(
    seen: Fields, mine: Fields, theirs: Fields
) -> None:
    joined, turned = merged(seen, mine, theirs), merged(seen, theirs, mine)
    assert joined.clashing == turned.clashing
    if not joined.clashing:
        assert joined.fields == turned.fields


@given(states, states)
def test_where_only_one_changed_anything_it_is_that(seen: Fields, mine: Fields) -> None:
    assert merged(seen, mine, seen).fields == mine
    assert merged(seen, seen, mine).fields == mine
    assert merged(seen, mine, mine).clashing == ()


@given(states, states)
def test_a_mark_is_of_the_words_and_not_of_their_order(one: Fields, other: Fields) -> None:
    turned = dict(reversed(list(one.items())))
    assert mark_of(turned) == mark_of(one)
    assert (mark_of(one) == mark_of(other)) == (one == other)
