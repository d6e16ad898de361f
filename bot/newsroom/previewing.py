"""How each way will show a text, before anybody gets it: the same parts that are sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.channels.fitting import Fitted, fitted, may_go_along
from bot.messages import Enclosure, Link, Reply
from bot.newsroom.letters import NO_FILES, reply_of
from bot.storage.file_rows import FileHead
from broadcasts.carriage import carriage
from broadcasts.composing.checking import LONGEST_TITLE
from broadcasts.models import NewsText, Route

DESCRIPTION: Final = 300
CUT: Final = "…"


class Remark(StrEnum):
    """What is otherwise than it was composed; the words are the page's."""

    # Links stand in the text as addresses: this way has no buttons for news.
    LINKS_WRITTEN = "links_written"
    PARTS = "parts"
    # The text is too long to stand beside a picture or a file.
    NOT_BESIDE = "not_beside"
    # A picture is shown above the text by the provider, who fetches it from the public page.
    PICTURE_BY_PAGE = "picture_by_page"
    # Pictures and files that do not go along have a link to the public page, or nothing at all.
    LEFT_TO_PAGE = "left_to_page"
    LEFT_OUT = "left_out"
    TITLE_CUT = "title_cut"
    DESCRIPTION_CUT = "description_cut"
    # The provider takes only wordings it has approved before.
    TEMPLATE_ONLY = "template_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What arrives by one way: each part a message; an article has a title and a description.

    ``enclosed`` goes along, ``left`` does not; ``links`` are buttons.
    """

    route: Route
    parts: tuple[str, ...]
    enclosed: tuple[Enclosure, ...] = ()
    links: tuple[Link, ...] = ()
    left: tuple[Enclosure, ...] = ()
    title: str = ""
    description: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def pictures(self) -> tuple[Enclosure, ...]:
        """Give the pictures that are seen: those that go along, or one the provider fetches."""
        seen = tuple(one for one in self.enclosed if one.is_picture)
        if seen or Remark.PICTURE_BY_PAGE not in self.remarks:
            return seen
        return tuple(one for one in self.left if one.is_picture)[:1]

    @property
    def pictures_below(self) -> bool:
        """Tell whether the words come first, as in the web chat; elsewhere they are a caption."""
        return self.route is Route.WEB


def preview(text: NewsText, route: Route, heads: Mapping[int, FileHead] = NO_FILES) -> Preview:
    """Show a whole text with its files as it arrives by ``route``.

    ``text.page`` is the address of its public page, where it stands there already.
    """
    return SHOWN[route](text, route, heads)


def messages(text: NewsText, heads: Mapping[int, FileHead] = NO_FILES) -> Mapping[Route, int]:
    """Give of how many messages a text consists, by the ways where it is more than one."""
    counts = {route: len(preview(text, route, heads).parts) for route in Route}
    return {route: count for route, count in counts.items() if count > 1}


def _written(text: NewsText, route: Route, heads: Mapping[int, FileHead]) -> Preview:
    reply = reply_of(text, heads)
    shown = fitted(_as_counted(reply, route), carriage()[route])
    return _shown(reply, route, shown)


def _ended(line: str) -> str:
    """Give a line as a sentence, since it stands in one row with those that follow."""
    told = " ".join(line.split())
    return f"{told}." if told[-1].isalnum() else told


def _article(text: NewsText, route: Route, heads: Mapping[int, FileHead]) -> Preview:
    told = " ".join(_ended(line) for line in text.body.splitlines() if line.strip())
    reply = replace(reply_of(text, heads), text=text.body.strip())
    title, description = _cut(text.title.strip(), LONGEST_TITLE), _cut(told, DESCRIPTION)
    cuts = {
        Remark.TITLE_CUT: title != text.title.strip(),
        Remark.DESCRIPTION_CUT: description != told,
    }
    shown = _shown(reply, route, fitted(reply, carriage()[route]))
    return replace(
        shown, title=title, description=description, remarks=(*_held(cuts), *shown.remarks)
    )


def _template(text: NewsText, route: Route, heads: Mapping[int, FileHead]) -> Preview:  # noqa: ARG001 - it takes no words
    return Preview(route=route, parts=(), remarks=(Remark.TEMPLATE_ONLY,))


def _shown(reply: Reply, route: Route, shown: Fitted) -> Preview:
    alone = not shown.enclosed and carriage()[route].most > 0
    told = {
        Remark.PARTS: len(shown.parts) > 1,
        Remark.LINKS_WRITTEN: bool(reply.links) and not shown.links,
        Remark.NOT_BESIDE: alone and bool(_fitting(reply, route)),
        Remark.PICTURE_BY_PAGE: route is Route.TELEGRAM and bool(shown.shown) and alone,
        Remark.LEFT_TO_PAGE: bool(shown.left) and bool(reply.page),
        Remark.LEFT_OUT: bool(shown.left) and not reply.page,
    }
    return Preview(
        route=route,
        parts=shown.parts,
        enclosed=shown.enclosed,
        links=shown.links,
        left=shown.left,
        remarks=_held(told),
    )


def _fitting(reply: Reply, route: Route) -> list[Enclosure]:
    """Give what would go along beside a shorter text."""
    return [one for one in reply.enclosures if may_go_along(one, carriage()[route])]


def _held(told: Mapping[Remark, bool]) -> tuple[Remark, ...]:
    return tuple(remark for remark, holds in told.items() if holds)


def _as_counted(reply: Reply, route: Route) -> Reply:
    """Zalo counts composed signs."""
    if route not in {Route.ZALO_CS, Route.ZALO_BOT}:
        return reply
    return replace(reply, text=unicodedata.normalize("NFC", reply.text))


def _cut(told: str, most: int) -> str:
    if len(told) <= most:
        return told
    kept = told[: most - 1]
    words, blank, _ = kept.rpartition(" ")
    return (words if blank else kept).rstrip(" .,;:") + CUT


SHOWN: Final[Mapping[Route, Callable[[NewsText, Route, Mapping[int, FileHead]], Preview]]] = {
    Route.WEB: _written,
    Route.TELEGRAM: _written,
    Route.ZALO_CS: _written,
    Route.ZALO_ARTICLE: _article,
    Route.ZALO_TEMPLATE: _template,
    Route.ZALO_BOT: _written,
}
