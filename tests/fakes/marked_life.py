"""Citizens who tell all that should never be found again, to the real inbox and worker."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

import orjson
from prometheus_client import CollectorRegistry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bootstrap.feedback import talking_of
from bot.channels.kept import KEPT
from bot.handling.typed import AsTyped
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import MessageKind, Reply
from bot.metrics import Metrics
from bot.storage.migrate import METADATA
from bot.storage.tables import outbox
from knowledge.text import fold
from tests.factories import a_citizen, a_message
from tests.fakes.console import ConsoleHouse

# How each is looked for: folded, and nothing but letters and digits.
MARKERS: Final = {
    "phone": "912345678",
    "identity": "001099123456",
    "account": "19034567890123",
    "name": "tranthihoamuop",
    "accused": "nguyenvanbauxanh",
    "address": "93ngach17pho",
}
# The same person each time, written as people write.
PLAIN: Final = (
    "Tôi tên là Trần Thị Hoa Mướp, số điện thoại 0912 345 678, căn cước 001 099 123 456, "
    "nhà tôi ở số 93 ngách 17 phố Cau Xanh."
)
NO_MARKS: Final = (
    "toi ten la TRAN THI HOA MUOP, sdt 0912.345.678, cccd 001099123456, "
    "nha toi o so 93 ngach 17 pho Cau Xanh"
)
SHORT: Final = (
    "Tôi là Trần Thị Hoa Mướp, gọi +84 912-345-678, ở số 93 ngách 17 phố Cau Xanh, "
    "CMND 001.099.123.456."
)
ACCOUNT: Final = "Số tài khoản của tôi là 1903 4567 890123 ở Techcombank."


def found_in(value: object) -> set[str]:
    """Name the markers that stand in a value, however they are written."""
    text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)
    plain = re.sub(r"[^a-z0-9]", "", fold(text))
    return {name for name, marker in MARKERS.items() if marker in plain}


async def everything(connection: AsyncConnection) -> AsyncIterator[tuple[str, Any]]:
    """Give every value of every column of every table, and where it stands."""
    for one in METADATA:
        for table in one.sorted_tables:
            for row in await connection.execute(select(table)):
                for column, value in zip(table.columns, row, strict=True):
                    yield f"{table.name}.{column.name}", value


@dataclass
class MarkedLife:
    """What citizens say to the house of a console; ``registry`` holds what is counted."""

    house: ConsoleHouse
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        house, metrics = self.house, Metrics.on(self.registry)
        self.door = Inbox(
            house.database,
            house.bell,
            metrics,
            keep=house.conversation.kept,
            seal=AsTyped(house.vaults).sealed,
        )
        self.worker = Worker(
            house.database,
            house.conversation,
            clock=house.clock,
            bell=house.bell,
            metrics=metrics,
            apology=Reply("lỗi"),
            kept=KEPT,
            talking=talking_of(house.conversation, house.vaults, house.settings),
        )

    async def says(self, who: str, text: str, kind: MessageKind = MessageKind.TEXT) -> str:
        """Let a citizen say something; give what they are told."""
        number = next(self.numbers)
        message = a_message(text, external_id=f"m{number}", address=a_citizen(who), kind=kind)
        writing = asyncio.create_task(self.door.writing())
        try:
            await self.door.accept([replace(message, received_at=self.house.clock.now())])
        finally:
            writing.cancel()
        await self.worker.round()
        return "\n".join(row.text for row in await self._told(who))

    async def chooses(self, who: str, label: str) -> str:
        """Let a citizen press the button that begins with ``label``."""
        rows = await self._told(who)
        offered = [pair for row in rows for pair in orjson.loads(row.choices)]
        value = next((value for shown, value in offered if shown.startswith(label)), None)
        assert value is not None, (label, offered, [row.text for row in rows])
        return await self.says(who, value, MessageKind.CHOICE)

    async def _told(self, who: str) -> list[Any]:
        """Give the replies to the newest message of a citizen."""
        mine = outbox.c.user_id == who
        newest = select(outbox.c.inbox_id).where(mine).order_by(outbox.c.inbox_id.desc()).limit(1)
        wanted = select(outbox).where(mine, outbox.c.inbox_id.in_(newest)).order_by(outbox.c.seq)
        async with self.house.database.reading() as connection:
            return list(await connection.execute(wanted))

    async def goes_through(self, who: str, *steps: str) -> None:
        """Let a citizen say, or choose what begins with “>”, one after the other."""
        for step in steps:
            if step.startswith(">"):
                await self.chooses(who, step[1:])
            else:
                await self.says(who, step)
