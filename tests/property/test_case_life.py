"""Whatever officers, citizens and the clock do to cases, all stays as the events tell."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import FrozenClock, open_database
from tests.fakes.case_life import CaseLife
from tests.fakes.chambers import Chamber

EXAMPLES = {"sqlite": 10, "postgres": 2}


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_cases_live_by_their_table(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with asyncio.Runner() as runner:
        opening = open_database(kind, request, tmp_path)
        database = runner.run(opening.__aenter__())
        try:
            room = runner.run(Chamber(database, FrozenClock()).open())
            run_state_machine_as_test(
                lambda: CaseLife(runner, room),  # type: ignore[arg-type]
                settings=settings(
                    max_examples=EXAMPLES[kind],
                    stateful_step_count=25,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(opening.__aexit__(None, None, None))
