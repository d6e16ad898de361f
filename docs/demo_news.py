"""The news of the made-up day: a plan in force, work done and left, texts written and sent."""

from __future__ import annotations

import asyncio
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import insert, select

from bot.bootstrap import House
from bot.casework.deeds import Acting, acting
from bot.clock import VIETNAM
from bot.newsroom import approving, keeping, planning, scheduling, writing
from bot.newsroom.dispatch import go_on
from bot.newsroom.fulfilling import fulfil
from bot.newsroom.realm import Realm
from bot.newsroom.scheduling import Sure
from bot.newsroom.working_days import working_days
from bot.officials.audit import By
from bot.storage.broadcast_tables import runs, subscribers
from bot.storage.entry_place_rows import entry_place
from bot.storage.plan_rows import Issued, entries_of
from bot.storage.slot_broadcast_rows import tie_broadcast
from bot.storage.slot_change_rows import SlotEnding
from bot.storage.slot_rows import slots_of_entries
from broadcasts.calendar import Slot, SlotStatus
from broadcasts.models import Audience, Button, NewsText, RunStatus
from broadcasts.plans.models import Plan
from broadcasts.plans.reader import read_plan
from broadcasts.plans.reading.files import read_document
from broadcasts.schedule.models import Timetable
from broadcasts.texts import Broadcast, Wish
from broadcasts.timing import read_timing

PLAN: Final = Path(__file__).with_name("demo_plan.txt")
YEAR: Final = 2026
# Since when the plan counts, and since when work of it was left undone.
BEGUN, LEFT = date(2026, 1, 5), date(2026, 10, 20)
READERS: Final = 40
PATIENCE: Final = 60.0
SENT: Final = NewsText(
    title="Chứng thực bản sao: nộp hồ sơ tại nhà",
    body="Theo Quyết định số 5/QĐ-UBND ngày 10/11/2026, bà con gửi hồ sơ chứng thực trên Cổng "
    "dịch vụ công quốc gia, hẹn giờ đến ký, không phải chờ.\n\nCần giúp, mời gọi {co_quan}.",
    buttons=(Button(label="Nộp hồ sơ", address="https://dichvucong.gov.vn"),),
)
WAITING: Final = NewsText(
    title="Lịch đối thoại với người dân tháng 12",
    body="Theo Kế hoạch số 30/KH-UBND, đối thoại lúc 8 giờ ngày 05/12/2026 tại nhà văn hóa thôn.",
)


async def tell_the_news(house: House, preparer: By, approver: By, office: str) -> None:
    """Put a plan in force, do most of it, send a text to readers and leave another waiting."""
    slot = await _keep_the_plan(house, preparer, office)
    await _subscribe(house, office)
    sent = await _written(house, preparer, SENT, office, slot=slot)
    await _sent(house, approver, sent)
    await fulfil(house.database, house.clock)
    await _written(house, preparer, WAITING, office)


async def _keep_the_plan(house: House, by: By, office: str) -> Slot:
    """Give the first time of the plan that is still to be done by news."""
    plan, digest = await asyncio.to_thread(_read)
    issued = Issued(office=office, digest=digest, file=None)
    async with acting(house.database, house.clock, by) as doing:
        taken = await planning.take_in(doing, plan, issued)
        await planning.put_in_force(doing, taken.plan, reason="Ban hành ngày 05/01/2026")
        snapshot = house.conversation.desk.knowledge.snapshot
        works = await working_days(doing.connection, snapshot, office)
        await keeping.lay_out(doing, taken.plan, works, since=BEGUN)
        entries = [one.id for one in await entries_of(doing.connection, taken.plan)]
        slots = await slots_of_entries(doing.connection, entries)
        for one in slots:
            if one.due_on < LEFT:
                await _done(doing, one)
    return next(one for one in slots if one.entry == entries[0] and one.due_on >= LEFT)


def _read() -> tuple[Plan, str]:
    """Give the plan and the digest of its file."""
    digest = sha256(PLAN.read_bytes()).hexdigest()
    return read_plan(read_document(PLAN), YEAR, read_timing), digest


async def _done(doing: Acting, slot: Slot) -> None:
    place = await entry_place(doing.connection, slot.entry)
    if place:
        ending = SlotEnding(status=SlotStatus.DONE, done_on=slot.due_on)
        await keeping.end(doing, place, slot, ending)


async def _subscribe(house: House, office: str) -> None:
    """Let those who asked on the web this morning receive news."""
    told = {"channel": "web", "office": office, "kind": "citizen", "status": "active"}
    agreed = {"consent": "chat", "agreed_at": house.clock.now(), "changed_at": house.clock.now()}
    rows = [
        told | agreed | {"address": f"dan-{one}", "person": f"web:dan-{one}"}
        for one in range(READERS)
        if one % 3
    ]
    async with house.database.writing() as connection:
        await connection.execute(insert(subscribers), rows)


def _realm(house: House) -> Realm:
    return Realm.of(house.conversation.desk.knowledge.snapshot, house.conversation.stood)


async def _written(
    house: House, by: By, text: NewsText, office: str, *, slot: Slot | None = None
) -> Broadcast:
    """Write a text and lay it before who may approve it."""
    wish = Wish(
        office=office,
        kind="huong_dan_dvc",
        text=text,
        audience=Audience(offices=(office,)),
        entry=slot.entry if slot else None,
        slot=slot.id if slot else None,
    )
    async with acting(house.database, house.clock, by) as doing:
        made = await writing.create(doing, _realm(house), wish)
        if slot:
            await tie_broadcast(doing.connection, slot.id, made.id)
        return await approving.submit(doing, _realm(house), made.id)


async def _sent(house: House, by: By, text: Broadcast) -> None:
    """Approve a text, let it go and wait until everybody has it."""
    now = Timetable(starts_at=house.clock.now().astimezone(VIETNAM))
    async with acting(house.database, house.clock, by) as doing:
        await approving.approve(doing, text.id)
        made = await scheduling.start(doing, _realm(house), text.id, now, Sure())
    async with acting(house.database, house.clock, by) as doing:
        await go_on(doing, _realm(house), made.id)
    async with asyncio.timeout(PATIENCE):
        while not await _over(house):  # noqa: ASYNC110 - nobody rings for this
            await asyncio.sleep(0.1)


async def _over(house: House) -> bool:
    over = select(runs.c.id).where(runs.c.status == RunStatus.FINISHED)
    async with house.database.reading() as connection:
        return (await connection.execute(over)).first() is not None
