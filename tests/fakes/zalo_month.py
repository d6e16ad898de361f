"""A long time of one account: people come and go, ask, are answered late, and hear the news."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from bot.bell import Bell
from bot.bootstrap.zalo_news import zalo_readings, zalo_senders
from bot.channels.kept import KEPT
from bot.clock import VIETNAM
from bot.delivery.broadcasting import senders_of
from bot.delivery.ledger import SqlLedger
from bot.delivery.shelf import SqlShelf
from bot.messages import Author, Reply
from bot.storage.broadcast_tables import deliveries
from bot.storage.claim_rows import Owner
from bot.storage.outbox_rows import say_to
from bot.storage.tables import outbox
from broadcasts.delivery.lane import Lane
from broadcasts.delivery.ports import OPEN
from broadcasts.models import Route
from tests.fakes.news import a_run
from tests.fakes.photos import a_photo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo_sides import OFFICE
from tests.fakes.zalo_stage import ZaloStage

STEP: Final = timedelta(hours=4)
# Steps of a day on which people are awake; after how many there are news, by day and by night.
AWAKE: Final = 4
NEWS_EVERY: Final = 9
# Afterwards nobody does anything any more; tokens are still refreshed in time.
LONG: Final = timedelta(hours=12)
# What waits for a quota or a late window has ended by then.
AFTERWARDS: Final = timedelta(days=9)
QUESTIONS: Final = ("làm giấy khai sinh", "đăng ký kết hôn", "1", "menu", "xin chào")
LETTER: Final = "Trả lời số "
# Hours after which an officer answers: within all windows, and behind each of them.
LATE: Final = (2, 20, 47, 50, 100, 167, 170, 200)
ROUNDS: Final = 400


class Never:
    """No quiet hours but those of the way."""

    def quiet_until(self, office: str, at: datetime) -> datetime | None:  # noqa: ARG002
        return None


@dataclass
class Month:
    """What is done by whom, hour by hour; ``daily`` is the share of people who act on a day."""

    stage: ZaloStage
    people: Sequence[Citizen]
    days: int
    daily: float = 0.4
    seed: int = 1
    written: dict[str, int] = field(default_factory=Counter)
    runs: int = 0

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._owed: list[tuple[datetime, Citizen]] = []
        self._asked: set[str] = set()
        self._steps = 0
        self._acts: list[Callable[[Citizen], Awaitable[None]]] = [
            *[self._asks] * 5, *[self._chats] * 2, self._follows, self._leaves,
            self._is_taken_over, self._tells_with_photo, self._withdraws,
        ]  # fmt: skip
        self._lanes = self._made_lanes()
        readings = zalo_readings(self.stage.parts)
        self._reads_quotas = next(one for one in readings if one.name == "zalo_quotas").act

    async def play(self) -> None:
        """Let the days go by, and what is owed then come to an end."""
        began = self.stage.clock.now()
        while self.stage.clock.now() < began + timedelta(days=self.days):
            await self._step()
        last = self.stage.clock.now()
        while self.stage.clock.now() < last + AFTERWARDS:
            await self._goes_on(LONG)

    async def _step(self) -> None:
        now = self.stage.clock.now()
        if 6 <= now.astimezone(VIETNAM).hour < 22:
            for person in self.people:
                if self._dice.random() < self.daily / AWAKE:
                    await self._dice.choice(self._acts)(person)
        self._steps += 1
        if self._steps % NEWS_EVERY == 0:
            await self._news(now)
        await self._goes_on(STEP)

    async def _goes_on(self, by: timedelta) -> None:
        """Do all that can be done now, then let time pass."""
        await self._reads_quotas()
        await self.stage.takes_in()
        for one in [one for one in self._owed if one[0] <= self.stage.clock.now()]:
            self._owed.remove(one)
            await self._answers(one[1])
        await self.stage.gives_out()
        for lane in self._lanes:
            await self._goes_along(lane)
        await self.stage.zalo.webhooks.settle()
        await self.stage.passes(by)

    async def _goes_along(self, lane: Lane) -> None:
        """Send news until there is nothing to do but to wait for more than an article."""
        for _ in range(ROUNDS):
            if not (rest := await lane.round()):
                continue
            if not await self._is_being_made(lane.route):
                return
            # An article is made by a task of its own.
            await asyncio.sleep(0.01)
            self.stage.clock.move(timedelta(seconds=max(rest, 1.0)))

    async def _is_being_made(self, route: Route) -> bool:
        waits = select(func.count()).where(
            deliveries.c.route == route, deliveries.c.status.in_(OPEN),
            deliveries.c.code == "not_ready",
        )  # fmt: skip
        async with self.stage.house.database.reading() as connection:
            return bool((await connection.execute(waits)).scalar_one())

    async def _asks(self, person: Citizen) -> None:
        await person.says(self._dice.choice(QUESTIONS))
        self._asked.add(person.key)
        if self._dice.random() < 0.5:
            late = timedelta(hours=self._dice.choice(LATE))
            self._owed.append((self.stage.clock.now() + late, person))

    async def _chats(self, person: Citizen) -> None:
        """Write once, and hear more than is free."""
        await self._asks(person)
        await self.stage.takes_in()
        for _ in range(10):
            await self._answers(person)

    async def _follows(self, person: Citizen) -> None:
        await person.follows_oa()

    async def _leaves(self, person: Citizen) -> None:
        await person.unfollows()

    async def _is_taken_over(self, person: Citizen) -> None:
        await person.says("tôi muốn gặp cán bộ")
        await person.hears_manager("Chào bác, tôi nghe đây.")

    async def _tells_with_photo(self, person: Citizen) -> None:
        for text in ("phản ánh", "1", "Rác đổ đầy đường trước nhà số 5 Trần Phú"):
            await person.says(text)
            await self.stage.takes_in()
        await person.sends_image(a_photo())

    async def _withdraws(self, person: Citizen) -> None:
        await person.withdraws()
        await self.stage.takes_in()
        self._asked.discard(person.key)

    async def _answers(self, person: Citizen) -> None:
        """Let an officer write what comes now, however late it is."""
        self.written[person.key] += 1
        reply = Reply(f"{LETTER}{self.written[person.key]}")
        now = self.stage.clock.now()
        async with self.stage.house.database.writing() as connection:
            await say_to(
                connection, self.stage.address(person), reply,
                author=Author.OFFICER, at=now, kept=KEPT,
            )  # fmt: skip

    async def _news(self, now: datetime) -> None:
        """Let the news of the week begin, as an article and to those who asked."""
        database, self.runs = self.stage.house.database, self.runs + 1
        oa = self.stage.zalo.oa.oa_id
        title = f"Tin {self.runs}"
        await a_run(
            database, [oa], route=Route.ZALO_ARTICLE, office=OFFICE, began_at=now, title=title
        )
        known = [one for one in self.people if one.key in self._asked]
        if known:
            addresses = [self.stage.address(one).user_id for one in known]
            await a_run(
                database, addresses, route=Route.ZALO_CS, office=OFFICE, began_at=now, title=title
            )

    def _made_lanes(self) -> list[Lane]:
        stage = self.stage
        database, clock = stage.house.database, stage.clock
        shelf = SqlShelf(database, clock)
        ledger = SqlLedger(database, Owner(name="month"), clock=clock, bell=Bell(), shelf=shelf)
        by_cs = senders_of([stage.channel], shelf, stage.metrics)
        senders = {**by_cs, **zalo_senders(stage.house.settings, stage.parts, shelf)}
        return [
            Lane(
                route, sender, ledger, clock=clock, hours=Never(),
                elapsed=lambda: clock.now().timestamp(),
            )
            for route, sender in senders.items()
        ]  # fmt: skip

    async def waiting(self) -> int:
        """Give how many replies and rows of news have no ending."""
        replies = select(func.count()).where(outbox.c.status.in_(("created", "sending")))
        rows = select(func.count()).where(deliveries.c.status.in_(OPEN))
        async with self.stage.house.database.reading() as connection:
            return sum([(await connection.execute(one)).scalar_one() for one in (replies, rows)])

    async def endings(self) -> Counter[tuple[str, str]]:
        """Count replies and rows of news by status and code."""
        found: Counter[tuple[str, str]] = Counter()
        async with self.stage.house.database.reading() as connection:
            for table, code in ((outbox, outbox.c.error_code), (deliveries, deliveries.c.code)):
                told = select(table.c.status, code, func.count()).group_by(table.c.status, code)
                for status, why, count in await connection.execute(told):
                    found[str(status), str(why)] += count
        return found


def letters(person: Citizen) -> list[int]:
    """Give the numbers of officers' answers that somebody got, in their order."""
    told = [one.text for one in person.shown if one.text.startswith(LETTER)]
    return [int(one.removeprefix(LETTER)) for one in told]
