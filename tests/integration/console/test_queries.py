"""No page costs more queries than it declares, and none costs more when there is more to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from sqlalchemy import event

from bot.console.app import ROOMS, ways_of
from bot.console.routing import Gate, Way
from bot.officials.models import EVERYWHERE, Role, Stage
from bot.storage.database import Database
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat
from tests.integration.console.made.kinds import Parts
from tests.integration.console.objects import FILLERS, OBJECTS, OWN_PARTS

PAGES = [way for way in ways_of(ROOMS) if way.method == "GET" and way.rule is not Gate.OPEN]
STAGES = {Gate.SECOND: Stage.SECOND, Gate.ENROL: Stage.ENROL}
NO_QUERY = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")
# More than a page of any list shows.
MANY = 120


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


async def _cost(way: Way, seat: Seat, house: ConsoleHouse, path: str) -> list[str]:
    with counted(house.database) as asked:
        shown = await seat.get(path)
    assert shown.status == HTTPStatus.OK, (way.name, shown.where, shown.heading)
    return asked


async def _parts(house: ConsoleHouse, way: Way) -> Parts:
    if way.of is None:
        return OWN_PARTS.get(way.name, {})
    made = [await OBJECTS[way.of](house, office) for office in (HERE, EVERYWHERE)]
    return next(parts for parts in made if parts is not None)


@pytest.mark.parametrize("way", PAGES, ids=lambda way: way.name)
async def test_a_page_costs_what_it_declares_whatever_there_is_to_show(
    house: ConsoleHouse, signed_in: Reception, way: Way
) -> None:
    stage = STAGES.get(way.rule, Stage.FULL) if isinstance(way.rule, Gate) else Stage.FULL
    seat = await signed_in(*Role, office="", stage=stage, sure=True)
    path = way.path.format(**await _parts(house, way))
    # What a process reads once for all pages.
    await seat.get(path)
    few = await _cost(way, seat, house, path)
    assert len(few) <= way.queries, few
    for fill in FILLERS:
        await fill(house, MANY)
    many = await _cost(way, seat, house, path)
    assert len(many) <= way.queries, many
