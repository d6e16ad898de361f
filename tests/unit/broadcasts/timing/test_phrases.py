"""What plans write of time is read as an official reads it."""

from __future__ import annotations

from broadcasts.timing import TimingKind, read_timing
from tests.unit.broadcasts.timing.labelled import labelled, told

PHRASES = labelled()


def test_phrases_are_read_as_an_official_reads_them() -> None:
    read = [(row, told(read_timing(row.phrase, year=row.year))) for row in PHRASES]
    assert [(row.phrase, row.told, got) for row, got in read if row.told != got] == []


def test_there_are_phrases_enough_of_each_kind() -> None:
    kinds = [row.told[0] for row in PHRASES]
    assert len(PHRASES) >= 250
    assert min(kinds.count(str(kind)) for kind in TimingKind) >= 20


def test_what_is_unclear_says_what_to_state_and_tells_no_day() -> None:
    read = [read_timing(row.phrase, year=row.year) for row in PHRASES]
    unclear = [timing for timing in read if timing.kind is TimingKind.UNCLEAR]
    assert [timing.note for timing in unclear if "Hãy" not in timing.note] == []
    assert [timing for timing in unclear if timing.periods or timing.before] == []
