"""What of a case is sealed, each value for the place it stands in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

import orjson

from bot.feedback.models import CaseId, Contact
from bot.messages import CitizenAddress
from bot.vault import Vault, place

PHONE: Final = "telephone"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals and opens for the tables of feedback; without a vault nothing personal is kept."""

    vault: Vault | None

    def case(self, column: str, reference: str, words: str) -> bytes | None:
        """Seal words of a case's row; nothing to seal gives nothing."""
        if self.vault is None or not words:
            return None
        return self.vault.seal(words, place("feedback_cases", column, reference))

    def words_of(self, column: str, reference: str, sealed: bytes | None) -> str:
        """Open what ``case`` sealed; empty when it was not kept.

        Raises:
            Unopenable: the key is gone or the value was changed.
        """
        if self.vault is None or sealed is None:
            return ""
        return self.vault.words(sealed, place("feedback_cases", column, reference))

    def contact(self, reference: str, contact: Contact) -> bytes | None:
        """Seal how a person is reached."""
        told = "" if contact.is_empty else orjson.dumps(asdict(contact)).decode()
        return self.case("contact_sealed", reference, told)

    def contact_of(self, reference: str, sealed: bytes | None) -> Contact:
        """Open what ``contact`` sealed."""
        told = self.words_of("contact_sealed", reference, sealed)
        return Contact(**orjson.loads(told)) if told else Contact()

    def phone_digest(self, contact: Contact) -> str | None:
        """Give what finds the cases of a telephone again."""
        if self.vault is None or not contact.phone:
            return None
        digits = "".join(sign for sign in contact.phone if sign.isdecimal())
        return self.vault.digest(digits, PHONE)

    def person_digest(self, address: CitizenAddress) -> str:
        """Give what finds the consents of who speaks from ``address``; without a vault none is."""
        return "" if self.vault is None else self.vault.digest(address.conversation, PERSON)

    def event(self, case: CaseId, version: int, words: str) -> bytes | None:
        """Seal a citizen's later words."""
        if self.vault is None or not words:
            return None
        return self.vault.seal(words, place("feedback_events", "text_sealed", case, version))

    def event_of(self, case: CaseId, version: int, sealed: bytes) -> str:
        """Open what ``event`` sealed; empty without a vault.

        Raises:
            Unopenable: the key is gone or the value was changed.
        """
        if self.vault is None:
            return ""
        return self.vault.words(sealed, place("feedback_events", "text_sealed", case, version))

    def draft(self, conversation: str, written: bytes) -> bytes:
        """Seal a draft; without a vault it stands as it is, beside the messages themselves."""
        if self.vault is None:
            return written
        return self.vault.seal(written, place("feedback_drafts", "told_sealed", conversation))

    def draft_of(self, conversation: str, sealed: bytes) -> bytes:
        """Open what ``draft`` sealed."""
        if self.vault is None:
            return sealed
        return self.vault.open(sealed, place("feedback_drafts", "told_sealed", conversation))
