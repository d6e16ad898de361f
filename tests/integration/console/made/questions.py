"""Groups of questions nobody could answer."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import func, insert, select

from bot.console.questions.reading import group_in_path, question_in_path
from bot.console.routing import Resolver
from bot.storage.console_tables import question_groups, questions
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.fakes.questions import asks, stored
from tests.integration.console.made.home import FAR_OFF
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def a_group(house: ConsoleHouse, office: str) -> Parts:
    await stored(house.database, asks(f"{secrets.token_hex(4)} nuôi tằm", office=office))
    async with house.database.reading() as connection:
        newest = select(func.max(question_groups.c.id))
        return {"group": str((await connection.execute(newest)).scalar_one())}


async def a_question(house: ConsoleHouse, office: str) -> Parts:
    await stored(house.database, asks(f"{secrets.token_hex(4)} nuôi tằm", office=office))
    async with house.database.reading() as connection:
        newest = select(func.max(questions.c.inbox_id))
        return {"question": str((await connection.execute(newest)).scalar_one())}


async def questions_of_the_week(house: ConsoleHouse, many: int) -> None:
    """Let citizens ask what nobody can answer: many things, and the newest of them many times."""
    group = {"office": HERE, "near": "", "status": "open", "channels": "web", "asked": 1}
    groups = [
        group
        | {
            "shape": f"nuoi tam {number}",
            "shape_key": str(number),
            "sample": f"nuôi tằm {number}",
            "first_at": NOON,
            "last_at": NOON - timedelta(minutes=number),
        }
        for number in range(many)
    ]
    async with house.database.writing() as connection:
        newest = (await connection.execute(select(func.max(question_groups.c.id)))).scalar() or 1
        asked = [
            {
                "inbox_id": FAR_OFF + number,
                "group": newest,
                "office": HERE,
                "channel": "web",
                "conversation": str(number),
                "text": f"nuôi tằm {number}",
                "asked_at": NOON,
            }
            for number in range(many)
        ]
        await connection.execute(insert(question_groups), groups)
        await connection.execute(insert(questions), asked)


OBJECTS: dict[Resolver, Factory] = {group_in_path: a_group, question_in_path: a_question}
FILLERS: list[Filler] = [questions_of_the_week]
