"""How each way will show a text, before anybody gets it: the same parts that are sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.channels.render import parts, split
from bot.messages import ChannelName
from bot.newsroom.letters import reply_of
from broadcasts.composing.checking import LONGEST_TITLE
from broadcasts.models import NewsText, Route

# Zalo counts composed signs, whether as we do is not written anywhere: 2,000 less a margin.
ZALO_PART: Final = 1_900
DESCRIPTION: Final = 300
CUT: Final = "…"


class Remark(StrEnum):
    """What is otherwise than it was composed; the words are the page's."""

    # Links stand in the text as addresses: this way has no buttons for news.
    LINKS_WRITTEN = "links_written"
    PARTS = "parts"
    PICTURE_LEFT_OUT = "picture_left_out"
    FILES_LEFT_OUT = "files_left_out"
    TITLE_CUT = "title_cut"
    DESCRIPTION_CUT = "description_cut"
    # The provider takes only wordings it has approved before.
    TEMPLATE_ONLY = "template_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What arrives by one way: each part a message; an article has a title and a description."""

    route: Route
    parts: tuple[str, ...]
    title: str = ""
    description: str = ""
    remarks: tuple[Remark, ...] = ()


def preview(text: NewsText, route: Route) -> Preview:
    """Show a whole text as it arrives by ``route``."""
    return SHOWN[route](text, route)


def _written(text: NewsText, route: Route) -> Preview:
    written = reply_of(text).text
    shown = tuple(parts(written, CHANNELS[route]) if route in CHANNELS else _zalo_parts(written))
    return Preview(route=route, parts=shown, remarks=_remarks(text, shown))


def _article(text: NewsText, route: Route) -> Preview:
    told = " ".join(text.body.split())
    body = reply_of(NewsText(title="", body=text.body, buttons=text.buttons)).text
    title, description = _cut(text.title.strip(), LONGEST_TITLE), _cut(told, DESCRIPTION)
    cuts = {
        Remark.TITLE_CUT: title != text.title.strip(),
        Remark.DESCRIPTION_CUT: description != told,
    }
    return Preview(
        route=route,
        parts=(body,),
        title=title,
        description=description,
        remarks=(*_held(cuts), *_remarks(text, (body,))),
    )


def _template(_: NewsText, route: Route) -> Preview:
    return Preview(route=route, parts=(), remarks=(Remark.TEMPLATE_ONLY,))


def _remarks(text: NewsText, shown: tuple[str, ...]) -> tuple[Remark, ...]:
    told = {
        Remark.PARTS: len(shown) > 1,
        Remark.LINKS_WRITTEN: bool(text.buttons),
        Remark.PICTURE_LEFT_OUT: text.picture is not None,
        Remark.FILES_LEFT_OUT: bool(text.files),
    }
    return _held(told)


def _held(told: Mapping[Remark, bool]) -> tuple[Remark, ...]:
    return tuple(remark for remark, holds in told.items() if holds)


def _zalo_parts(written: str) -> list[str]:
    return split(unicodedata.normalize("NFC", written), ZALO_PART)


def _cut(told: str, most: int) -> str:
    if len(told) <= most:
        return told
    kept = told[: most - 1]
    words, blank, _ = kept.rpartition(" ")
    return (words if blank else kept).rstrip(" .,;:") + CUT


CHANNELS: Final[Mapping[Route, ChannelName]] = {
    Route.WEB: ChannelName.WEB,
    Route.TELEGRAM: ChannelName.TELEGRAM,
}
SHOWN: Final[Mapping[Route, Callable[[NewsText, Route], Preview]]] = {
    Route.WEB: _written,
    Route.TELEGRAM: _written,
    Route.ZALO_CS: _written,
    Route.ZALO_ARTICLE: _article,
    Route.ZALO_TEMPLATE: _template,
}
