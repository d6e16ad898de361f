"""Who writes in a case: one officer at a time; another takes it over knowingly."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.feedback.models import Case
from bot.handling.doing import not_elsewhere, officer_of, remember
from bot.storage.case_claim_rows import Claim, claim_case, claim_of, drop_claim


async def claim(doing: Acting, case: Case, *, over: bool = False) -> Claim:
    """Keep a case to the acting officer for a while; with ``over`` whoever else has it.

    Raises:
        Refused: somebody else writes in it.
    """
    here = claim_of(doing.connection, case.id, doing.now) if over else not_elsewhere(doing, case)
    before = await here
    held = await claim_case(doing.connection, case.id, officer_of(doing), doing.now, over=over)
    if before is None or before.officer != held.officer:
        taken_from = before.officer if before else None
        remember(doing, case, "case_claimed", before={"officer": taken_from}, officer=held.officer)
    return held


async def release(doing: Acting, case: Case) -> None:
    """Give back a case that is the acting officer's to write in."""
    held = await claim_of(doing.connection, case.id, doing.now)
    if held is not None and held.officer == officer_of(doing):
        await drop_claim(doing.connection, case.id)
