"""Cases as citizens file them, stored for tests as the program stores them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from bot.casework.deeds import acting
from bot.console.ports import ConsoleHouse
from bot.feedback.kinds import Kind
from bot.feedback.models import Case, Place
from bot.feedback.reference import new_reference
from bot.feedback.regimes import regime_of
from bot.handling.bureau import Bureau
from bot.handling.clockwork import OfficeClockwork
from bot.handling.doing import held
from bot.handling.filing import Filing, Told
from bot.handling.passing_on import transfer
from bot.handling.sealing import Seals
from bot.officials.audit import By
from bot.officials.models import OfficerId
from tests.conftest import NOON
from tests.fakes.console import HERE

A_CASE: Final[dict[str, Any]] = {
    "office": HERE,
    "kind": Kind.REPORT,
    "topic": "chieu_sang",
    "regime": regime_of(Kind.REPORT, "chieu_sang").id,
    "words": "Đèn đường trước nhà văn hóa hỏng ba hôm nay.",
    "place": Place(words="trước nhà văn hóa", hamlet="Thôn Đông"),
    "at": NOON,
}


def clockwork_of(house: ConsoleHouse) -> OfficeClockwork:
    """Give the clock of a house's offices."""
    talk = house.conversation
    return OfficeClockwork(lambda: talk.desk.knowledge.snapshot, lambda: talk.stood)


async def file_cases(house: ConsoleHouse, told: Iterable[dict[str, Any]]) -> list[Case]:
    """File cases, each as ``A_CASE`` but for what is ``told``; give them."""
    filing = Filing(Seals(house.vaults.data), clockwork_of(house))
    async with house.database.writing() as connection:
        wanted = [Told(**A_CASE | {"reference": new_reference()} | one) for one in told]
        return [(await filing.file(connection, one))[0] for one in wanted]


async def file_case(house: ConsoleHouse, **told: Any) -> Case:
    """File one case and give it."""
    return (await file_cases(house, [told]))[0]


async def sent_on(house: ConsoleHouse, case: Case, office: str) -> Case:
    """Give a case to another office, as somebody of the one that has it; give it as it is then."""
    by = By(officer=OfficerId(1), actor="Cơ quan đang giữ vụ")
    async with acting(house.database, house.clock, by) as doing:
        known = await held(doing, case.id)
        return await transfer(doing, bureau_of(house), known, office, "Việc của bên ấy.")


def bureau_of(house: ConsoleHouse) -> Bureau:
    """Give the rules of a house's offices."""
    return Bureau(
        clockwork=clockwork_of(house),
        seals=Seals(house.vaults.data),
        desks=house.conversation,
        offices=house.conversation.desk.knowledge.snapshot.offices,
    )
