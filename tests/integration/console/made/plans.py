"""Plans, their entries, the times they are to be done, and what shows that they were."""

from __future__ import annotations

from datetime import date

from bot.console.pages.entries import entry_in_path
from bot.console.pages.plans import plan_in_path
from bot.console.pages.slots import evidence_in_path, slot_in_path
from bot.console.routing import Resolver
from bot.storage.evidence_rows import Evidence, EvidenceKind, add_evidence
from bot.storage.file_rows import NewFile, store_file
from bot.storage.slot_change_rows import add_slot
from broadcasts.calendar import Proposal
from broadcasts.timing import Period
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.fakes.plans import put_entry, put_plan
from tests.integration.console.made.kinds import Factory, Filler, Parts

TODAY = NOON.date()
LETTER = b"%PDF-1.7"


async def a_plan(house: ConsoleHouse, office: str) -> Parts:
    async with house.database.writing() as connection:
        file = await store_file(connection, _file(office), at=NOON, by=1)
        plan = await put_plan(connection, office, file=file)
        await put_entry(connection, plan)
        return {"plan": str(plan)}


async def an_entry(house: ConsoleHouse, office: str) -> Parts:
    plan = (await a_plan(house, office))["plan"]
    async with house.database.writing() as connection:
        return {"entry": str(await put_entry(connection, int(plan)))}


async def a_slot(house: ConsoleHouse, office: str, day: date = TODAY) -> Parts:
    entry = (await an_entry(house, office))["entry"]
    wish = Proposal(span=Period(day, day), number=1, due_on=day, last_on=day)
    async with house.database.writing() as connection:
        return {"slot": str(await add_slot(connection, int(entry), wish))}


async def a_piece(house: ConsoleHouse, office: str) -> Parts:
    entry = (await an_entry(house, office))["entry"]
    wish = Proposal(span=Period(TODAY, TODAY), number=1, due_on=TODAY, last_on=TODAY)
    async with house.database.writing() as connection:
        slot = await add_slot(connection, int(entry), wish)
        file = await store_file(connection, _file(office), at=NOON, by=1)
        piece = Evidence(
            id=0,
            entry=int(entry),
            slot=slot,
            kind=EvidenceKind.DOCUMENT,
            title="Công văn",
            url="",
            file=file,
            happened_on=TODAY,
            made_at=NOON,
            made_by=1,
        )
        return {"slot": str(slot), "evidence": str(await add_evidence(connection, piece))}


def _file(office: str) -> NewFile:
    return NewFile(office=office, name="a.pdf", media="application/pdf", content=LETTER)


async def many_plans(house: ConsoleHouse, count: int) -> None:
    for _ in range(count // 4):
        await a_piece(house, HERE)


OBJECTS: dict[Resolver, Factory] = {
    plan_in_path: a_plan,
    entry_in_path: an_entry,
    slot_in_path: a_slot,
    evidence_in_path: a_piece,
}
FILLERS: list[Filler] = [many_plans]
