"""Where in the console what the check found is mended: the form, and the very field of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.console.knowledge.cells import CARD, GUIDE
from bot.console.knowledge.drafting import BEGINNING
from bot.console.knowledge.library import Shelf
from bot.console.redirects import address
from bot.console.resolvers import in_path
from bot.officials.models import EVERYWHERE
from knowledge.lint.findings import Finding

# What a content file calls a field and a form calls otherwise.
CALLED: Final[Mapping[str, str]] = {"source": "source_name"}
_KEY: Final = re.compile(r"\w+")


def where(request: web.Request, shelf: Shelf, finding: Finding, *, edits: bool) -> str:
    """Give the address of the field, of the record where its form is closed, or none."""
    office, subject = in_path(shelf.office), finding.subject
    if shelf.card(subject):
        way = "card_edit.edit" if edits else "cards.card"
        page = address(request, way, office=office, code=subject)
        return page + _anchor(finding, CARD.headings) * edits
    if shelf.guide(subject):
        way = "guide_edit.edit" if edits else "guides.guide"
        page = address(request, way, office=office, ref=subject)
        return page + _anchor(finding, GUIDE.headings) * edits
    if any(one.phone == subject for one in shelf.snapshot.hotlines):
        return address(request, "hotlines.hotline", office=office, phone=subject)
    if any(one.code == subject for one in shelf.snapshot.offices) and subject != EVERYWHERE:
        return address(request, "contacts.office", office=subject)
    return ""


def _anchor(finding: Finding, headings: Mapping[str, str]) -> str:
    found = _KEY.match(finding.field)
    key = found[0] if found else ""
    if key in headings:
        return f"#f-{BEGINNING}{key}"
    return f"#f-{CALLED[key]}" if key in CALLED else ""
