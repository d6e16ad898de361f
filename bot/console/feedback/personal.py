"""What was sealed of who sent a case: for those it was given to, each look remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.feedback.models import Case, Contact
from bot.feedback.reference import shown
from bot.handling.sealing import Seals
from bot.officials.audit import Deed
from bot.storage.case_page_rows import sealed_of, sealed_words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who sent a case, and their words as typed; ``later`` are those of events, by version."""

    contact: Contact
    words: str
    place: str
    later: Mapping[int, str]


async def opened(connection: AsyncConnection, seals: Seals, case: Case) -> Person:
    """Open what was sealed of a case.

    Raises:
        Unopenable: a key is not there any more, or a value was changed.
    """
    words, place, contact = [
        await sealed_of(connection, case.id, column)
        for column in ("words_sealed", "place_sealed", "contact_sealed")
    ]
    later = await sealed_words_of(connection, case.id)
    return Person(
        contact=seals.contact_of(case.reference, contact),
        words=seals.words_of("words_sealed", case.reference, words),
        place=seals.words_of("place_sealed", case.reference, place),
        later={version: seals.event_of(case.id, version, told) for version, told in later.items()},
    )


def looked(acting: Acting, case: Case, action: str, **told: object) -> None:
    """Remember that somebody looked at what is personal in a case."""
    acting.did(
        Deed(
            action=action,
            office=case.office,
            kind="case",
            subject=str(case.id),
            after={"reference": shown(case.reference), **told},
        )
    )
