"""A timing written as JSON is read back as it was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcasts.timing import Per, Period, Timing, TimingKind
from broadcasts.timing.wire import timing_from_json, timing_to_json

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
timings = st.builds(
    Timing,
    kind=st.sampled_from(TimingKind),
    start=st.none() | days,
    end=st.none() | days,
    count=st.none() | st.integers(1, 99),
    per=st.none() | st.sampled_from(Per),
    note=st.text(),
    periods=st.lists(st.builds(Period, days, days), max_size=4).map(tuple),
    before=st.booleans(),
)


@given(timings)
def test_what_is_written_is_read_back(timing: Timing) -> None:
    assert timing_from_json(timing_to_json(timing)) == timing


def test_what_a_release_before_wrote_is_enough() -> None:
    written = '{"kind":"window","start":"2026-04-01","end":"2026-06-30","count":null,"per":null}'
    window = Timing(kind=TimingKind.WINDOW, start=date(2026, 4, 1), end=date(2026, 6, 30))
    assert timing_from_json(written) == window


@pytest.mark.parametrize("written", ["", "{}", "[]", '{"kind":"often"}', '{"kind":1}'])
def test_what_is_no_timing_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part is wrong
        timing_from_json(written)
