"""A case is made: of what a citizen told in a chat, once whatever is repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.drafts import Draft
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.models import Case, CaseId, Contact, Event, Place, Source
from bot.feedback.moves import Act, Author, CaseState
from bot.handling.ports import Clockwork
from bot.handling.sealing import Seals
from bot.messages import CitizenAddress
from bot.privacy import mask
from bot.storage.case_rows import add_case, add_event, change_case, find_case, find_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What makes a case.

    ``words`` and ``place`` are as typed. ``anchor`` is the row of the message that filed it,
    ``entered_by`` the officer who entered it for somebody.
    """

    office: str
    reference: str
    kind: Kind
    topic: str
    words: str
    at: datetime
    regime: str = ""
    grade: str = "simple"
    urgent: bool = False
    place: Place = field(default_factory=Place)
    happened: str = ""
    source: Source = Source.CHAT
    address: CitizenAddress | None = None
    anchor: int | None = None
    entered_by: int | None = None
    anonymous: bool = True
    call_back: bool = False
    contact: Contact = field(default_factory=Contact)
    consent: str = ""

    @classmethod
    def of_draft(
        cls, draft: Draft, *, office: str, address: CitizenAddress, anchor: int, at: datetime
    ) -> Told:
        """Give what a conversation told; a kind that is not handled is a report."""
        return cls(
            office=office,
            reference=draft.reference,
            kind=draft.kind if draft.kind in HANDLED else Kind.REPORT,
            topic=draft.topic,
            words=draft.words,
            at=at,
            grade="urgent" if draft.urgent else "simple",
            urgent=draft.urgent,
            place=draft.place,
            happened=draft.happened,
            address=address,
            anchor=anchor,
            anonymous=draft.contact.is_empty,
            call_back=bool(draft.call_back),
            contact=draft.contact,
            consent=draft.consent,
        )


_AUTHORS = {Source.CHAT: Author.CITIZEN, Source.IMPORT: Author.IMPORT}


@dataclass(frozen=True, slots=True)
class Filing:
    """Makes cases."""

    seals: Seals
    clockwork: Clockwork

    async def file(self, connection: AsyncConnection, told: Told) -> Case:
        """Store a case with its first event; one whose reference is there already is given."""
        number = await add_case(connection, self._row(told))
        if number is None:
            known = await find_reference(connection, told.reference)
            assert known is not None
            return known
        case = await self._clocked(connection, number)
        await add_event(connection, _first_event(case, told))
        return case

    async def _clocked(self, connection: AsyncConnection, number: CaseId) -> Case:
        """Reckon its moments; the version stays that of the first event."""
        case = await find_case(connection, number)
        assert case is not None
        reckoned = self.clockwork.begun(case)
        changes = {
            "due_at": reckoned.due_at,
            "due_rule": reckoned.due_rule,
            "alert_at": reckoned.alert_at,
        }
        await change_case(connection, case, changes)
        return replace(
            case,
            due_at=reckoned.due_at,
            due_rule=reckoned.due_rule,
            version=case.version + 1,
        )

    def _row(self, told: Told) -> Mapping[str, Any]:
        address = told.address
        return {
            "office": told.office,
            "reference": told.reference,
            "kind": told.kind,
            "regime": told.regime,
            "topic": told.topic,
            "grade": told.grade,
            "urgent": told.urgent,
            "state": CaseState.RECEIVED,
            "is_open": True,
            "words": mask(told.words).text,
            "words_sealed": self.seals.case("words_sealed", told.reference, told.words),
            "happened": mask(told.happened).text,
            "place": mask(told.place.words).text,
            "place_sealed": self.seals.case("place_sealed", told.reference, told.place.words),
            "hamlet": told.place.hamlet,
            "latitude": told.place.latitude,
            "longitude": told.place.longitude,
            "source": told.source,
            "channel": address.channel if address else "",
            "user_id": address.user_id if address else "",
            "conversation": address.conversation if address else "",
            "anchor": told.anchor,
            "entered_by": told.entered_by,
            "anonymous": told.anonymous,
            "call_back": told.call_back,
            "contact_sealed": self.seals.contact(told.reference, told.contact),
            "contact_digest": self.seals.phone_digest(told.contact),
            "consent": told.consent,
            "received_at": told.at,
            "version": 0,
        }


def _first_event(case: Case, told: Told) -> Event:
    author = _AUTHORS.get(told.source, Author.OFFICER)
    return Event(
        case=case.id,
        version=case.version,
        at=told.at,
        author=author,
        by=told.entered_by,
        did=Act.FILE,
        state=case.state,
        public=True,
    )
