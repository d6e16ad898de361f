"""News of the yearly plan, and now and then of a storm by night, on every way of the account."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from bot.bell import Bell
from bot.bootstrap.zalo_news import zalo_answers, zalo_readings, zalo_senders
from bot.casework.deeds import acting
from bot.clock import VIETNAM
from bot.delivery.broadcasting import OfficeHours, senders_of
from bot.delivery.ledger import SqlLedger
from bot.delivery.shelf import SqlShelf
from bot.newsroom import keeping, planning
from bot.newsroom.deployment import Deployment
from bot.newsroom.scheduling import Sure
from bot.storage.broadcast_tables import deliveries
from bot.storage.claim_rows import Owner
from bot.storage.plan_rows import Issued, entries_of
from bot.storage.slot_broadcast_rows import tie_broadcast
from bot.storage.slot_rows import slots_of_entries
from bot.upkeep.news import news_ticks, realm_in_use
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.delivery.answers import Fault
from broadcasts.delivery.engine import Engine
from broadcasts.delivery.lane import Lane
from broadcasts.delivery.ports import OPEN
from broadcasts.models import Audience, NewsText, Route
from broadcasts.plans.reader import read_plan
from broadcasts.plans.reading.files import read_document
from broadcasts.texts import Wish
from broadcasts.timing import read_timing
from tests.fakes.newsroom import NAM, Newsroom
from tests.fakes.zalo_month.office import OFFICE
from tests.fakes.zalo_stage import ZaloStage

PLAN: Final = (
    "UBND XÃ MẪU\nSố: 9/KH-UBND\nXÃ MẪU, ngày 05 tháng 01 năm {year}\n\n**KẾ HOẠCH**\n\n"
    "Truyền thông cải cách hành chính năm {year}\n\n"
    "STT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n"
    "1\tTin trên Zalo của xã\tVăn phòng\tĐài truyền thanh\tThứ Ba, thứ Sáu hằng tuần\n"
)
MORNING: Final = time(8, 0)
CONFIRMED: Final = Sure(again=True)
# What is planned goes out by every way; each other time none is paid for.
CHEAP: Final = (Route.ZALO_CS, Route.ZALO_ARTICLE)
STORM_EVERY: Final = timedelta(days=3)
# Seconds of the machine until it is looked again whether an article is made.
SOON: Final = 0.01
READ_TEMPLATES: Final = timedelta(days=1)
TICKS: Final = ("dispatch", "carry_out", "fulfil")


class News:
    """What is planned, begun and sent."""

    def __init__(self, stage: ZaloStage) -> None:
        house, parts = stage.house, stage.parts
        self._stage = stage
        self.planned = 0
        self.storms = 0
        realm = partial(realm_in_use, house.conversation, Deployment.of(house.settings))
        self._newsroom = Newsroom(house.database, stage.clock, realm())
        told = news_ticks(house.database, stage.clock, realm, Bell())
        self._ticks = [one.act for one in told if one.name in TICKS]
        answers = zalo_answers(house.settings, parts, house.conversation, house.vaults.data)
        self._readings = {one.name: one.act for one in zalo_readings(parts)}
        self._answering = [one.act for one in answers]
        self._storm_at = stage.clock.now() + STORM_EVERY
        self._read_at = stage.clock.now() - READ_TEMPLATES
        self._made_lanes()

    def _made_lanes(self) -> None:
        stage = self._stage
        database, clock = stage.house.database, stage.clock
        shelf = SqlShelf(database, clock)
        hours = OfficeHours(stage.house.conversation)
        ledger = SqlLedger(database, Owner(name="month"), clock=clock, bell=Bell(), shelf=shelf)
        senders = {
            **senders_of([stage.channel], shelf, stage.metrics),
            **zalo_senders(stage.house.settings, stage.parts, shelf),
        }
        self._engine = Engine(ledger, {}, clock=clock, hours=hours, leads=lambda: True)
        self._lanes = [
            Lane(
                route, sender, ledger, clock=clock, hours=hours,
                elapsed=lambda: clock.now().timestamp(),
            )
            for route, sender in senders.items()
        ]  # fmt: skip

    async def plan(self, folder: Path, until: datetime) -> None:
        """Put the year's plan in force, and approve what it asks for ``until`` then."""
        for slot in await self._slots(folder):
            when = datetime.combine(slot.due_on, MORNING, VIETNAM)
            if slot.status is SlotStatus.OPEN and self._stage.clock.now() < when < until:
                await self._approve(slot, when)

    async def reads(self) -> None:
        """Read of the account what is read again and again."""
        await self._readings["zalo_quotas"]()
        now = self._stage.clock.now()
        if now - self._read_at >= READ_TEMPLATES:
            self._read_at = now
            await self._readings["zalo_templates"]()

    async def begins(self) -> None:
        """Begin what is due, and warn of a storm some nights."""
        now = self._stage.clock.now()
        if now >= self._storm_at and not 6 <= now.astimezone(VIETNAM).hour < 22:
            self._storm_at, self.storms = now + STORM_EVERY, self.storms + 1
            made = await self._newsroom.create(_wish(f"Bão số {self.storms}", CHEAP, urgent=True))
            await self._newsroom.start_urgent(made, sure=CONFIRMED)
        for tick in self._ticks:
            await tick()

    async def sends(self) -> None:
        """Send until there is nothing to do but to wait for long; tell of answers unheard."""
        await self._engine.lay_out()
        for lane in self._lanes:
            await self._empty(lane)
        await self._engine.look()
        for tick in self._answering:
            await tick()

    async def _empty(self, lane: Lane) -> None:
        while True:
            if not (rest := await lane.round()):
                continue
            if not await self._goes_on_soon(lane.route):
                return
            # An article is made by a task of its own.
            await asyncio.sleep(SOON)
            self._stage.clock.move(timedelta(seconds=max(rest, 1.0)))

    async def _goes_on_soon(self, route: Route) -> bool:
        """Tell whether somebody waits for a turn, or for an article that is being made."""
        waits = select(func.count()).where(
            deliveries.c.route == route,
            deliveries.c.status.in_(OPEN),
            deliveries.c.code.in_((Fault.NOT_READY, Fault.NO_TURN)),
        )
        async with self._stage.house.database.reading() as connection:
            return bool((await connection.execute(waits)).scalar_one())

    async def _slots(self, folder: Path) -> Sequence[Slot]:
        stage = self._stage
        today = stage.clock.now().astimezone(VIETNAM).date()
        path = folder / "plan.txt"
        path.write_text(PLAN.format(year=today.year), encoding="utf-8")
        plan = read_plan(read_document(path), today.year, read_timing)
        digest = sha256(path.read_bytes()).hexdigest()
        async with acting(stage.house.database, stage.clock, NAM) as doing:
            taken = await planning.take_in(doing, plan, Issued(office=OFFICE, digest=digest))
            await planning.put_in_force(doing, taken.plan)
            await keeping.lay_out(doing, taken.plan, _every_day, since=today)
            entries = [one.id for one in await entries_of(doing.connection, taken.plan)]
            return await slots_of_entries(doing.connection, entries)

    async def _approve(self, slot: Slot, when: datetime) -> None:
        self.planned += 1
        routes = () if self.planned % 2 else CHEAP
        wish = _wish(f"Tin {self.planned}", routes, entry=slot.entry, slot=slot.id)
        made = await self._newsroom.create(wish)
        async with acting(self._stage.house.database, self._stage.clock, NAM) as doing:
            await tie_broadcast(doing.connection, slot.id, made.id)
        made = await self._newsroom.approve(await self._newsroom.submit(made))
        await self._newsroom.start(made, CONFIRMED, starts_at=when)


def _wish(title: str, routes: Sequence[Route] = (), **more: object) -> Wish:
    body = f"{title}: từ ngày mai nộp hồ sơ khai sinh trực tuyến, trả kết quả trong ngày."
    return Wish(
        office=OFFICE,
        kind="khac",
        text=NewsText(title=title, body=body),
        audience=Audience(offices=(OFFICE,), routes=tuple(routes)),
        **more,  # type: ignore[arg-type]
    )


def _every_day(_day: date) -> bool:
    return True
