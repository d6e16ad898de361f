"""Milliseconds of the inbox of feedback, tab by tab and filter by filter, with 1,000,000 cases.

python -m benchmarks.feedback_inbox [CASES] [TIMES] [--postgres]

It needs a PostgreSQL, with or without the word: nobody keeps so many cases in a file. A province
of 120 communes received CASES within three years, half of them at its largest commune; one in
fifty is open. Each page is asked for TIMES times over HTTP on this machine by an officer of the
whole province, of the largest commune and of a small one; client and server share the process, so
the figures tell a little too much. Ends with 1 when the 95th percentile of a page is over 150 ms.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from sqlalchemy import text

from bot.officials.models import EVERYWHERE, Role
from bot.storage.database import Database, create_database
from bot.storage.migrate import migrate
from tests.conftest import NOON
from tests.fakes.console import (
    LITTLE,
    ConsoleHouse,
    Reception,
    Seat,
    an_office,
    console_client,
    little_desk,
)
from tests.fakes.postgres import start_postgres

GOAL_MS: Final = 150.0
PORT: Final = 19_437
COMMUNES: Final = 120
LARGEST, SMALL = "xa-0", "xa-77"
YEARS: Final = timedelta(days=3 * 365)
# Words of reports, as they are kept; one in 100,000 has a word nothing else has.
SEED: Final = """
INSERT INTO feedback_cases (
  office, reference, kind, topic, grade, urgent, state, is_open, words, place, hamlet, source,
  channel, user_id, conversation, anonymous, call_back, unit, officer, received_at, due_at,
  due_set, paused_minutes, alerted, answered_at, first_answered_at, result, reopened, publicity,
  version, happened, regime, consent, basis, due_rule, reason, factor)
SELECT
  CASE WHEN n % 2 = 0 THEN 'xa-0' ELSE 'xa-' || (n / 2 % {communes}) END,
  lpad(n::text, 9, '0'), CASE WHEN n % 9 = 0 THEN 'kien_nghi' ELSE 'phan_anh' END,
  (ARRAY['moi_truong', 'chieu_sang', 'ha_tang_giao_thong', 'tieng_on', 'dat_dai'])[1 + n % 5],
  'simple', n % 200 = 0, CASE WHEN n <= {closed} THEN 'closed' WHEN n % 3 = 0 THEN 'received'
    WHEN n % 3 = 1 THEN 'assigned' ELSE 'in_progress' END,
  n > {closed},
  'Rác đổ đầy đầu ngõ mấy hôm nay, mùi hôi không chịu nổi, đề nghị cho xe đến dọn. Việc ' || n
    || CASE WHEN n % 100000 = 7 THEN ' hiếmthấy' ELSE '' END,
  'ngõ ' || n % 90 || ' đường Hoa Sữa', 'Tổ ' || n % 40, CASE WHEN n % 50 = 0 THEN 'phone' ELSE
    'chat' END, CASE WHEN n % 50 = 0 THEN '' ELSE 'web' END, 'c' || n, 'web:c' || n, true, false,
  CASE WHEN n % 3 > 0 THEN n % 900 + 1 END, CASE WHEN n % 3 = 2 THEN n % 2000 + 1 END,
  CAST(:now AS timestamptz) - (({cases} - n) * CAST(:step AS interval)),
  CASE WHEN n % 40 > 0 THEN CAST(:now AS timestamptz) + ((n % 400) - 130) * interval '1 hour' END,
  false, 0, 0, NULL, NULL, CASE WHEN n <= {closed} THEN 'done' ELSE '' END, 0, 'private', 3,
  '', 'phan_anh_hien_truong', '', '', 'ht_normal', '', ''
FROM generate_series(1, {cases}) AS n
"""
ASKED: Final = {
    "mine": "tab=mine",
    "unassigned": "tab=unassigned",
    "due soon": "tab=soon",
    "overdue": "tab=overdue",
    "all": "tab=all",
    "overdue, field": "tab=overdue&topic=tieng_on",
    "overdue, hamlet": "tab=overdue&hamlet=Tổ 39",
    "unassigned, channel": "tab=unassigned&channel=phone",
    "all, field": "tab=all&topic=dat_dai",
    "all, officer": "tab=all&officer=1999",
    "all, unit": "tab=all&unit=900",
    "all, kind and state": "tab=all&kind=khen&status=refused",
    "all, days": "tab=all&from=01/03/2025&to=31/03/2025",
    "all, days and words": "tab=all&from=01/03/2025&to=31/12/2025&text=hiếmthấy",
    "all, rare words": "tab=all&text=hiếmthấy",
    "all, no such words": "tab=all&text=khôngđâucó",
    "all, reference": "tab=all&text=PA-2222-2222-9",
}


async def seed(database: Database, cases: int) -> None:
    """Store so many cases, of which the newest fiftieth is open."""
    told = SEED.format(cases=cases, closed=cases - cases // 50, communes=COMMUNES)
    values = {"now": NOON, "step": YEARS / cases}
    async with database.unhurried().writing() as connection:
        await connection.execute(text(told), values)
    async with database.engine.connect() as connection:
        settled = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await settled.execute(text("VACUUM ANALYZE feedback_cases"))


async def _timed(seat: Seat, path: str, times: int) -> list[float]:
    taken = []
    for _ in range(times + 1):
        started = time.perf_counter()
        shown = await seat.get(path)
        taken.append((time.perf_counter() - started) * 1000)
        if shown.status != HTTPStatus.OK:
            raise LookupError(f"{path}: {shown.status} {shown.heading}")
    # What a process reads once for all pages is not counted.
    return sorted(taken[1:])


async def _measure(house: ConsoleHouse, times: int) -> bool:
    slow = False
    async with console_client(house) as client:
        reception = Reception(house, client)
        gc.freeze()
        for office in (EVERYWHERE, LARGEST, SMALL):
            seat = await reception(Role.SECRETARIAT, office=office, sure=True)
            for name, asked in ASKED.items():
                told = await _timed(seat, f"/cases?{asked}", times)
                p50, p95 = (told[int(len(told) * share)] for share in (0.5, 0.95))
                late = "  OVER THE GOAL" if p95 > GOAL_MS else ""
                print(
                    f"{office or 'province':9} {name:21} p50 {p50:6.1f}  p95 {p95:6.1f} ms{late}"
                )
                slow |= p95 > GOAL_MS
    return slow


async def main(url: str, cases: int, times: int) -> bool:
    """Seed, measure, and tell whether a page is over the goal."""
    database = create_database(url)
    try:
        await migrate(database)
        started = time.perf_counter()
        await seed(database, cases)
        print(f"{cases:,} cases stored in {time.perf_counter() - started:.0f} s")
        house = ConsoleHouse(database)
        offices = (
            an_office("tinh", "Tỉnh Mẫu"),
            *(an_office(f"xa-{n}", f"Xã {n}", "tinh") for n in range(COMMUNES)),
        )
        house.conversation.desk = little_desk(replace(LITTLE, offices=offices), office="tinh")
        return await _measure(house, times)
    finally:
        await database.close()


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    wished, often = (*numbers, *(1_000_000, 40)[len(numbers) :])
    server = start_postgres(PORT)
    try:
        over = asyncio.run(main(server.url, wished, often))
    finally:
        server.stop()
    sys.exit(over)
