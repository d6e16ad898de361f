"""The full form of tests/journeys/test_zalo_month.py: a month of an office with 20,000 followers.

python -m benchmarks.zalo_month [--people 20000] [--days 30] [--acts 200] [--subscribed 1000]
    [--paid pay] [--package 500] [--seed 1] [--postgres]

So many acts a day; each step of four hours tells how far it is. PostgreSQL's clock is the month's.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from bot.clock import VIETNAM
from bot.vault.keyring import new_key
from knowledge.content import load_snapshot
from tests.conftest import FrozenClock
from tests.fakes.furnished import open_shelved
from tests.fakes.moved_postgres import moved_postgres
from tests.fakes.zalo_month.figures import Figures, figures
from tests.fakes.zalo_month.playing import Scene, a_month

POSTGRES_PORT = 19_437
WIDTH = 50


@dataclass
class Progress:
    """Tells of each step, and keeps how many calls each day had."""

    a_day: Counter[str] = field(default_factory=Counter)
    before: int = 0
    began: float = field(default_factory=time.monotonic)

    def __call__(self, at: datetime, calls: int) -> None:
        here = at.astimezone(VIETNAM)
        self.a_day[f"{here:%m-%d}"] += calls - self.before
        self.before = calls
        passed = time.monotonic() - self.began
        print(f"{here:%d/%m %H:%M} {calls} calls, {passed:.0f} s", file=sys.stderr, flush=True)

    def chart(self) -> str:
        """Draw the calls of each day."""
        most = max(self.a_day.values(), default=0) or 1
        return "\n".join(
            f"{day} {count:6} {'█' * round(WIDTH * count / most)}"
            for day, count in self.a_day.items()
        )


def told(found: Figures) -> Iterator[str]:
    """Put what came of it into rows."""
    yield from _rows("calls by kind", found.calls)
    yield f"{'calls a minute, at most':32} {found.most_a_minute}"
    foreseen = len(found.foreseeable)
    yield f"{'refused, foreseeable':32} {foreseen}"
    yield from (f"    {one}" for one in found.foreseeable[:20])
    yield f"{'refused, not foreseeable':32} {found.refused.total() - foreseen}"
    yield from _rows("refusals by number", found.refused)
    yield from _rows("messages people got", found.shown)
    yield from _rows("endings", found.endings)
    yield from _rows("answers to cases", found.notices)
    yield from _rows("broadcasts", found.runs)
    yield f"{'broadcasts without an ending':32} {found.unended}"
    yield f"{'messages without an ending':32} {found.waiting}"
    yield f"{'photos sent, kept with a case':32} {found.photos_sent}, {found.photos}"
    yield f"{'cases without an answer':32} {found.unanswered}"
    yield f"{'people who got them out of order':32} {len(found.overtaken)}"
    yield from _rows("quotas used", found.used)


def _rows(name: str, counted: Counter[str] | Counter[int]) -> Iterator[str]:
    yield name
    for what, count in sorted(counted.items(), key=lambda one: -one[1]):
        yield f"    {what!s:28} {count}"


@asynccontextmanager
async def _clock(
    asked: argparse.Namespace,
) -> AsyncIterator[tuple[FrozenClock, dict[str, str]]]:
    if not asked.postgres:
        yield FrozenClock(), {}
        return
    async with moved_postgres(POSTGRES_PORT) as (clock, url):
        keys = {name: new_key("month") for name in ("DATA_KEYS", "SEALED_KEYS")}
        yield clock, {"DATABASE_URL": url, **keys}


async def main(asked: argparse.Namespace) -> bool:
    progress = Progress()
    scene = Scene(
        people=asked.people,
        days=asked.days,
        acts_a_day=asked.acts,
        subscribed=asked.subscribed,
        paid=asked.paid,
        package=asked.package,
        seed=asked.seed,
    )
    desk = open_shelved(load_snapshot())
    with tempfile.TemporaryDirectory() as folder:
        async with (
            _clock(asked) as (clock, settings),
            a_month(Path(folder), desk, clock, scene, **settings) as month,
        ):
            month.shows = progress
            await month.play()
            found = await figures(month)
    print(progress.chart(), *told(found), sep="\n")
    return not found.good


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--people", type=int, default=20_000)
    wanted.add_argument("--days", type=int, default=30)
    wanted.add_argument("--acts", type=float, default=200)
    wanted.add_argument("--subscribed", type=int, default=1_000)
    wanted.add_argument("--paid", choices=("off", "package", "pay"), default="pay")
    wanted.add_argument("--package", type=int, default=500)
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--postgres", action="store_true")
    began, spent = time.perf_counter(), time.process_time()
    wrong = asyncio.run(main(wanted.parse_args()))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    passed, used = time.perf_counter() - began, time.process_time() - spent
    print(f"{passed:.0f} s, {used:.0f} s of processor, {memory:.0f} MB at most")
    sys.exit(int(wrong))
