"""Cases of citizens, made for tests that try every way."""

from __future__ import annotations

from datetime import timedelta

from bot.console.feedback.addresses import case_in_path
from bot.console.routing import Resolver
from bot.feedback.models import Contact, Place
from tests.conftest import NOON
from tests.fakes.console import ConsoleHouse
from tests.fakes.filed import file_case, file_cases
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def a_case(house: ConsoleHouse, office: str) -> Parts | None:
    """File a case of an office; every case belongs to one."""
    if not office:
        return None
    return {"case": str((await file_case(house, office=office)).id)}


async def many_cases(house: ConsoleHouse, count: int) -> None:
    """File cases of people who told who they are."""
    told = {
        "topic": "moi_truong",
        "words": "Rác đổ đầy đầu ngõ mấy hôm nay, mùi hôi không chịu nổi.",
        "place": Place(words="đầu ngõ 5 đường Hoa Sữa", hamlet="Tổ 3"),
        "contact": Contact(name="Nguyễn Văn An", phone="0912345678"),
        "anonymous": False,
    }
    await file_cases(house, [{**told, "at": NOON - timedelta(hours=ago)} for ago in range(count)])


OBJECTS: dict[Resolver, Factory] = {case_in_path: a_case}
FILLERS: list[Filler] = [many_cases]
