"""The full form of tests/journeys/test_kill.py: a thousand messages, killed at a random moment.

python -m benchmarks.kill [ROUNDS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

MESSAGES = 1000
JOURNEY = "tests/journeys/test_kill.py"


def main(rounds: int) -> int:
    environment = {**os.environ, "KILL_MESSAGES": str(MESSAGES)}  # noqa: TID251 - handed on
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", JOURNEY, "-k", "kill"]
    failed = 0
    for number in range(1, rounds + 1):
        started = time.perf_counter()
        ended = subprocess.run(command, env=environment, check=False, capture_output=True)
        failed += ended.returncode != 0
        seconds = time.perf_counter() - started
        verdict = "each once" if not ended.returncode else ended.stdout.decode()[-2000:]
        print(f"round {number}: {MESSAGES} messages, killed, {verdict}, {seconds:.0f} s")
    print(f"{failed} of {rounds} rounds lost or doubled a message")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
