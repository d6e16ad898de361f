"""What is kept of citizens, why and how long, told to everybody; Zalo asks apps for such a page.

Figures come from where they are reckoned with: the purposes' rows and the settings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

from aiohttp import hdrs, web

from bot.feedback.due_words import kept_words
from bot.feedback.purposes import Use, uses
from bot.web.headers import page_policy
from bot.web.keys import HOUSE, PAGES
from bot.web.ports.house import House

PRIVACY: Final = "/quyen-rieng-tu"
WORDS: Final = Path(__file__).with_name("privacy.vi.toml")
routes = web.RouteTableDef()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One use of data as the page tells it."""

    purpose: str
    data: str
    ground: str
    kept: str


@routes.get(PRIVACY)
async def privacy(request: web.Request) -> web.StreamResponse:
    """Tell what is kept, why, how long, who sees it and what people can do."""
    house, words = request.app[HOUSE], privacy_words()
    text = request.app[PAGES].privacy(
        [*rows(house.settings.retention_days)], words | _filled(house), house.contact
    )
    headers = {**page_policy(house.settings.embed_origins), hdrs.CACHE_CONTROL: "no-cache"}
    return web.Response(text=text, content_type="text/html", headers=headers)


@cache
def privacy_words() -> dict[str, str]:
    """Give the page's words by name."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def rows(retention_days: int) -> Iterator[Row]:
    """Give each use of data: of questions and news first, then all of feedback."""
    words = privacy_words()
    kept = {"talk": Template(words["talk_kept"]).substitute(days=retention_days)}
    for name, ground in (("talk", "ground_duty"), ("news", "ground_consent")):
        yield Row(
            purpose=words[name],
            data=words[f"{name}_data"],
            ground=words[ground],
            kept=kept.get(name, words[f"{name}_kept"]),
        )
    for use in uses().values():
        ground = f"{words[f'ground_{use.ground}']} ({use.basis.article}, {use.basis.law})"
        yield Row(purpose=use.label, data=use.data, ground=ground, kept=_kept(use))


def _kept(use: Use) -> str:
    words = privacy_words()
    gaps = {"then": words[f"then_{use.ending}"], "since": use.since}
    if use.kept is None:
        return Template(words["with_case"]).substitute(gaps)
    return Template(words["at_most"]).substitute(gaps, kept=kept_words(use.kept))


def _filled(house: House) -> dict[str, str]:
    words = privacy_words()
    office = house.office_name or words["this_office"]
    return {"lead": Template(words["lead"]).substitute(office=office)}
