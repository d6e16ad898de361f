"""Whatever sign parts the cells of a table, and whatever signs stand in them, it reads alike."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from io import StringIO
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from knowledge.columns import columns
from knowledge.office_table import read_table

SEEN = date(2026, 11, 20)
TEXTS = st.text("aăế ơĐ9,;\t/.", max_size=20).map(lambda text: " ".join(f"Nộp {text}".split()))
CODES = st.lists(
    st.integers(0, 999_999).map(lambda number: f"1.{number:06}"),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip
PLAIN = ("result", "where_note", "papers_note", "for_whom")
# As others head them: with commas within, in parentheses, in capitals.
MONEY = st.sampled_from(["Phí, lệ phí", "Mức phí, lệ phí", "Phí, lệ phí (nếu có)", "LỆ PHÍ"])
NAMED = st.lists(st.sampled_from(PLAIN), max_size=4, unique=True)


@settings(phases=(Phase.explicit, Phase.generate, Phase.shrink), max_examples=150, deadline=None)
@given(data=st.data(), separator=st.sampled_from(",;\t"), told=st.booleans(), codes=CODES)
def test_cells_are_told_apart_by_the_sign_that_makes_headings(
    data: st.DataObject, separator: str, told: bool, codes: list[str]
) -> None:
    fields, fee = data.draw(NAMED), data.draw(MONEY)
    place = data.draw(st.integers(0, len(fields)))
    headings = [columns().headings[name] for name in fields]
    text = StringIO(f"sep={separator}\r\n" if told else "")
    text.seek(0, 2)
    lines = csv.writer(text, delimiter=separator)
    lines.writerow(["Mã TTHC", *headings[:place], fee, *headings[place:]])
    expected = []
    for code in codes:
        cells = [data.draw(TEXTS) for _ in fields]
        lines.writerow([code, *cells[:place], "Không thu", *cells[place:]])
        expected.append((code, dict(zip(fields, cells, strict=True))))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        file.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        reading = read_table(file, seen=SEEN)
    assert (reading.faults, reading.unknown) == ([], {})
    found = [(one.code, {name: one.fields[name] for name in fields}) for one in reading.stated]
    assert found == expected
    assert all("fee" in one.fields for one in reading.stated)
