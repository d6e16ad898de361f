"""What the addresses about knowledge name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.keys import CONSOLE
from bot.console.knowledge.library import LIBRARY, Shelf
from bot.console.redirects import address
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Found, NotThere
from bot.console.words import say
from knowledge.models import Guide, Procedure

TABS: Final = ("card", "preview", "history")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHere:
    """A card as an office tells it."""

    shelf: Shelf
    card: Procedure

    @property
    def office_code(self) -> str:
        """The office as addresses have it."""
        return in_path(self.shelf.office)

    @property
    def office_name(self) -> str:
        """What the office is called."""
        return self.shelf.office_name(self.shelf.office)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideHere:
    """A guide as an office tells it, or as it would tell it again where it hides it."""

    shelf: Shelf
    guide: Guide
    base: Guide | None
    hidden: bool

    @property
    def parts(self) -> dict[str, str]:
        """What names it in addresses."""
        return {"office": in_path(self.shelf.office), "ref": str(self.guide.id)}

    @property
    def office_name(self) -> str:
        """What the office is called."""
        return self.shelf.office_name(self.shelf.office)


async def guide_in_path(request: web.Request) -> Found:
    """Find the guide of ``{ref}`` as the office of ``{office}`` tells it, hidden ones too."""
    office = (await office_in_path(request)).office
    shelf, ref = await request.app[LIBRARY].shelf(office), request.match_info["ref"]
    base = next((one for one in shelf.guides_beneath() if one.id == ref), None)
    told = shelf.guide(ref)
    again = (one for one in shelf.hidden_guides() if one.id == ref)
    guide = told or next(again, None)
    if guide is None:
        raise NotThere
    here = GuideHere(shelf=shelf, guide=guide, base=base, hidden=told is None)
    return Found(office=office, thing=here)


async def card_in_path(request: web.Request) -> Found:
    """Find the card of ``{code}`` as the office of ``{office}`` tells it."""
    office = (await office_in_path(request)).office
    shelf = await request.app[LIBRARY].shelf(office)
    card = shelf.card(request.match_info["code"])
    if card is None:
        raise NotThere
    return Found(office=office, thing=CardHere(shelf=shelf, card=card))


def today(request: web.Request) -> date:
    """Give the calendar day in Việt Nam."""
    return request.app[CONSOLE].clock.now().astimezone(VIETNAM).date()


def card_tabs(request: web.Request, here: CardHere) -> list[tuple[str, str]]:
    """Give the addresses and names of the pages of one card."""
    parts = {"office": here.office_code, "code": str(here.card.code)}
    return [
        (address(request, f"cards.{tab}", None, **parts), say(f"card.tab_{tab}")) for tab in TABS
    ]
