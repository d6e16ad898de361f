"""Use case: an officer files a case for somebody at the desk or on the telephone."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.feedback.models import Case
from bot.feedback.purposes import Purpose, consent_text
from bot.handling.consenting import PERSON
from bot.handling.doing import remember
from bot.handling.filing import Filing, Told
from bot.storage.talk_case_rows import record_consent


async def enter(doing: Acting, filing: Filing, told: Told) -> Case:
    """File what somebody told an officer.

    Whoever left how they are reached agreed to it by voice: the words they agreed to are noted.
    """
    case, _ = await filing.file(doing.connection, told)
    vault = filing.seals.vault
    if vault is not None and not told.contact.is_empty:
        await record_consent(
            doing.connection,
            vault.digest(f"case:{case.reference}", PERSON),
            case=case.id,
            purpose=Purpose.CONTACT,
            version=consent_text(Purpose.CONTACT).version,
            at=doing.now,
        )
    remember(doing, case, "case_entered", source=told.source, kind=told.kind, topic=told.topic)
    return case
