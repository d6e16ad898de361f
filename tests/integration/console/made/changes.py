"""Changes made for tests that try every way."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import insert

from bot.console.pages.changes import change_in_path
from bot.console.routing import Resolver
from bot.storage.console_tables import changes
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts


def _row(office: str) -> dict[str, Any]:
    """A guide's change that waits for approval."""
    return {
        "kind": "guide",
        "office": office,
        "ref": "cai-vneid",
        "title": "Cài VNeID thế nào",
        "before": "{}",
        "after": f'{{"intro":"Mở kho ứng dụng ({secrets.token_hex(4)})."}}',
        "token": "",
        "reason": "nói cho rõ",
        "status": "waiting",
        "needs": "knowledge_publish",
        "made_at": NOON,
    }


async def a_change(house: ConsoleHouse, office: str) -> Parts:
    async with house.database.writing() as connection:
        made = insert(changes).values(_row(office)).returning(changes.c.id)
        return {"id": str((await connection.execute(made)).scalar_one())}


async def many_changes(house: ConsoleHouse, count: int) -> None:
    async with house.database.writing() as connection:
        await connection.execute(insert(changes), [_row(HERE) for _ in range(count)])


OBJECTS: dict[Resolver, Factory] = {change_in_path: a_change}
FILLERS: list[Filler] = [many_changes]
