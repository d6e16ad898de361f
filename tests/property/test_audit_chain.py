"""Whatever is written into the audit, a changed sign of any entry is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.officials.audit import BEGINNING, Anchor, Breach, By, Deed, check, entry_after, link

AT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
# What a database keeps: no lone halves of a sign, no zero byte.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.dictionaries(WORDS, VALUES, max_size=3)
DEEDS = st.builds(
    Deed, action=WORDS, office=WORDS, kind=WORDS, subject=WORDS,
    before=FIELDS, after=FIELDS, note=WORDS,
)  # fmt: skip
ACTORS = st.builds(By, officer=st.none() | st.integers(0, 2**53), actor=WORDS, address=WORDS)


@given(st.lists(st.tuples(DEEDS, AT, ACTORS), min_size=1, max_size=4), st.data())
def test_a_changed_sign_is_found(
    done: list[tuple[Deed, datetime, By]], data: st.DataObject
) -> None:
    entries = []
    anchor = BEGINNING
    for deed, at, by in done:
        entries.append(entry_after(anchor, deed, at=at, by=by))
        anchor = Anchor(seq=entries[-1].seq, hash=entries[-1].hash)
    assert check(entries) == anchor
    where = data.draw(st.integers(0, len(entries) - 1))
    column = data.draw(st.sampled_from(["body", "prev", "hash"]))
    text = getattr(entries[where], column)
    sign = data.draw(st.integers(0, len(text) - 1))
    other = chr(ord(text[sign]) ^ 1)
    changed: dict[str, Any] = {column: f"{text[:sign]}{other}{text[sign + 1 :]}"}
    entries[where] = replace(entries[where], **changed)
    assert isinstance(check(entries), Breach)


@given(DEEDS, AT, ACTORS)
def test_an_entry_is_the_same_however_often_it_is_written(
    deed: Deed, at: datetime, by: By
) -> None:
    entry = entry_after(BEGINNING, deed, at=at, by=by)
    assert entry == entry_after(BEGINNING, deed, at=at, by=by)
    assert entry.hash == link(BEGINNING.hash, entry.body)
