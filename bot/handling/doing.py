"""An officer's step: upon a case nobody else writes in, with its event and its deed."""

from __future__ import annotations

from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.clock import VIETNAM
from bot.feedback.errors import Overtaken
from bot.feedback.models import Case, CaseId
from bot.feedback.moves import Author
from bot.handling.bureau import Bureau
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import By, Step, stepped
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.storage.case_claim_rows import Claim, claim_of
from bot.storage.case_rows import find_case
from bot.storage.officer_rows import find_officer
from bot.storage.unit_rows import find_unit

KIND: Final = "case"


async def held(doing: Acting, number: int, *, seen: int | None = None) -> Case:
    """Give a case, which nobody changes before the commit; ``seen`` is the version acted upon.

    Raises:
        Refused: there is none.
        Overtaken: it is not in the version that was seen.
    """
    case = await find_case(doing.connection, CaseId(number), hold=True)
    if case is None:
        raise Refused(Why.NOWHERE)
    if seen is not None and seen != case.version:
        raise Overtaken(f"case {number} is not in version {seen} any more")
    return case


async def held_together(doing: Acting, number: int, beside: int | None) -> Case:
    """Give a case that nobody changes before the commit, and let nobody change ``beside`` either.

    All who need two take the lower number first, so nobody waits for who waits for them.

    Raises:
        Refused: there is no such case.
    """
    both = {one: await held(doing, one) for one in sorted({number, beside or number})}
    return both[number]


def officer_of(doing: Acting) -> OfficerId:
    """Give the account that acts; cases are worked on by people alone."""
    if doing.by.officer is None:
        raise PermissionError("an officer works on cases, no command and no clock")
    return OfficerId(doing.by.officer)


def by_officer(doing: Acting) -> By:
    """Give who does a step, and when."""
    return By(author=Author.OFFICER, at=doing.now, officer=officer_of(doing))


async def done(
    doing: Acting, case: Case, step: Step, deed: str, *, note: str = "", **told: object
) -> Case:
    """Do a step, remember it in the audit, and give the case after it.

    Raises:
        NotAllowed: the case's state does not allow it.
        Overtaken: somebody changed the case meanwhile.
    """
    after = await stepped(doing.connection, case, step, by_officer(doing))
    remember(doing, after, deed, before={"state": case.state}, note=note, **told)
    return after


def remember(
    doing: Acting,
    case: Case,
    deed: str,
    *,
    before: dict[str, object] | None = None,
    note: str = "",
    **told: object,
) -> None:
    """Put a deed upon a case into the audit."""
    after = {"state": case.state, "version": case.version, **told}
    doing.did(
        Deed(
            action=deed,
            office=case.office,
            kind=KIND,
            subject=str(case.id),
            before=before or {},
            after={name: value for name, value in after.items() if value not in (None, "")},
            note=note,
        )
    )


async def not_elsewhere(doing: Acting, case: Case) -> Claim | None:
    """Ask whether nobody else writes in a case; give the acting officer's claim, if they do.

    Raises:
        Refused: somebody does.
    """
    claim = await claim_of(doing.connection, case.id, doing.now)
    if claim is not None and claim.officer != officer_of(doing):
        known = await find_officer(doing.connection, claim.officer)
        until = f"{claim.until.astimezone(VIETNAM):%H:%M}"
        raise Refused(Why.CLAIMED, name=known.name if known else "", until=until)
    return claim


async def unit_name(connection: AsyncConnection, bureau: Bureau, case: Case) -> str:
    """Give how citizens know who works on a case: its unit, or the whole office."""
    unit = await find_unit(connection, case.unit) if case.unit is not None else None
    return unit.name if unit else bureau.name(case.office)


def written(words: str, why: Why = Why.WORDS) -> str:
    """Give words without what surrounds them.

    Raises:
        Refused: there are none.
    """
    told = words.strip()
    if not told:
        raise Refused(why)
    return told
