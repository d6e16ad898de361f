"""What an officer publishes is soon answered with by every process."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.casework.changing import propose, undo
from bot.casework.deeds import acting
from bot.officials.audit import By
from bot.officials.changes import Change, ChangeKind, Wish
from bot.officials.field_marks import token_of
from bot.storage.database import Database
from knowledge.models import Fee, FeeStatus
from tests.conftest import FrozenClock, open_database
from tests.fakes.furnished import telling_little
from tests.fakes.postgres import Postgres
from tests.fakes.program import Program, running

OFFICER = By(officer=1, actor="Nguyễn Thị Lan")
# A second or two is what is promised; the rest is for machines on which much runs at once.
SECONDS = 8
BORN = "bé nhà em chào đời ở trạm xá"
WISH = Wish(
    kind=ChangeKind.PROCEDURE,
    office="",
    ref="1.001193",
    title="Đăng ký khai sinh",
    fields={"aliases": (BORN,), "has_card": True, "fee": Fee(status=FeeStatus.FREE)},
    reason="bà con hay hỏi vậy",
)


async def _answers_with(program: Program, said: str, *, told: bool) -> None:
    """Wait until the program's answer holds ``said``, or no longer does."""
    async with asyncio.timeout(SECONDS):
        while True:
            if (said in await program.asks_on_the_web(BORN)) is told:
                return
            await asyncio.sleep(0.3)


@pytest.mark.postgres
async def test_a_change_is_told_by_every_process_and_so_is_its_undoing(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path, clock: FrozenClock
) -> None:
    factory = request.getfixturevalue("unused_tcp_port_factory")
    url = postgres.url.replace("postgresql+asyncpg://", "postgresql://")
    async with (
        open_database("postgres", request, tmp_path) as database,
        telling_little(database, tmp_path),
        running(tmp_path, factory(), DATABASE_URL=url) as first,
        running(tmp_path, factory(), DATABASE_URL=url) as second,
    ):
        change = await _published(database, clock)
        for told in (True, False):
            if not told:
                async with acting(database, clock, OFFICER) as doing:
                    await undo(doing, change.id, "ghi nhầm thẻ")
            await asyncio.gather(
                *(_answers_with(one, "Lệ phí: Không thu", told=told) for one in (first, second))
            )
        for one in (first, second):
            renewals = [line["patched"] for line in one.events("renewed")]
            assert renewals == [1, 2]


async def _published(database: Database, clock: FrozenClock) -> Change:
    async with acting(database, clock, OFFICER) as doing:
        change = await propose(doing, WISH, token=token_of({}), publish=True)
    assert isinstance(change, Change)
    return change
