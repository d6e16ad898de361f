"""The report on a quarter of 10,000 cases: how long each form takes, and whether its numbers hold.

python -m benchmarks.feedback_report [--cases 30000] [--postgres]
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Final

from docx import Document

from bot.console.feedback.report_sheets import report_sheet
from bot.console.xlsx import written
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.counted import Counted
from bot.feedback.reports.document import document
from bot.feedback.reports.naming import report_words
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import Length, Stretch
from bot.handling.reporting import Wanted, reported, window_of
from bot.officials.models import OfficerId
from bot.officials.office_entries import Stood
from bot.storage.database import Database, create_database
from bot.storage.migrate import migrate
from broadcasts.documents.numbers import cell_text
from broadcasts.documents.writing import as_docx
from tests.fakes.postgres import start_postgres
from tests.fakes.report_oracle import recomputed
from tests.fakes.reported import Seeding, always_open, seed_cases

QUARTER: Final = Stretch(Length.QUARTER, 2026, 3)
NOW: Final = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
BEGINS: Final = datetime(2025, 12, 31, 17, tzinfo=UTC)
DAYS: Final = 273
POSTGRES_PORT: Final = 19_435


@contextmanager
def clocked(what: str) -> Iterator[None]:
    """Tell how long something took."""
    begun, worked = perf_counter(), process_time()
    yield
    passed, own = perf_counter() - begun, process_time() - worked
    print(f"{what}: {passed:.2f} s, of it {own:.2f} s of processor", flush=True)


async def measure(database: Database, wish: Seeding) -> None:
    """Seed, count, write every form, and ask again."""
    async with database.writing() as connection:
        await seed_cases(connection, wish)
    times = OfficeTimes(always_open(), Stood())
    wanted = Wanted(
        reader=OfficerId(1),
        offices=frozenset(wish.offices),
        name="UBND xã Mẫu",
        stretch=QUARTER,
    )
    with clocked(".docx in all"):
        with clocked("counted, three stretches"):
            async with database.reading() as connection:
                report = await reported(connection, wanted, times, NOW)
        with clocked("document set"):
            body = as_docx(document(report, date(2026, 10, 5)))
    with clocked(".xlsx of the same figures"):
        written(report_sheet(report))
    whole = report.this.whole
    print(f"in the quarter: {whole.received} received, {whole.carried} carried over")
    print(f"numbers that differ: {await _differing(database, wish, report, body)}")


async def _differing(database: Database, wish: Seeding, report: Report, body: bytes) -> int:
    """Count what an independent query finds otherwise than the document tells."""
    window, words = window_of(QUARTER, NOW), report_words()
    tables = [
        [[cell.text for cell in row.cells] for row in one.rows]
        for one in Document(BytesIO(body)).tables
    ]
    (compared,) = [one for one in tables if one[0][0] == words["measure"]]
    told, wrong = {row[0]: row[1] for row in compared[1:]}, 0
    async with database.reading() as connection:
        whole: tuple[str, Mapping[str, Counted]] = ("", {"": report.this.whole})
        for side, lines in (whole, *report.this.sides.items()):
            found = await recomputed(connection, wish.offices, window.begin, window.end, NOW, side)
            wrong += lines.keys() != found.keys()
            for key, line in lines.items():
                wrong += sum(getattr(line, name) != value for name, value in found[key].items())
            if not side:
                wrong += sum(
                    told[words["measures"][name]] != cell_text(value)
                    for name, value in found[""].items()
                )
    return wrong


async def _run(url: str, wish: Seeding) -> None:
    database = create_database(url)
    try:
        await migrate(database)
        await measure(database, wish)
    finally:
        await database.close()


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--cases", type=int, default=30_000, help="Over three quarters.")
    reading.add_argument("--postgres", action="store_true")
    asked = reading.parse_args()
    wish = Seeding(count=asked.cases, first=BEGINS, days=DAYS)
    if asked.postgres:
        server = start_postgres(POSTGRES_PORT)
        try:
            asyncio.run(_run(server.url, wish))
        finally:
            server.stop()
        return
    with TemporaryDirectory() as folder:
        asyncio.run(_run(f"sqlite+aiosqlite:///{folder}/cases.db", wish))


if __name__ == "__main__":
    main()
