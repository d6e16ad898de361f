"""The program is killed again and again while news goes out: nothing lost, nothing twice.

``benchmarks/broadcast_kill.py`` asks for the full form: 10,000 readers, 300 kills.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import open_database
from tests.fakes.broadcast_kill import Plan, kill_alone, kill_leaders
from tests.fakes.postgres import Postgres


async def test_killed_again_and_again_nobody_is_lost_and_nobody_told_twice(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    plan = Plan.asked(readers=90, kills=3, picture=True)
    verdict = await kill_alone(tmp_path, unused_tcp_port, plan)
    assert verdict.faults() == []


@pytest.mark.postgres
async def test_of_two_processes_the_leader_is_killed_and_the_other_goes_on(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> None:
    async with open_database("postgres", request, tmp_path):
        pass
    factory = request.getfixturevalue("unused_tcp_port_factory")
    plan = Plan.asked(readers=80, kills=2)
    verdict = await kill_leaders(tmp_path, postgres.url, (factory(), factory()), plan)
    assert verdict.faults() == []
