"""Whatever an office tells, a table of it reads back as the same."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from knowledge.layers import Layers
from knowledge.models import (
    Confidence,
    Fee,
    FeeLine,
    FeeStatus,
    Level,
    Note,
    OnlineLevel,
    Place,
    Procedure,
    ProcedureCode,
    ProcessingTime,
    RequiredDocument,
    Snapshot,
    Source,
    TimeUnit,
)
from knowledge.office_table import read_table, write_procedures
from knowledge.weighing import weigh

SIGNS = "aăấeểoổơuưđĐỹẾ ớ09|\\=+-@'\"*•;,/:().\t"
TEXT = st.text(SIGNS, min_size=1, max_size=16).map(lambda text: " ".join(text.split()))
WORDS = TEXT.filter(lambda text: any(sign.isalpha() for sign in text))
MAYBE = st.just("") | WORDS
LIST = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SMALL = st.none() | st.integers(0, 9)
PAPERS = st.builds(
    RequiredDocument, name=WORDS, originals=SMALL, copies=SMALL, case=MAYBE, form=MAYBE
)
FEE_LINES = st.builds(FeeLine, amount=st.integers(1, 90_000_000), per=MAYBE, case=MAYBE)
LINES = st.lists(FEE_LINES, min_size=1, max_size=3).map(tuple)
FEES = st.builds(Fee, status=st.just(FeeStatus.KNOWN), lines=LINES, note=MAYBE) | st.builds(
    Fee, status=st.sampled_from(FeeStatus), note=WORDS
)
UNITS = st.sampled_from([unit for unit in TimeUnit if unit is not TimeUnit.SAME_DAY])
TIMES = st.builds(ProcessingTime, unit=UNITS, amount=st.integers(1, 999), case=MAYBE) | st.builds(
    ProcessingTime, unit=st.just(TimeUnit.SAME_DAY), case=MAYBE
)
PROCEDURES = st.builds(
    Procedure,
    code=st.integers(0, 999_999).map(lambda number: ProcedureCode(f"1.{number:06}")),
    official_name=WORDS,
    everyday_name=WORDS,
    sector=WORDS,
    level=st.sampled_from(Level),
    source=st.builds(Source, name=WORDS, seen=DAYS),
    aliases=LIST,
    popularity=st.integers(0, 5),
    internal=st.booleans(),
    for_whom=MAYBE,
    papers=st.lists(PAPERS, max_size=3).map(tuple),
    fee=FEES,
    times=st.lists(TIMES, max_size=3).map(tuple),
    places=st.lists(st.sampled_from(Place), unique=True).map(tuple),
    any_centre=st.booleans(),
    online=st.sampled_from(OnlineLevel),
    steps=LIST,
    result=MAYBE,
    legal=st.lists(st.sampled_from(["60/2014/QH13", "123/2015/NĐ-CP"]), unique=True).map(tuple),
    notes=st.lists(st.builds(Note, text=WORDS, until=st.none() | DAYS), max_size=2).map(tuple),
    confidence=st.sampled_from(Confidence),
)
SOME = st.lists(PROCEDURES, min_size=1, max_size=3, unique_by=lambda one: one.code)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@settings(max_examples=40, phases=(Phase.explicit, Phase.generate))
@given(procedures=SOME)
def test_export_then_import_changes_nothing(suffix: str, procedures: list[Procedure]) -> None:
    known = Snapshot(procedures=tuple(procedures))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"xuat{suffix}"
        write_procedures(path, procedures)
        reading = read_table(path, seen=date(2026, 11, 20))
    weighing = weigh(reading, Layers(content=known), "")
    assert weighing.faults == []
    assert weighing.edits == []
    assert len(weighing.rows) == len(procedures)
