"""Deadlines against a clock that looks at every minute by itself.

python -m benchmarks.deadlines [--cases 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
from collections import Counter
from random import Random
from time import perf_counter

from tests.fakes.deadlines import Deadline, a_deadline


def _kinds(one: Deadline) -> Counter[str]:
    due = one.due
    ends = "without hours" if due is None else "stopped" if due.at is None else "due"
    kinds = Counter((one.unit, ends))
    kinds["with questions"] += bool(one.stops)
    kinds["with a day set"] += one.instead is not None
    return kinds


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--cases", type=int, default=10_000)
    reading.add_argument("--seed", type=int, default=1)
    asked = reading.parse_args()
    random, begun, seen = Random(asked.seed), perf_counter(), Counter[str](mismatches=0)
    for _ in range(asked.cases):
        one = a_deadline(random)
        seen.update(_kinds(one))
        if fault := one.fault:
            seen["mismatches"] += 1
            print(one, fault, sep="\n")
    print(dict(seen), f"{perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
