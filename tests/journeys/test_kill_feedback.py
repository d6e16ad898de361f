"""Cases are filed and answered while the programs are killed: nothing lost, nothing told twice.

``benchmarks/feedback_kill.py`` asks for the full form: 200 kills.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import open_database
from tests.fakes.feedback_kill import kill_feedback
from tests.fakes.postgres import Postgres


@pytest.mark.postgres
async def test_what_was_acknowledged_is_there_and_nobody_is_told_twice(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path, unused_tcp_port: int
) -> None:
    async with open_database("postgres", request, tmp_path):
        pass
    verdict = await kill_feedback(tmp_path, postgres.url, unused_tcp_port, matters=4, kills=2)
    assert verdict.faults() == [], str(verdict)
    assert verdict.kills.total() == 2
