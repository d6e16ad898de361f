"""The full form of tests/journeys/test_kill_broadcast.py: who is lost, who is told twice.

python -m benchmarks.broadcast_kill [--postgres] [--picture] [--readers 10000] [--points 300]

With ``--postgres`` two processes share one database and the one that leads is killed; with
``--picture`` a picture goes along.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.storage.database import create_database
from bot.storage.migrate import migrate
from tests.fakes.broadcast_kill import Plan, Verdict, kill_alone, kill_leaders
from tests.fakes.postgres import start_postgres

PORTS = (18_471, 18_472)
POSTGRES_PORT = 19_434


async def _on_postgres(folder: Path, plan: Plan) -> Verdict:
    server = await asyncio.to_thread(start_postgres, POSTGRES_PORT)
    try:
        database = create_database(server.url)
        await migrate(database)
        await database.close()
        return await kill_leaders(folder, server.url, PORTS, plan)
    finally:
        server.stop()


def main(asked: argparse.Namespace) -> int:
    plan = Plan.asked(readers=asked.readers, kills=asked.points, picture=asked.picture)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        act = _on_postgres(folder, plan) if asked.postgres else kill_alone(folder, PORTS[0], plan)
        verdict = asyncio.run(act)
    kind = "two processes on PostgreSQL" if asked.postgres else "one process on SQLite"
    print(f"{kind}: {verdict}, {time.perf_counter() - started:.0f} s")
    for fault in verdict.faults():
        print(fault)
    return 1 if verdict.faults() else 0


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--postgres", action="store_true")
    wanted.add_argument("--picture", action="store_true")
    wanted.add_argument("--readers", type=int, default=10_000)
    wanted.add_argument("--points", type=int, default=300)
    sys.exit(main(wanted.parse_args()))
