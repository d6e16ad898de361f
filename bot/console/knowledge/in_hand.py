"""A record in the hands of one office: as it is told, without the office, and its own word."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.knowledge.resolving import CardHere, GuideHere
from bot.officials.changes import ChangeKind, Days, Wish
from bot.officials.field_marks import Fields, Token, mark_of, token_of


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A record as it is told, without the office, and its own word.

    ``told`` is ``None`` where the office hides it, or nobody has it yet.
    """

    office: str
    ref: str
    told: Any
    base: Any
    own: Mapping[str, Any]

    @property
    def beneath(self) -> str:
        """The mark of what stands below the office's own word."""
        return mark_of(self.base)

    @property
    def token(self) -> Token:
        """What a form of it is filled from."""
        return token_of(self.own, self.beneath)

    def wish(
        self,
        kind: ChangeKind,
        title: str,
        fields: Fields,
        reason: str,
        *,
        days: Days = (None, None),
    ) -> Wish:
        """Give the wish that from now on, or for some days, the office states ``fields`` of it."""
        return Wish(
            kind=kind,
            office=self.office,
            ref=self.ref,
            title=title,
            fields=fields,
            reason=reason,
            valid_from=days[0],
            valid_until=days[1],
            beneath=self.beneath,
        )


def nobodys(office: str, ref: str) -> InHand:
    """Give a record nobody has yet, as ``office`` begins it."""
    return InHand(office=office, ref=ref, told=None, base=None, own={})


def guide_in_hand(known: GuideHere) -> InHand:
    """Give a guide as the office of its page has it."""
    ref = str(known.guide.id)
    return InHand(
        office=known.shelf.office,
        ref=ref,
        told=None if known.hidden else known.guide,
        base=known.base,
        own=known.shelf.own_guide(ref).fields,
    )


async def card_in_hand(here: CardHere) -> InHand:
    """Give a card as the office of its page has it."""
    code = str(here.card.code)
    return InHand(
        office=here.shelf.office,
        ref=code,
        told=here.card,
        base=await asyncio.to_thread(here.shelf.beneath, code),
        own=here.shelf.own(code).fields,
    )
