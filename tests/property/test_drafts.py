"""A draft written down and read back is the same draft."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Contact, Place

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MAYBE = st.none() | st.booleans()
CASES = st.integers(1, 2**40).map(CaseId)
DRAFTS = st.builds(
    Draft,
    step=WORDS,
    reference=WORDS,
    begun_at=st.datetimes(timezones=st.just(UTC)),
    case=st.none() | CASES,
    kind=st.none() | st.sampled_from(Kind),
    topic=WORDS,
    urgent=st.booleans(),
    words=WORDS,
    place=st.builds(Place, words=WORDS, hamlet=WORDS, latitude=st.none() | st.floats(-90, 90)),
    happened=WORDS,
    files=st.lists(st.integers(1, 2**40), max_size=3).map(tuple),
    papers=MAYBE,
    anonymous=MAYBE,
    call_back=MAYBE,
    contact=st.builds(Contact, name=WORDS, phone=WORDS),
    consent=WORDS,
    level=st.none() | st.integers(1, 5),
    seen=st.lists(CASES, max_size=3).map(tuple),
    asked=st.lists(WORDS, max_size=3).map(tuple),
    warned=st.none() | st.sampled_from(Kind),
)


@given(DRAFTS)
def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    assert Draft.of_json(draft.to_json()) == draft
