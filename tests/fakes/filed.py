"""Cases as citizens file them, stored for tests as the program stores them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from bot.console.ports import ConsoleHouse
from bot.feedback.kinds import Kind
from bot.feedback.models import Case, Place
from bot.feedback.reference import new_reference
from bot.feedback.regimes import regime_of
from bot.handling.clockwork import OfficeClockwork
from bot.handling.filing import Filing, Told
from bot.handling.sealing import Seals
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
