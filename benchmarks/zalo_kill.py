"""The full form of tests/journeys/test_kill_zalo.py: killed many times, each at any call.

python -m benchmarks.zalo_kill [--kills 60] [--readers 40] [--seed 7]

News go by every way and citizens write while the program is killed, just before or after Zalo did
what it was asked for; a quarter of the kills is at a refresh. The table tells what came of it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Final

from tests.fakes.zalo_gun import Call, Moment
from tests.fakes.zalo_kill import Play, a_play
from tests.fakes.zalo_kill_verdict import Verdict

PORT: Final = 18_473
# Fewer than the news of one life take: one of them is its last.
MOST_CALLS: Final = 15
AT_A_REFRESH: Final = 0.25


async def _play(folder: Path, kills: int, readers: int) -> Verdict:
    async with a_play(folder, PORT) as play:
        play.zalo.oa.broadcasts_a_month = play.zalo.oa.articles_a_month = kills * 10
        play.zalo.oa.templates_a_day = kills * readers * 10
        *known, _ = people = await play.citizens(readers + kills + 1)
        titles = (f"Tin số {number}." for number in count(1))
        for one in people[readers : readers + kills]:
            await play.news_by_every_way(
                random.sample(known[:readers], readers // 2), next(titles)
            )
            await _life(play)
            async with play.living() as program:
                await play.dies(program, after=[one])
            await _heal(play)
        async with play.living():
            await play.settled()
        return await play.verdict()


async def _life(play: Play) -> None:
    """Draw what is to be the last call of the next life."""
    if random.random() < AT_A_REFRESH:
        await play.ages()
        play.gun.aim({Call.REFRESH: random.choice(list(Moment))})
    else:
        play.gun.aim_at(random.randint(1, MOST_CALLS))


async def _heal(play: Play) -> None:
    """Have the account connected anew whose pair a kill took along."""
    if play.gun.hit[Call.REFRESH, Moment.AFTER] > play.told_lost:
        async with play.living():
            await play.consents()


def main(asked: argparse.Namespace) -> int:
    random.seed(asked.seed)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        verdict = asyncio.run(_play(Path(name), asked.kills, asked.readers))
    print(f"{verdict}\nseed {asked.seed}, {time.perf_counter() - started:.0f} s")
    for fault in verdict.faults():
        print(fault)
    return 1 if verdict.faults() else 0


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--kills", type=int, default=60)
    wanted.add_argument("--readers", type=int, default=40)
    wanted.add_argument("--seed", type=int, default=7)
    sys.exit(main(wanted.parse_args()))
