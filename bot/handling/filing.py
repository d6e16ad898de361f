"""A case is made: of what a citizen told in a chat, once whatever is repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.drafts import Draft
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.models import (
    INSIDE,
    Case,
    CaseId,
    Contact,
    Event,
    Place,
    Publicity,
    Result,
    Source,
)
from bot.feedback.moves import MOVES, Act, Author
from bot.feedback.purposes import Purpose, basis_of
from bot.feedback.regimes import regime_of
from bot.handling.ports import Clockwork
from bot.handling.sealing import Seals
from bot.messages import CitizenAddress
from bot.privacy import mask
from bot.storage.case_rows import add_case, add_cases, add_events, find_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What makes a case.

    ``words`` and ``place`` are as typed. ``anchor`` is the row of the message that filed it,
    ``entered_by`` the officer who entered it for somebody. ``inside`` is for colleagues.
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
    inside: str = ""

    @classmethod
    def of_draft(
        cls, draft: Draft, *, office: str, address: CitizenAddress, anchor: int, at: datetime
    ) -> Told:
        """Give what a conversation told; a kind that is not handled is a report."""
        kind = draft.kind if draft.kind in HANDLED else Kind.REPORT
        return cls(
            office=office,
            reference=draft.reference,
            kind=kind,
            regime=regime_of(kind, draft.topic).id,
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


FIRST: Final = 1
_RECEIVED: Final = MOVES[Act.FILE].to
_AUTHORS: Final = {Source.CHAT: Author.CITIZEN, Source.IMPORT: Author.IMPORT}


@dataclass(frozen=True, slots=True)
class Filing:
    """Makes cases."""

    seals: Seals
    clockwork: Clockwork

    async def file(self, connection: AsyncConnection, told: Told) -> tuple[Case, bool]:
        """Store a case with its first event, and tell whether it is new.

        One whose reference is there already is given as it stands.
        """
        new = await add_case(connection, self.row(told))
        if new is not None:
            await add_events(connection, [_first_event(new.id, told)])
            return new, True
        known = await find_reference(connection, told.reference)
        assert known is not None
        return known, False

    async def file_all(
        self, connection: AsyncConnection, told: Sequence[Told], rows: Sequence[Mapping[str, Any]]
    ) -> dict[str, CaseId]:
        """Store new cases by their ``rows``, with their first events; give their numbers.

        They are given by their references.
        """
        numbers = await add_cases(connection, rows)
        await add_events(connection, [_first_event(numbers[one.reference], one) for one in told])
        return numbers

    def row(self, told: Told) -> dict[str, Any]:
        """Give a case as it is stored: masked and sealed, its moments reckoned."""
        address, reckoned = told.address, self.clockwork.begun(as_case(told))
        return {
            "due_at": reckoned.due_at,
            "due_rule": reckoned.due_rule,
            "alert_at": reckoned.alert_at,
            "office": told.office,
            "reference": told.reference,
            "kind": told.kind,
            "regime": told.regime,
            "topic": told.topic,
            "grade": told.grade,
            "urgent": told.urgent,
            "state": _RECEIVED,
            "is_open": _RECEIVED.is_open,
            "words": _masked(told.words),
            "words_sealed": self.seals.case("words_sealed", told.reference, told.words),
            "happened": _masked(told.happened),
            "place": _masked(told.place.words),
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
            "basis": basis_of(Purpose.HANDLE_CASE).law,
            "received_at": told.at,
            "version": FIRST,
        }


def as_case(told: Told) -> Case:
    """Give the case as it will be stored, by which its moments are reckoned; it has no number."""
    return Case(
        id=CaseId(0),
        office=told.office,
        reference=told.reference,
        kind=told.kind,
        regime=told.regime,
        topic=told.topic,
        grade=told.grade,
        urgent=told.urgent,
        state=_RECEIVED,
        words="",
        happened="",
        place=told.place,
        source=told.source,
        address=told.address,
        anonymous=told.anonymous,
        call_back=told.call_back,
        unit=None,
        officer=None,
        received_at=told.at,
        due_at=None,
        due_rule="",
        paused_at=None,
        answered_at=None,
        closed_at=None,
        result=Result.NONE,
        main=None,
        reopened=0,
        level=None,
        publicity=Publicity.PRIVATE,
        version=FIRST,
    )


def _masked(words: str) -> str:
    return mask(words, keep_places=True).text if words else words


def _first_event(case: CaseId, told: Told) -> Event:
    return Event(
        case=case,
        version=FIRST,
        at=told.at,
        author=_AUTHORS.get(told.source, Author.OFFICER),
        by=told.entered_by,
        did=Act.FILE,
        state=_RECEIVED,
        public=True,
        data={INSIDE: told.inside} if told.inside else {},
    )
