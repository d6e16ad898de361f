"""What every storey of the tests shares: databases that are real, a clock that stands still."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from sqlalchemy import literal, update
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bot.conversation.desk import Desk
from bot.storage.broadcast_tables import deliveries
from bot.storage.console_tables import takeovers
from bot.storage.database import Database, create_database
from bot.storage.migrate import migrate
from bot.storage.tables import inbox, leases, outbox
from bot.storage.zalo_tables import arrivals
from knowledge.content import load_snapshot
from knowledge.models import Snapshot
from tests.fakes.commands import lay_out_commands_once
from tests.fakes.compiled import share_what_is_compiled
from tests.fakes.disk import wait_for_no_disk
from tests.fakes.furnished import furnish, open_shelved, shaped
from tests.fakes.postgres import Postgres, PostgresMissing, start_postgres
from tests.fakes.read_once import read_rows_once
from tests.fakes.reading import read_share
from tests.fakes.scheduling import RoomScheduling
from tests.fakes.sweeping import Sweeper

# That a machine is busy is no fault of what is tested.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
share_what_is_compiled()
lay_out_commands_once()
read_rows_once()
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
# Below where the system takes ports for outgoing calls, so that none is lent out meanwhile.
FIRST_PORT, LAST_PORT, PORTS_OF_A_WORKER = 20_000, 32_000, 400


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Spread the tests over the workers of ``pytest -n``."""
    return RoomScheduling(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Wait for no disk, and let each worker read its share first where all tests are to run."""
    # What is read and collected stays: nothing of it is garbage. Not before there is a session,
    # as benchmarks read this module too, and go on for hours.
    gc.disable()
    wait_for_no_disk()
    if told := getattr(session.config, "workerinput", None):
        folder = Path(__file__).parent
        if [Path(one).resolve() for one in session.config.args] == [folder]:
            read_share(folder, int(told["workerid"].removeprefix("gw")), told["workercount"])


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among the tests: there are more of them than of it."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """Log in plain lines: drawn for a terminal, one failure takes seconds."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )


@pytest.fixture(scope="session")
def unused_tcp_port_factory() -> Iterator[Callable[[], int]]:
    """Give ports nobody listens on, each once, and other ones than any tests beside these."""

    def free(port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) != 0

    with socket.socket(socket.AF_UNIX) as claim:
        ports = iter(_claimed(claim))
        yield lambda: next(port for port in ports if free(port))


def _claimed(claim: socket.socket) -> range:
    """Give a block of ports that is ours until ``claim`` is closed, or we are gone."""
    for first in range(FIRST_PORT, LAST_PORT, PORTS_OF_A_WORKER):
        with suppress(OSError):
            # A name of no file, which one process has at a time: unix(7), abstract sockets.
            claim.bind(f"\0hanhchinh-bot tests, ports from {first}")
            return range(first, first + PORTS_OF_A_WORKER)
    pytest.fail("too many tests at once: no ports are left for these")


@pytest.fixture
def unused_tcp_port(unused_tcp_port_factory: Callable[[], int]) -> int:
    return unused_tcp_port_factory()


@pytest.fixture(scope="session")
def worker() -> int:
    """The number of this process among those that run the tests."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])  # noqa: TID251 - xdist tells it


class FrozenClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by


# What PostgreSQL compares with a clock of its own.
MOMENTS = (
    inbox.c.claimed_until,
    outbox.c.claimed_until,
    outbox.c.not_before,
    leases.c.until,
    takeovers.c.until,
    deliveries.c.not_before,
    deliveries.c.claimed_until,
    arrivals.c.claimed_until,
)


async def let_pass(database: Database, clock: FrozenClock, by: timedelta) -> None:
    """Let time pass for a process and its database."""
    clock.move(by)
    if database.embedded:
        return
    async with database.writing() as connection:
        for moment in MOMENTS:
            await connection.execute(update(moment.table).values({moment: moment - literal(by)}))


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def postgres(worker: int, unused_tcp_port_factory: Callable[[], int]) -> Iterator[Postgres]:
    try:
        server = start_postgres(unused_tcp_port_factory(), worker)
    except PostgresMissing as missing:
        if missing.fatal:
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sweeper(postgres: Postgres) -> Iterator[Sweeper]:
    opened = Sweeper(postgres.url)
    yield opened
    opened.close()


@asynccontextmanager
async def open_database(
    kind: str, request: pytest.FixtureRequest, folder: Path
) -> AsyncIterator[Database]:
    """Open an empty database of a kind in this release's shape."""
    if kind == "sqlite":
        opened = create_database(f"sqlite+aiosqlite:///{shaped(folder / 'test.sqlite3')}")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        opened = create_database(server.url)
        sweeper: Sweeper = request.getfixturevalue("sweeper")
        if not sweeper.sweep():
            await migrate(opened)
            sweeper.sweep()
    try:
        yield opened
    finally:
        await opened.close()
        await asyncio.sleep(0)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database, once on SQLite and once on PostgreSQL."""
    async with open_database(request.param, request, tmp_path) as opened:
        yield opened


@pytest.fixture
def furnished(tmp_path: Path) -> Path:
    """A data folder with the shipped content published, as after a first start."""
    return furnish(tmp_path).parent


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The shipped content."""
    return load_snapshot()


@pytest.fixture(scope="session")
def desk(snapshot: Snapshot) -> Desk:
    """A desk with the shipped content."""
    return open_shelved(snapshot)
