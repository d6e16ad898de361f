"""What followers do: ask, write again and again, complain with a photo, come, leave, withdraw."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.fakes.fetching import fetched
from tests.fakes.photos import a_photo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo_month.office import Office
from tests.fakes.zalo_stage import ZaloStage

QUESTIONS: Final = ("làm giấy khai sinh", "đăng ký kết hôn", "1", "menu", "xin chào")
SUBSCRIBING: Final = ("nhận tin", "1")
# Told in this order all of it is asked for: the case and the office, the place, the photo and that
# it shows no papers, no call back, and that it may go.
BEFORE_THE_PHOTO: Final = ("rác đổ đầy đầu ngõ mấy hôm nay không ai dọn", "1", "1", "đầu ngõ 12")
BEHIND_THE_PHOTO: Final = ("1", "1", "2", "1")
# So many answers one after the other are more than are free.
MANY: Final = 10


@dataclass
class Crowd:
    """The people of an account; who acts and how is diced."""

    stage: ZaloStage
    people: Sequence[Citizen]
    office: Office
    dice: random.Random
    # Who did anything, and whose case and photo must be there.
    known: set[str] = field(default_factory=set)
    filers: dict[str, Citizen] = field(default_factory=dict)
    # Who had a case and took all consent back: what becomes of the case is the office's.
    withdrawn: dict[str, Citizen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._photo = a_photo()
        self._acts: Sequence[Callable[[Citizen], Awaitable[None]]] = (
            *[self._asks] * 4, *[self._subscribes] * 2, *[self._files] * 2, self._chats,
            self._follows, self._leaves, self._is_taken_over, self._withdraws,
        )  # fmt: skip

    async def act(self, most: float) -> None:
        """Let about so many people do something, each by their own choice."""
        count = int(most) + (self.dice.random() < most % 1)
        for person in self.dice.choices(self.people, k=count):
            await self.dice.choice(self._acts)(person)
            self.known.add(person.key)

    async def _asks(self, person: Citizen) -> None:
        await person.says(self.dice.choice(QUESTIONS))
        if self.dice.random() < 0.5:
            self.office.owes(person)

    async def _chats(self, person: Citizen) -> None:
        """Write once, and hear more than is free."""
        await person.says(self.dice.choice(QUESTIONS))
        await self.stage.takes_in()
        for _ in range(MANY):
            await self.office.writes_to(person)

    async def _subscribes(self, person: Citizen) -> None:
        await self._says(person, *SUBSCRIBING)

    async def _files(self, person: Citizen) -> None:
        """Complain, once in a life: who is in the midst of something else asks instead."""
        if person.key in self.known:
            await self._asks(person)
            return
        self.filers[person.key] = person
        await self._says(person, *BEFORE_THE_PHOTO)
        await person.sends_image(self._photo)
        await self.stage.takes_in()
        await fetched(self.stage.house.fetching)
        await self._says(person, *BEHIND_THE_PHOTO)

    async def _follows(self, person: Citizen) -> None:
        await person.follows_oa()

    async def _leaves(self, person: Citizen) -> None:
        await person.unfollows()

    async def _is_taken_over(self, person: Citizen) -> None:
        await person.says("tôi muốn gặp cán bộ")
        await person.hears_manager("Chào bác, tôi nghe đây.")

    async def _withdraws(self, person: Citizen) -> None:
        """Have all that is kept erased; half of them complained of something before."""
        if self.filers and self.dice.random() < 0.5:
            person = self.dice.choice(list(self.filers.values()))
        if self.filers.pop(person.key, None):
            self.withdrawn[person.key] = person
        await person.withdraws()
        await self.stage.takes_in()

    async def _says(self, person: Citizen, *words: str) -> None:
        for one in words:
            await person.says(one)
            await self.stage.takes_in()
