"""Who of the officers works on the cases of an office."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId
from bot.officials.permissions import Action, may
from bot.officials.tree import OfficeTree
from bot.storage.officer_rows import active_grants


async def may_work(
    connection: AsyncConnection, tree: OfficeTree, people: Sequence[OfficerId], office: str
) -> bool:
    """Tell whether all of ``people`` are there and may work on cases of an office."""
    grants = await active_grants(connection, people)
    return all(
        one in grants and may(grants[one], Action.CASES_WORK, office, tree) for one in people
    )
