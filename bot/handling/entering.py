"""Use case: an officer files a case for somebody at the desk or on the telephone."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.feedback.models import Case
from bot.feedback.purposes import Purpose
from bot.handling.doing import remember
from bot.handling.filing import Filing, Told
from bot.handling.uses import Uses, person_of


async def enter(doing: Acting, filing: Filing, told: Told, note: str = "") -> Case:
    """File what somebody told an officer.

    Whoever left how they are reached agreed to it by voice: the words they agreed to are noted.
    The audit tells ``note``.
    """
    case, _ = await filing.file(doing.connection, told)
    if not told.contact.is_empty:
        person = person_of(None, case.reference)
        uses = Uses(filing.seals.vault)
        await uses.note(doing.connection, person, case.id, Purpose.CONTACT, doing.now)
    remember(
        doing,
        case,
        "case_entered",
        note=note,
        source=told.source,
        kind=told.kind,
        topic=told.topic,
    )
    return case
