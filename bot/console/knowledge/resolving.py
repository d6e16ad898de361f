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
from knowledge.models import Procedure

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
