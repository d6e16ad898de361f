"""The full form of tests/journeys/test_kill_zalo.py: killed many times, each at any call.

python -m benchmarks.zalo_kill [--kills 64] [--readers 40] [--seed 7] [--postgres]

News go by every way and citizens write while the program is killed, just before or after Zalo did
what it was asked for, at every kind of call as often as at any other. The table tells what came of
it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count, islice, product, repeat
from pathlib import Path
from typing import Final

from tests.fakes.postgres import start_postgres
from tests.fakes.zalo_gun import Call, Moment
from tests.fakes.zalo_kill import Play, a_play
from tests.fakes.zalo_kill_verdict import Verdict

PORT: Final = 18_473
POSTGRES_PORT: Final = 19_438
POINTS: Final = tuple(product(Call, Moment))
# Calls that every reader is worth: some of them go through first.
MANY: Final = (Call.TEMPLATE, Call.MESSAGE)


async def _play(folder: Path, server: str, kills: int, readers: int) -> Verdict:
    async with a_play(folder, PORT, server) as play:
        play.zalo.oa.broadcasts_a_month = play.zalo.oa.articles_a_month = kills * 10
        play.zalo.oa.templates_a_day = kills * readers * 10
        *known, _ = people = await play.citizens(readers + kills + 1)
        titles = (f"Tin số {number}." for number in count(1))
        for one, point in zip(people[readers : readers + kills], _points(kills), strict=True):
            some = random.sample(known[:readers], readers // 2)
            await play.news_by_every_way(some, next(titles))
            await _aim(play, *point, at_most=len(some) // 2)
            async with play.living() as program:
                await play.dies(program, after=[one])
            await _heal(play)
        async with play.living():
            await play.settled()
        return await play.verdict()


def _points(kills: int) -> Iterator[tuple[Call, Moment]]:
    """Draw where the lives end: everywhere once, then everywhere once more."""
    rounds = (random.sample(points, len(points)) for points in repeat(POINTS))
    return islice(chain.from_iterable(rounds), kills)


async def _aim(play: Play, call: Call, moment: Moment, *, at_most: int) -> None:
    """Have the next life end at this call; of many ``at_most`` so many pass."""
    if call is Call.REFRESH:
        await play.ages()
    passing = random.randint(0, at_most) if call in MANY else 0
    play.gun.aim({call: moment}, passing=passing)


async def _heal(play: Play) -> None:
    """Have the account connected anew whose pair a kill took along."""
    if play.gun.hit[Call.REFRESH, Moment.AFTER] > play.told_lost:
        async with play.living():
            await play.consents()


@contextmanager
def _server(*, wanted: bool) -> Iterator[str]:
    """Give the address of a PostgreSQL, or none."""
    if not wanted:
        yield ""
        return
    server = start_postgres(POSTGRES_PORT)
    try:
        yield server.url
    finally:
        server.stop()


def main(asked: argparse.Namespace) -> int:
    random.seed(asked.seed)
    started = time.perf_counter()
    with _server(wanted=asked.postgres) as server, tempfile.TemporaryDirectory() as name:
        verdict = asyncio.run(_play(Path(name), server, asked.kills, asked.readers))
    print(f"{verdict}\nseed {asked.seed}, {time.perf_counter() - started:.0f} s")
    for fault in verdict.faults():
        print(fault)
    return 1 if verdict.faults() else 0


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--kills", type=int, default=64)
    wanted.add_argument("--readers", type=int, default=40)
    wanted.add_argument("--seed", type=int, default=7)
    wanted.add_argument("--postgres", action="store_true")
    sys.exit(main(wanted.parse_args()))
