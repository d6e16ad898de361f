"""Plans in tables, for tests that begin where one is stored already."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.plan_tables import plan_entries, plans
from tests.conftest import NOON

PARTS = ("purposes", "audiences", "forms", "duties", "flags", "coverage")
HEAD: dict[str, list[object]] = {part: [] for part in PARTS}
FLAG = {
    "code": "timing_unclear",
    "text": "Chưa hiểu thời gian “Theo tiến độ của cấp trên, khi có văn bản”; hãy đặt thời gian.",
}
MONTHLY = {
    "kind": "recurring",
    "start": "2026-01-01",
    "end": "2026-12-31",
    "count": 1,
    "per": "month",
    "note": "",
}


async def put_plan(connection: AsyncConnection, office: str, **told: Any) -> int:
    """Store a plan in force for 2026; give its id."""
    row = {
        "office": office,
        "year": 2026,
        "title": "Kế hoạch truyền thông cải cách hành chính năm 2026",
        "head": orjson.dumps(HEAD).decode(),
        "digest": "d",
        "status": "in_force",
        "made_at": NOON,
    } | told
    done = await connection.execute(insert(plans).values(row).returning(plans.c.id))
    return int(done.scalar_one())


async def put_entry(connection: AsyncConnection, plan: int, **told: Any) -> int:
    """Store an entry asked for once a month; give its id."""
    row = {
        "plan": plan,
        "position": 1,
        "no": "1",
        "content": "Chuyên mục cải cách hành chính",
        "time_text": "01 số/tháng",
        "timing": orjson.dumps(MONTHLY).decode(),
        "source": "bảng 1, dòng 1",
        "flags": orjson.dumps([FLAG]).decode(),
    } | told
    done = await connection.execute(insert(plan_entries).values(row).returning(plan_entries.c.id))
    return int(done.scalar_one())
