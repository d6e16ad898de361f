"""A copy as one file that opens on any telephone without a network, a program or a script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.conversation.desk import Desk
from bot.conversation.filing.filed import moment
from bot.handling.own.parts import Picture, Section, words
from bot.messages import ChannelName
from bot.storage.own_rows import MOST

NAME: Final = "du-lieu-cua-toi.html"
MEDIA: Final = "text/html"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["data_address"] = _data_address
    return environment.get_template("page.html")


def _data_address(picture: Picture) -> str:
    return f"data:{picture.media};base64,{b64encode(picture.content).decode()}"


def as_page(sections: Sequence[Section], desk: Desk, channel: ChannelName, at: datetime) -> bytes:
    """Write the file; everything told in it is escaped."""
    told = words()
    office = desk.office.name if desk.office else ""
    gaps = {
        "office": office,
        "way": told["ways"].get(channel, channel),
        "time": moment(at),
        "most": str(MOST),
    }
    page = {name: text.format(**gaps) for name, text in told["page"].items()}
    contact = desk.contact().splitlines()
    text = _template().render(page=page, sections=sections, contact=contact)
    return text.encode()
