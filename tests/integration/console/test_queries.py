"""No page costs more queries than it declares, and none costs more when there is more to show."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import event

from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Gate, Way
from bot.officials.models import EVERYWHERE, Role, Stage
from bot.storage.database import Database
from tests.fakes.console import (
    HERE,
    ConsoleHouse,
    Reception,
    Seat,
    console_client,
    empty_console_database,
)
from tests.integration.console.made.kinds import Parts
from tests.integration.console.made.sealed import appointed
from tests.integration.console.objects import FILLERS, OBJECTS, OWN_PARTS

pytestmark = pytest.mark.asyncio(loop_scope="module")
PAGES = [way for way in ways_of(ROOMS) if way.method == "GET" and way.rule is not Gate.OPEN]
STAGES = {Gate.SECOND: Stage.SECOND, Gate.ENROL: Stage.ENROL}
NO_QUERY = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")
# More than a page of any list shows.
MANY = 120
# How often a page is looked at that loads itself anew, while what it shows is worked out.
LOOKS = 50


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reach the database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(NO_QUERY):
            asked.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A console with so much in it, and a seat of each stage in it."""

    house: ConsoleHouse
    seats: dict[Stage, Seat]

    async def cost(self, way: Way) -> list[str]:
        """Give the statements that the page of ``way`` costs."""
        stage = STAGES.get(way.rule, Stage.FULL) if isinstance(way.rule, Gate) else Stage.FULL
        path = way.path.format(**await self._parts(way))
        # What a process reads once for all pages, and what is worked out beside a page that loads
        # itself anew until then.
        for _ in range(LOOKS):
            if "refresh" not in (await self.seats[stage].get(path)).headers:
                break
            await asyncio.sleep(0.1)
        with counted(self.house.database) as asked:
            shown = await self.seats[stage].get(path)
        assert shown.status == HTTPStatus.OK, (way.name, shown.where, shown.heading)
        return asked

    async def _parts(self, way: Way) -> Parts:
        if way.of is None:
            return OWN_PARTS.get(way.name, {})
        made = [await OBJECTS[way.of](self.house, office) for office in (HERE, EVERYWHERE)]
        return next(parts for parts in made if parts is not None)


@asynccontextmanager
async def _opened(folder: Path, many: int) -> AsyncIterator[Hall]:
    house = ConsoleHouse(empty_console_database(folder))
    if many:
        for fill in FILLERS:
            await fill(house, many)
    async with console_client(house) as client:
        receive = Reception(house, client)
        seats = {
            stage: await receive(*Role, office=EVERYWHERE, stage=stage, sure=True)
            for stage in Stage
        }
        await appointed(house, seats[Stage.FULL])
        yield Hall(house=house, seats=seats)
    await house.database.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def halls(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Hall, Hall]]:
    """A console with next to nothing in it, and a full one."""
    async with (
        _opened(tmp_path_factory.mktemp("few"), 0) as few,
        _opened(tmp_path_factory.mktemp("many"), MANY) as many,
    ):
        yield few, many


@pytest.mark.parametrize("way", PAGES, ids=lambda way: way.name)
async def test_a_page_costs_what_it_declares_whatever_there_is_to_show(
    halls: tuple[Hall, Hall], way: Way
) -> None:
    for hall in halls:
        asked = await hall.cost(way)
        assert len(asked) <= way.queries, asked
