"""Texts and their runs."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert

from bot.console.news.here import file_in_path, text_in_path
from bot.console.pages.runs import run_in_path
from bot.console.routing import Resolver
from bot.storage.broadcast_rows import add_broadcast, put_version
from bot.storage.broadcast_tables import deliveries, runs
from bot.storage.file_rows import NewFile, store_file
from broadcasts.models import Audience, DeliveryStatus, NewsText, Route, RunStatus
from broadcasts.texts import Version, Wish
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

TEXT = NewsText(title="Nộp hồ sơ trực tuyến", body="Từ ngày 01/12/2026, theo Quyết định số 5.")


async def a_text(house: ConsoleHouse, office: str, text: NewsText = TEXT) -> Parts:
    wish = Wish(office=office, kind="khac", text=text, audience=Audience(offices=(office,)))
    async with house.database.writing() as connection:
        number = await add_broadcast(connection, wish, author=1, at=NOON)
        version = Version(
            broadcast=number,
            number=1,
            text=text,
            audience=wish.audience,
            variables={},
            digest="d",
            author=1,
            made_at=NOON,
            frozen_at=None,
        )
        await put_version(connection, version)
    return {"text": str(number)}


async def a_file(house: ConsoleHouse, office: str) -> Parts:
    paper = NewFile(office=office, name="a.pdf", media="application/pdf", content=b"%PDF-1.7")
    async with house.database.writing() as connection:
        file = await store_file(connection, paper, at=NOON, by=1)
    return await a_text(house, office, replace(TEXT, files=(file,))) | {"file": str(file)}


async def a_run(house: ConsoleHouse, office: str) -> Parts:
    broadcast = int((await a_text(house, office))["text"])
    async with house.database.writing() as connection:
        row = {
            "schedule": broadcast,
            "due_at": NOON,
            "broadcast": broadcast,
            "version": 1,
            "office": office,
            "urgent": False,
            "status": RunStatus.PAUSED,
            "total": 2,
            "began_at": NOON,
        }
        number = (
            await connection.execute(insert(runs).values(row).returning(runs.c.id))
        ).scalar_one()
        for reader, status in enumerate((DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN), 1):
            await connection.execute(
                insert(deliveries).values(
                    run=number,
                    route=Route.TELEGRAM,
                    subscriber=reader,
                    address=f"70000{reader}",
                    status=status,
                    not_before=NOON,
                )
            )
    return {"run": str(number)}


async def many_texts(house: ConsoleHouse, count: int) -> None:
    for _ in range(count // 4):
        await a_run(house, HERE)


OBJECTS: dict[Resolver, Factory] = {
    text_in_path: a_text,
    file_in_path: a_file,
    run_in_path: a_run,
}
FILLERS: list[Filler] = [many_texts]
