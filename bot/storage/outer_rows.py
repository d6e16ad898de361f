"""Numbers other systems gave to cases: whoever claims one first files its case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId, Source
from bot.storage.feedback_tables import outer_references
from bot.storage.many import one_of
from bot.storage.upserts import insert_into

NUMBERS: Final = outer_references.c


async def known_outers(
    connection: AsyncConnection, office: str, source: Source, outers: Collection[str]
) -> frozenset[str]:
    """Give those of the numbers whose cases are here."""
    wanted = select(NUMBERS.outer).where(
        NUMBERS.office == office, NUMBERS.source == source, NUMBERS.outer.in_(one_of(outers))
    )
    return frozenset((await connection.execute(wanted)).scalars())


async def claim_outers(
    connection: AsyncConnection,
    office: str,
    source: Source,
    outers: Collection[str],
    at: datetime,
) -> frozenset[str]:
    """Claim numbers and give those that nobody has claimed before.

    In one order always, so that two files at once wait for each other, not both.
    """
    if not outers:
        return frozenset()
    rows = [{"office": office, "source": source, "outer": one, "at": at} for one in sorted(outers)]
    wish = insert_into(outer_references, connection.dialect).values(rows)
    claimed = await connection.execute(wish.on_conflict_do_nothing().returning(NUMBERS.outer))
    return frozenset(claimed.scalars())


async def tie_outers(
    connection: AsyncConnection, office: str, source: Source, tied: Mapping[str, CaseId]
) -> None:
    """Write which cases the claimed numbers became."""
    if not tied:
        return
    written = (
        update(outer_references)
        .where(
            NUMBERS.office == office,
            NUMBERS.source == source,
            NUMBERS.outer == bindparam("number"),
        )
        .values(case=bindparam("to_case"))
    )
    rows = [{"number": outer, "to_case": case} for outer, case in tied.items()]
    await connection.execute(written, rows)


async def untie_outers(connection: AsyncConnection, case: CaseId) -> None:
    """Let the numbers of a case lead to it no more; they do not come in anew either."""
    await connection.execute(
        update(outer_references).where(NUMBERS.case == case).values(case=None)
    )
