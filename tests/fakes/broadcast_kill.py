"""News goes out while the program is killed at random points; who got what is compared afterwards.

Telegram here is on loopback, sees every message, and shoots: the kill comes from within the call
that was drawn, before its answer or a moment after it.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Self

from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, literal, select, update

from bot.clock import SystemClock
from bot.delivery.broadcasting import AT_ONCE
from bot.storage.broadcast_tables import deliveries
from bot.storage.claim_rows import CALL
from bot.storage.database import OUT_OF_REACH, Database, create_database
from bot.storage.ledger_rows import rows_of
from bot.storage.tables import leases
from broadcasts.models import DeliveryStatus, Route, RunId
from tests.fakes.furnished import LITTLE, SHELF, shaped, telling_little
from tests.fakes.news import a_run, ledger_of, status_of
from tests.fakes.program import Program, running
from tests.fakes.shelf import a_picture
from tests.fakes.shots import Calls, Shot, Stage
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_media import METHODS, form_of

PATIENCE = 1200.0
SETTINGS = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_RATE": "30", "CONSOLE": "off"}
BRIEFLY = {"LEASE_SECONDS": "2"}


@dataclass(frozen=True)
class Plan:
    """How many are written to, and after how many messages in all the program is killed.

    With a ``picture``, the first kill is while it is brought to Telegram.
    """

    readers: int
    points: tuple[int, ...]
    picture: bool = False

    @classmethod
    def asked(cls, *, readers: int, kills: int, picture: bool = False) -> Self:
        points = sorted(random.sample(range(2, readers * 9 // 10), kills))
        return cls(readers, (1, *points[1:]) if picture else tuple(points), picture)


@dataclass
class Verdict:
    """What came of it: who got how many, and how each row of the ledger ended."""

    received: Counter[str]
    rows: list[tuple[str, str, str]]
    stands: tuple[str, str]
    listed: list[str]
    shots: list[Shot]
    brought: int

    @property
    def uncertain(self) -> list[str]:
        return [address for address, status, _ in self.rows if status == "uncertain"]

    @property
    def lost(self) -> list[str]:
        """Whom nobody wrote to although the ledger does not say so."""
        told = [address for address, status, _ in self.rows if status == "sent"]
        final = {"sent", "uncertain"}
        return [one for one in told if not self.received[one]] + [
            address for address, status, _ in self.rows if status not in final
        ]

    @property
    def repeated(self) -> list[str]:
        return [address for address, times in self.received.items() if times > 1]

    @property
    def begun(self) -> list[str]:
        """Whose calls were under way at the kills, just let go or just answered."""
        return [chat for shot in self.shots for chat in shot.begun]

    @property
    def stages(self) -> Counter[Stage]:
        return sum((shot.stages for shot in self.shots), Counter[Stage]())

    def faults(self) -> list[str]:
        """Name everything that must not be."""
        most = max((len(shot.begun) for shot in self.shots), default=0)
        found = {
            f"lost: {self.lost}": self.lost,
            f"repeated: {self.repeated}": self.repeated,
            "uncertain is more than was under way": set(self.uncertain) - set(self.begun),
            "begun without a call": self.stages[Stage.LONG_ANSWERED],
            f"{most} under way at once": most > AT_ONCE[Route.TELEGRAM],
            "nobody was killed": not self.shots,
            f"{self.brought} uploads": self.brought > 1 + len(self.shots),
            "not every uncertain one is listed": sorted(self.listed) != sorted(self.uncertain),
            f"stands: {self.stands}": self.stands != ("finished", ""),
        }
        return [fault for fault, there in found.items() if there]

    def __str__(self) -> str:
        arrived = sum(self.received[one] for one in self.uncertain)
        stages = ", ".join(f"{self.stages[stage]} {stage}" for stage in Stage)
        at_work = sum(len(shot.unanswered) for shot in self.shots)
        return (
            f"{len(self.rows)} readers, {len(self.shots)} kills: {len(self.lost)} lost, "
            f"{len(self.repeated)} repeated, {len(self.uncertain)} uncertain "
            f"({arrived} of them had arrived) of {len(self.begun)} under way at the kills "
            f"({stages}; {at_work} calls unanswered in all; {self.brought} uploads)"
        )


@dataclass
class ShootingTelegram(FakeTelegram):
    """Shows messages, answers soon, and shoots after those drawn."""

    points: list[int] = field(default_factory=list)
    # Kills, and gives the process; nothing when none was hit.
    shoot: Callable[[], int | None] = lambda: None
    calls: Calls = field(default_factory=Calls)
    shots: list[Shot] = field(default_factory=list)
    leader: int = 0
    shot: asyncio.Event = field(default_factory=asyncio.Event)

    async def call(self, request: web.Request) -> web.Response:
        if request.match_info["method"] not in METHODS:
            return await super().call(request)
        chat = str((await form_of(request))["chat_id"])
        self.calls.came.setdefault(chat, monotonic())
        try:
            response = await super().call(request)
            if self.points and len(self.sent) >= self.points[0]:
                self.points = [one for one in self.points if one > len(self.sent)]
                await asyncio.sleep(random.choice((0.0, 0.0, random.uniform(0, 0.02))))
                self._shoot()
            await asyncio.sleep(random.uniform(0, 0.05))
        finally:
            self.calls.answered.setdefault(chat, monotonic())
        return response

    def _shoot(self) -> None:
        unanswered = self.calls.unanswered()
        if process := self.shoot():
            self.shots.append(Shot(process=process, unanswered=unanswered))
            self.shot.set()

    async def look(self, database: Database, program: Program) -> None:
        """See what a process left that was killed just now."""
        for shot in self.shots:
            if shot.process == program.process.pid:
                await shot.look(database, self.calls)


@asynccontextmanager
async def _telegram(plan: Plan) -> AsyncIterator[ShootingTelegram]:
    fake = ShootingTelegram(points=list(plan.points))
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", fake.call)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake


async def kill_alone(folder: Path, port: int, plan: Plan) -> Verdict:
    """Kill the program on its embedded database, and start it again each time."""
    file = shaped(folder / "hanhchinh.sqlite3")
    database = create_database(f"sqlite+aiosqlite:///{file}")
    async with _telegram(plan) as fake, telling_little(database, folder):
        run = await _news(database, plan)
        settings = SETTINGS | {"TELEGRAM_BASE_URL": fake.url}
        while fake.points and await _under_way(database, run):
            async with running(folder, port, **settings) as program:
                await _shot(fake, program, database, run)
            await fake.look(database, program)
        async with running(folder, port, **settings):
            await _finished(database, run)
        verdict = await _verdict(database, run, fake)
    await database.close()
    return verdict


async def kill_leaders(folder: Path, url: str, ports: Sequence[int], plan: Plan) -> Verdict:
    """Kill the one of two processes that leads, and start it again while the other goes on."""
    database = create_database(url)
    plain = url.replace("postgresql+asyncpg://", "postgresql://")
    async with _telegram(plan) as fake, telling_little(database, folder):
        run = await _news(database, plan)
        settings = SETTINGS | BRIEFLY | {"TELEGRAM_BASE_URL": fake.url, "DATABASE_URL": plain}
        leading: dict[int, Program] = {}

        async def serve(port: int) -> None:
            own = folder / str(port)
            own.mkdir(exist_ok=True)
            SHELF.lay(LITTLE, own)
            done = False
            while not done:
                async with running(own, port, **settings) as program:
                    leading[program.process.pid] = program
                    over = asyncio.create_task(_finished(database, run))
                    died = asyncio.create_task(program.process.wait())
                    await asyncio.wait((over, died), return_when=asyncio.FIRST_COMPLETED)
                    done = over.done()
                    over.cancel()
                    del leading[program.process.pid]
                    await fake.look(database, program)
                    if not done:
                        await _let_claims_pass(database, program.process.pid)

        fake.shoot = partial(_kill_leader, fake, leading)
        watching = asyncio.create_task(_watch_leader(database, fake))
        await asyncio.gather(*map(serve, ports))
        watching.cancel()
        verdict = await _verdict(database, run, fake)
    await database.close()
    return verdict


def _kill_leader(fake: ShootingTelegram, programs: Mapping[int, Program]) -> int | None:
    program = programs.get(fake.leader)
    if program is None or program.process.returncode is not None:
        return None
    program.process.send_signal(signal.SIGKILL)
    return program.process.pid


async def _let_claims_pass(database: Database, dead: int) -> None:
    """Let the half minute pass that what a dead process had taken stays its own."""
    passed = update(deliveries).where(deliveries.c.claimed_by.contains(f":{dead}:"))
    async with database.writing() as connection:
        await connection.execute(
            passed.values(claimed_until=deliveries.c.claimed_until - literal(CALL))
        )


async def _news(database: Database, plan: Plan) -> RunId:
    readers = [str(1_000_000 + number) for number in range(plan.readers)]
    picture = a_picture() if plan.picture else b""
    # Urgent: the tests also run at night.
    now = SystemClock().now()
    return await a_run(database, readers, urgent=True, began_at=now, picture=picture)


async def _shot(fake: ShootingTelegram, program: Program, database: Database, run: RunId) -> None:
    """Wait until the program is shot, or has sent all: what the last kills left never arrives."""

    def shoot() -> int | None:
        if program.process.returncode is not None:
            return None
        program.process.kill()
        return program.process.pid

    fake.shoot = shoot
    fake.shot.clear()
    shot = asyncio.create_task(fake.shot.wait())
    over = asyncio.create_task(_finished(database, run))
    came, waiting = await asyncio.wait((shot, over), return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    for task in came:
        await task
    if shot in came:
        await program.process.wait()


async def _watch_leader(database: Database, fake: ShootingTelegram) -> None:
    wanted = select(leases.c.holder).where(leases.c.name == "leader")
    while True:
        # On a busy machine the database may let one wait too long.
        with suppress(*OUT_OF_REACH, TimeoutError):
            async with database.reading() as connection:
                holder = (await connection.execute(wanted)).scalar()
            fake.leader = int(holder.split(":")[1]) if holder else 0
        await asyncio.sleep(0.1)


async def _under_way(database: Database, run: RunId) -> bool:
    return (await status_of(database, run))[0] == "running"


async def _finished(database: Database, run: RunId) -> None:
    async with asyncio.timeout(PATIENCE):
        while await _under_way(database, run):  # noqa: ASYNC110 - a process
            await asyncio.sleep(0.3)


async def _verdict(database: Database, run: RunId, fake: ShootingTelegram) -> Verdict:
    async with database.reading() as connection:
        count = select(func.count()).select_from(deliveries).where(deliveries.c.run == run)
        number = (await connection.execute(count)).scalar_one()
        listed = await rows_of(connection, run, DeliveryStatus.UNCERTAIN, limit=number)
    return Verdict(
        received=Counter(str(one["chat_id"]) for one in fake.sent),
        rows=await ledger_of(database, run),
        stands=await status_of(database, run),
        listed=[one.address for one in listed],
        shots=fake.shots,
        brought=fake.files.brought,
    )
