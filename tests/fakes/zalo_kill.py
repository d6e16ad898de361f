"""All that goes to Zalo goes out while the program is killed; what arrived is compared afterwards.

Articles, templates, messages with a picture, replies, and at the end the chain of tokens.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from sqlalchemy import func, insert, select, update

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.pairs import TokenFault
from bot.channels.zalo.templates import Param, Template
from bot.clock import SystemClock
from bot.storage import run_rows
from bot.storage.broadcast_tables import deliveries
from bot.storage.database import Database, create_database
from bot.storage.ledger_rows import rows_of
from bot.storage.migrate import migrate
from bot.storage.tables import OutboxStatus, inbox, outbox
from bot.storage.zalo_tables import arrivals, zalo_accounts, zalo_people
from bot.storage.zalo_template_rows import TemplateUse, Use, keep_templates, put_use
from bot.vault import Keyring, Vault
from bot.vault.keyring import new_key
from broadcasts.models import DeliveryStatus, Route, RunId
from tests.conftest import NOON
from tests.fakes.furnished import shaped, telling_little
from tests.fakes.local_noon import local_noon, until_noon
from tests.fakes.news import a_run, ledger_of
from tests.fakes.program import Program, running
from tests.fakes.shelf import a_picture
from tests.fakes.zalo import Clock, FakeZalo, Rules
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.templates import Gap
from tests.fakes.zalo_gun import Call, Gun, Moment
from tests.fakes.zalo_kill_verdict import REPLY, ROUTES, Verdict, arrived
from tests.fakes.zalo_sides import OFFICE, connect_pair, zalo_told

PATIENCE: Final = 120.0
BODY: Final = "Từ ngày 01/12 nộp hồ sơ khai sinh trực tuyến."
SAID: Final = "đăng ký khai sinh"
HOUR: Final = timedelta(hours=1)
# Of 25 hours so many are over: the next pair is due.
DUE: Final = 21 * HOUR
# Nobody waits long for who leads to be missed.
BRIEFLY: Final = {"LEASE_SECONDS": "2"}
# Messages by template a day: what waits for the next day has no ending here.
MANY: Final = 100_000
UNDER_WAY: Final = (OutboxStatus.CREATED, OutboxStatus.SENDING)


@dataclass
class Play:
    """A house, killed and started again before one emulator; ``told`` are settings of its own."""

    folder: Path
    port: int
    zalo: FakeZalo
    gun: Gun
    database: Database
    keys: str
    told: dict[str, str]
    runs: dict[RunId, Route] = field(default_factory=dict)
    said: list[Citizen] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    told_lost: int = 0

    @asynccontextmanager
    async def living(self) -> AsyncIterator[Program]:
        """Let the program live; who is killed within leaves claims that run out at once."""
        own = {"DATA_KEYS": self.keys, "ZALO_PAID": "off", "ZALO_FREE_REPLIES": "0"}
        settings = zalo_told(self.zalo, **own) | self.told
        async with running(self.folder, self.port, **settings) as program:
            self.zalo.app.events_to = f"{program.url}/webhooks/zalo"
            yield program
        self.zalo.app.events_to = ""
        await self._look()
        await self._claims_run_out()

    async def dies(self, program: Program, *, after: Sequence[Citizen] = ()) -> None:
        """Kill the program once the gun is loaded, right after what ``after`` say is thanked."""
        async with asyncio.timeout(PATIENCE):
            await self.gun.loaded.wait()
        await self.is_killed(program, after)

    async def is_killed(self, program: Program, after: Sequence[Citizen] = ()) -> None:
        """Kill the program now."""
        for one in after:
            event = await one.says(SAID)
            while not event.acknowledged:
                await self.zalo.webhooks.deliver(event)
            self.said.append(one)
        program.process.kill()
        await program.process.wait()
        self.gun.fired()

    async def settled(self) -> None:
        """Wait until all news and replies have ended, as long as it goes on.

        Runs that rest are resumed by an officer.
        """
        left, changed_at = await self._left(), monotonic()
        while left:
            assert monotonic() < changed_at + PATIENCE, f"nothing ends any more: {left}"
            async with self.database.writing() as connection:
                for run in self.runs:
                    await run_rows.resume(connection, run)
            await asyncio.sleep(0.3)
            before, left = left, await self._left()
            changed_at = changed_at if left == before else monotonic()

    async def news_by_every_way(self, readers: Sequence[Citizen], title: str) -> None:
        """Let news go as an article, and by template and message to every reader."""
        oa = self.zalo.oa.oa_id
        addresses = [Follower(oa, one.user_id).user_id for one in readers]
        await self._news(Route.ZALO_ARTICLE, [oa], f"{title} trên bài")
        await self._news(Route.ZALO_TEMPLATE, addresses, f"{title} theo mẫu")
        await self._news(Route.ZALO_CS, addresses, f"{title} có ảnh")

    async def _news(self, route: Route, addresses: Sequence[str], title: str) -> None:
        # One of its own: a picture that Zalo has is not brought again.
        picture = a_picture(90 + len(self.runs)) if route is Route.ZALO_CS else b""
        run = await a_run(
            self.database, addresses, route=route, office=OFFICE, body=BODY,
            picture=picture, title=title, began_at=SystemClock().now(),
        )  # fmt: skip
        self.runs[run] = route
        self.titles[title] = str(run)

    async def citizens(self, count: int) -> list[Citizen]:
        """Let some write to the account an hour ago, of which the program knows."""
        now = SystemClock().now() - HOUR
        made = [self.zalo.citizen(str(number), follows=True) for number in range(count)]
        async with self.database.writing() as connection:
            for one in made:
                one.interacts(self.zalo.clock.now() - HOUR)
                row = {"oa_id": self.zalo.oa.oa_id, "user_id": one.user_id, "interacted_at": now}
                await connection.execute(insert(zalo_people).values(row))
        return made

    async def pair(self) -> None:
        """Connect the account by a first pair."""
        vault = Vault(Keyring.parse(self.keys))
        await connect_pair(self.database, vault, self.zalo, SystemClock().now())

    async def ages(self) -> None:
        """Let the next pair be due."""
        asked = SystemClock().now() - DUE
        async with self.database.writing() as connection:
            await connection.execute(
                update(zalo_accounts).values(refreshed_at=asked, access_until=asked + 25 * HOUR)
            )

    async def consents(self) -> None:
        """Wait until the account says that its pair is lost, and connect it anew."""
        assert await self._gives_up() == TokenFault.LOST
        self.told_lost += 1
        await self.pair()

    async def _gives_up(self) -> str:
        wanted = select(zalo_accounts.c.status, zalo_accounts.c.fault)
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.database.reading() as connection:
                    row = (await connection.execute(wanted)).one()
                if row.status == AccountStatus.CONSENT_NEEDED:
                    return str(row.fault)
                await asyncio.sleep(0.1)

    async def template(self) -> None:
        """Let the office choose a template for its news."""
        made = self.zalo.templates.approve(self.zalo.oa, "Tin", Gap(name="tieu_de"))
        made.a_day = MANY
        told = Template(
            template_id=made.template_id, name="Tin", status="ENABLE",
            params=(Param(name="tieu_de"),),
        )  # fmt: skip
        use = TemplateUse(
            office=OFFICE, use=Use.NEWS, oa_id=self.zalo.oa.oa_id,
            template_id=made.template_id, gaps={"tieu_de": "{tieu_de}"},
        )  # fmt: skip
        now = SystemClock().now()
        async with self.database.writing() as connection:
            await keep_templates(connection, self.zalo.oa.oa_id, [told], at=now)
            await put_use(connection, use, at=now)

    async def verdict(self) -> Verdict:
        """Compare what the ledger says with what arrived."""
        made = Verdict(begun=self.begun)
        for route in ROUTES:
            made.ended[route] = {}
        for run, route in self.runs.items():
            for address, status, _ in await ledger_of(self.database, run):
                made.ended[route][f"{run} {address}"] = status
            async with self.database.reading() as connection:
                listed = await rows_of(connection, run, DeliveryStatus.UNCERTAIN, limit=1_000)
            made.listed |= {f"{route} {run} {one.address}" for one in listed}
        made.ended[REPLY] = await self._replies()
        made.arrived = arrived(self.zalo, self.titles)
        asked = {Follower(self.zalo.oa.oa_id, one.user_id).user_id for one in self.said}
        made.unheard = sorted(asked - made.ended[REPLY].keys())
        made.kills = self.gun.hit
        used = [one for one in self.zalo.ledger.refusals if one.kind == "refresh"]
        taken_along = self.gun.hit[Call.REFRESH, Moment.AFTER]
        made.pairs = taken_along, self.told_lost, len(used)
        return made

    async def _replies(self) -> dict[str, str]:
        """Give what became of each citizen's reply: everybody asks once and gets one."""
        wanted = select(outbox.c.user_id, outbox.c.status)
        async with self.database.reading() as connection:
            return {row.user_id: row.status for row in await connection.execute(wanted)}

    async def _left(self) -> Counter[str]:
        """Count what has not ended yet, by table."""
        open_news = deliveries.c.status.in_(
            (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED, DeliveryStatus.SENDING)
        )
        left: Counter[str] = Counter()
        async with self.database.reading() as connection:
            for table, is_open in (
                (deliveries, open_news),
                (outbox, outbox.c.status.in_(UNDER_WAY)),
                (arrivals, arrivals.c.done.is_(False)),
                (inbox, inbox.c.done.is_(False)),
            ):
                counted = await connection.execute(select(func.count(table.c.id)).where(is_open))
                left[table.name] = counted.scalar_one()
        return +left

    async def _look(self) -> None:
        """See what a process left begun."""
        news = select(deliveries.c.run, deliveries.c.address).where(
            deliveries.c.status == DeliveryStatus.SENDING
        )
        replies = select(outbox.c.user_id).where(outbox.c.status == OutboxStatus.SENDING)
        async with self.database.reading() as connection:
            rows = (await connection.execute(news)).all()
            self.begun |= {f"{self.runs[row.run]} {row.run} {row.address}" for row in rows}
            users = (await connection.execute(replies)).scalars()
            self.begun |= {f"{REPLY} {user}" for user in users}

    async def _claims_run_out(self) -> None:
        async with self.database.writing() as connection:
            for table in (inbox, outbox, arrivals):
                taken = table.c.claimed_until.is_not(None)
                await connection.execute(update(table).where(taken).values(claimed_until=NOON))


@asynccontextmanager
async def a_play(folder: Path, port: int, server: str = "") -> AsyncIterator[Play]:
    """Open a house, connected, before an emulator with a gun; nothing runs yet.

    Its database is at ``server``, or else embedded.
    """
    ahead = until_noon()
    clock = Clock()
    clock.advance(ahead)
    # As many free messages as one likes: what waits for money has no ending for days.
    rules = Rules(
        wall_stamps=True, article_polls=0, oa_rate=100_000, webhook_patience=PATIENCE,
        free_replies=None,
    )  # fmt: skip
    zalo, gun = FakeZalo(clock=clock, rules=rules), Gun()
    zalo.mounts.append(gun.mount)
    await zalo.start()
    file = shaped(folder / "hanhchinh.sqlite3")
    told = local_noon(folder, ahead)
    if server:
        told |= {"DATABASE_URL": server, "SEALED_KEYS": new_key("sealed"), **BRIEFLY}
    database = create_database(server or f"sqlite+aiosqlite:///{file}")
    try:
        if server:
            await migrate(database)
        async with telling_little(database, folder):
            play = Play(folder, port, zalo, gun, database, new_key("test"), told)
            await play.pair()
            await play.template()
            yield play
    finally:
        await zalo.stop()
        await database.close()
