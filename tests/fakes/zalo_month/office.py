"""What officers do: write in chats and answer cases, often later than Zalo takes messages."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from bot.channels.kept import KEPT
from bot.feedback.models import Case, Result
from bot.feedback.moves import CaseState
from bot.handling.answering import answer
from bot.handling.assigning import Post, assign, begin
from bot.messages import Author, Reply
from bot.officials.models import Role
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.case_rows import find_case
from bot.storage.feedback_tables import cases
from bot.storage.outbox_rows import say_to
from bot.storage.unit_rows import UnitWish, add_unit
from bot.upkeep.feedback import tell_due
from tests.fakes.chambers import Chamber
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo_stage import ZaloStage

OFFICE: Final = "mau-xa"
LETTER: Final = "Trả lời số "
# Hours after which an officer answers: within all windows, and behind each of them.
LATE: Final = (2, 20, 47, 50, 100, 167, 170, 200)
DONE: Final = AnswerWords(result=Result.DONE, text="Đã dọn rác ở đầu ngõ.")


class Office:
    """Minh answers cases, Hoa gives them out."""

    def __init__(self, stage: ZaloStage, dice: random.Random) -> None:
        self.written: Counter[str] = Counter()
        self._stage = stage
        self._dice = dice
        self._owed: list[tuple[datetime, Citizen]] = []
        self._room = Chamber(stage.house.database, stage.clock)

    async def hire(self) -> None:
        """Have officers and a unit."""
        staff = {"minh": Role.PREPARER, "hoa": Role.APPROVER}
        people = {name: await self._room.hire(name, role, OFFICE) for name, role in staff.items()}
        wish = UnitWish(office=OFFICE, name="Tổ môi trường", members=frozenset({people["minh"]}))
        async with self._stage.house.database.writing() as connection:
            self._post = Post(unit=await add_unit(connection, wish), officer=people["minh"])

    def owes(self, person: Citizen) -> None:
        """Answer somebody, some time."""
        late = timedelta(hours=self._dice.choice(LATE))
        self._owed.append((self._stage.clock.now() + late, person))

    async def works(self) -> None:
        """Write what is owed by now, in chats and to cases, and have it announced."""
        now, house = self._stage.clock.now(), self._stage.house
        for one in [one for one in self._owed if one[0] <= now]:
            self._owed.remove(one)
            await self.writes_to(one[1])
        for case in await self._ripe(now):
            await self._answers(case)
        await tell_due(house.database, house.talking.announcer, clock=house.clock, bell=house.bell)

    async def writes_to(self, person: Citizen) -> None:
        """Say what comes next to somebody, however late it is."""
        self.written[person.key] += 1
        reply = Reply(f"{LETTER}{self.written[person.key]}")
        now = self._stage.clock.now()
        async with self._stage.house.database.writing() as connection:
            await say_to(
                connection, self._stage.address(person), reply,
                author=Author.OFFICER, at=now, kept=KEPT,
            )  # fmt: skip

    async def _ripe(self, now: datetime) -> list[Case]:
        """Give the cases it is time to answer; each has a delay of its own."""
        received = select(cases.c.id, cases.c.received_at).where(
            cases.c.state == CaseState.RECEIVED
        )
        async with self._stage.house.database.reading() as connection:
            waiting = [
                await find_case(connection, row.id)
                for row in await connection.execute(received)
                if row.received_at + timedelta(hours=LATE[row.id % len(LATE)]) <= now
            ]
        return [one for one in waiting if one]

    async def _answers(self, case: Case) -> None:
        room, bureau = self._room, self._stage.house.bureau()
        await room.does("hoa", case, lambda d, c: assign(d, bureau, c, self._post))
        await room.does("minh", case, begin)
        await room.does("minh", case, lambda d, c: answer(d, bureau, c, DONE))
