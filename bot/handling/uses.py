"""Each use of personal data is noted with the words that were told or agreed to, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.drafts import Draft
from bot.feedback.models import Case, CaseId
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.regimes import Unnamed, regime_of
from bot.handling.sealing import PERSON
from bot.messages import CitizenAddress
from bot.storage.consent_rows import end_consent, record_consent
from bot.vault import Vault


@dataclass(frozen=True, slots=True)
class Uses:
    """Notes uses by the digest of whose they are; without a vault the case's events tell them."""

    vault: Vault | None

    async def note(
        self,
        connection: AsyncConnection,
        person: str,
        case: CaseId,
        purpose: Purpose,
        at: datetime,
        *,
        version: str = "",
    ) -> None:
        """Note that ``person`` was told of a use or agreed to it; by the latest words, or so."""
        if self.vault is None:
            return
        await record_consent(
            connection,
            self.vault.digest(person, PERSON),
            case=case,
            purpose=purpose,
            version=version or consent_text(purpose).version,
            at=at,
        )

    async def note_filed(
        self, connection: AsyncConnection, person: str, case: Case, draft: Draft, at: datetime
    ) -> None:
        """Note of a new case what its sender was told, and agreed to if they left a name."""
        if draft.consent:
            told = Purpose.HANDLE_CASE
            await self.note(connection, person, case.id, told, at, version=draft.consent)
        if not draft.contact.is_empty:
            await self.note(connection, person, case.id, _contact_use(case), at)

    async def end(
        self,
        connection: AsyncConnection,
        person: str,
        case: CaseId,
        purpose: Purpose,
        at: datetime,
    ) -> None:
        """Note that ``person`` agrees no more."""
        if self.vault is not None:
            digest = self.vault.digest(person, PERSON)
            await end_consent(connection, case, purpose, at, person_digest=digest)


def person_of(address: CitizenAddress | None, reference: str) -> str:
    """Name whose a case is: a chat, or whoever came with it to the desk."""
    return address.conversation if address else f"case:{reference}"


def _contact_use(case: Case) -> Purpose:
    """Tell for what somebody left how they are reached: a law asks for it, or they wish a call."""
    by_law = regime_of(case.kind, case.topic).unnamed is Unnamed.TIP
    return Purpose.CONTACT_BY_LAW if by_law else Purpose.CONTACT
