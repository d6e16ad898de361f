"""The full form of tests/journeys/test_two_years.py: years of news, held against a slow reckoning.

python -m benchmarks.two_years [--first 2025 2026] [--offices 5] [--readers 40] [--seed 1]

Of 2025 the days off are estimated, those of 2026 announced, of 2027 announced or proposed. Each
office carries out another kind of plan; the issued ones are taken where they lie in ../shared.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path

import structlog

from tests.fakes.years.hours import Scene
from tests.fakes.years.playing import play

ISSUED = Path(__file__).parents[2] / "shared" / "plans"


def main(asked: argparse.Namespace) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    if not asked.issued.is_dir():
        print("no issued plans in ../shared: plans like them only", file=sys.stderr)
    wrong = False
    for first in asked.first:
        scene = Scene(
            first=first,
            offices=asked.offices,
            readers=asked.readers,
            seed=asked.seed,
            issued=asked.issued,
        )
        began, spent = time.perf_counter(), time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            verdict = asyncio.run(play(scene, Path(folder)))
        print(f"{first} and {first + 1}, {scene.offices} offices of {scene.readers} readers:")
        print(verdict)
        passed = time.perf_counter() - began
        print(f"{passed:.0f} s, {time.process_time() - spent:.0f} s of processor")
        print(*(verdict.faults() or ["no fault"]), sep="\n")
        wrong = wrong or bool(verdict.faults())
    return int(wrong)


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--first", type=int, nargs="+", default=[2025, 2026])
    wanted.add_argument("--offices", type=int, default=5)
    wanted.add_argument("--readers", type=int, default=40)
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--issued", type=Path, default=ISSUED)
    sys.exit(main(wanted.parse_args()))
