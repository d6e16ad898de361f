"""Other open cases that may be the same matter, for who thinks of joining them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.drafts import Draft
from bot.feedback.models import Case
from bot.feedback.near import similar
from bot.feedback.views import NearCase
from bot.officials.likeness import Rarity
from bot.officials.models import OfficerId
from bot.storage.case_view_rows import near_cases
from bot.storage.conflict_rows import cases_of


async def cases_beside(
    connection: AsyncConnection, reader: OfficerId, case: Case, now: datetime, rarity: Rarity
) -> Sequence[NearCase]:
    """Give the few open cases likest to one, by the rule that citizens are shown them by.

    Those that complain of the ``reader`` are not among them.
    """
    if not case.state.is_open:
        return ()
    told = Draft(
        step="",
        reference=case.reference,
        begun_at=case.received_at,
        topic=case.topic,
        words=case.words,
        place=case.place,
    )
    others = await near_cases(connection, case.office, case.topic, now)
    hidden = await cases_of(connection, reader) | {case.id}
    return similar(told, [one for one in others if one.id not in hidden], now, rarity)
