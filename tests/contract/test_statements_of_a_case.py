"""How often the database is asked in the life of a case: each time costs both sides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest
from sqlalchemy import event

from benchmarks.feedback_cycles import Cycles
from bot.handling.clockwork import OfficeClockwork
from bot.storage.database import Database
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber
from tests.fakes.console import LITTLE

# On the server a step is one statement; in the embedded database nothing has to travel.
MOST: Final = {"postgresql": 34, "sqlite": 52}


@pytest.fixture
async def cycles(database: Database, clock: FrozenClock) -> Cycles:
    room = await Chamber(database, clock).open()
    clockwork = OfficeClockwork(lambda: LITTLE, lambda: room.desks.stood)
    room.bureau = replace(room.bureau, clockwork=clockwork)
    return Cycles(room, part=0)


async def test_a_case_lives_by_few_statements(cycles: Cycles, database: Database) -> None:
    await cycles.one()
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_told: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await cycles.one()
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    assert len(asked) <= MOST[database.engine.dialect.name], "\n".join(asked)
