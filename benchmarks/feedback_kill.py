"""The full form of tests/journeys/test_kill_feedback.py: what is lost, who is told twice.

python -m benchmarks.feedback_kill [--matters 300] [--kills 210]

Filing and answering go on until all kills are done.
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
from tests.fakes.feedback_kill import Verdict, kill_feedback
from tests.fakes.postgres import start_postgres

PORT = 18_473
POSTGRES_PORT = 19_437


async def _killed(folder: Path, matters: int, kills: int) -> Verdict:
    server = await asyncio.to_thread(start_postgres, POSTGRES_PORT)
    try:
        database = create_database(server.url)
        await migrate(database)
        await database.close()
        return await kill_feedback(folder, server.url, PORT, matters=matters, kills=kills)
    finally:
        server.stop()


def main(asked: argparse.Namespace) -> int:
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        verdict = asyncio.run(_killed(Path(name), asked.matters, asked.kills))
    print(f"{verdict}, {time.perf_counter() - started:.0f} s")
    for fault in verdict.faults():
        print(fault)
    return 1 if verdict.faults() else 0


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--matters", type=int, default=300)
    wanted.add_argument("--kills", type=int, default=210)
    sys.exit(main(wanted.parse_args()))
